package io.syncanalyzer.spark;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an executor is to do: text alone, without a secret. It stands in the job's serialized form.
 *
 * @param request the {@link io.syncanalyzer.verify.attempt.VerifyRequest}, as {@link TaskFormat}
 *     writes it
 * @param secrets the file in which the executor finds secrets; null = in its environment
 */
record PartitionTask(String request, @Nullable String secrets) implements Serializable {
  private static final long serialVersionUID = 1L;

  PartitionTask {
    Objects.requireNonNull(request, "request is null");
  }
}
