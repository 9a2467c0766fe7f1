/**
 * The files of a run: its folder, CSV by column and unit, {@code run.json}, JUnit, {@code
 * runs.csv}, and reading them again.
 *
 * <p>Entry: {@link io.syncanalyzer.report.files.RunFolder}, {@link
 * io.syncanalyzer.report.files.Tables}. Imports {@code result}. For one thread. A file is written
 * beside its place and then moved there, so that nobody sees half of one; what is no regular file
 * is written into.
 */
@NullMarked
package io.syncanalyzer.report.files;

import org.jspecify.annotations.NullMarked;
