/**
 * What a verification was asked for, and what each of its attempts holds.
 *
 * <p>Entry: {@link io.syncanalyzer.verify.attempt.VerifyRequest} for who asks, {@link
 * io.syncanalyzer.verify.attempt.Attempt} for who looks. Imports {@code resume}, {@code settle},
 * {@code found}, {@code scan} and {@code server}, whose parts an attempt puts together. Requests
 * and runs are immutable and safe for use by several threads, an attempt as far as its parts are.
 */
@NullMarked
package io.syncanalyzer.verify.attempt;

import org.jspecify.annotations.NullMarked;
