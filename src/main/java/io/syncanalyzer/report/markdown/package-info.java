/**
 * A run's summary as GitHub-flavored Markdown: for a pull request, a wiki, the page of a workflow.
 *
 * <p>Entry: {@link io.syncanalyzer.report.markdown.Summary} is the text, {@link
 * io.syncanalyzer.report.markdown.SummaryFiles} where it goes. Imports {@code report.files} and
 * {@code result}. For one thread. Whatever a server says or holds stays text: {@link
 * io.syncanalyzer.report.markdown.Markdown} escapes it.
 */
@NullMarked
package io.syncanalyzer.report.markdown;

import org.jspecify.annotations.NullMarked;
