package io.syncanalyzer.verify;

import io.syncanalyzer.verify.found.VerifyProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How far several verifications have come, as one. Safe for use by several threads. */
final class ProgressTogether {
  private final Consumer<VerifyProgress> consumer;
  private final List<@Nullable VerifyProgress> last = new ArrayList<>();

  ProgressTogether(Consumer<VerifyProgress> consumer, int verifications) {
    this.consumer = consumer;
    IntStream.range(0, verifications).forEach(i -> last.add(null));
  }

  /** Is told how far the one of that number has come. */
  Consumer<VerifyProgress> of(int number) {
    return heard -> told(number, heard);
  }

  private synchronized void told(int number, VerifyProgress heard) {
    last.set(number, heard);
    List<VerifyProgress> all = last.stream().filter(Objects::nonNull).toList();
    boolean totals = all.stream().allMatch(one -> one.keysTotal() != null);
    boolean paced = all.stream().anyMatch(one -> one.passPace() != null);
    consumer.accept(
        new VerifyProgress(
            heard.step(),
            heard.waitingFor(),
            sum(all, VerifyProgress::keysDone),
            sum(all, VerifyProgress::keysScanned),
            totals ? Long.valueOf(all.stream().mapToLong(ProgressTogether::total).sum()) : null,
            sum(all, VerifyProgress::suspects),
            VerifyProgress.together(all.stream().map(VerifyProgress::unequal)),
            paced ? Double.valueOf(all.stream().mapToDouble(ProgressTogether::pace).sum()) : null,
            all.stream()
                .map(VerifyProgress::elapsed)
                .max(Duration::compareTo)
                .orElse(heard.elapsed())));
  }

  private static long sum(List<VerifyProgress> all, ToLongFunction<VerifyProgress> of) {
    return all.stream().mapToLong(of).sum();
  }

  private static long total(VerifyProgress one) {
    Long keys = one.keysTotal();
    return keys == null ? 0 : keys;
  }

  private static double pace(VerifyProgress one) {
    Double pace = one.passPace();
    return pace == null ? 0 : pace;
  }
}
