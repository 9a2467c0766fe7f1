package io.syncanalyzer.report.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedFileTest {
  @TempDir Path folder;

  @Test
  void aNewFileIsMadeAndOneThatIsThereIsWrittenAnewAndStaysItself() throws Exception {
    Path file = folder.resolve("a");
    NamedFile.check("--junit", file);
    write(file, "one");
    assertThat(file).hasContent("one");
    Path other = Files.createLink(folder.resolve("b"), file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    write(file, "2");
    assertThat(other).hasContent("2");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
  }

  @Test
  void aLinkStaysALinkWhetherItLeadsToAFileToAnotherLinkOrNowhereYet() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "before");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("file"));
    Path second = Files.createSymbolicLink(folder.resolve("second"), link);
    NamedFile.check("--junit", second);
    write(second, "through two");
    assertThat(file).hasContent("through two");
    assertThat(link).isSymbolicLink();
    assertThat(second).isSymbolicLink();

    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("later"));
    NamedFile.check("--junit", dangling);
    write(dangling, "made");
    assertThat(dangling).isSymbolicLink();
    assertThat(folder.resolve("later")).isRegularFile().hasContent("made");

    Path astray = Files.createSymbolicLink(folder.resolve("astray"), Path.of("none/x"));
    assertThatThrownBy(() -> NamedFile.check("--junit", astray))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no folder");
    Path circle = Files.createSymbolicLink(folder.resolve("circle"), Path.of("circle"));
    write(file, "still");
    assertThatThrownBy(() -> write(circle, "x")).isInstanceOf(ReportFailure.class);
  }

  @Test
  void aPipeIsWrittenIntoAndStaysAPipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    NamedFile.check("--junit", pipe);
    FutureTask<String> reader = new FutureTask<>(() -> Files.readString(pipe));
    new Thread(reader, "reader").start();
    write(pipe, "<xml/>");
    assertThat(reader.get(10, TimeUnit.SECONDS)).isEqualTo("<xml/>");
    assertThat(FileKind.of(pipe)).isEqualTo(FileKind.PIPE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/full", "/dev/null", "/dev/zero"})
  void aDeviceIsRefusedByName(String device) {
    assertThatThrownBy(() -> NamedFile.check("--junit", Path.of(device)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--junit: " + device + " is a device")
        .hasMessageContaining("leave the option out");
  }

  @Test
  void aLinkToADeviceIsRefusedAsTheDeviceIs() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("l"), Path.of("/dev/full"));
    assertThatThrownBy(() -> NamedFile.check("--junit", link))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is a device");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void aFolderAndAPlaceInNoFolderAreRefused() throws Exception {
    assertThatThrownBy(() -> NamedFile.check("--junit", folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is a folder");
    assertThatThrownBy(() -> NamedFile.check("--junit", folder.resolve("none/x.xml")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no folder " + folder.resolve("none"));
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> NamedFile.check("--junit", file.resolve("x.xml")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no folder " + file);
  }

  @Test
  void onlyAFileByItsNameCanBeWrittenAgain() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThat(List.of(file, link, folder.resolve("none"))).allMatch(NamedFile::canBeWrittenAgain);
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(List.of(pipe, Path.of("/dev/stdout"), Path.of("/dev/fd/2"), Path.of("/dev/fd/3")))
        .noneMatch(NamedFile::canBeWrittenAgain);
  }

  @Test
  void standardOutputMayBeNamed() {
    NamedFile.check("--junit", Path.of("/dev/stdout"));
    NamedFile.check("--junit", Path.of("/dev/fd/2"));
  }

  @Test
  void aDescriptorThatIsOpenForWritingIsAppendedToAndOneForReadingIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("open"), "before ");
    try (OutputStream open = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
      Path descriptor = descriptorOf(file);
      open.write("more ".getBytes(StandardCharsets.UTF_8));
      NamedFile.check("--junit", descriptor);
      write(descriptor, "<xml/>");
      assertThat(file).hasContent("before more <xml/>");
      NamedFile.check("--junit", Path.of("/dev/../dev/fd", descriptor.getFileName().toString()));
    }
    try (InputStream open = Files.newInputStream(file)) {
      Path descriptor = descriptorOf(file);
      assertThat(open.read()).isEqualTo('b');
      assertThatThrownBy(() -> NamedFile.check("--junit", descriptor))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("--junit: " + descriptor + " is not open for writing");
      assertThatThrownBy(() -> write(descriptor, "<xml/>"))
          .hasMessageContaining("is not open for writing");
    }
    assertThat(file).hasContent("before more <xml/>");
    assertThatThrownBy(() -> NamedFile.check("--junit", Path.of("/dev/fd/987654")))
        .hasMessageContaining("is not open for writing");
  }

  /** The one of this process's descriptors that leads there. */
  private static Path descriptorOf(Path file) throws Exception {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(one -> leadsTo(one, file)).findFirst().orElseThrow();
    }
  }

  private static boolean leadsTo(Path link, Path file) {
    try {
      return Files.readSymbolicLink(link).equals(file.toRealPath());
    } catch (IOException closed) {
      return false;
    }
  }

  @Test
  void aFolderThatIsMadeBeforeTheFileIsWrittenMayBeNamedBeforeItIsThere() throws Exception {
    Path run = folder.resolve("all/runs/one");
    NamedFile.check("--junit", run.resolve("x.xml"), run);
    NamedFile.check("--junit", folder.resolve("all/runs/x.xml"), run);
    NamedFile.check("--junit", folder.resolve("none/../all/x.xml"), run);
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("all/x.xml"));
    NamedFile.check("--junit", link, run);
    for (String other : List.of("all/other/x.xml", "all/runs/one/more/x.xml", "al/x.xml")) {
      assertThatThrownBy(() -> NamedFile.check("--junit", folder.resolve(other), run))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("there is no folder");
    }
    for (String itself : List.of("all", "all/runs", "all/runs/one")) {
      assertThatThrownBy(() -> NamedFile.check("--junit", folder.resolve(itself), run))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("will be a folder");
    }
    Path taken = Files.createFile(folder.resolve("taken"));
    assertThatThrownBy(
            () -> NamedFile.check("--junit", taken.resolve("x.xml"), taken.resolve("one")))
        .hasMessageContaining("there is no folder");
  }

  @Test
  void aFileOfOursBehindALinkIsReplacedAndTheLinkStays() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "before");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    AtomicFile.replace(link, part -> Files.writeString(part, "after"));
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("after");
    Path taken = Files.createDirectory(folder.resolve("taken"));
    assertThatThrownBy(() -> AtomicFile.replace(taken, part -> Files.writeString(part, "x")))
        .isInstanceOf(ReportFailure.class)
        .hasMessageContaining("a folder is in the way");
  }

  private static void write(Path file, String text) {
    NamedFile.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
