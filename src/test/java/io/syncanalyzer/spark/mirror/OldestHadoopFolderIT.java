package io.syncanalyzer.spark.mirror;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** The same with the Hadoop of the oldest Spark. */
@Tag("long")
class OldestHadoopFolderIT extends HadoopFolderIT {
  @Override
  Path spark() {
    return Path.of("target", "spark-3.5");
  }
}
