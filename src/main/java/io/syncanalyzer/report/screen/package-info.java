/**
 * The console: results to standard output, progress and diagnostics to standard error, in what
 * colours and characters either takes.
 *
 * <p>Entry: {@link io.syncanalyzer.report.screen.Console}, safe for use by several threads. Imports
 * {@code report.files} and {@code result}.
 */
@NullMarked
package io.syncanalyzer.report.screen;

import org.jspecify.annotations.NullMarked;
