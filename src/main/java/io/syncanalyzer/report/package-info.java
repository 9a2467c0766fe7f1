/**
 * Prints what a run found: the order in which its files come to be, and what is there from the
 * start.
 *
 * <p>Entry: {@link io.syncanalyzer.report.RunWriter}; until a run ends {@link
 * io.syncanalyzer.report.HeadStart} loads what its end needs. Sees {@code result} and no phase. The
 * sub-rooms, each of which imports only those below it:
 *
 * <ul>
 *   <li>{@code compare}: two runs side by side
 *   <li>{@code page}: the page of a run
 *   <li>{@code screen}: the console, its colours and widths
 *   <li>{@code markdown}: a summary for a pull request or a workflow
 *   <li>{@code files}: CSV, JSON, JUnit, the run's folder
 * </ul>
 *
 * <p>Nothing here asks a server or measures anything. What could not be written is a {@link
 * io.syncanalyzer.report.files.ReportFailure} that names the file.
 */
@NullMarked
package io.syncanalyzer.report;

import org.jspecify.annotations.NullMarked;
