package io.syncanalyzer.probe.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose fault a lost connection was: every way to lose it, and what was found afterwards. */
class LossTest {
  private static final Endpoint REPLICA = Endpoint.parse(Side.REPLICA, "redis://127.0.0.1:1");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // lost by, attempts that failed | before, after | may be ours, the replica's, ours
        "DISCONNECTED                     | a | a    | true, false, true",
        "DISCONNECTED                     | a | b    | true, true, false", // another process
        "DISCONNECTED                     | a | none | true, true, false", // never came back
        "DISCONNECTED                     | a | hid  | true, false, false", // nobody can tell
        "DISCONNECTED                     | hid | hid | true, false, false",
        "DISCONNECTED                     | hid | a  | true, false, false",
        "DISCONNECTED REFUSED             | a | a    | true, false, true",
        "DISCONNECTED REFUSED             | a | b    | true, true, false",
        "DISCONNECTED CONNECT_TIMEOUT     | a | a    | false, true, false", // it kept us waiting
        "DISCONNECTED TIMEOUT             | a | a    | false, true, false",
        "TIMEOUT                          | a | a    | false, true, false",
        "TIMEOUT                          | a | none | false, true, false",
        // It turned us away: it is there, and serves others.
        "DISCONNECTED WRONG_PASSWORD      | a | none | true, false, true",
        "DISCONNECTED NO_PERMISSION       | a | none | true, false, true",
        "DISCONNECTED OTHER_REPLY         | a | none | true, false, true",
        "DISCONNECTED DATABASE_RANGE      | a | none | true, false, true",
        "DISCONNECTED TLS                 | a | none | true, false, true",
        "DISCONNECTED NO_PERMISSION       | a | a    | true, false, true",
        "DISCONNECTED NO_PERMISSION       | a | b    | true, false, false",
        "DISCONNECTED NO_PERMISSION REFUSED | a | none | true, false, false",
        "TIMEOUT NO_PERMISSION            | a | none | true, false, false",
        "DISCONNECTED NO_PERMISSION TIMEOUT | a | a  | true, false, false",
      })
  void whoseFaultItWasFollowsFromWhatWasSeen(
      String failures, String before, String after, String whose) {
    String[] kinds = failures.split(" ", -1);
    Loss loss = new Loss(failure(kinds[0]), process(before));
    for (int i = 1; i < kinds.length; i++) {
      loss.failed(failure(kinds[i]));
    }
    boolean connected = !after.equals("none");
    // Where none came back the last known process is still that from before.
    Optional<String> found = process(connected ? after : before);
    assertThat(
            loss.mayBeOurs()
                + ", "
                + loss.isReplicasSilence(connected, found)
                + ", "
                + loss.isOurs(connected, found))
        .isEqualTo(whose);
  }

  private static Optional<String> process(String name) {
    return name.equals("hid") ? Optional.empty() : Optional.of(name);
  }

  private static RedisFailure failure(String kind) {
    return new RedisFailure(RedisFailure.Kind.valueOf(kind), REPLICA, kind, none());
  }

  private static @Nullable Throwable none() {
    return null;
  }
}
