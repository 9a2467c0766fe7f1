/**
 * What a key holds: how each type is asked for, in one reply or window by window, how two contents
 * are compared, and what two looks at a key come to.
 *
 * <p>Entry: {@link io.syncanalyzer.verify.value.KeyReader}, {@link
 * io.syncanalyzer.verify.value.Judgement}. Imports {@code verify.server} and {@code result}. For
 * one thread. What is held of a value is bounded; longer parts are digested, larger values walked
 * in windows.
 */
@NullMarked
package io.syncanalyzer.verify.value;

import org.jspecify.annotations.NullMarked;
