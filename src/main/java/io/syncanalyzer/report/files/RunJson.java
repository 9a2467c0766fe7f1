package io.syncanalyzer.report.files;

import io.syncanalyzer.json.Json;
import io.syncanalyzer.json.JsonFailure;
import io.syncanalyzer.json.JsonFormat;
import io.syncanalyzer.json.JsonText;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.LosslessText;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * {@code run.json}: what was decided first ({@code complete}, {@code why}, {@code exit_status},
 * {@code headline}, {@code reasons}), then the whole {@link RunReport}. Names are those of the CSV
 * columns; what is unknown is left out; keys and values are lossless text. {@code format} counts up
 * when a reader of an older one would be misled.
 */
public final class RunJson {
  static final int FORMAT = 1;

  private static final JsonFormat RECORDS =
      LagRowsJson.in(RowJson.in(JsonFormat.builder()))
          .columnNames()
          .text(Instant.class, Instant::toString, Instant::parse)
          .text(Bytes.class, LosslessText::of, LosslessText::parse)
          .build();

  private RunJson() {}

  /** The document that {@link #write} writes. */
  static Json.Obj tree(RunReport run) {
    Verdict verdict = run.verdict();
    Map<String, Json> document = new LinkedHashMap<>();
    document.put("format", Json.of(FORMAT));
    document.put("complete", Json.of(verdict.complete()));
    if (!verdict.why().isEmpty()) {
      document.put("why", Json.of(verdict.why()));
    }
    document.put("exit_status", Json.of(verdict.status().code()));
    document.put("verdict", Json.of(verdict.status().name()));
    document.put("headline", Json.of(verdict.headline()));
    document.put("reasons", RECORDS.tree(verdict.reasons()));
    document.putAll(RECORDS.tree(run).asObject().fields());
    return new Json.Obj(document);
  }

  /** The document without what is long: timelines and mismatches. */
  public static String summary(RunReport run) {
    Json.Obj document = tree(run);
    document = without(document, "load", "timeline");
    document = without(document, "lag", "timeline");
    document = without(document, "initial_verify", "mismatches");
    return JsonText.of(without(document, "verify", "mismatches"));
  }

  private static Json.Obj without(Json.Obj document, String part, String name) {
    return document.get(part) instanceof Json.Obj object
        ? document.with(part, object.without(name))
        : document;
  }

  /** Replaces the file as a whole. */
  public static void write(Path file, RunReport run) {
    String text = JsonText.of(tree(run));
    AtomicFile.replace(file, part -> Files.writeString(part, text, StandardCharsets.UTF_8));
  }

  /**
   * Reads the report back.
   *
   * @throws ReportFailure if it is not there, broken, or of a later format
   */
  static RunReport read(Path file) {
    try {
      Json.Obj document = Json.parse(Files.readString(file, StandardCharsets.UTF_8)).asObject();
      if (!(document.get("format") instanceof Json.Num format) || format.asLong() > FORMAT) {
        throw new ReportFailure(
            file + " is of another format than " + FORMAT + "; use the analyzer that wrote it",
            null);
      }
      RunReport run = RECORDS.read(OlderRuns.mended(document), RunReport.class);
      if (run == null
          || Stream.of(run.runId(), run.command(), run.startedAt()).anyMatch(Objects::isNull)) {
        throw new JsonFailure("it does not say which run, command and moment it is of", null);
      }
      return run;
    } catch (IOException e) {
      throw new ReportFailure("cannot read " + file + " (" + AtomicFile.reason(e) + ")", e);
    } catch (JsonFailure | IllegalArgumentException | IllegalStateException e) {
      throw new ReportFailure(
          file
              + " is no run.json of ours ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + ")",
          e);
    }
  }
}
