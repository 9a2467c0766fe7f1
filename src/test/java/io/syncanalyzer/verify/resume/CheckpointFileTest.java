package io.syncanalyzer.verify.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.verify.server.Flushes;
import io.syncanalyzer.verify.server.Moves;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointFileTest {
  private static final Flushes.Counts COUNTS =
      new Flushes.Counts(3L, 4L, 0L, 0L, new Moves(5L, 5L, null, null));
  private static final Checkpoint.Processes SERVERS =
      new Checkpoint.Processes("source-1", "replica-1", COUNTS);
  private static final Checkpoint CHECKPOINT =
      new Checkpoint(
          SERVERS,
          "asked = \"für alle\"\n",
          new Checkpoint.Position(
              new Checkpoint.Known(2, 1000L, 7, true), "18446744073709551615", 400),
          List.of(new Checkpoint.Known(0, null, 1, false), new Checkpoint.Known(1, 0L, 0, true)),
          1400,
          3,
          44_800,
          List.of("string", "hash", "vectorset"),
          9);

  @TempDir private Path folder;

  private final List<String> notes = new ArrayList<>();

  private CheckpointFile file() {
    return new CheckpointFile(folder);
  }

  private Path path() {
    return folder.resolve("verify-checkpoint.json");
  }

  @Test
  void whatIsWrittenIsReadAgainWhateverItHolds() {
    Random random = new Random(14);
    for (int i = 0; i < 500; i++) {
      Checkpoint checkpoint = any(random);

      file().write(checkpoint);

      assertThat(file().read()).isEqualTo(new StoredCheckpoint.Whole(checkpoint));
      assertThat(file().keysDone()).isEqualTo(checkpoint.keysDone());
    }
    assertThat(folder.toFile().list()).containsExactly("verify-checkpoint.json");
  }

  private static Checkpoint any(Random random) {
    return new Checkpoint(
        new Checkpoint.Processes(
            orNull(random, () -> word(random)),
            orNull(random, () -> word(random)),
            new Flushes.Counts(
                orNull(random, random::nextLong),
                orNull(random, random::nextLong),
                orNull(random, random::nextLong),
                orNull(random, random::nextLong),
                new Moves(
                    orNull(random, random::nextLong),
                    orNull(random, random::nextLong),
                    orNull(random, random::nextLong),
                    orNull(random, random::nextLong)))),
        word(random),
        orNull(
            random, () -> new Checkpoint.Position(known(random), word(random), random.nextLong())),
        IntStream.range(0, random.nextInt(4)).mapToObj(any -> known(random)).toList(),
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        IntStream.range(0, random.nextInt(4)).mapToObj(any -> word(random)).toList(),
        random.nextLong());
  }

  private static Checkpoint.Known known(Random random) {
    return new Checkpoint.Known(
        random.nextInt(),
        orNull(random, random::nextLong),
        random.nextLong(),
        random.nextBoolean());
  }

  private static <T> @Nullable T orNull(Random random, Supplier<T> value) {
    return random.nextInt(3) == 0 ? null : value.get();
  }

  /** Of any characters but halves of surrogate pairs, which UTF-8 does not have. */
  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    random.ints(random.nextInt(12), 0, 0xd800).forEach(word::appendCodePoint);
    return word.toString();
  }

  @Test
  void oneThatIsCutShortAtAnyByteIsNoneAndIsLeftAsItIs() throws IOException {
    byte[] whole = CheckpointFile.text(CHECKPOINT).getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      Files.write(path(), cut);

      assertThat(file().read()).isInstanceOf(StoredCheckpoint.Unusable.class);
      assertThat(file().canGoOn()).isFalse();
      assertThatThrownBy(() -> file().goOn(CHECKPOINT.asked(), SERVERS, notes::add))
          .isInstanceOf(CannotResume.class)
          .hasMessageStartingWith("the checkpoint in " + folder + " is damaged: ");
      assertThat(Files.readAllBytes(path())).isEqualTo(cut);
    }
    assertThat(notes).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "7",
        "{\"format\":2}",
        "{\"format\":2,\"checkpoint\":{}}",
        "{\"format\":2,\"checkpoint\":[]}",
        "{\"format\":\"two\",\"checkpoint\":{}}",
        "{\"format\":null,\"checkpoint\":{}}"
      })
  void whatIsNoCheckpointIsDamaged(String text) throws IOException {
    Files.writeString(path(), text);

    assertThatThrownBy(() -> file().requireUsable())
        .isInstanceOf(CannotResume.class)
        .hasMessageContaining("is damaged");
  }

  @Test
  void oneOfAnotherFormatIsRefusedWithWhatToDo() throws IOException {
    String own = CheckpointFile.text(CHECKPOINT);
    String other = own.replace("\"format\":2", "\"format\":3");
    Files.writeString(path(), other);

    assertThatThrownBy(() -> file().requireUsable())
        .isInstanceOf(CannotResume.class)
        .hasMessage(
            "the checkpoint in "
                + folder
                + " was written by another version of the analyzer (format 3, this one reads 2):"
                + " go on with that version");
    assertThat(Files.readString(path())).isEqualTo(other);
  }

  @Test
  void oneOfABuildBeforeThereWereFormatsIsRefusedWithWhatToDo() throws IOException {
    Files.writeString(
        path(),
        "{\"processes\":{\"source\":\"a\",\"replica\":\"b\"},\"asked\":\"x\",\"cursor\":\"0\"}");

    assertThatThrownBy(() -> file().goOn("x", SERVERS, notes::add))
        .isInstanceOf(CannotResume.class)
        .hasMessage(
            "the checkpoint in "
                + folder
                + " was written by an earlier version of the analyzer: go on with that version");
    assertThat(path()).exists();
  }

  @Test
  void whereThereIsNoneEverythingIsLookedAtAndThatIsNoted() {
    assertThat(file().goOn("x", SERVERS, notes::add)).isEmpty();
    assertThat(notes)
        .containsExactly("there is no checkpoint to go on from: everything is looked at");
    assertThat(file().canGoOn()).isFalse();
    assertThat(file().keysDone()).isZero();
  }

  @Test
  void oneOfTheSameServersAndTheSameRequestIsGoneOnFrom() {
    file().write(CHECKPOINT);

    assertThat(file().goOn(CHECKPOINT.asked(), SERVERS, notes::add)).contains(CHECKPOINT);
    assertThat(notes)
        .singleElement()
        .satisfies(note -> assertThat(note).startsWith("went on after 1,400 keys; "));
    assertThat(file().canGoOn()).isTrue();
  }

  @Test
  void oneOfAnotherRequestIsRefusedAndKept() {
    file().write(CHECKPOINT);

    assertThatThrownBy(() -> file().goOn("something else", SERVERS, notes::add))
        .isInstanceOf(CannotResume.class)
        .hasMessage(
            "the verification in " + folder + " asked for something else; use its own options");
    assertThat(file().read()).isEqualTo(new StoredCheckpoint.Whole(CHECKPOINT));
    assertThat(notes).isEmpty();
  }

  static Stream<Arguments> otherServers() {
    return Stream.of(
        Arguments.of(
            "source-2", "replica-1", COUNTS, "the source was restarted since the checkpoint"),
        Arguments.of(null, "replica-1", COUNTS, "the source was restarted since the checkpoint"),
        Arguments.of("source-1", "replica-2", COUNTS, "the replica was restarted meanwhile"),
        Arguments.of("source-1", null, COUNTS, "the replica was restarted meanwhile"),
        Arguments.of(
            "source-1",
            "replica-1",
            new Flushes.Counts(3L, 5L, 0L, 0L, COUNTS.moves()),
            "the replica was flushed since the begin"),
        Arguments.of(
            "source-1",
            "replica-1",
            new Flushes.Counts(3L, 4L, 1L, 1L, COUNTS.moves()),
            "databases of the source were swapped since the begin"));
  }

  @ParameterizedTest
  @MethodSource("otherServers")
  void oneOfServersThatAreNoLongerTheSameIsGivenUpAndThatIsNoted(
      @Nullable String source, @Nullable String replica, Flushes.Counts counts, String why) {
    file().write(CHECKPOINT);
    Checkpoint.Processes now = new Checkpoint.Processes(source, replica, counts);

    assertThat(file().goOn(CHECKPOINT.asked(), now, notes::add)).isEmpty();

    assertThat(path()).doesNotExist();
    assertThat(notes)
        .singleElement()
        .satisfies(
            note -> assertThat(note).startsWith(why).endsWith(": everything is looked at again"));
  }

  @Test
  void aReplicaThatHidesItsIdAsBeforeIsTakenAsItIs() {
    Checkpoint.Processes hidden = new Checkpoint.Processes("source-1", null, COUNTS);
    Checkpoint hiding =
        new Checkpoint(
            hidden, CHECKPOINT.asked(), CHECKPOINT.at(), CHECKPOINT.done(), 1, 1, 1, List.of(), 1);

    assertThat(hiding.fit(CHECKPOINT.asked(), hidden)).isEqualTo(new Checkpoint.Fit.Fits());
  }

  @Test
  void ofEachDatabaseItIsKnownHowFarItWas() {
    assertThat(CHECKPOINT.isDone(0)).isTrue();
    assertThat(CHECKPOINT.isDone(2)).isFalse();
    assertThat(CHECKPOINT.isDone(3)).isFalse();
    assertThat(CHECKPOINT.known(2)).contains(new Checkpoint.Known(2, 1000L, 7, true));
    assertThat(CHECKPOINT.known(3)).isEmpty();
    assertThat(CHECKPOINT.in(2).orElseThrow().keysScanned()).isEqualTo(400);
    assertThat(CHECKPOINT.in(0)).isEmpty();
  }

  @Test
  void aDatabaseThatIsLookedAtAgainStandsOnceAmongThoseDone() {
    Checkpoint.Known again = new Checkpoint.Known(0, 5L, 2, false);
    assertThat(Checkpoint.with(CHECKPOINT.done(), again))
        .containsExactly(new Checkpoint.Known(1, 0L, 0, true), again);
  }
}
