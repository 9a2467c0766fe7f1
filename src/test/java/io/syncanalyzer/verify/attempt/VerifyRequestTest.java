package io.syncanalyzer.verify.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.verify.scan.VerifyScope;
import io.syncanalyzer.verify.settle.SettleSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
            ALL.with(scope("a*", null, Set.of(), 100)),
            ALL.with(scope(null, "a*", Set.of(), 100)),
            ALL.with(scope(null, null, Set.of("hash"), 100)),
            ALL.with(scope(null, null, Set.of("hash", "set"), 100)),
            ALL.with(scope(null, null, Set.of(), 50)),
            ALL.with(scope("a".repeat(70) + "b", null, Set.of(), 100)),
            ALL.with(scope("a".repeat(70) + "c", null, Set.of(), 100)),
            ALL.with(SlotSet.of(new SlotRange(0, 7))),
            ALL.with(SlotSet.of(new SlotRange(0, 8))),
            ALL.with(SettleSettings.DEFAULT.withTtlTolerance(Duration.ofSeconds(7))));
    assertThat(others).extracting(VerifyRequest::asked).doesNotContain(ALL.asked());
    assertThat(others).extracting(VerifyRequest::asked).doesNotHaveDuplicates();

    assertThat(ALL.withoutFunctions().asked()).isEqualTo(ALL.asked());
    assertThat(ALL.resumed().withRate(7).withMaxMismatches(3).asked()).isEqualTo(ALL.asked());
    assertThat(VerifyRequest.of(SOURCE, REPLICA, "s", Path.of("elsewhere")).asked())
        .isEqualTo(ALL.asked());
  }

  @Test
  void keysAreLookedAtSlotBySlotWhereASideIsInAClusterOrSomeSlotsAreAskedFor() {
    Origin node = new Origin.Node(Origin.Part.PRIMARY, List.of("127.0.0.1:1"), NodeMap.NONE);
    assertThat(ALL.bySlot()).isFalse();
    assertThat(ALL.with(SlotSet.of(new SlotRange(0, 7))).bySlot()).isTrue();
    assertThat(VerifyRequest.of(SOURCE.from(node), REPLICA, "r", Path.of("folder")).bySlot())
        .isTrue();
    assertThat(VerifyRequest.of(SOURCE, REPLICA.from(node), "r", Path.of("folder")).bySlot())
        .isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> ALL.with(SlotSet.NONE));
  }

  private static VerifyScope scope(
      @Nullable String match, @Nullable String exclude, Set<String> types, double percent) {
    return new VerifyScope(
        null,
        match == null ? null : Bytes.utf8(match),
        exclude == null ? null : Bytes.utf8(exclude),
        types,
        percent);
  }
}
