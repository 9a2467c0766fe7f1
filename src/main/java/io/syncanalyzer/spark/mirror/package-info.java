/**
 * A run's results in a folder that is not on this machine: they are written to a local one as
 * always, and {@link io.syncanalyzer.spark.mirror.RunMirror} keeps its copy, at every moment one
 * that can be gone on with.
 *
 * <p>Hadoop, which Spark brings, is found at run time and imported nowhere: {@code HadoopCalls} is
 * all that knows its names.
 */
@NullMarked
package io.syncanalyzer.spark.mirror;

import org.jspecify.annotations.NullMarked;
