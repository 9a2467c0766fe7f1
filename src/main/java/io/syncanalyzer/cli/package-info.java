/** The command line: picocli commands and options that become request records. */
@NullMarked
package io.syncanalyzer.cli;

import org.jspecify.annotations.NullMarked;
