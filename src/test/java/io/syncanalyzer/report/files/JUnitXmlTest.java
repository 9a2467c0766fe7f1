package io.syncanalyzer.report.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.Limit;
import io.syncanalyzer.result.RunReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class JUnitXmlTest {
  @TempDir Path scratch;

  @Test
  void eachLimitAndEachVerdictIsATestCase() throws Exception {
    Element suite = suite(SampleRuns.whole("r").build());

    assertThat(suite.getAttribute("tests")).isEqualTo("14");
    assertThat(suite.getAttribute("failures")).isEqualTo("0");
    assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(14);
  }

  @Test
  void whatDoesNotHoldFailsByName() throws Exception {
    LagReport lag = SampleRuns.lag(1, 3);
    Element suite =
        suite(
            SampleRuns.whole("r")
                .lag(lag)
                .verify(SampleRuns.different())
                .limits(List.of(Limit.maxLag(Duration.ofMillis(1), lag), Limit.maxLost(9, null)))
                .build());

    assertThat(suite.getAttribute("failures")).isEqualTo("4");
    assertThat(suite.getAttribute("skipped")).isEqualTo("1");
    assertThat(failed(suite, "failure"))
        .containsExactlyInAnyOrder(
            "--max-lag 1.00 ms",
            "every load sentinel was seen",
            "no key: missing on replica",
            "no key: value differs");
  }

  @Test
  void aRunThatCouldNotRunIsAnErrorAndItsVerdictsAreSkipped() throws Exception {
    Element suite =
        suite(SampleRuns.bare("r", "verify").failure("broken \u0001 <by> \"markup\" &").build());

    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(suite.getAttribute("skipped")).isEqualTo("7");
    Element error = (Element) suite.getElementsByTagName("error").item(0);
    assertThat(error.getAttribute("message")).isEqualTo("broken \ufffd <by> \"markup\" &");
  }

  private Element suite(RunReport run) throws Exception {
    Path file = scratch.resolve("junit.xml");
    JUnitXml.write(file, run);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(file.toFile())
        .getDocumentElement();
  }

  private static List<String> failed(Element suite, String kind) {
    var elements = suite.getElementsByTagName(kind);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < elements.getLength(); i++) {
      names.add(((Element) elements.item(i).getParentNode()).getAttribute("name"));
    }
    return names;
  }
}
