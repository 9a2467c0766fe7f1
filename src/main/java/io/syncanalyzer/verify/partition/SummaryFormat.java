package io.syncanalyzer.verify.partition;

import io.syncanalyzer.json.Json;
import io.syncanalyzer.json.JsonFormat;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.verify.found.MismatchLog;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a verification found, as JSON: to be written down, or sent from one machine to another. Its
 * mismatches stay in their file, which is named as it lies in the verification's folder.
 */
public final class SummaryFormat {
  private SummaryFormat() {}

  /**
   * A format that knows a {@link io.syncanalyzer.verify.VerifySummary} and all in it; for more, add
   * to it.
   *
   * @param folder in which the file of the mismatches is, where this is written or read
   */
  public static JsonFormat.Builder of(Path folder) {
    return JsonFormat.builder()
        .jdkTypes()
        .tree(MismatchLog.class, log -> tree(folder, log), tree -> log(folder, tree));
  }

  private static Json tree(Path folder, MismatchLog log) {
    Map<String, Json> repeated = new HashMap<>();
    log.repeated()
        .forEach((hash, verdict) -> repeated.put(hash.toString(), Json.of(verdict.name())));
    return new Json.Obj(Map.of())
        .with("file", Json.of(folder.relativize(log.file()).toString()))
        .with("count", Json.of(log.count()))
        .with("repeated", new Json.Obj(repeated));
  }

  private static MismatchLog log(Path folder, Json tree) {
    Json.Obj stored = tree.asObject();
    Map<Long, KeyVerdict> repeated = new HashMap<>();
    Objects.requireNonNull(stored.get("repeated"))
        .asObject()
        .fields()
        .forEach(
            (hash, verdict) ->
                repeated.put(
                    Long.valueOf(hash), KeyVerdict.valueOf(((Json.Text) verdict).value())));
    return new MismatchLog(
        folder.resolve(((Json.Text) Objects.requireNonNull(stored.get("file"))).value()),
        ((Json.Num) Objects.requireNonNull(stored.get("count"))).asLong(),
        repeated);
  }
}
