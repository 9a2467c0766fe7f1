package io.syncanalyzer.load.process;

import io.syncanalyzer.redis.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Takes a password out of what memtier prints. Its JSON repeats its whole configuration, {@code
 * authenticate} included, and {@code --show-config} prints it.
 *
 * @param secret the credentials as memtier was given them; empty = there is nothing to mask
 */
public record Masking(Optional<Secret> secret) {
  private static final String MASK = "***";
  private static final List<String> NAMES = List.of("authenticate", "uri");

  public boolean needed() {
    return secret.isPresent();
  }

  /** A line of stderr: a setting that holds the secret is masked whole, and so is the secret. */
  String line(String line) {
    if (secret.isEmpty()) {
      return line;
    }
    for (String name : NAMES) {
      if (line.startsWith(name + " =")) {
        return name + " = " + MASK;
      }
    }
    return line.contains(secret.get().reveal()) && NAMES.stream().anyMatch(line::contains)
        ? line.replace(secret.get().reveal(), MASK)
        : line;
  }

  /** Copies memtier's JSON, its {@code authenticate} and {@code uri} masked. */
  void copyJson(InputStream in, OutputStream out) throws IOException {
    if (secret.isEmpty()) {
      in.transferTo(out);
      return;
    }
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      // Where it cannot seek, as in a pipe, memtier leaves a comma before each closing bracket.
      String copy = line.matches("\\s*,[\\]}]+\\s*") ? line.replaceFirst(",", "") : line;
      for (String name : NAMES) {
        int at = line.indexOf("\"" + name + "\": ");
        if (at >= 0 && line.substring(0, at).matches("\\s*,?\\s*")) {
          copy = line.substring(0, at) + "\"" + name + "\": \"" + MASK + "\"";
        }
      }
      out.write((copy + "\n").getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  /** A command line as it may be shown. */
  public List<String> shown(List<String> command) {
    return command.stream()
        .map(
            argument ->
                secret.isPresent() && argument.startsWith("--authenticate=")
                    ? "--authenticate=" + MASK
                    : argument)
        .toList();
  }
}
