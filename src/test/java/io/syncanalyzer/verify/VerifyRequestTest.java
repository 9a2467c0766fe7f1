package io.syncanalyzer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.verify.scan.VerifyScope;
import io.syncanalyzer.verify.settle.Settling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerifyRequestTest {
  private static final Endpoint SOURCE = Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:1");
  private static final Endpoint REPLICA = Endpoint.parse(Side.REPLICA, "redis://127.0.0.1:2");
  private static final VerifyRequest ALL =
      VerifyRequest.of(SOURCE, REPLICA, "r", Path.of("folder"));

  @Test
  void whatDecidesOnTheFindingsIsAskedForAndNothingElse() {
    List<VerifyRequest> others =
        List.of(
            VerifyRequest.of(REPLICA, REPLICA, "r", Path.of("folder")),
            VerifyRequest.of(SOURCE, SOURCE, "r", Path.of("folder")),
            ALL.with(VerifyScope.ofDatabase(0)),
            ALL.with(scope(Optional.of("a*"), Optional.empty(), Set.of(), 100)),
            ALL.with(scope(Optional.empty(), Optional.of("a*"), Set.of(), 100)),
            ALL.with(scope(Optional.empty(), Optional.empty(), Set.of("hash"), 100)),
            ALL.with(scope(Optional.empty(), Optional.empty(), Set.of("hash", "set"), 100)),
            ALL.with(scope(Optional.empty(), Optional.empty(), Set.of(), 50)),
            ALL.with(
                new Settling(
                    Settling.DEFAULT.fence(),
                    Settling.DEFAULT.fenceTimeout(),
                    Settling.DEFAULT.rounds(),
                    Duration.ofSeconds(7),
                    Optional.empty())));
    assertThat(others).extracting(VerifyRequest::asked).doesNotContain(ALL.asked());
    assertThat(others).extracting(VerifyRequest::asked).doesNotHaveDuplicates();

    assertThat(ALL.resumed().withRate(7).withMaxMismatches(3).asked()).isEqualTo(ALL.asked());
    assertThat(VerifyRequest.of(SOURCE, REPLICA, "s", Path.of("elsewhere")).asked())
        .isEqualTo(ALL.asked());
  }

  private static VerifyScope scope(
      Optional<String> match, Optional<String> exclude, Set<String> types, double percent) {
    return new VerifyScope(
        OptionalInt.empty(), match.map(Bytes::utf8), exclude.map(Bytes::utf8), types, percent);
  }
}
