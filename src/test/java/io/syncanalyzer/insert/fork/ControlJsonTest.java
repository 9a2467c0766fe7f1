package io.syncanalyzer.insert.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.insert.fork.ControlMessage.Done;
import io.syncanalyzer.insert.fork.ControlMessage.Down;
import io.syncanalyzer.insert.fork.ControlMessage.End;
import io.syncanalyzer.insert.fork.ControlMessage.Failed;
import io.syncanalyzer.insert.fork.ControlMessage.Finish;
import io.syncanalyzer.insert.fork.ControlMessage.Go;
import io.syncanalyzer.insert.fork.ControlMessage.Hello;
import io.syncanalyzer.insert.fork.ControlMessage.Pace;
import io.syncanalyzer.insert.fork.ControlMessage.Progress;
import io.syncanalyzer.insert.fork.ControlMessage.Ready;
import io.syncanalyzer.insert.fork.ControlMessage.Result;
import io.syncanalyzer.insert.fork.ControlMessage.Second;
import io.syncanalyzer.insert.fork.ControlMessage.Settings;
import io.syncanalyzer.insert.fork.ControlMessage.Step;
import io.syncanalyzer.insert.fork.ControlMessage.Stop;
import io.syncanalyzer.insert.fork.ControlMessage.Up;
import io.syncanalyzer.json.JsonFailure;
import io.syncanalyzer.json.RandomJson;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every message comes out of a line as it went in. */
class ControlJsonTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everyMessageSurvivesItsLine(long seed) {
    RandomJson random = new RandomJson(new Random(seed));
    for (int i = 0; i < 200; i++) {
      List<Up> up =
          List.of(
              new Hello(random.number()),
              new Ready(),
              new Progress(work(random)),
              new Second(work(random)),
              new Failed(random.text()),
              new Done(),
              new Result(work(random)));
      List<Down> down =
          List.of(
              new Settings(work(random)),
              new Go(),
              new Step((int) random.number()),
              new Pace((int) random.number(), random.number()),
              new End(),
              new Finish(),
              new Stop());
      up.forEach(message -> assertThat(passed(message, Up.class)).isEqualTo(message));
      down.forEach(message -> assertThat(passed(message, Down.class)).isEqualTo(message));
      assertThat(kinds(up.stream(), down.stream())).isEqualTo(kinds());
    }
  }

  @Test
  void aMessageOfTheOtherWayIsNone() {
    assertThatThrownBy(() -> passed(new Go(), Up.class)).isInstanceOf(JsonFailure.class);
    assertThatThrownBy(() -> passed(new Done(), Down.class)).isInstanceOf(JsonFailure.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "[]", "{\"kind\":\"Other\"}", "{\"kind\":3}", "{\"kind\":\"Go\""})
  void aLineThatIsNoMessageIsRefused(String line) {
    assertThatThrownBy(() -> ControlJson.message(line, Down.class)).isInstanceOf(JsonFailure.class);
  }

  private static WorkJson work(RandomJson random) {
    return new WorkJson(random.object().text());
  }

  private static <M extends ControlMessage> M passed(ControlMessage message, Class<M> way) {
    String line = ControlJson.line(message);
    assertThat(line).doesNotContain("\n");
    return ControlJson.message(line, way);
  }

  /** The kinds that there are. */
  private static List<String> kinds() {
    return Stream.of(Up.class, Down.class)
        .flatMap(way -> Arrays.stream(way.getPermittedSubclasses()))
        .map(Class::getSimpleName)
        .sorted()
        .toList();
  }

  private static List<String> kinds(Stream<Up> up, Stream<Down> down) {
    return Stream.concat(up, down).map(one -> one.getClass().getSimpleName()).sorted().toList();
  }
}
