package io.syncanalyzer.run.verify;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.result.Mismatch;
import io.syncanalyzer.result.VerifyReport;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.run.record.Uninterrupted;
import io.syncanalyzer.verify.VerifyPhase;
import io.syncanalyzer.verify.VerifyRequest;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.found.VerifyProgress;
import io.syncanalyzer.verify.resume.CannotResume;
import io.syncanalyzer.verify.scan.VerifyScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs a comparison as the settings say, in a folder of its own inside the run's. */
public final class Verifying {
  private Verifying() {}

  /**
   * What came of it, its mismatches still on disk.
   *
   * @param summary as the comparison gave it
   * @param report the same in the report's terms
   */
  public record Outcome(VerifySummary summary, VerifyReport report) {
    /** One line why the run is to be called failed; null where it is not. */
    public @Nullable String failure() {
      return VerifyReports.couldNotRun(summary) ? report.incomplete() : null;
    }

    /** All mismatches, read from disk one at a time. */
    public Iterable<Mismatch> mismatches() {
      return () -> {
        Stream<Mismatch> all = summary.mismatches().stream();
        Iterator<Mismatch> one = all.iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            boolean more = one.hasNext();
            if (!more) {
              all.close();
            }
            return more;
          }

          @Override
          public Mismatch next() {
            return one.next();
          }
        };
      };
    }
  }

  /**
   * Compares.
   *
   * @param folder where the comparison keeps what does not fit into memory; made if need be
   * @param resume whether to go on with what an earlier one left in {@code folder}
   */
  public static Outcome run(
      RunContext context,
      VerifySettings settings,
      Endpoint source,
      Endpoint replica,
      String runId,
      Path folder,
      boolean resume) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + folder + ": " + e.getMessage(), e);
    }
    VerifyScope scope = scope(settings.scope());
    VerifyRequest request =
        new VerifyRequest(
            source,
            replica,
            runId,
            folder,
            scope,
            settings.settling(),
            settings.rate().isPresent()
                ? OptionalDouble.of((double) settings.rate().getAsLong())
                : OptionalDouble.empty(),
            settings.maxMismatches(),
            resume);
    VerifySummary summary;
    try {
      summary = new VerifyPhase(heard -> show(context, heard), context.clock()).run(request);
    } catch (CannotResume notForThis) {
      throw Resumption.refused(notForThis);
    }
    // The comparison may have ended by an interrupt, and its mismatches are read from disk.
    return new Outcome(
        summary, Uninterrupted.get(() -> VerifyReports.of(summary, settings.scope())));
  }

  /** Deletes what a comparison kept on disk for itself. */
  public static void discard(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder + ": " + e.getMessage(), e);
    }
  }

  private static VerifyScope scope(VerifySettings.Scope asked) {
    return new VerifyScope(
        asked.oneDatabase(),
        asked.match().map(Bytes::utf8),
        asked.exclude().map(Bytes::utf8),
        Set.copyOf(asked.types()),
        asked.samplePercent());
  }

  private static String scanned(VerifyProgress heard) {
    return heard.keysTotal() == null
        ? String.format(Locale.ROOT, "%,d", heard.keysScanned())
        : String.format(Locale.ROOT, "%,d of %,d", heard.keysScanned(), heard.keysTotal());
  }

  private static void show(RunContext context, VerifyProgress heard) {
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
