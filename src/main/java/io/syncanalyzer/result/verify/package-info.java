/**
 * What a comparison of both sides found: the rows of {@code verify.csv}, {@code mismatches.csv} and
 * {@code verify_partitions.csv}, and what was not looked at.
 *
 * <p>Entry: {@link io.syncanalyzer.result.verify.VerifyReport}. Imports {@code result/figure}, and
 * {@code redis} for the bytes of keys. Immutable; holds no more than the first of the mismatches.
 * What was not looked at never counts as equal.
 */
@NullMarked
package io.syncanalyzer.result.verify;

import org.jspecify.annotations.NullMarked;
