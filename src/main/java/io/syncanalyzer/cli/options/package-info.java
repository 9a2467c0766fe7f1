/**
 * The options that commands share, as mixins, and the requests that they become.
 *
 * <p>Uses {@code cli/words}. An object for each command line, filled by picocli, read by its
 * command.
 */
@NullMarked
package io.syncanalyzer.cli.options;

import org.jspecify.annotations.NullMarked;
