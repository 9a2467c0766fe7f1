/**
 * What is known so far: counts by type and verdict, every verdict by its key's hash in a file,
 * mismatches in a file, suspects that wait to be settled.
 *
 * <p>Entry: {@link io.syncanalyzer.verify.found.Ledger}, safe for use by several threads. Imports
 * {@code verify.scan}, {@code value} and {@code server}. Bounded memory: files, fixed tables, and
 * suspects settled before they become many.
 */
@NullMarked
package io.syncanalyzer.verify.found;

import org.jspecify.annotations.NullMarked;
