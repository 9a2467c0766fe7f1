package io.syncanalyzer.insert.fork;

import io.syncanalyzer.json.Json;
import io.syncanalyzer.json.JsonFailure;
import io.syncanalyzer.json.JsonFormat;
import io.syncanalyzer.probe.LagJson;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * JSON as the control channel speaks it: records by their components, the probe's as {@link
 * LagJson} has them. A message is told by the name of its record, in {@code kind}.
 *
 * <p>Secrets are written in full, which is what the channel is for: never print or store what this
 * writes.
 */
public final class ControlJson {
  private static final String KIND = "kind";

  private static final JsonFormat FORMAT =
      LagJson.format()
          .tree(WorkJson.class, work -> Json.parse(work.text()), tree -> new WorkJson(tree.text()))
          .build();

  private static final Map<String, Class<?>> KINDS =
      Stream.of(ControlMessage.Up.class, ControlMessage.Down.class)
          .flatMap(way -> Arrays.stream(way.getPermittedSubclasses()))
          .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

  private ControlJson() {}

  static String line(ControlMessage message) {
    String kind = message.getClass().getSimpleName();
    return message instanceof ControlMessage.OfWork of
        // Put together by hand, so that no tree is made of what may be long.
        ? "{\"" + KIND + "\":\"" + kind + "\",\"work\":" + of.work().text() + "}"
        : FORMAT.tree(message).asObject().with(KIND, Json.of(kind)).text();
  }

  /**
   * Reads what {@link #line} wrote.
   *
   * @throws JsonFailure if it is none of these messages
   */
  static <M extends ControlMessage> M message(String line, Class<M> way) {
    Kind told = FORMAT.read(line, Kind.class);
    Class<?> kind = told == null ? null : KINDS.get(told.kind());
    if (kind == null || !way.isAssignableFrom(kind)) {
      throw new JsonFailure("no message of this way", null);
    }
    M message = FORMAT.read(line, kind.asSubclass(way));
    return Objects.requireNonNull(message, "an object is no message");
  }

  /**
   * What a line says of itself.
   *
   * @param kind the name of the message's record; null where it does not say
   */
  private record Kind(@Nullable String kind) {}

  /** What a work is asked or says, as the channel carries it. */
  public static WorkJson of(Record work) {
    return new WorkJson(FORMAT.write(work));
  }

  /**
   * Reads what {@link #of} made.
   *
   * @throws JsonFailure if it is none of that type
   */
  public static <T> T read(WorkJson work, Class<T> type) {
    T read = FORMAT.read(work.text(), type);
    if (read == null) {
      throw new JsonFailure("no " + type.getSimpleName(), null);
    }
    return read;
  }
}
