package io.syncanalyzer.spark.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A run that plans, compares, undoes and plans anew at random, in the order in which the real one
 * writes, and knows what a copy of its folder must hold. A partition's number is given to other
 * slots now and then, which the real one avoids.
 */
final class ScriptedRun {
  private static final int PARTITIONS = 3;

  private final Path folder;
  private final Random random;
  private final Map<Integer, Integer> slots = new TreeMap<>();
  private final Map<Integer, Integer> found = new TreeMap<>();
  private final Map<Integer, Integer> unmarked = new TreeMap<>();
  private int lastSlots;
  private boolean over;

  ScriptedRun(Path folder, Random random) {
    this.folder = folder;
    this.random = random;
    write("run.json", "begun");
  }

  /** One step of it. */
  void step() {
    if (over) {
      return;
    }
    if (slots.isEmpty()) {
      for (int number = 1; number <= PARTITIONS; number++) {
        slots.put(number, ++lastSlots);
      }
      plan();
      return;
    }
    int number = 1 + random.nextInt(PARTITIONS);
    Integer written = unmarked.remove(number);
    if (written != null && random.nextInt(2) == 0) {
      found.put(number, written);
      write(partition(number) + "result.json", slots.get(number) + " " + written);
      return;
    }
    switch (random.nextInt(3)) {
      case 0 -> {
        if (!found.containsKey(number)) {
          compare(number, random.nextInt(4));
        }
      }
      case 1 -> {
        if (found.containsKey(number)) {
          // Its names are looked at once more.
          compare(number, Objects.requireNonNull(found.get(number)) + 1);
        }
      }
      default -> {
        delete(partition(number) + "result.json");
        found.remove(number);
        slots.put(number, ++lastSlots);
        plan();
      }
    }
  }

  /** Its end, as of a run that is complete. */
  void end() {
    over = true;
    delete("verify/partitions.json");
    for (int number = 1; number <= PARTITIONS; number++) {
      delete(partition(number) + "result.json");
      delete(partition(number) + "mismatches.jsonl");
    }
    write("mismatches.csv", "rows");
    write("run.json", "complete");
  }

  private void plan() {
    write(
        "verify/partitions.json",
        slots.entrySet().stream()
            .map(one -> one.getKey() + " " + one.getValue())
            .collect(Collectors.joining("\n")));
  }

  private void compare(int number, int mismatches) {
    if (!found.containsKey(number)) {
      delete(partition(number) + "mismatches.jsonl");
    }
    List<String> lines = new ArrayList<>();
    int of = Objects.requireNonNull(slots.get(number));
    for (int i = 0; i < mismatches; i++) {
      lines.add("mismatch " + i + " of " + of);
    }
    append(partition(number) + "mismatches.jsonl", lines);
    // What it came to is written in a later step.
    unmarked.put(number, mismatches);
  }

  private static String partition(int number) {
    return String.format(Locale.ROOT, "verify/partition-%04d/", number);
  }

  /** Whatever is in the copy is true: it can be gone on with, or the run is over and whole. */
  static void assertTrue(Map<String, String> copy) {
    String run = copy.get("run/run.json");
    if (run == null) {
      return;
    }
    if (run.equals("complete")) {
      assertThat(copy).containsEntry("run/mismatches.csv", "rows");
      return;
    }
    String plan = copy.get("run/verify/partitions.json");
    if (plan == null) {
      return;
    }
    plan.lines().forEach(line -> assertPartition(line.split(" ", -1), copy));
  }

  private static void assertPartition(String[] planned, Map<String, String> copy) {
    String folder = "run/" + partition(Integer.parseInt(planned[0]));
    String result = copy.get(folder + "result.json");
    if (result == null) {
      return; // It is compared again.
    }
    String[] words = result.split(" ", -1);
    assertThat(words[0]).describedAs("the slots of %s", folder).isEqualTo(planned[1]);
    List<String> lines = copy.getOrDefault(folder + "mismatches.jsonl", "").lines().toList();
    assertThat(lines).hasSizeGreaterThanOrEqualTo(Integer.parseInt(words[1]));
    assertThat(lines.subList(0, Integer.parseInt(words[1])))
        .allMatch(line -> line.endsWith(" of " + planned[1]));
  }

  private void append(String path, List<String> lines) {
    String before = Files.exists(folder.resolve(path)) ? read(path) : "";
    int there = Math.min(lines.size(), (int) before.lines().count());
    List<String> added = lines.subList(there, lines.size());
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(
          file,
          added.stream().map(line -> line + "\n").collect(Collectors.joining()),
          java.nio.file.StandardOpenOption.CREATE,
          java.nio.file.StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String read(String path) {
    try {
      return Files.readString(folder.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String path, String content) {
    Path file = folder.resolve(path);
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(next, content);
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void delete(String path) {
    try {
      Files.deleteIfExists(folder.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
