/**
 * The first look at a batch of keys on both sides: most are equal and are told so from the replies
 * as they stand; what is not is a suspect.
 *
 * <p>Entry: {@link io.syncanalyzer.verify.look.FirstLook}. Imports {@code verify.found}, {@code
 * scan}, {@code value} and {@code server}. Each worker has a look of its own.
 */
@NullMarked
package io.syncanalyzer.verify.look;

import org.jspecify.annotations.NullMarked;
