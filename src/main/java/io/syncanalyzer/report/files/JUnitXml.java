package io.syncanalyzer.report.files;

import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.figure.Figure;
import io.syncanalyzer.result.figure.Numbers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * A run as the JUnit XML that build servers read: a test case for the run itself, for every limit,
 * for every verdict of the verification, for the sentinels of each phase and for the question of a
 * search for capacity.
 */
public final class JUnitXml {
  private static final List<String> RATES = List.of("ops_per_s", "writes_per_s", "reads_per_s");

  private JUnitXml() {}

  /**
   * Writes into the file, as {@link NamedFile} does.
   *
   * @throws ReportFailure if the disk does not take it
   */
  public static void write(Path file, RunReport run) {
    List<TestCase> cases = JUnitCases.of(run);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
      write(XMLOutputFactory.newFactory().createXMLStreamWriter(out), run, cases);
    } catch (IOException | XMLStreamException e) {
      throw new IllegalStateException("no disk is involved", e);
    }
    NamedFile.write(file, bytes.toByteArray());
  }

  /**
   * Whether what was written into the file can be replaced: it lies there, nobody was handed it.
   */
  public static boolean canBeWrittenAgain(Path file) {
    return NamedFile.canBeWrittenAgain(file);
  }

  /** How a test case ended. */
  enum Outcome {
    PASSED(null),
    FAILED("failure"),
    ERROR("error"),
    SKIPPED("skipped");

    private final @Nullable String element;

    Outcome(@Nullable String element) {
      this.element = element;
    }
  }

  /** A test case; the message is for what did not pass. */
  record TestCase(String group, String name, Outcome outcome, String message) {}

  private static void write(XMLStreamWriter xml, RunReport run, List<TestCase> cases)
      throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", text("analyzer " + run.command() + " " + run.runId()));
    xml.writeAttribute("tests", String.valueOf(cases.size()));
    xml.writeAttribute("failures", count(cases, Outcome.FAILED));
    xml.writeAttribute("errors", count(cases, Outcome.ERROR));
    xml.writeAttribute("skipped", count(cases, Outcome.SKIPPED));
    xml.writeAttribute(
        "time", Numbers.plain(run.elapsedSeconds() == null ? 0 : run.elapsedSeconds()));
    xml.writeAttribute("timestamp", run.startedAt().toString());
    properties(xml, run);
    for (TestCase test : cases) {
      xml.writeCharacters("\n  ");
      xml.writeStartElement("testcase");
      xml.writeAttribute("classname", "analyzer." + test.group());
      xml.writeAttribute("name", text(test.name()));
      xml.writeAttribute("time", "0");
      if (test.outcome().element != null) {
        xml.writeStartElement(test.outcome().element);
        xml.writeAttribute("message", text(test.message()));
        xml.writeEndElement();
      }
      xml.writeEndElement();
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
    xml.writeEndDocument();
    xml.close();
  }

  /**
   * What a build server shows beside the cases: the verdict in words, the exit status and the
   * load's rates.
   */
  private static void properties(XMLStreamWriter xml, RunReport run) throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("properties");
    property(xml, "headline", run.verdict().headline());
    property(xml, "exit_status", Numbers.words((long) run.verdict().status().code()));
    for (Figure figure : Figures.of(run)) {
      if (figure.phase().equals("load") && RATES.contains(figure.metric())) {
        property(xml, "load." + figure.metric(), figure.value());
      }
    }
    xml.writeCharacters("\n  ");
    xml.writeEndElement();
  }

  private static void property(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeCharacters("\n    ");
    xml.writeEmptyElement("property");
    xml.writeAttribute("name", name);
    xml.writeAttribute("value", text(value));
  }

  private static String count(List<TestCase> cases, Outcome outcome) {
    return String.format(
        Locale.ROOT, "%d", cases.stream().filter(test -> test.outcome() == outcome).count());
  }

  /** What XML 1.0 cannot hold becomes a replacement character. */
  private static String text(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().forEach(c -> out.appendCodePoint(isXml(c) ? c : 0xfffd));
    return out.toString();
  }

  private static boolean isXml(int c) {
    boolean control = c < 0x20 && c != '\t' && c != '\n';
    boolean surrogate = c >= 0xd800 && c <= 0xdfff;
    return !control && !surrogate && c != 0xfffe && c != 0xffff;
  }
}
