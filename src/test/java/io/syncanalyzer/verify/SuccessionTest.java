package io.syncanalyzer.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.scripted.ScriptedClock;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuccessionTest {
  private final Endpoint given = Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:1");
  private final Endpoint replica = Endpoint.parse(Side.REPLICA, "redis://127.0.0.1:2");
  private final ScriptedClock clock = new ScriptedClock();
  private final List<String> asked = new ArrayList<>();
  private int port = 2;

  private Succession succession(Endpoint server) {
    return new Succession(List.of(server), this::find, clock);
  }

  private Endpoint find(Endpoint server) {
    asked.add(server.address() + " within " + server.timeout().toMillis());
    if (port == 0) {
      throw new RedisFailure(RedisFailure.Kind.REFUSED, server, "nobody is there", null);
    }
    return server.at("127.0.0.1", port);
  }

  @Test
  void whoeverTookAServersPlaceIsToldAndEndsIt() {
    port = 3;
    assertThatThrownBy(() -> succession(replica).refuse())
        .isInstanceOfSatisfying(
            VerifyFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(VerifyFailure.Kind.REPLACED))
        .hasMessage(
            "the replica redis://127.0.0.1:2 was failed over meanwhile: 127.0.0.1:3 is in its"
                + " place; what was read of it is kept, but verify again");
    assertThat(asked).containsExactly("127.0.0.1:2 within 1000");
  }

  @Test
  void nothingIsSaidWhereItIsWhereItWasOrNobodyTells() {
    succession(replica).refuse();
    port = 0;
    succession(replica).refuse();
    assertThat(asked).hasSize(2);
  }

  @Test
  void whatTheUserNamedHasNoSuccessor() {
    VerifyRequest request = VerifyRequest.of(given, replica, "run", Path.of("."));
    assertThat(new Succession(request, clock).why()).isEmpty();
  }

  @Test
  void sentinelsAreAskedNoMoreOftenThanEverySecond() {
    Succession succession = succession(replica);
    succession.refuse();
    clock.pass(999_000_000);
    succession.refuse();
    assertThat(asked).hasSize(1);
    clock.pass(1_000_000);
    succession.refuse();
    assertThat(asked).hasSize(2);
  }
}
