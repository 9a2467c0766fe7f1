package io.syncanalyzer.report.page;

import io.syncanalyzer.redis.LosslessText;
import io.syncanalyzer.result.verify.Mismatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A mismatch as the page shows it: both sides in one cell each. */
final class MismatchView {
  static final List<String> HEAD =
      List.of("key", "verdict", "db", "field", "source", "replica", "detail");

  private MismatchView() {}

  static List<String> row(Mismatch mismatch) {
    return List.of(
        LosslessText.of(mismatch.key()),
        mismatch.verdict().words(),
        mismatch.db() == null ? "" : String.valueOf(mismatch.db()),
        mismatch.field() == null ? "" : mismatch.field(),
        side(mismatch.typeSource(), mismatch.sourceValue(), mismatch.ttlSourceMs()),
        side(mismatch.typeReplica(), mismatch.replicaValue(), mismatch.ttlReplicaMs()),
        mismatch.detail() == null ? "" : mismatch.detail());
  }

  private static String side(@Nullable String type, @Nullable String value, @Nullable Long ttlMs) {
    StringBuilder text = new StringBuilder(type == null ? "" : type);
    if (value != null) {
      text.append(text.isEmpty() ? "" : ": ").append(value);
    }
    if (ttlMs != null) {
      text.append(text.isEmpty() ? "" : ", ").append("expires in ").append(ttlMs).append(" ms");
    }
    return text.toString();
  }
}
