package io.syncanalyzer.verify.partition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The notes of many partitions, told once where they differ in numbers only: the first of them, and
 * of how many partitions more it was. For one thread.
 */
final class MergedNotes {
  private static final Pattern NUMBER = Pattern.compile("\\d[\\d.,]*");

  private final Map<String, Told> told = new LinkedHashMap<>();

  private static final class Told {
    private final String first;
    private final String of;
    private int partitions = 1;

    Told(String first, String of) {
      this.first = first;
      this.of = of;
    }
  }

  /** Takes what one of them noted. */
  void add(Partition partition, List<String> notes) {
    for (String note : notes) {
      Told known = told.get(NUMBER.matcher(note).replaceAll("#"));
      if (known == null) {
        told.put(NUMBER.matcher(note).replaceAll("#"), new Told(note, partition.toString()));
      } else {
        known.partitions++;
      }
    }
  }

  /** All of them, in the order in which they were first noted. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Told one : told.values()) {
      lines.add(
          one.of
              + ": "
              + one.first
              + (one.partitions == 1
                  ? ""
                  : "; the like of "
                      + (one.partitions - 1)
                      + (one.partitions == 2 ? " other partition" : " other partitions")));
    }
    return lines;
  }
}
