package io.syncanalyzer.run.verify;

import io.syncanalyzer.metrics.KeysSoFar;
import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.verify.found.VerifyProgress;
import java.util.Locale;
import java.util.OptionalDouble;

/** How far a comparison has come, as the console shows it. */
final class VerifyProgressLine {
  private VerifyProgressLine() {}

  private static String scanned(VerifyProgress heard) {
    return heard.keysTotal() == null
        ? String.format(Locale.ROOT, "%,d", heard.keysScanned())
        : String.format(Locale.ROOT, "%,d of %,d", heard.keysScanned(), heard.keysTotal());
  }

  /** Shows how far it has come, or what it waits for; whoever listens is told too. */
  static void show(RunContext context, VerifyProgress heard) {
    context
        .metrics()
        .compared(
            new KeysSoFar(
                heard.keysScanned(),
                heard.keysTotal(),
                heard.keysDone(),
                heard.suspects(),
                heard.unequal()));
    String waitingFor = heard.waitingFor();
    if (waitingFor != null) {
      context.console().waiting(waitingFor);
      return;
    }
    OptionalDouble percent = heard.percent();
    String remaining =
        heard
            .remaining()
            .map(left -> String.format(Locale.ROOT, ", %d s left", left.toSeconds()))
            .orElse("");
    context
        .console()
        .progress(
            percent.isPresent() ? percent.getAsDouble() / 100 : -1,
            String.format(
                Locale.ROOT,
                "%s: %s keys scanned, %,d compared, %,.0f/s, %s, %,d mismatched%s",
                heard.step(),
                scanned(heard),
                heard.keysDone(),
                heard.keysPerSecond(),
                Counted.words(heard.suspects(), "suspect"),
                heard.mismatches(),
                remaining));
  }
}
