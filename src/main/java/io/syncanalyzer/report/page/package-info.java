/**
 * The page of a run: one file that opens from disk and needs no network.
 *
 * <p>Entry: {@link io.syncanalyzer.report.page.Page}. Imports {@code report.files} and {@code
 * result}. For one thread. All that comes from outside is escaped.
 */
@NullMarked
package io.syncanalyzer.report.page;

import org.jspecify.annotations.NullMarked;
