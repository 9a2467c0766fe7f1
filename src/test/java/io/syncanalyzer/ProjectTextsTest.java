package io.syncanalyzer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the texts for those who change the analyzer to what is there: the classes, paths, profiles
 * and rooms that they name.
 */
class ProjectTextsTest {
  private static final String HOUSE = "src/README.md";
  private static final Path ROOMS = Path.of("src/main/java/io/syncanalyzer");
  private static final Path TESTS = Path.of("src/test/java/io/syncanalyzer");

  private static final Pattern SPAN = Pattern.compile("`([^`\n]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)\\)");

  /** A class, or several by a star, as in the names of golden tests. */
  private static final Pattern CLASS =
      Pattern.compile("[A-Z*][A-Za-z0-9*]*[a-z][A-Za-z0-9*]*|\\*IT");

  private static final Pattern PATH = Pattern.compile("[\\w.-]+(/[\\w.-]+)+|[\\w-]+\\.(md|xml)");
  private static final Pattern TESTS_OF_A_COMMAND =
      Pattern.compile("-D(?:it\\.)?test='?([^'`\\s]+)");
  private static final Pattern PROFILE = Pattern.compile("-P ?'?!?([\\w,]+)");
  private static final Pattern ROOM =
      Pattern.compile("(?m)^\\| `([a-z/]+)` \\|[^|]*\\|([^|]*)\\|$");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?io\\.syncanalyzer\\.([a-z.]+)\\.[A-Z]");

  @ParameterizedTest
  @ValueSource(strings = {HOUSE, ".github/CONTRIBUTING.md"})
  void everyClassThatATextNamesIsThere(String text) throws IOException {
    Set<String> classes = classes();
    String content = Files.readString(Path.of(text));
    List<String> named =
        Stream.concat(
                all(SPAN, content).filter(span -> CLASS.matcher(span).matches()),
                all(TESTS_OF_A_COMMAND, content).flatMap(tests -> Stream.of(tests.split(","))))
            .toList();

    assertThat(named).isNotEmpty();
    assertThat(named)
        .allSatisfy(
            name ->
                assertThat(classes)
                    .describedAs("%s names %s", text, name)
                    .anyMatch(one -> one.matches(name.replace("*", ".*"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {HOUSE, ".github/CONTRIBUTING.md"})
  void everyPathThatATextNamesIsThere(String text) throws IOException {
    String content = Files.readString(Path.of(text));
    List<String> named =
        all(SPAN, content)
            .filter(span -> PATH.matcher(span).matches() && !span.startsWith("target/"))
            .toList();

    assertThat(named).isNotEmpty();
    assertThat(named)
        .allSatisfy(
            path ->
                assertThat(Stream.of(Path.of(path), ROOMS.resolve(path), TESTS.resolve(path)))
                    .describedAs("%s names %s", text, path)
                    .anyMatch(Files::exists));
  }

  @ParameterizedTest
  @ValueSource(strings = {HOUSE, ".github/CONTRIBUTING.md", "README.md"})
  void everyLinkLeadsToAFile(String text) throws IOException {
    assertThat(all(LINK, Files.readString(Path.of(text))))
        .filteredOn(link -> !link.contains("://"))
        .isNotEmpty()
        .allSatisfy(
            link ->
                assertThat(Path.of("").toAbsolutePath().resolve(text).resolveSibling(link))
                    .exists());
  }

  @Test
  void everyProfileOfACommandIsInThePom() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));

    assertThat(all(PROFILE, Files.readString(Path.of(".github/CONTRIBUTING.md"))))
        .isNotEmpty()
        .flatMap(profiles -> List.of(profiles.split(",")))
        .allSatisfy(profile -> assertThat(pom).contains("<id>" + profile + "</id>"));
  }

  @Test
  void theMapHasEveryRoomAndNoOther() throws IOException {
    Set<String> rooms = new TreeSet<>(imports().keySet());
    rooms.remove("");

    assertThat(map().keySet())
        .describedAs("the rooms in the table of %s", HOUSE)
        .containsExactlyInAnyOrderElementsOf(rooms);
  }

  @Test
  void noRoomUsesMoreThanTheMapSays() throws IOException {
    Map<String, String> map = map();
    Map<String, Set<String>> more = imports();
    more.forEach(
        (room, used) -> {
          // That a room has no row at all is the other test's to say.
          String may = map.getOrDefault(room, "every room below");
          Set<String> allowed = all(SPAN, may).collect(Collectors.toSet());
          used.removeIf(
              other ->
                  may.contains("every room below")
                      || allowed.contains(other)
                      || (may.contains("its own sub-rooms") && other.startsWith(room + "/"))
                      || (allowed.contains(outer(other)) && !outer(other).equals(outer(room))));
        });
    more.values().removeIf(Set::isEmpty);

    assertThat(more).describedAs("what rooms use, and may not by %s", HOUSE).isEmpty();
  }

  @Test
  void theChangelogBeginsWithWhatIsNotReleasedAndNamesTheVersion() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String version =
        all(Pattern.compile("<revision>(\\d[\\d.]*)-SNAPSHOT</revision>"), pom)
            .findFirst()
            .orElseThrow();
    String changelog = Files.readString(Path.of("CHANGELOG.md"));

    assertThat(all(Pattern.compile("(?m)^## (.+)$"), changelog).findFirst())
        .hasValue("[Unreleased]");
    assertThat(changelog).contains(version);
  }

  /** The room that a sub-room is in; of another the room itself. */
  private static String outer(String room) {
    return room.contains("/") ? room.substring(0, room.indexOf('/')) : room;
  }

  /** What each room may use, in the map's own words. */
  private static Map<String, String> map() throws IOException {
    String text = Files.readString(Path.of(HOUSE));
    String table = text.substring(text.indexOf("## The map"), text.indexOf("## Five walks"));
    return ROOM.matcher(table)
        .results()
        .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
  }

  /** The other rooms that each room imports, both as paths. */
  private static Map<String, Set<String>> imports() throws IOException {
    Map<String, Set<String>> imports = new TreeMap<>();
    for (Path file : javaFiles(ROOMS)) {
      String room = ROOMS.relativize(file.getParent()).toString();
      Set<String> used = imports.computeIfAbsent(room, first -> new TreeSet<>());
      all(IMPORT, Files.readString(file))
          .map(name -> name.replace('.', '/'))
          .filter(other -> !other.equals(room))
          .forEach(used::add);
    }
    return imports;
  }

  private static Set<String> classes() throws IOException {
    List<Path> files = new ArrayList<>(javaFiles(ROOMS));
    files.addAll(javaFiles(TESTS));
    return files.stream()
        .map(file -> file.getFileName().toString().replace(".java", ""))
        .collect(Collectors.toSet());
  }

  private static List<Path> javaFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  /** The first group of every match. */
  private static Stream<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult match) -> match.group(1));
  }
}
