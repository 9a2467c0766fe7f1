package io.syncanalyzer.result.lag;

import io.syncanalyzer.result.figure.Numbers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a server told of itself in words, for a cell: what was not there is not named. */
final class SignsWords {
  private SignsWords() {}

  /** Null where there is nothing to name. */
  static @Nullable String of(Signs signs) {
    List<String> words = new ArrayList<>();
    if (LagSecond.orZero(signs.forkNanos()) > 0) {
      words.add("fork " + time(signs.forkNanos()));
    }
    if (Boolean.TRUE.equals(signs.saving())) {
      words.add("saving");
    }
    if (LagSecond.orZero(signs.copiedBytes()) > 0) {
      words.add(Numbers.bytes(LagSecond.orZero(signs.copiedBytes())) + " copied on write");
    }
    count(words, signs.evicted(), "evicted key");
    count(words, signs.expired(), "expired key");
    count(words, signs.expiryCut(), "expiry cycle out of time");
    count(words, signs.fullSyncs(), "full resync");
    count(words, signs.partialGranted(), "partial resync");
    count(words, signs.partialRefused(), "refused partial resync");
    count(words, signs.bufferClosed(), "connection closed for its output buffer");
    if (Boolean.TRUE.equals(signs.loading())) {
      words.add("receiving or loading the data");
    }
    if (LagSecond.orZero(signs.slowNanos()) > 0) {
      words.add("slow " + signs.slowCommand() + " " + time(signs.slowNanos()));
    }
    if (LagSecond.orZero(signs.latencyNanos()) > 0) {
      words.add("latency " + signs.latencyEvent() + " " + time(signs.latencyNanos()));
    }
    return words.isEmpty() ? null : String.join("; ", words);
  }

  private static void count(List<String> words, @Nullable Long count, String what) {
    if (LagSecond.orZero(count) > 0) {
      words.add(Numbers.words(LagSecond.orZero(count)) + " x " + what);
    }
  }

  private static String time(@Nullable Long nanos) {
    return Numbers.micros(LagSecond.orZero(nanos) / 1e3);
  }
}
