/** The lag probe: how long each sentinel takes to show on the replica. */
@NullMarked
package io.syncanalyzer.probe;

import org.jspecify.annotations.NullMarked;
