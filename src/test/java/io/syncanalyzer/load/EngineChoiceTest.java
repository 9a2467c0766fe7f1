package io.syncanalyzer.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.load.memtier.MemtierLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineChoiceTest {
  @TempDir Path folder;

  @Test
  void memtierOnPathIsTaken() throws IOException {
    Path program = executable("memtier_benchmark");

    EngineChoice choice = choose("/nowhere:" + folder);

    assertThat(choice.engine()).isEqualTo(LoadEngine.MEMTIER);
    assertThat(choice.why()).isEqualTo(program + " is on PATH");
  }

  @Test
  void withoutMemtierTheBuiltInEngineLoadsAndTheUserIsToldHowToGetIt() {
    EngineChoice choice = choose(folder.toString());

    assertThat(choice.engine()).isEqualTo(LoadEngine.JMH);
    assertThat(choice.why())
        .contains("no memtier_benchmark is on PATH")
        .contains("brew install memtier_benchmark")
        .contains("--memtier docker");
  }

  @Test
  void aFileOfThatNameThatIsNotExecutableDoesNotCount() throws IOException {
    Files.writeString(folder.resolve("memtier_benchmark"), "text");

    assertThat(choose(folder.toString()).engine()).isEqualTo(LoadEngine.JMH);
  }

  @Test
  void oneThatTheUserNamedIsTakenEvenIfItIsNotThere() {
    assertThat(
            EngineChoice.of(LoadEngine.AUTO, MemtierLocation.parse("/nowhere/memtier"), "")
                .engine())
        .isEqualTo(LoadEngine.MEMTIER);
  }

  @Test
  void anEngineAskedForIsNeverReplaced() {
    for (LoadEngine engine :
        new LoadEngine[] {LoadEngine.MEMTIER, LoadEngine.JMH, LoadEngine.NONE}) {
      assertThat(EngineChoice.of(engine, new MemtierLocation.OnPath(), "").engine())
          .isEqualTo(engine);
    }
  }

  @Test
  void anUnknownEngineIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> LoadEngine.of("redis-benchmark"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("`redis-benchmark` is none of auto, memtier, jmh, none");
    assertThat(LoadEngine.of("jmh")).isEqualTo(LoadEngine.JMH);
  }

  @Test
  void aLocationIsAPathOrAnImage() {
    assertThat(MemtierLocation.parse("docker"))
        .isEqualTo(new MemtierLocation.InDocker(MemtierLocation.PUBLISHED_IMAGE));
    assertThat(MemtierLocation.parse("docker:mine:2.3.1"))
        .isEqualTo(new MemtierLocation.InDocker("mine:2.3.1"));
    assertThat(MemtierLocation.parse("./docker"))
        .isEqualTo(new MemtierLocation.AtPath(Path.of("./docker")));
    assertThatThrownBy(() -> MemtierLocation.parse("docker:")).hasMessageContaining("no image");
    assertThatThrownBy(() -> MemtierLocation.parse("docker:--privileged"))
        .hasMessageContaining("no image");
    assertThatThrownBy(() -> MemtierLocation.parse(" ")).hasMessageContaining("empty");
  }

  private EngineChoice choose(String path) {
    return EngineChoice.of(LoadEngine.AUTO, new MemtierLocation.OnPath(), path);
  }

  private Path executable(String name) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }
}
