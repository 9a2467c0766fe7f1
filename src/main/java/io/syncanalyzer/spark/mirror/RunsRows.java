package io.syncanalyzer.spark.mirror;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code runs.csv}, in which every run has a row: brought before the run, put back at its end with
 * what that added. Where other runs put theirs there meanwhile, these are kept; two that put theirs
 * at the same moment might lose one, for there is no lock that all file systems have. For one
 * thread.
 */
final class RunsRows {
  private static final String FILE = "runs.csv";

  private final RemoteFolder remote;
  private final Path local;
  private byte[] brought = {};

  RunsRows(RemoteFolder remote, Path results) {
    this.remote = Objects.requireNonNull(remote, "remote is null");
    this.local = results.resolve(FILE);
  }

  /** Brings the file, if there is one. */
  void pull() throws IOException {
    brought = there();
    if (brought.length > 0) {
      Files.createDirectories(Objects.requireNonNull(local.getParent()));
      Files.write(local, brought);
    }
  }

  /**
   * Puts the rows there that were added here.
   *
   * @return what is to be told to the user, where they could not be put beside those of others
   */
  Optional<String> push() throws IOException {
    byte[] here = Files.exists(local) ? Files.readAllBytes(local) : new byte[0];
    if (Arrays.equals(here, brought)) {
      return Optional.empty();
    }
    byte[] there = there();
    boolean sameForm = Arrays.equals(header(here), header(there));
    if (Arrays.equals(there, brought)) {
      put(here);
    } else if (sameForm && startsWith(here, brought)) {
      int own = Math.max(brought.length, header(here).length);
      put(joined(there, Arrays.copyOfRange(here, own, here.length)));
    } else {
      return Optional.of(
          "another run changed the columns of "
              + FILE
              + " in "
              + remote.display()
              + " meanwhile; the row of this one is not in it, but in "
              + local);
    }
    return Optional.empty();
  }

  private void put(byte[] content) throws IOException {
    remote.put(FILE, new ByteArrayInputStream(content));
    brought = content;
  }

  private byte[] there() throws IOException {
    if (!remote.exists(FILE)) {
      return new byte[0];
    }
    try (InputStream in = remote.open(FILE)) {
      return in.readAllBytes();
    }
  }

  /** The first line with its end. */
  private static byte[] header(byte[] content) {
    for (int i = 0; i < content.length; i++) {
      if (content[i] == '\n') {
        return Arrays.copyOf(content, i + 1);
      }
    }
    return content;
  }

  private static boolean startsWith(byte[] content, byte[] begin) {
    return content.length >= begin.length
        && Arrays.equals(content, 0, begin.length, begin, 0, begin.length);
  }

  /** With the end that a last line may lack. */
  private static byte[] joined(byte[] rows, byte[] more) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(rows);
    if (rows[rows.length - 1] != '\n') {
      all.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    all.writeBytes(more);
    return all.toByteArray();
  }
}
