package io.syncanalyzer.verify.pass;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.LosslessText;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.result.verify.VerifyRow;
import io.syncanalyzer.time.AtOnce;
import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.attempt.Attempt;
import io.syncanalyzer.verify.found.Tally;
import io.syncanalyzer.verify.settle.StandingDifferences;
import io.syncanalyzer.verify.value.DifferenceText;
import io.syncanalyzer.verify.value.Libraries;
import io.syncanalyzer.verify.value.Library;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the libraries of functions of both sides, which replicate as keys do: each by its engine
 * and its code. Nothing can be watched here, so what differs must do so in the same way at every
 * one of several looks (source, fence, replica, source again); what is seen to be equal once is.
 * For one thread.
 */
public final class FunctionsPass {
  private final Attempt attempt;
  private final Tally tally = new Tally();
  private final Map<String, Seen> open = new TreeMap<>();
  private String proof = "";

  /** It has not begun. */
  public FunctionsPass(Attempt attempt) {
    this.attempt = attempt;
  }

  /**
   * What it came to.
   *
   * @param rows how many are of which verdict
   * @param notLookedAt how many may not be read, as far as a side tells
   * @param untold of which side nobody can tell how many that are, a line each
   */
  public record Outcome(List<VerifyRow> rows, long notLookedAt, List<String> untold) {
    public Outcome {
      rows = List.copyOf(rows);
      untold = List.copyOf(untold);
    }
  }

  /**
   * How a library differs.
   *
   * @param moving whether it was another at two looks, so that it is not told to differ
   */
  private record Seen(Optional<Library> source, Optional<Library> replica, boolean moving) {
    Seen next(Seen later) {
      boolean same = source.equals(later.source) && replica.equals(later.replica);
      return new Seen(later.source, later.replica, moving || later.moving || !same);
    }
  }

  /**
   * Compares, and enters each that is not equal among the mismatches of the ledger; takes a note
   * where functions may not be read.
   */
  public Outcome run() {
    NanoClock clock = attempt.run().clock();
    long start = clock.nanoTime();
    List<Libraries> both =
        AtOnce.both(
            () -> attempt.run().retries().insist(() -> libraries(true)),
            () -> attempt.run().retries().insist(() -> libraries(false)),
            List::of);
    Libraries mine = both.get(0);
    Libraries others = both.get(1);
    if (mine.hidden().isPresent() || others.hidden().isPresent()) {
      hidden("source", mine);
      hidden("replica", others);
      return new Outcome(
          List.of(),
          Math.max(mine.knownCount(), others.knownCount()),
          Stream.of(mine.untold("source"), others.untold("replica"))
              .flatMap(Optional::stream)
              .toList());
    }
    TreeSet<String> names = new TreeSet<>(mine.names());
    names.addAll(others.names());
    BackOff pauses = StandingDifferences.pauses(clock);
    for (int look = 1; look <= StandingDifferences.LOOKS && !names.isEmpty(); look++) {
      if (look > 1) {
        pauses.more();
      }
      attempt.run().retries().insist(() -> look(names));
      names.retainAll(open.keySet());
    }
    long millis = (clock.nanoTime() - start) / 1_000_000;
    open.forEach((name, seen) -> attempt.ledger().add(mismatch(name, seen, millis)));
    return new Outcome(tally.rows(), 0, List.of());
  }

  private Libraries libraries(boolean ofSource) {
    return attempt
        .connections()
        .with(ofSource ? attempt.source() : attempt.replica(), Libraries::of);
  }

  private void hidden(String side, Libraries there) {
    there
        .hidden()
        .ifPresent(
            why ->
                attempt
                    .run()
                    .notes()
                    .accept(
                        "libraries of functions were not compared: the "
                            + side
                            + " does not let us read them ("
                            + why
                            + "); grant +function|list"));
  }

  private void look(Set<String> names) {
    Map<String, Optional<Library>> before = read(true, names);
    proof = attempt.fence().pass(attempt.settling().fenceTimeout()).proof();
    Map<String, Optional<Library>> replica = read(false, names);
    Map<String, Optional<Library>> after = read(true, names);
    for (String name : names) {
      Optional<Library> first = before.getOrDefault(name, Optional.empty());
      Optional<Library> other = replica.getOrDefault(name, Optional.empty());
      Optional<Library> last = after.getOrDefault(name, Optional.empty());
      if (other.equals(first) || other.equals(last)) {
        open.remove(name);
        other.ifPresent(equal -> count(KeyVerdict.EQUAL, equal));
      } else {
        open.merge(name, new Seen(last, other, !first.equals(last)), Seen::next);
      }
    }
  }

  private Map<String, Optional<Library>> read(boolean fromSource, Set<String> names) {
    Map<String, Optional<Library>> found = new TreeMap<>();
    return attempt
        .connections()
        .with(
            fromSource ? attempt.source() : attempt.replica(),
            connection -> {
              // A server that knows no functions has none, and is not asked for any.
              Set<String> there = Set.copyOf(Libraries.of(connection).names());
              for (String name : names) {
                found.put(
                    name,
                    there.contains(name) ? Libraries.read(connection, name) : Optional.empty());
              }
              return found;
            });
  }

  private void count(KeyVerdict verdict, Library library) {
    tally.add(Library.TYPE, verdict, false, false, library.functions(), library.code().length());
  }

  private Mismatch mismatch(String name, Seen seen, long millis) {
    @Nullable Library mine = seen.source().orElse(null);
    @Nullable Library other = seen.replica().orElse(null);
    boolean engines = mine != null && other != null && !mine.engine().equals(other.engine());
    KeyVerdict verdict =
        seen.moving()
            ? KeyVerdict.UNSETTLED
            : mine == null
                ? KeyVerdict.EXTRA_ON_REPLICA
                : other == null ? KeyVerdict.MISSING_ON_REPLICA : KeyVerdict.VALUE_DIFFERS;
    count(verdict, mine != null ? mine : seen.replica().orElseThrow());
    String detail =
        seen.moving()
            ? "library of functions: it kept changing on the source"
            : "library of functions"
                + (mine == null || other == null
                    ? ""
                    : ": " + (engines ? "engine" : "code") + " differs, " + sizes(mine, other));
    return new Mismatch(
        null,
        Bytes.utf8(name),
        verdict,
        mine == null ? null : Library.TYPE,
        other == null ? null : Library.TYPE,
        mine == null || other == null ? null : engines ? "engine" : "code",
        mine == null ? null : engines ? mine.engine() : shown(mine, other),
        other == null ? null : engines ? other.engine() : shown(other, mine),
        null,
        null,
        seen.moving() ? 1 : StandingDifferences.LOOKS,
        detail,
        proof,
        millis);
  }

  private static String sizes(Library mine, Library other) {
    return "source " + mine.code().length() + " bytes, replica " + other.code().length() + " bytes";
  }

  /** The code, from the first byte on in which it is not the other's. */
  private static String shown(Library library, @Nullable Library other) {
    Bytes code = library.code();
    int from = 0;
    if (other != null && code.length() > DifferenceText.LONGEST_VALUE) {
      from = Math.max(0, java.util.Arrays.mismatch(code.array(), other.code().array()));
    }
    return LosslessText.of(
        code.slice(from, Math.min(code.length(), from + DifferenceText.LONGEST_VALUE)));
  }
}
