/** The order of the phases, and who closes what. */
@NullMarked
package io.syncanalyzer.run;

import org.jspecify.annotations.NullMarked;
