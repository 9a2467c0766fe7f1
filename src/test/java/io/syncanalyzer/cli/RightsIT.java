package io.syncanalyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.load.FakeMemtier;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README's ACL rules: each command runs with just these, and says which one is missing. */
class RightsIT {
  private static final Map<String, String> LOGIN =
      Map.of(
          "ANALYZER_SOURCE_USER", "u",
          "ANALYZER_SOURCE_PASSWORD", "pw",
          "ANALYZER_REPLICA_USER", "u",
          "ANALYZER_REPLICA_PASSWORD", "pw");

  @TempDir Path folder;
  private int runs;

  /** Rules of the source and of the replica, without the user's name. */
  private record Rules(Set<String> source, Set<String> replica) {
    Rules and(Rules other) {
      return new Rules(union(source, other.source), union(replica, other.replica));
    }

    /** Keys are left out of what is taken away: without any nothing could be told apart. */
    Set<String> commands() {
      Set<String> all = union(source, replica);
      all.removeIf(rule -> !rule.startsWith("+"));
      return all;
    }

    Rules without(String rule) {
      Set<String> one = new LinkedHashSet<>(source);
      Set<String> other = new LinkedHashSet<>(replica);
      one.remove(rule);
      other.remove(rule);
      return new Rules(one, other);
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
      Set<String> all = new LinkedHashSet<>(one);
      all.addAll(other);
      return all;
    }
  }

  static Stream<ServerBinary> servers() {
    return TestServers.all();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void eachCommandRunsWithJustTheRulesOfTheReadme(ServerBinary binary) throws Exception {
    Map<String, Rules> rules = readme();
    try (EmbeddedPair pair = EmbeddedPair.start(binary)) {
      fill(pair);
      allow(pair, verify(rules, pair));
      assertThat(run(pair, "verify")).isZero();
      spoil(pair);
      assertThat(run(pair, "verify")).isEqualTo(1);
      assertThat(written("mismatches.csv")).doesNotContain("UNREADABLE");
      allow(pair, of(rules, "probe"));
      assertThat(run(pair, "probe", "--duration", "1s", "--warmup", "1s", "--sentinel-rate", "100"))
          .isZero();
      allow(pair, of(rules, "load"));
      assertThat(run(pair, "load", "--load-engine", "jmh", "--duration", "1s")).isZero();
      allow(pair, of(rules, "clean"));
      assertThat(run(pair, "clean")).isZero();
      assertThat(loadKeys(pair)).isZero();
    }
  }

  @Test
  void loadAndVerifyNeedsNoMoreThanItsParts() throws Exception {
    Map<String, Rules> rules = readme();
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      fill(pair);
      allow(
          pair,
          of(rules, "load")
              .and(of(rules, "probe"))
              .and(verify(rules, pair))
              .and(of(rules, "load-and-verify")));
      String[] brief = {"--duration", "1s", "--warmup", "1s", "--baseline", "0s"};
      List<String> words = new ArrayList<>(List.of("load-and-verify", "--load-engine", "none"));
      words.addAll(List.of(brief));
      assertThat(run(pair, words.toArray(String[]::new))).isZero();
    }
  }

  @Test
  void aRuleOfVerifyThatIsNotGrantedIsMissedByName() throws Exception {
    missed(Set.of("+info", "+scan", "+type", "+get", "+hscan", "+xpending"));
  }

  @Tag("long")
  @Test
  void eachRuleOfVerifyIsNeededAndMissedByName() throws Exception {
    missed(of(readme(), "verify").commands());
  }

  private void missed(Set<String> some) throws Exception {
    Rules rules = of(readme(), "verify");
    assertThat(rules.commands()).containsAll(some);
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      fill(pair);
      spoil(pair);
      for (String rule : some) {
        allow(pair, rules.without(rule));
        // 4 where keys could not be read, 5 where nothing could; a mismatch that is known stands.
        int status = run(pair, "verify");
        String told = written("run.json") + written("mismatches.csv");
        assertThat(told.toLowerCase(java.util.Locale.ROOT))
            .describedAs("without %s, exit status %s", rule, status)
            .containsAnyOf(
                "run " + rule.substring(1),
                "'" + rule.substring(1) + "' command",
                "'" + rule.substring(1) + "|")
            .containsAnyOf("unreadable", "grant it with acl setuser");
        assertThat(status).describedAs("without %s", rule).isIn(1, 4, 5);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void cleanSaysWhichDatabasesItMayNotSelect(ServerBinary binary) throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(binary)) {
      set(pair, 0, 1);
      allow(pair, of(readme(), "clean"));
      assertThat(run(pair, "clean")).isEqualTo(4);
      assertThat(run(pair, "clean", "--run-id", "load", "--dry-run")).isEqualTo(4);
      allow(pair, of(readme(), "clean").and(new Rules(Set.of("+select"), Set.of())));
      assertThat(run(pair, "clean")).isZero();
    }
  }

  /** Valkey 9.1 has users with databases of their own; the others do not know the rule. */
  @Test
  void databasesThatAUserMayNotUseAreNotLookedAtAndTheOthersAre() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.valkey())) {
      set(pair, 0, 1, 2);
      ofDatabases(pair, "db=1,2");
      assertThat(run(pair, "verify")).isEqualTo(4);
      assertThat(written("summary.csv"))
          .contains("verify,equal,2,keys", "verify,unselectable_not_looked_at,1,keys");
      assertThat(written("run.json"))
          .contains("database 0 was not looked at: the source does not let us select it");
      assertThat(run(pair, "clean")).isEqualTo(4);
      ofDatabases(pair, "db=9");
      assertThat(run(pair, "verify")).isEqualTo(5);
      assertThat(written("run.json")).contains("does not let user u into database 0");
      assertThat(run(pair, "probe", "--duration", "1s", "--warmup", "0s")).isEqualTo(5);
      assertThat(written("run.json")).contains("does not let user u into database 0");
    }
  }

  private static void set(EmbeddedPair pair, int... databases) {
    try (RedisConnection source = RedisConnection.open(pair.source())) {
      for (int database : databases) {
        source.expect("SELECT", Integer.toString(database));
        source.expect("SET", "k", "v");
      }
      source.expect("WAIT", "1", "10000");
    }
  }

  private static void ofDatabases(EmbeddedPair pair, String rule) {
    for (Endpoint side : List.of(pair.source(), pair.replica())) {
      try (RedisConnection admin = RedisConnection.open(side)) {
        admin.expect("ACL", "SETUSER", "u", "reset", "on", ">pw", "~*", "&*", "+@all", rule);
      }
    }
  }

  @Test
  void theProbeSaysWhatItMayNotDo() throws Exception {
    Rules rules = of(readme(), "probe");
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      for (String rule : List.of("+info", "+xadd", "+unlink", "+exists")) {
        allow(pair, rules.without(rule));
        assertThat(run(pair, "probe", "--duration", "1s", "--warmup", "0s")).isEqualTo(5);
        assertThat(written("run.json"))
            .containsIgnoringCase("run " + rule.substring(1))
            .contains("grant it with ACL SETUSER");
      }
    }
  }

  /** The profile asks for more than the README's rules for the built-in engine. */
  @ParameterizedTest
  @MethodSource("servers")
  void whatALoadMayNotDoIsToldBeforeAnythingIsWritten(ServerBinary binary) throws Exception {
    Map<String, Rules> rules = readme();
    Path started = folder.resolve("started");
    Path memtier = FakeMemtier.in(folder, "touch '" + started + "'; exit 1");
    String[] load = {"load", "--load-engine", "memtier", "--memtier", memtier.toString()};
    try (EmbeddedPair pair = EmbeddedPair.start(binary)) {
      allow(pair, of(rules, "load"));
      told(pair, "RPUSH on sa:load:list:\\*; SPOP .*SETUSER u \\+rpush \\+spop \\+zrem\\w+", load);
      allow(pair, of(rules, "load").and(new Rules(Set.of("+multi", "+spop"), Set.of())));
      told(pair, "RPUSH on sa:load:list:\\*; ZREM.*SETUSER u \\+rpush \\+zremrangebyrank", load);
      allow(pair, true, new LinkedHashSet<>(List.of("~sa:load:s*", "+@all", "-spop")));
      told(pair, "HSET on sa:load:hash:.*SETUSER u .*~sa:load:list:\\* \\+spop ~.*zset:\\*", load);
      allow(pair, of(rules, "load").without("+lpush"));
      told(pair, "LPUSH on sa:load:list:\\*; .*SETUSER u \\+lpush", "load", "--load-engine", "jmh");
      Rules both = of(rules, "load").and(of(rules, "probe")).and(of(rules, "verify"));
      allow(pair, both);
      told(
          pair,
          "SPOP on sa:load:set:\\*; ZREM.*SETUSER u \\+spop \\+zremrangebyrank",
          List.of("load-and-verify", "--load-engine", "memtier", "--memtier", memtier.toString())
              .toArray(String[]::new));
      assertThat(started).doesNotExist();
      // Who may all of it is not held up.
      allow(pair, true, Set.of("~*", "+@all"));
      assertThat(run(pair, load)).isEqualTo(5);
      assertThat(started).exists();
    }
  }

  private void told(EmbeddedPair pair, String line, String... words) throws IOException {
    assertThat(run(pair, words)).isEqualTo(5);
    assertThat(written("run.json"))
        .containsPattern("does not let user u run what .* sends: " + line + "\"");
    assertThat(loadKeys(pair)).describedAs("keys written").isZero();
  }

  private int run(EmbeddedPair pair, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--source", "redis://" + pair.source().address()));
    if (!words[0].equals("clean") && !words[0].equals("load")) {
      all.addAll(List.of("--replica", "redis://" + pair.replica().address()));
    }
    if (!words[0].equals("clean")) {
      all.addAll(List.of("--results", folder.toString(), "--run-id", "r" + ++runs, "--quiet"));
    }
    return AnalyzerCli.run(all, System.out, System.err, LOGIN);
  }

  private String written(String file) throws IOException {
    Path path = folder.resolve("r" + runs).resolve(file);
    return Files.exists(path) ? Files.readString(path) : "";
  }

  private static void allow(EmbeddedPair pair, Rules rules) {
    allow(pair, true, rules.source());
    allow(pair, false, rules.replica());
  }

  private static void allow(EmbeddedPair pair, boolean source, Set<String> rules) {
    List<String> words = new ArrayList<>(List.of("SETUSER", "u", "reset", "on", ">pw", "-@all"));
    words.addAll(rules);
    try (RedisConnection admin = RedisConnection.open(source ? pair.source() : pair.replica())) {
      admin.expect("ACL", words.toArray(String[]::new));
    }
  }

  private static long loadKeys(EmbeddedPair pair) {
    try (RedisConnection source = RedisConnection.open(pair.source())) {
      return source.expect("KEYS", "sa:*") instanceof Reply.Items keys ? keys.list().size() : -1;
    }
  }

  /** A small and a large key of each type. */
  private static void fill(EmbeddedPair pair) {
    try (RedisConnection source = RedisConnection.open(pair.source())) {
      source.expect("SET", "string:small", "v");
      source.expect("SET", "string:large", "v".repeat(200_000));
      for (String size : List.of("small", "large")) {
        for (int i = 0; i < (size.equals("small") ? 3 : 1000); i++) {
          String element = "element-" + i + "-".repeat(100);
          source.expect("HSET", "hash:" + size, element, "v");
          source.expect("RPUSH", "list:" + size, element);
          source.expect("SADD", "set:" + size, element);
          source.expect("ZADD", "zset:" + size, Integer.toString(i), element);
          source.expect("XADD", "stream:" + size, (i + 1) + "-1", "f", element);
        }
        source.expect("XGROUP", "CREATE", "stream:" + size, "g", "0");
        source.expect(
            "XREADGROUP", "GROUP", "g", "c", "COUNT", "2", "STREAMS", "stream:" + size, ">");
      }
      source.expect("WAIT", "1", "10000");
    }
  }

  /** Makes each of them differ, so that every one of them is looked at in depth. */
  private static void spoil(EmbeddedPair pair) {
    try (RedisConnection replica = RedisConnection.open(pair.replica())) {
      replica.expect("CONFIG", "SET", "replica-read-only", "no");
      for (String size : List.of("small", "large")) {
        replica.expect("SETRANGE", "string:" + size, "0", "X");
        replica.expect("HSET", "hash:" + size, "more", "X");
        replica.expect("RPUSH", "list:" + size, "more");
        replica.expect("SADD", "set:" + size, "more");
        replica.expect("ZADD", "zset:" + size, "7", "more");
        replica.expect("XADD", "stream:" + size, "9999-1", "f", "more");
      }
      replica.expect("SET", "extra", "v");
    }
  }

  /** The first table of the README's section on rights. */
  private static Map<String, Rules> readme() throws IOException {
    Map<String, Rules> found = new LinkedHashMap<>();
    String readme = Files.readString(Path.of("README.md"));
    String section = readme.substring(readme.indexOf("\n## Rights\n"));
    for (String line :
        section.substring(0, section.indexOf("\n\n", section.indexOf("| ---"))).lines().toList()) {
      String[] cells = line.split("(?<!\\\\)\\|", -1);
      if (cells.length == 5 && cells[1].strip().startsWith("`")) {
        Set<String> source = rules(cells[2]);
        Set<String> replica = cells[3].strip().equals("the same") ? source : rules(cells[3]);
        found.put(cells[1].replace("`", "").strip(), new Rules(source, replica));
      }
    }
    assertThat(found).containsOnlyKeys("clean", "load", "probe", "verify", "load-and-verify");
    return found;
  }

  /** Those of verify, with the one that README asks for beside its table from Redis 7.4 on. */
  private static Rules verify(Map<String, Rules> all, EmbeddedPair pair) throws IOException {
    assertThat(Files.readString(Path.of("README.md")).replaceAll("\\s+", " "))
        .contains("From Redis 7.4 and Valkey 9 `verify` also needs `+hpexpiretime`");
    try (RedisConnection source = RedisConnection.open(pair.source())) {
      boolean known =
          source.expect("COMMAND", "INFO", "HPEXPIRETIME") instanceof Reply.Items items
              && items.list().get(0) instanceof Reply.Items found
              && !found.list().isEmpty();
      Set<String> more = known ? Set.of("+hpexpiretime") : Set.of();
      return of(all, "verify").and(new Rules(more, more));
    }
  }

  private static Rules of(Map<String, Rules> all, String command) {
    return Objects.requireNonNull(all.get(command), command);
  }

  private static Set<String> rules(String cell) {
    Set<String> found = new LinkedHashSet<>();
    for (String word : cell.replace("`", "").replace("\\|", "|").strip().split(" +", -1)) {
      if (word.startsWith("+") || word.startsWith("~")) {
        found.add(word);
      }
    }
    return found;
  }
}
