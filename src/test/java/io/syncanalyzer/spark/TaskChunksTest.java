package io.syncanalyzer.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A head and files in pieces: all of them, in order, each of a size that fits into memory. */
class TaskChunksTest {
  @TempDir private Path folder;

  private final Chunk head = new Chunk("one", Chunk.HEAD, new byte[] {1});

  private Path file(String name, int bytes) throws IOException {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return Files.write(folder.resolve(name), content);
  }

  private List<Chunk> all(Path... files) {
    List<Chunk> all = new ArrayList<>();
    new TaskChunks(head, Arrays.asList(files)).forEachRemaining(all::add);
    return all;
  }

  @Test
  void withoutFilesThereIsTheHeadAlone() {
    assertThat(all()).containsExactly(head);
    assertThat(head.isHead()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, TaskChunks.BYTES - 1, TaskChunks.BYTES, 2 * TaskChunks.BYTES + 1})
  void aFileIsWholeAndItsPiecesAreAsManyAsWereCounted(int bytes) throws IOException {
    Path one = file("one", bytes);
    List<Chunk> pieces = all(one).subList(1, all(one).size());
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (Chunk piece : pieces) {
      assertThat(piece.file()).isEqualTo("one");
      assertThat(piece.attempt()).isEqualTo("one");
      assertThat(piece.isHead()).isFalse();
      assertThat(piece.bytes()).hasSizeBetween(1, TaskChunks.BYTES);
      whole.writeBytes(piece.bytes());
    }
    assertThat(pieces).hasSize(TaskChunks.count(one));
    assertThat(whole.toByteArray()).isEqualTo(Files.readAllBytes(one));
  }

  @Test
  void filesFollowEachOtherAndEmptyOnesAreLeftOut() throws IOException {
    assertThat(all(file("a", 3), file("b", 0), file("c", TaskChunks.BYTES + 1), file("d", 0)))
        .extracting(Chunk::file)
        .containsExactly(Chunk.HEAD, "a", "c", "c");
  }

  @Test
  void behindTheLastThereIsNone() {
    TaskChunks chunks = new TaskChunks(head, List.of());
    chunks.next();
    assertThat(chunks.hasNext()).isFalse();
    assertThatThrownBy(chunks::next).isInstanceOf(NoSuchElementException.class);
  }
}
