package io.syncanalyzer.insert.fork;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.insert.Said;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JmhPassThroughTest {
  @ParameterizedTest
  @ValueSource(strings = {"-l", "-lp"})
  void itListsTheInsertersAndOurOwnBenchmarksWithWhatTheirParametersMean(String list) {
    Said said = Said.byJmh(list);
    assertThat(said.outcome()).isEqualTo(JmhOutcome.DONE);
    assertThat(said.out().lines())
        .contains(
            "io.syncanalyzer.insert.SentinelWrites.sentinels",
            "io.syncanalyzer.insert.LoadWrites.pipeline",
            "io.syncanalyzer.bench.VerifyBenchmark.verify",
            "io.syncanalyzer.bench.ComparatorBenchmark.cheap",
            "  param \"valueBytes\" = {100}: bytes of a string",
            "  param \"replica\" = {redis://127.0.0.1:19777}: URI of the replica, which is asked"
                + " for them");
    assertThat(said.err()).isEmpty();
  }

  @Test
  void itListsNoBenchmarkTwiceAndOnlyThoseAskedFor() {
    assertThat(listed("-l")).doesNotHaveDuplicates().hasSizeGreaterThan(10);
    assertThat(listed("-l", "RawInput"))
        .containsExactlyInAnyOrder(
            "io.syncanalyzer.bench.RawInputBenchmark.jedis",
            "io.syncanalyzer.bench.RawInputBenchmark.raw");
    assertThat(Said.byJmh("-lp", "RawInput", "-p", "valueBytes=7").out())
        .contains("param \"valueBytes\" = {7}");
  }

  @Test
  void jmhsOwnHelpIsJmhs() {
    assertThat(Said.byJmh("-h").out()).contains("-wi <int>");
  }

  @Test
  void whereNobodyListensOneLineSaysWhereAndWhatToDo() throws Exception {
    String nobody = "redis://127.0.0.1:" + closedPort();
    String source = "source=" + nobody;
    for (List<String> words :
        List.of(
            List.of("-f", "1", "-prof", "gc", "-p", source),
            List.of("LoadWrites", "-p", source),
            List.of("LoadWrites", "-f", "0", "-foe", "true", "-p", source),
            List.of("SentinelWrites", "-p", source, "-p", "replica=" + nobody),
            List.of(".*", "-p", source))) {
      Said said = Said.byJmh(words.toArray(String[]::new));
      assertThat(said.outcome()).as("%s", words).isEqualTo(JmhOutcome.FAILED);
      assertThat(said.err().lines())
          .containsExactly(
              "jmh: nothing listens at the source "
                  + nobody
                  + "; start the server, or name another with -p source=URI");
      assertThat(said.out()).isEmpty();
    }
  }

  @Test
  void whatCannotBeIsWrongUsageAndOneLine() {
    refused("no-such-option", "--no-such-option");
    refused("no benchmark matches; jmh -l lists them", "NoSuchBenchmark");
    refused("Unclosed character class", "[");
    refused("-p rat: no benchmark has this parameter; there are depth,", "-p", "rat=3");
    refused("-p rate=fast: give a number, sentinels a second in all", "-p", "rate=fast");
    refused("-p depth=1.5: give a number", "LoadWrites", "-p", "depth=1.5");
    refused("--source: it does not begin with redis://", "-p", "source=http://127.0.0.1:1");
  }

  @Test
  void aPasswordIsNotTakenWhereJmhWouldPrintIt() {
    Said said = Said.byJmh("LoadWrites", "-p", "source=redis://:hush@127.0.0.1:1");
    assertThat(said.outcome()).isEqualTo(JmhOutcome.USAGE);
    assertThat(said.err()).contains("ANALYZER_SOURCE_PASSWORD").hasLineCount(1);
    assertThat(said.out() + said.err()).doesNotContain("hush");
  }

  @Test
  void aResultFileThatCannotBeWrittenIsAFailureAndOneLine() {
    Said said = Said.byJmh("SentinelBenchmark", "-rf", "json", "-rff", "/nowhere/at/all.json");
    assertThat(said.outcome()).isEqualTo(JmhOutcome.FAILED);
    assertThat(said.err()).contains("/nowhere/at/all.json").hasLineCount(1);
  }

  private static List<String> listed(String... words) {
    return Said.byJmh(words).out().lines().filter(line -> line.startsWith("io.")).toList();
  }

  private static void refused(String why, String... words) {
    Said said = Said.byJmh(words);
    assertThat(said.outcome()).as(why).isEqualTo(JmhOutcome.USAGE);
    assertThat(said.err()).startsWith("jmh: ").contains(why).hasLineCount(1);
    assertThat(said.out()).isEmpty();
  }

  private static int closedPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
