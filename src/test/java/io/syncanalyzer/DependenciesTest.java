package io.syncanalyzer;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.json.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds that the pom says why each dependency is there, and what keeps those back that are. */
class DependenciesTest {
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "(?s)(?:<!--([^>]*)-->\\s*)?<dependency>\\s*<groupId>([^<]+)</groupId>"
              + "\\s*<artifactId>([^<]+)</artifactId>");

  @Test
  void eachDependencyIsThereForAReasonThatStandsAboveIt() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String ours = pom.substring(pom.indexOf("<dependencies>"), pom.indexOf("<build>"));
    Map<String, String> reasons = new TreeMap<>();
    String ofSpark = "";
    for (MatchResult one : DEPENDENCY.matcher(ours).results().toList()) {
      String reason = one.group(1) == null ? "" : one.group(1).strip();
      boolean spark = List.of("org.apache.spark", "org.scala-lang").contains(one.group(2));
      // Its four jars have one reason.
      ofSpark = spark && !reason.isEmpty() ? reason : ofSpark;
      reasons.put(one.group(2) + ":" + one.group(3), spark ? ofSpark : reason);
    }
    assertThat(reasons).containsKeys("redis.clients:jedis", "org.scala-lang:scala-library");
    assertThat(reasons).hasSizeGreaterThan(20);
    assertThat(reasons).allSatisfy((artifact, reason) -> assertThat(reason).isNotEmpty());
  }

  private record Renovate(List<Rule> packageRules) {}

  private record Rule(String description, List<String> matchPackageNames) {}

  @Test
  void whatIsKeptBackIsThereAndHasAReason() throws IOException {
    String build = Files.readString(Path.of("pom.xml")) + Files.readString(Path.of("Dockerfile"));
    String text = Files.readString(Path.of(".github/renovate.json"));
    Renovate renovate =
        Objects.requireNonNull(JsonFormat.builder().build().read(text, Renovate.class));
    assertThat(renovate.packageRules())
        .isNotEmpty()
        .allSatisfy(
            rule -> {
              assertThat(rule.description()).isNotEmpty();
              assertThat(rule.matchPackageNames())
                  .isNotEmpty()
                  .allSatisfy(
                      name -> assertThat(build).contains(name.substring(name.indexOf(':') + 1)));
            });
  }
}
