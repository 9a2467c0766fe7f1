package io.syncanalyzer.redis.server;

import io.syncanalyzer.redis.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A command that will be sent many times, as an example of itself.
 *
 * @param command its name, in upper case
 * @param arguments what goes with it, with one of the keys that it will be sent for
 * @param key where that key stands among the arguments; -1 = it has none
 * @param keys the keys that it will be sent for, as {@code ACL SETUSER} has them after its tilde
 * @param known whether it is a command known to do nothing but to the keys that it names
 */
public record CommandUse(
    String command, List<Bytes> arguments, int key, String keys, boolean known) {
  public CommandUse {
    command = command.toUpperCase(Locale.ROOT);
    arguments = List.copyOf(arguments);
    Objects.requireNonNull(keys, "keys is null");
    if (key < -1 || key >= arguments.size()) {
      throw new IllegalArgumentException("no key at " + key + " of " + arguments.size());
    }
  }

  /** Whether it names a key. */
  boolean hasKey() {
    return key >= 0;
  }

  /** The arguments as they are sent. */
  byte[][] encoded() {
    return arguments.stream().map(Bytes::array).toArray(byte[][]::new);
  }

  /** The same for another key. */
  CommandUse withKey(Bytes other) {
    List<Bytes> changed = new ArrayList<>(arguments);
    changed.set(key, other);
    return new CommandUse(command, changed, key, keys, known);
  }
}
