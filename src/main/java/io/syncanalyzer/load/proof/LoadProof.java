package io.syncanalyzer.load.proof;

import io.syncanalyzer.result.load.CommandKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What a load claims beside what the source says it served meanwhile.
 *
 * <p>Other clients add to the source's counts and never take away, so each claim must be covered by
 * successful calls of its command; the excess is the others', and how much that is shows how far
 * the proof reaches.
 *
 * @param claimed operations that the load says it did
 * @param served successful calls of those commands
 * @param errors new error replies of the source by first word, to whomever
 * @param gap why the source's counts do not bear out the claim, one line; empty = they do
 * @param writes write commands that the source served meanwhile, to whomever, those within scripts
 *     among them; empty = not told apart
 * @param reads likewise
 */
public record LoadProof(
    long claimed,
    long served,
    Map<String, Long> errors,
    Optional<String> gap,
    OptionalLong writes,
    OptionalLong reads) {
  /** The commands memtier may send for one of its rows. */
  private static final Map<String, List<String>> SENT_FOR =
      Map.of("SET", List.of("set", "setex", "setrange"), "GET", List.of("get", "getrange", "mget"));

  public LoadProof {
    errors = Collections.unmodifiableMap(new TreeMap<>(errors));
  }

  /** Calls beyond the claim: what other clients did with the same commands. */
  public long ofOthers() {
    return Math.max(0, served - claimed);
  }

  /**
   * Compares.
   *
   * @param claims operations by upper-case command name
   * @param claimedTotal operations in all, where the commands' own counts are unknown
   */
  public static LoadProof of(
      Map<String, Long> claims, OptionalLong claimedTotal, PrimaryCounters counted) {
    LoadProof sum = of(claims, claimedTotal, counted.before(), counted.after());
    return new LoadProof(
        sum.claimed,
        sum.served,
        sum.errors,
        counted.loss().or(sum::gap),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  static LoadProof of(
      Map<String, Long> claims,
      OptionalLong claimedTotal,
      SourceCounters before,
      SourceCounters after) {
    Map<String, Long> errors = new TreeMap<>();
    after
        .errors()
        .forEach(
            (kind, count) -> {
              long more = count - before.errors().getOrDefault(kind, 0L);
              if (more > 0) {
                errors.put(kind, more);
              }
            });
    List<String> gaps = new ArrayList<>();
    long claimed = 0;
    long served = 0;
    for (Map.Entry<String, Long> claim : claims.entrySet()) {
      long calls = calls(claim.getKey(), before, after);
      claimed += claim.getValue();
      served += calls;
      boolean manyKeysACall = claim.getKey().equals("GET") && grew("mget", before, after) > 0;
      if (calls < claim.getValue() && !manyKeysACall) {
        gaps.add(
            String.format(
                Locale.ROOT,
                "%d %s are claimed, the source served %d",
                claim.getValue(),
                claim.getKey(),
                Math.max(0, calls)));
      }
    }
    if (claims.isEmpty() && claimedTotal.isPresent()) {
      claimed = claimedTotal.getAsLong();
      served =
          after.calls().keySet().stream()
              .mapToLong(name -> Math.max(0, grew(name, before, after)))
              .sum();
      if (served < claimed) {
        gaps.add(claimed + " operations are claimed, the source served " + served);
      }
    }
    Optional<String> gap =
        gaps.isEmpty()
            ? Optional.empty()
            : Optional.of(
                String.join("; ", gaps)
                    + " (or its counts were reset meanwhile with CONFIG RESETSTAT)");
    return new LoadProof(
        claimed, Math.max(0, served), errors, gap, OptionalLong.empty(), OptionalLong.empty());
  }

  /** This proof, what the source served told apart by what its commands do. */
  public LoadProof toldApart(CommandKinds kinds, SourceCounters before, SourceCounters after) {
    return new LoadProof(
        claimed,
        served,
        errors,
        gap,
        OptionalLong.of(calls(CommandKind.WRITE, kinds, before, after)),
        OptionalLong.of(calls(CommandKind.READ, kinds, before, after)));
  }

  private static long calls(
      CommandKind kind, CommandKinds kinds, SourceCounters before, SourceCounters after) {
    return served(before, after).stream()
        .filter(name -> kinds.of(name).filter(kind::equals).isPresent())
        .mapToLong(name -> grew(name, before, after))
        .sum();
  }

  /** How many calls a server served of those that are sent for these commands, to whomever. */
  public static long served(Collection<String> commands, PrimaryCounters.Counted server) {
    return served(server.before(), server.after()).stream()
        .filter(name -> commands.stream().anyMatch(command -> isSentFor(command, name)))
        .mapToLong(name -> grew(name, server.before(), server.after()))
        .sum();
  }

  private static long calls(String command, SourceCounters before, SourceCounters after) {
    return after.calls().keySet().stream()
        .filter(served -> isSentFor(command, served))
        .mapToLong(served -> grew(served, before, after))
        .sum();
  }

  private static boolean isSentFor(String command, String served) {
    String name = command.toLowerCase(Locale.ROOT);
    return SENT_FOR.getOrDefault(command, List.of(name)).contains(served)
        || served.startsWith(name + "|");
  }

  /** The names by which the source served a command of the load: those that grew meanwhile. */
  public static List<String> servedAs(String command, SourceCounters before, SourceCounters after) {
    return served(before, after).stream().filter(name -> isSentFor(command, name)).toList();
  }

  /** Every command that the source served meanwhile, to whomever. */
  public static List<String> served(SourceCounters before, SourceCounters after) {
    return after.calls().keySet().stream()
        .filter(name -> grew(name, before, after) > 0)
        .sorted()
        .toList();
  }

  private static long grew(String name, SourceCounters before, SourceCounters after) {
    return after.calls().getOrDefault(name, 0L) - before.calls().getOrDefault(name, 0L);
  }
}
