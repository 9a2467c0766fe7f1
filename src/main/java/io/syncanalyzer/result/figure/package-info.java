/**
 * Figures and how they are told: as text of a file that no locale reads as another number, and as
 * words for people; bounds are rounded outward in either. Knows nothing of a run.
 *
 * <p>Entry: {@link io.syncanalyzer.result.figure.Numbers}; {@link
 * io.syncanalyzer.result.figure.Bound} for the bounds of a lag, {@link
 * io.syncanalyzer.result.figure.Measure} for a column. Imports {@code redis} alone, for how things
 * are counted. Immutable.
 */
@NullMarked
package io.syncanalyzer.result.figure;

import org.jspecify.annotations.NullMarked;
