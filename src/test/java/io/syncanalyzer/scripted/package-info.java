/** What more than one room's tests script: a clock that waits at once. */
@NullMarked
package io.syncanalyzer.scripted;

import org.jspecify.annotations.NullMarked;
