/** Clocks. */
@NullMarked
package io.syncanalyzer.time;

import org.jspecify.annotations.NullMarked;
