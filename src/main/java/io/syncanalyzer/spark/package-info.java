/**
 * The verification as a job on Apache Spark: one task a partition, carried out by executors, while
 * the driver has all that belongs to the whole: plan, order, journal, sum and exit status.
 *
 * <p>Entry: {@link io.syncanalyzer.spark.VerifyJob}, which {@code spark-submit} starts; to the
 * verification it is a {@link io.syncanalyzer.verify.partition.PartitionWork}. The only room that
 * imports Spark, whose classes are there at run time or the room is not used: only the RDD API for
 * Java, no type of Scala's, and Java's own serialization, so that one jar runs on Spark 3.5 to 4.2.
 * What goes to an executor is text, and no secret is in it.
 */
@NullMarked
package io.syncanalyzer.spark;

import org.jspecify.annotations.NullMarked;
