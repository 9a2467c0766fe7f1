/**
 * The commands: {@link io.syncanalyzer.cli.AnalyzerCli} takes a command line and returns an exit
 * status; each command makes a request of its options and hands it to {@code run}.
 *
 * <p>The only user of picocli. Nothing is decided here but what was asked for. One thread. The
 * sub-rooms:
 *
 * <ul>
 *   <li>{@code options}: the options that commands share, and the requests that they become
 *   <li>{@code words}: how values are read, where they come from, and how a mistake is told
 * </ul>
 */
@NullMarked
package io.syncanalyzer.cli;

import org.jspecify.annotations.NullMarked;
