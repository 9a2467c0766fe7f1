package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.verify.server.Unanswered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The libraries of functions of a server, Redis 7 and later; an older one has none.
 *
 * @param names of those that are there; empty where they are hidden
 * @param hidden why they may not be read; empty where they may
 * @param count how many there are; null where that is hidden too
 */
public record Libraries(List<String> names, Optional<String> hidden, @Nullable Long count) {
  private static final String COUNT = "number_of_libraries";

  public Libraries {
    names = List.copyOf(names);
  }

  /** How many are known to be there; 0 where that is hidden. */
  public long knownCount() {
    return count == null ? 0 : count;
  }

  /** Why nobody can tell whether there are any; empty where one can. */
  public Optional<String> untold(String side) {
    return count != null
        ? Optional.empty()
        : hidden.map(
            why ->
                "whether the "
                    + side
                    + " holds libraries of functions is not known, and none was compared ("
                    + why
                    + "): grant +function|list, or pick keys with --match '*' to leave functions"
                    + " out");
  }

  /** Asks a server which there are. */
  public static Libraries of(RawConnection connection) {
    Reply reply = connection.call("FUNCTION", "LIST");
    if (reply instanceof Reply.Items items) {
      List<String> names = new ArrayList<>(new TreeSet<>(fields(items, "library_name")));
      return new Libraries(names, Optional.empty(), (long) names.size());
    }
    if (!(reply instanceof Reply.Failed failed)) {
      return new Libraries(List.of(), Optional.empty(), 0L);
    }
    if (Unanswered.concernsServer(failed.message())) {
      throw connection.refused("FUNCTION LIST", failed);
    }
    if (failed.message().contains("unknown command")) {
      return new Libraries(List.of(), Optional.empty(), 0L);
    }
    Long count = counted(connection.call("INFO", "memory"));
    return count != null && count == 0
        ? new Libraries(List.of(), Optional.empty(), count)
        : new Libraries(List.of(), Optional.of(failed.message()), count);
  }

  private static @Nullable Long counted(Reply info) {
    OptionalLong count =
        info instanceof Reply.Text text
            ? ServerInfo.parse(text.bytes().asUtf8()).number(COUNT)
            : OptionalLong.empty();
    return count.isPresent() ? Long.valueOf(count.getAsLong()) : null;
  }

  private static List<String> fields(Reply.Items libraries, String field) {
    List<String> found = new ArrayList<>();
    for (Reply library : libraries.list()) {
      if (library instanceof Reply.Items pairs && named(pairs).get(field) instanceof Reply.Text t) {
        found.add(t.bytes().asUtf8());
      }
    }
    return found;
  }

  private static Map<String, Reply> named(Reply.Items pairs) {
    Map<String, Reply> found = new TreeMap<>();
    for (int i = 0; i + 1 < pairs.list().size(); i += 2) {
      if (pairs.list().get(i) instanceof Reply.Text name) {
        found.put(name.bytes().asUtf8(), pairs.list().get(i + 1));
      }
    }
    return found;
  }

  /** Reads one, by its name, which is letters, digits and underscores; empty where it is not. */
  public static Optional<Library> read(RawConnection connection, String name) {
    Reply reply = connection.expect("FUNCTION", "LIST", "LIBRARYNAME", name, "WITHCODE");
    if (!(reply instanceof Reply.Items all)
        || all.list().isEmpty()
        || !(all.list().get(0) instanceof Reply.Items pairs)) {
      return Optional.empty();
    }
    Map<String, Reply> of = named(pairs);
    return Optional.of(
        new Library(
            bytes(of.get("engine")).asUtf8(),
            of.get("functions") instanceof Reply.Items functions ? functions.list().size() : 0,
            bytes(of.get("library_code"))));
  }

  private static Bytes bytes(@Nullable Reply reply) {
    return reply instanceof Reply.Text text ? text.bytes() : Bytes.utf8("");
  }
}
