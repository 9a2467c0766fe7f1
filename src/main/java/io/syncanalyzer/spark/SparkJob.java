package io.syncanalyzer.spark;

import io.syncanalyzer.spark.mirror.HadoopFolder;
import io.syncanalyzer.spark.mirror.RemoteFolder;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.partition.PartitionWork;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The driver's side of the job: its Spark context, opened when it is asked for its work, so that
 * what is wrong with the options is told without a cluster. Closed by who made it. Safe for use by
 * several threads.
 */
final class SparkJob implements Job, AutoCloseable {
  private @Nullable JavaSparkContext context;

  @Override
  public PartitionWork work(Optional<Path> secrets) {
    // A cluster manager that runs the driver waits for the context, and not for long. It comes
    // first: where Spark is not there it has the words for that, and no other class of ours.
    JavaSparkContext open = context();
    return new SparkWork(open, secrets, NanoClock.SYSTEM);
  }

  @Override
  public RemoteFolder folder(String location) throws IOException {
    try {
      // Its class is Hadoop's, which is not there when we are compiled.
      Object hadoop = JavaSparkContext.class.getMethod("hadoopConfiguration").invoke(context());
      return HadoopFolder.open(hadoop, location);
    } catch (ReflectiveOperationException e) {
      throw new IOException("this Spark has no hadoopConfiguration: " + e, e);
    }
  }

  /**
   * The context, opened now if it is not.
   *
   * @throws VerifyFailure if Spark refuses it
   */
  private synchronized JavaSparkContext context() {
    JavaSparkContext open = context;
    if (open == null) {
      try {
        open = new JavaSparkContext(settings(new SparkConf()));
      } catch (NoClassDefFoundError notThere) {
        throw new VerifyFailure(
            VerifyFailure.Kind.EXECUTOR,
            "Spark is not on the class path; start the job with spark-submit",
            notThere);
      } catch (Exception refused) { // Scala's methods declare none, and throw checked ones too.
        if (refused instanceof InterruptedException
            || refused.getCause() instanceof InterruptedException) {
          Thread.currentThread().interrupt();
          throw new VerifyFailure(VerifyFailure.Kind.INTERRUPTED, "interrupted", refused);
        }
        throw new VerifyFailure(
            VerifyFailure.Kind.EXECUTOR,
            "Spark does not run the job: " + SparkWords.of(refused),
            refused);
      }
      context = open;
    }
    return open;
  }

  private static SparkConf settings(SparkConf user) {
    return user
        // The user's own may be Kryo, which cannot read records.
        .set("spark.serializer", "org.apache.spark.serializer.JavaSerializer")
        // Java's stream keeps all that went through it until then: of large chunks, one.
        .set("spark.serializer.objectStreamReset", "1")
        // A second one at the same partition would cost the servers twice what they were to bear.
        .set("spark.speculation", "false")
        .setIfMissing("spark.log.level", "WARN");
  }

  @Override
  public synchronized void close() {
    JavaSparkContext open = context;
    context = null;
    if (open == null) {
      return;
    }
    // Of a run that was interrupted: Spark would leave its end half done.
    boolean interrupted = Thread.interrupted();
    try {
      open.close();
    } catch (Exception e) { // Undeclared ones too. What the run came to stands all the same.
      LoggerFactory.getLogger(SparkJob.class)
          .warn("Spark did not end in order: {}", SparkWords.of(e));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
