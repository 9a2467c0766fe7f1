package io.syncanalyzer.result;

import io.syncanalyzer.result.verify.VerifyReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts of a run looked at together. */
final class Parts {
  private final RunReport run;

  Parts(RunReport run) {
    this.run = run;
  }

  /** All warnings of a run in one list, each once: its own, then those of its parts. */
  static List<String> warnings(
      List<String> own,
      @Nullable LoadReport load,
      @Nullable InsertReport insert,
      @Nullable LagReport lag) {
    Set<String> all = new LinkedHashSet<>(own);
    if (load != null) {
      all.addAll(load.warnings());
    }
    if (insert != null) {
      all.addAll(insert.warnings());
    }
    if (lag != null) {
      all.addAll(lag.warnings());
    }
    return List.copyOf(all);
  }

  /** What the comparison says of how it was made. */
  List<String> notes() {
    return run.verify() == null ? List.of() : run.verify().notes();
  }

  /** Part to reason, for each part that did not end as asked. */
  Map<String, String> incomplete() {
    Map<String, String> all = new LinkedHashMap<>();
    add(all, "the initial verification", reason(run.initialVerify()));
    add(all, "the load", run.load() == null ? null : run.load().incomplete());
    add(all, "the inserts", run.insert() == null ? null : run.insert().incomplete());
    add(all, "the lag probe", run.lag() == null ? null : run.lag().incomplete());
    add(all, "the search", run.capacity() == null ? null : run.capacity().incomplete());
    add(all, "the drain", run.drain() == null ? null : run.drain().incomplete());
    add(all, "the verification", reason(run.verify()));
    return all;
  }

  /** The parts that the command owes and that are not there. */
  List<String> absent() {
    boolean whole = run.command().equals("load-and-verify");
    List<String> absent = new ArrayList<>();
    if ((whole || run.command().equals("probe")) && run.lag() == null) {
      absent.add("the lag probe");
    }
    if ((whole || run.command().equals("verify")) && run.verify() == null) {
      absent.add("the verification");
    }
    if (run.command().equals("load") && run.load() == null) {
      absent.add("the load");
    }
    if (run.command().equals("capacity") && run.capacity() == null) {
      absent.add("the search");
    }
    return absent;
  }

  private static @Nullable String reason(@Nullable VerifyReport verify) {
    return verify == null ? null : verify.incomplete();
  }

  private static void add(Map<String, String> all, String part, @Nullable String reason) {
    if (reason != null) {
      all.put(part, reason);
    }
  }
}
