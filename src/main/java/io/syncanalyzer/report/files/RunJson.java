package io.syncanalyzer.report.files;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.LosslessText;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * {@code run.json}: what was decided first ({@code complete}, {@code why}, {@code exit_status},
 * {@code headline}, {@code reasons}), then the whole {@link RunReport}. Names are those of the CSV
 * columns; what is unknown is left out; keys and values are lossless text. {@code format} counts up
 * when a reader of an older one would be misled.
 */
public final class RunJson {
  static final int FORMAT = 1;

  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .disableHtmlEscaping()
          .registerTypeAdapter(Instant.class, asText(Instant::toString, Instant::parse))
          .registerTypeAdapter(Bytes.class, asText(LosslessText::of, LosslessText::parse))
          .create();

  private RunJson() {}

  /** The document. */
  static JsonObject tree(RunReport run) {
    Verdict verdict = run.verdict();
    JsonObject document = new JsonObject();
    document.addProperty("format", FORMAT);
    document.addProperty("complete", verdict.complete());
    if (!verdict.why().isEmpty()) {
      document.addProperty("why", verdict.why());
    }
    document.addProperty("exit_status", verdict.status().code());
    document.addProperty("verdict", verdict.status().name());
    document.addProperty("headline", verdict.headline());
    document.add("reasons", GSON.toJsonTree(verdict.reasons()));
    GSON.toJsonTree(run)
        .getAsJsonObject()
        .entrySet()
        .forEach(e -> document.add(e.getKey(), e.getValue()));
    return document;
  }

  /** The document without what is long: timelines and mismatches. */
  public static String summary(RunReport run) {
    JsonObject document = tree(run);
    drop(document, "load", "timeline");
    drop(document, "lag", "timeline");
    drop(document, "initial_verify", "mismatches");
    drop(document, "verify", "mismatches");
    return JsonText.of(document);
  }

  private static void drop(JsonObject document, String part, String name) {
    if (document.get(part) instanceof JsonObject object) {
      object.remove(name);
    }
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
      JsonElement document = JsonParser.parseString(Files.readString(file, StandardCharsets.UTF_8));
      JsonElement format = document.getAsJsonObject().get("format");
      if (format == null || format.getAsInt() > FORMAT) {
        throw new ReportFailure(
            file + " is of another format than " + FORMAT + "; use the analyzer that wrote it",
            null);
      }
      OlderRuns.mend(document.getAsJsonObject());
      RunReport run = GSON.fromJson(document, RunReport.class);
      if (Stream.of(run.runId(), run.command(), run.startedAt()).anyMatch(Objects::isNull)) {
        throw new JsonParseException("it does not say which run, command and moment it is of");
      }
      return run;
    } catch (IOException e) {
      throw new ReportFailure("cannot read " + file + " (" + AtomicFile.reason(e) + ")", e);
    } catch (JsonParseException | IllegalArgumentException | IllegalStateException e) {
      throw new ReportFailure(
          file
              + " is no run.json of ours ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + ")",
          e);
    }
  }

  private static <T> TypeAdapter<T> asText(Function<T, String> write, Function<String, T> read) {
    return new TypeAdapter<T>() {
      @Override
      public void write(JsonWriter out, T value) throws IOException {
        out.value(write.apply(value));
      }

      @Override
      public T read(JsonReader in) throws IOException {
        return read.apply(in.nextString());
      }
    }.nullSafe();
  }
}
