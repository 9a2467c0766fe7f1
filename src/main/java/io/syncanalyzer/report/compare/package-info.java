/**
 * Two runs side by side: which figure is better, worse, the same, or cannot be told since its
 * bounds overlap.
 *
 * <p>Entry: {@link io.syncanalyzer.report.compare.Comparison}. Imports {@code report.files}, {@code
 * page}, {@code screen} and {@code result}. For one thread.
 */
@NullMarked
package io.syncanalyzer.report.compare;

import org.jspecify.annotations.NullMarked;
