/**
 * How a command line is read and spoken of: values and their converters, files of arguments, the
 * environment, defaults, completion, the sections of the help, and one line for a mistake ({@link
 * io.syncanalyzer.cli.words.OneLineErrors}).
 *
 * <p>Uses no other room of {@code cli}. Without state, but for what picocli fills.
 */
@NullMarked
package io.syncanalyzer.cli.words;

import org.jspecify.annotations.NullMarked;
