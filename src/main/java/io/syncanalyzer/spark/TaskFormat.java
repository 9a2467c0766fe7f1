package io.syncanalyzer.spark;

import io.syncanalyzer.json.JsonFormat;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.LosslessText;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.Secret;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.verify.partition.SummaryFormat;
import java.nio.file.Path;

/**
 * What driver and executors tell each other, as JSON. Of a secret it is told that there is one, and
 * nothing else: the text goes through Spark's servers, logs and pages.
 */
final class TaskFormat {
  private TaskFormat() {}

  /**
   * The format.
   *
   * @param folder the verification's own, where this is written or read
   */
  static JsonFormat in(Path folder) {
    return SummaryFormat.of(folder)
        .text(Secret.class, secret -> "", Secret::new)
        .text(SlotSet.class, SlotSet::toString, SlotSet::parse)
        .text(Bytes.class, LosslessText::of, LosslessText::parse)
        .sealed(Origin.class)
        .sealed(TaskOutcome.class)
        .build();
  }
}
