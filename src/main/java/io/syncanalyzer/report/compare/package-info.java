/**
 * Runs side by side: which figure is better, worse or the same, and what so many runs cannot tell.
 *
 * <p>Entry: {@link io.syncanalyzer.report.compare.Comparison}. {@link
 * io.syncanalyzer.report.compare.ComparedRow} judges a figure, {@link
 * io.syncanalyzer.report.compare.Banner} says what all of them come to. Imports {@code statistics},
 * {@code report.files}, {@code page}, {@code screen} and {@code result}. For one thread.
 */
@NullMarked
package io.syncanalyzer.report.compare;

import org.jspecify.annotations.NullMarked;
