package io.syncanalyzer.verify.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.scripted.ScriptedClock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuShareTest {
  private static final Endpoint SOURCE = endpoint(Side.SOURCE, 1);
  private static final Endpoint REPLICA = endpoint(Side.REPLICA, 2);
  private static final long BATCH_NANOS = 2_000_000;

  private final ScriptedClock clock = new ScriptedClock();
  private final Map<Endpoint, Server> servers = new LinkedHashMap<>();

  private static Endpoint endpoint(Side side, int port) {
    return Endpoint.parse(side, "redis://127.0.0.1:" + port);
  }

  /** A server whose CPU works for us as long as we say, and for others at a rate. */
  private final class Server implements CpuAccount.Meter {
    private double ofUs;
    private final Map<Long, Double> ofUsLater = new LinkedHashMap<>();
    private double ofOthers;
    private double othersRate;
    private long since = clock.nanoTime();
    private boolean tells = true;
    private boolean closed;
    private int asked;

    void others(double rate) {
      seconds();
      othersRate = rate;
    }

    @Override
    public OptionalDouble seconds() {
      long now = clock.nanoTime();
      ofOthers += othersRate * (now - since) / 1e9;
      since = now;
      ofUsLater.entrySet().removeIf(due -> due.getKey() <= now && paid(due.getValue()));
      asked++;
      return tells ? OptionalDouble.of(ofUs + ofOthers) : OptionalDouble.empty();
    }

    private boolean paid(double cost) {
      ofUs += cost;
      return true;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private CpuShare share(double percent) {
    return new CpuShare(percent, clock, endpoint -> server(endpoint));
  }

  private Server server(Endpoint endpoint) {
    return servers.computeIfAbsent(endpoint, one -> new Server());
  }

  /** Takes batches for so long, each of which costs each server so much of its time. */
  private void work(CpuShare.Seat seat, double seconds, double sourceCost, double replicaCost) {
    long end = clock.nanoTime() + (long) (seconds * 1e9);
    while (clock.nanoTime() < end) {
      seat.await(() -> false);
      clock.pass(BATCH_NANOS);
      server(SOURCE).ofUs += sourceCost * BATCH_NANOS / 1e9;
      server(REPLICA).ofUs += replicaCost * BATCH_NANOS / 1e9;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0.5",
    "5, 0, 0.5",
    "10, 0, 0.6",
    "10, 0.4, 0.6",
    "30, 0.05, 0.9",
    "50, 0.3, 0.6",
    "90, 0.05, 1.0",
  })
  void whatAServerSpendsOnUsIsTheShareWhateverItDoesForOthers(
      double percent, double others, double cost) {
    server(SOURCE).othersRate = others;
    CpuShare share = share(percent);
    try (CpuShare.Seat seat = share.enter(List.of(SOURCE, REPLICA), 0)) {
      work(seat, 20, cost, cost / 2);
    }
    assertThat(server(SOURCE).ofUs / 20).isCloseTo(percent / 100, within(percent / 100 * 0.15));
    assertThat(server(REPLICA).ofUs).isLessThan(server(SOURCE).ofUs);
    assertThat(share.outcome(List.of(SOURCE)).get(0))
        .startsWith("--server-cpu " + (int) percent + ": the source redis://127.0.0.1:1 spent ");
  }

  @Test
  void whatWasAskedOfAFarServerIsOursWhenItComesLong() {
    long trip = 200_000_000;
    CpuShare share = share(5);
    try (CpuShare.Seat seat = share.enter(List.of(SOURCE), trip)) {
      long end = clock.nanoTime() + 20_000_000_000L;
      while (clock.nanoTime() < end) {
        seat.await(() -> false);
        clock.pass(BATCH_NANOS);
        // What it costs the server comes when the scan that asked for it has long been waiting.
        server(SOURCE).ofUsLater.put(clock.nanoTime() + 3 * trip, 0.5 * BATCH_NANOS / 1e9);
      }
    }
    assertThat(server(SOURCE).ofUs / 20).isLessThan(0.07);
  }

  @Test
  void theServerThatIsDearestHoldsAll() {
    CpuShare share = share(10);
    try (CpuShare.Seat seat = share.enter(List.of(SOURCE, REPLICA), 0)) {
      work(seat, 10, 0.1, 0.8);
    }
    assertThat(server(REPLICA).ofUs / 10).isCloseTo(0.1, within(0.015));
    assertThat(server(SOURCE).ofUs / 10).isCloseTo(0.0125, within(0.003));
  }

  @Test
  void whoeverCostsLessThanTheShareIsHardlyHeld() {
    CpuShare share = share(50);
    long before = clock.nanoTime();
    try (CpuShare.Seat seat = share.enter(List.of(SOURCE, REPLICA), 0)) {
      work(seat, 10, 0.2, 0.2);
    }
    assertThat(server(SOURCE).ofUs / ((clock.nanoTime() - before) / 1e9)).isGreaterThan(0.19);
  }

  @Test
  void othersThatEndOrBeginMeanwhileAreSeen() {
    CpuShare share = share(50);
    server(SOURCE).others(0.6);
    try (CpuShare.Seat seat = share.enter(List.of(SOURCE, REPLICA), 0)) {
      work(seat, 5, 0.9, 0.1);
      server(SOURCE).others(0);
      work(seat, 3, 0.9, 0.1);
      double before = server(SOURCE).ofUs;
      work(seat, 10, 0.9, 0.1);
      assertThat((server(SOURCE).ofUs - before) / 10).isCloseTo(0.5, within(0.08));
      server(SOURCE).others(0.5);
      work(seat, 3, 0.9, 0.1);
      before = server(SOURCE).ofUs;
      work(seat, 10, 0.9, 0.1);
      assertThat((server(SOURCE).ofUs - before) / 10).isCloseTo(0.5, within(0.08));
    }
  }

  @Test
  void aServerThatDoesNotTellIsNotHeldAndThatIsSaid() {
    server(SOURCE).tells = false;
    server(REPLICA).tells = false;
    CpuShare share = share(10);
    long before = clock.nanoTime();
    try (CpuShare.Seat seat = share.enter(List.of(SOURCE, REPLICA), 0)) {
      work(seat, 5, 0.5, 0.5);
    }
    assertThat((clock.nanoTime() - before) / 1e9).isCloseTo(5, within(1.1));
    assertThat(server(SOURCE).ofUs).isGreaterThan(1.9);
    assertThat(share.outcome(List.of(SOURCE, REPLICA)))
        .containsExactly(
            "--server-cpu 10: the source redis://127.0.0.1:1 does not tell how long its CPU"
                + " works, and was not held",
            "--server-cpu 10: the replica redis://127.0.0.1:2 does not tell how long its CPU"
                + " works, and was not held");
  }

  @Test
  void aServerThatBeganAnewOwesNothing() {
    CpuShare share = share(1);
    try (CpuShare.Seat seat = share.enter(List.of(SOURCE, REPLICA), 0)) {
      work(seat, 2, 0.5, 0.1);
      server(SOURCE).ofUs = 0;
      server(SOURCE).ofOthers = 0;
      work(seat, 20, 0.5, 0.1);
    }
    assertThat(server(SOURCE).ofUs / 20).isCloseTo(0.01, within(0.003));
  }

  @Test
  void nobodyIsAskedAfterTheLastHasGone() {
    CpuShare share = share(10);
    CpuShare.Seat one = share.enter(List.of(SOURCE, REPLICA), 0);
    CpuShare.Seat two = share.enter(List.of(SOURCE), 0);
    work(one, 1, 0.1, 0.1);
    one.close();
    one.close();
    assertThat(server(REPLICA).closed).isTrue();
    assertThat(server(SOURCE).closed).isFalse();
    int asked = server(REPLICA).asked;
    work(two, 1, 0.1, 0);
    assertThat(server(REPLICA).asked).isEqualTo(asked);
    two.close();
    assertThat(server(SOURCE).closed).isTrue();
  }

  @Test
  void whoeverStopsWaitsNoLongerThanATenthOfASecond() {
    CpuShare share = share(1);
    try (CpuShare.Seat seat = share.enter(List.of(SOURCE), 0)) {
      work(seat, 2, 1, 0);
      clock.pass(20_000_000);
      server(SOURCE).ofUs += 1;
      long before = clock.nanoTime();
      int[] looks = new int[1];
      seat.await(() -> looks[0]++ > 0);
      assertThat(clock.nanoTime() - before).isLessThanOrEqualTo(100_000_000);
    }
  }

  @Test
  void severalTogetherAreHeldToOneShare() {
    CpuShare share = share(10);
    try (CpuShare.Seat one = share.enter(List.of(SOURCE, REPLICA), 0);
        CpuShare.Seat two = share.enter(List.of(SOURCE, REPLICA), 0)) {
      for (int i = 0; i < 50; i++) {
        work(one, 0.1, 0.5, 0.5);
        work(two, 0.1, 0.5, 0.5);
      }
    }
    assertThat(server(SOURCE).ofUs / ((clock.nanoTime() - ScriptedClock.nanos(0)) / 1e9))
        .isCloseTo(0.1, within(0.015));
  }

  @Test
  @Timeout(10)
  void whileOneWaitsForAServersAnswerTheOthersGoOn() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch others = new CountDownLatch(1);
    AtomicInteger closed = new AtomicInteger();
    CpuShare share =
        new CpuShare(
            10,
            clock,
            endpoint ->
                new CpuAccount.Meter() {
                  @Override
                  public OptionalDouble seconds() {
                    begun.countDown();
                    awaits(others);
                    return OptionalDouble.empty();
                  }

                  @Override
                  public void close() {
                    closed.incrementAndGet();
                  }
                });
    CpuShare.Seat one = share.enter(List.of(SOURCE), 0);
    clock.pass(20_000_000);
    Thread asking = new Thread(() -> one.await(() -> true));
    asking.start();
    begun.await();
    CpuShare.Seat two = share.enter(List.of(SOURCE), 0);
    two.await(() -> true);
    two.close();
    one.close();
    assertThat(closed).hasValue(0);
    others.countDown();
    asking.join();
    assertThat(closed).hasValue(1);
  }

  private static void awaits(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void itSaysToWhatItHolds() {
    assertThat(share(10).words()).isEqualTo("held to 10 % of each server's CPU");
    assertThat(share(2.5).words()).isEqualTo("held to 2.5 % of each server's CPU");
  }
}
