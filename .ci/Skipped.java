import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Fails where a test was skipped that need not be: `java .ci/Skipped.java REPORTS...` reads the XML
 * reports of the folders. Only what wants memtier_benchmark or Valkey may be skipped, for no
 * package of these is to be had on each machine; their tests say so in these words.
 */
final class Skipped {
  private static final List<String> ALLOWED =
      List.of("no memtier_benchmark on this machine", "no Valkey 9.1 on this machine");

  private Skipped() {}

  public static void main(String[] folders) throws Exception {
    DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    List<String> allowed = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (String folder : folders) {
      int tests = 0;
      try (DirectoryStream<Path> reports =
          Files.newDirectoryStream(Path.of(folder), "TEST-*.xml")) {
        for (Path report : reports) {
          NodeList cases = parser.parse(report.toFile()).getElementsByTagName("testcase");
          tests += cases.getLength();
          for (int i = 0; i < cases.getLength(); i++) {
            Element test = (Element) cases.item(i);
            NodeList skips = test.getElementsByTagName("skipped");
            for (int j = 0; j < skips.getLength(); j++) {
              Element skip = (Element) skips.item(j);
              String why = (skip.getAttribute("message") + " " + skip.getTextContent()).strip();
              String line =
                  test.getAttribute("classname")
                      + "."
                      + test.getAttribute("name")
                      + ": "
                      + why.lines().findFirst().orElse("no reason given");
              (ALLOWED.stream().anyMatch(why::contains) ? allowed : refused).add(line);
            }
          }
        }
      }
      if (tests == 0) {
        refused.add(folder + ": no test was run");
      }
    }
    allowed.forEach(line -> System.out.println("skipped: " + line));
    refused.forEach(line -> System.out.println("skipped, and must not be: " + line));
    System.exit(refused.isEmpty() ? 0 : 1);
  }
}
