package io.syncanalyzer.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.report.Chromium;
import io.syncanalyzer.report.SampleCapacity;
import io.syncanalyzer.report.SamplePartitions;
import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.report.compare.Comparison;
import io.syncanalyzer.report.files.CsvForm;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.result.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real browser. Where the machine has none these tests say so and are skipped. */
class PageIT {
  /** Where the pictures stay, for people to look at. */
  private static final Path PICTURES = Path.of("target", "screenshots").toAbsolutePath();

  @TempDir Path scratch;
  private Chromium browser;

  @BeforeEach
  void findABrowser() throws Exception {
    Optional<Chromium> found = Chromium.onPath(scratch);
    assumeTrue(found.isPresent(), "no chromium on PATH");
    browser = found.orElseThrow();
    Files.createDirectories(PICTURES);
  }

  @Test
  void everyChartIsDrawnAndNothingIsRefusedByThePolicy() throws Exception {
    Path page = page("whole", SampleRuns.whole("whole").build(), true);

    String dom = browser.dom(page);

    assertThat(dom).contains("data-charts=\"5\"");
    // One a chart, and one for the sign beside the name of what is marked on the time axis.
    assertThat(dom.split("<canvas", -1)).hasSize(7);
    assertThat(dom).contains("2 episodes of lag</li>").contains("not back");
    browser.screenshot(page, PICTURES.resolve("whole-phone.png"), 500, 5600, false);
  }

  @ParameterizedTest
  @CsvSource({"5, 1, 2, 1", "40, 3, 2, 1", "2000, 30, 4, 50"})
  void partitionsAreDrawnOverTimeByExecutor(
      int partitions, int executors, int atOnce, int mismatched) throws Exception {
    RunReport run =
        SampleRuns.bare("r", "verify")
            .verify(SamplePartitions.report(SamplePartitions.many(partitions, executors, atOnce)))
            .build();
    String name = partitions + "-on-" + executors;
    Path page = page(name, run, false);

    String dom = browser.dom(page);

    assertThat(dom).contains("data-charts=\"2\"").contains("mismatched (" + mismatched + ")<");
    assertThat(dom.split("<canvas", -1)).hasSize(3);
    browser.screenshot(page, PICTURES.resolve(name + ".png"), 1280, 2200, false);
  }

  @Test
  void aSearchForCapacityIsDrawnAndItsTrialsCanBeChosen() throws Exception {
    Path page = page("capacity", SampleCapacity.run("capacity").build(), true);

    String dom = browser.dom(page);

    assertThat(dom)
        .contains("data-charts=\"4\"")
        .contains("</canvas>sustained (10)</li>")
        .contains("refuted (4)", "undecided (1)", "invalid (1)")
        .contains("<p class=\"told\" aria-live=\"polite\">Trial 15: 45,255 writes/s asked")
        .contains("aria-label=\"show trial 16 by second\"");
    picture(page, "capacity");
    browser.screenshot(page, PICTURES.resolve("capacity-phone.png"), 500, 5200, false);
  }

  @Test
  void ofSeveralReplicasOneIsChosen() throws Exception {
    Path page = page("two", SampleCapacity.ofTwo("two").build(), true);

    String dom = browser.dom(page);

    assertThat(dom).contains("<legend>replica</legend>").contains("10.0.0.3:6379</label>");
    browser.screenshot(page, PICTURES.resolve("capacity-two.png"), 1280, 2600, true);
  }

  @Test
  void aSearchWithoutAnySecondOrOffsetIsDrawnToo() throws Exception {
    RunReport run =
        SampleRuns.bare("bare", "capacity")
            .capacity(
                SampleCapacity.report(
                    List.of(), SampleCapacity.withoutOffsets(SampleCapacity.trials(null, 1))))
            .finished(SampleRuns.START.plusSeconds(9), 9.0)
            .build();

    String dom = browser.dom(page("bare", run, false));

    assertThat(dom).contains("Growth of the lag over rate.").contains("sustained (10)");
  }

  @Test
  void keysThatAreMarkupStayText() throws Exception {
    RunReport run = SampleRuns.whole("nasty").verify(SampleRuns.different()).build();
    Path page = page("nasty", run, true);

    String dom = browser.dom(page);

    assertThat(dom)
        .contains("<title>Replication of run nasty</title>")
        .contains("&lt;script&gt;document.title='owned'&lt;/script&gt;")
        .contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;")
        .contains("\\x3DHYPERLINK")
        .contains("{{mustache}}")
        .doesNotContain("<img")
        .doesNotContain("<b>field");
    picture(page, "nasty");
  }

  @Test
  void aFailedRunHasItsPageToo() throws Exception {
    RunReport run =
        SampleRuns.bare("failed", "load-and-verify")
            .sides(SampleRuns.sides())
            .failure("nothing listens at the source redis://127.0.0.1:13300; try --embedded")
            .finished(SampleRuns.START.plusSeconds(1), 1.0)
            .build();

    String dom = browser.dom(page("failed", run, false));

    assertThat(dom).contains("Could not run: nothing listens").contains("data-charts=\"0\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {1200, 800, 390})
  void nothingGoesPastTheEdgeOfTheWindow(int width) throws Exception {
    String address = "redis-node-with-a-long-name-0001.cluster.eu-central-1.example.org:16379";
    String key = "k".repeat(3000);
    RunReport run =
        SampleRuns.whole("r".repeat(120))
            .verify(SampleRuns.different(Bytes.utf8(key)))
            .lag(SampleRuns.ofShards(address, 4))
            .warning("a warning of " + key)
            .failure("no connection to " + key)
            .build();

    for (Path page :
        List.of(
            page("long", run, true),
            page("trials", SampleCapacity.ofTwo("trials").build(), true),
            page("parts", manyPartitions(), false))) {
      List<String> past = past(page, width);

      assertThat(past).as("%s at %d px", page, width).isEmpty();
    }
  }

  @Test
  void everyOpenTableIsSeenWholeAt1200Pixels() throws Exception {
    List<Path> pages =
        List.of(
            page("run", SampleRuns.whole("run").verify(SampleRuns.different()).build(), true),
            page("search", SampleCapacity.run("search").build(), true),
            page("partitions", manyPartitions(), false));

    for (Path page : pages) {
      assertThat(measured(page, 1200, "cut")).as(page.toString()).isEmpty();
    }
  }

  private static RunReport manyPartitions() {
    return SampleRuns.bare("r", "verify")
        .verify(SamplePartitions.report(SamplePartitions.many(200, 12, 2)))
        .build();
  }

  /** What reaches beyond the window, but for what a table's own frame scrolls. */
  private List<String> past(Path page, int width) throws Exception {
    return measured(page, width, "past");
  }

  /** Lays the page out in a frame that wide, and looks at what lies where. */
  private List<String> measured(Path page, int width, String what) throws Exception {
    Path frame = scratch.resolve("frame-" + width + ".html");
    Files.writeString(
        frame,
        """
        <body><iframe width="%d" height="900" src="%s"></iframe><script>
        onload = () => {
          const seen = document.querySelector('iframe').contentDocument;
          const root = seen.documentElement;
          const say = (what, text) => {
            const line = document.createElement('p');
            line.className = what;
            line.textContent = text;
            document.body.append(line);
          };
          say('charts', root.dataset.charts);
          if (root.scrollWidth > root.clientWidth) say('past', 'window ' + root.scrollWidth);
          for (const one of seen.querySelectorAll('body *')) {
            const right = one.getBoundingClientRect().right;
            const hidden = getComputedStyle(one).position === 'absolute' || one.closest('.scroll *, pre');
            if (right > root.clientWidth + 1 && !hidden) say('past', one.outerHTML.slice(0, 80) + right);
          }
          for (const one of seen.querySelectorAll('.scroll')) {
            const shut = one.closest('details:not([open])');
            if (!shut && one.scrollWidth > one.clientWidth) say('cut', one.getAttribute('aria-label'));
          }
        };
        </script>\
        """
            .formatted(width, page.toUri()));
    String dom =
        browser.dom(
            frame, "--allow-file-access-from-files", "--window-size=" + (width + 100) + ",1000");
    assertThat(dom).containsPattern("<p class=\"charts\">\\d+</p>");
    return Pattern.compile("<p class=\"" + what + "\">(.*?)</p>", Pattern.DOTALL)
        .matcher(dom)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  @Test
  void aFailedRunSaysWhatToDoBeforeAllElse() throws Exception {
    RunReport run =
        SampleRuns.whole("broke").failure("the replica went away; start it again").build();
    String dom = browser.dom(page("broke", run, true));

    assertThat(dom.indexOf("<strong>What to do:</strong> " + run.verdict().next()))
        .isPositive()
        .isLessThan(dom.indexOf("class=\"tiles\""));
    assertThat(dom.indexOf("Could not run: the replica went away; start it again"))
        .isPositive()
        .isLessThan(dom.indexOf("What to do:"));
  }

  @Test
  void aComparisonIsAPageOfTheSameKind() throws Exception {
    RunReport old = SampleRuns.whole("old").build();
    RunReport slower = SampleRuns.whole("new").lag(SampleRuns.lag(1.4, 0)).build();
    Comparison.of(
            List.of("old", "new"),
            List.of(Collections.nCopies(4, old), Collections.nCopies(4, slower)))
        .write(scratch, OptionalDouble.of(10), CsvForm.POINT);

    String dom = browser.dom(scratch.resolve("compare.html"));

    assertThat(dom)
        .contains("data-charts=\"1\"")
        .contains("Worse by more than 10 %", "verdict bad");
    browser.screenshot(
        scratch.resolve("compare.html"), PICTURES.resolve("compare.png"), 1280, 2000, false);
  }

  private Path page(String id, RunReport run, boolean hlog) throws Exception {
    RunFolder folder = RunFolder.create(scratch, Optional.of(id), Clock.systemUTC());
    if (hlog) {
      SampleRuns.writeHlog(folder.lagHlog());
    }
    SampleRuns.write(folder, run, SampleRuns.mismatches());
    return folder.reportHtml();
  }

  private void picture(Path page, String name) throws Exception {
    Files.copy(page, PICTURES.resolve(name + ".html"), StandardCopyOption.REPLACE_EXISTING);
    browser.screenshot(page, PICTURES.resolve(name + "-light.png"), 1280, 4600, false);
    browser.screenshot(page, PICTURES.resolve(name + "-dark.png"), 1280, 4600, true);
    browser.pdf(page, PICTURES.resolve(name + ".pdf"));
  }
}
