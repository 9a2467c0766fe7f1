/** The type-aware comparison of source and replica: scanner, comparator, settling, fences. */
@NullMarked
package io.syncanalyzer.verify;

import org.jspecify.annotations.NullMarked;
