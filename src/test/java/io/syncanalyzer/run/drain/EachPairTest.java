package io.syncanalyzer.run.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.SlotSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EachPairTest {
  @Test
  void aSinglePairIsDoneOnTheThreadThatAsks() {
    assertThat(EachPair.run(pairs(1), pair -> Thread.currentThread()))
        .containsExactly(Thread.currentThread());
  }

  @Test
  void allAreUnderWayAtOnceAndTheirResultsAreInOrder() {
    CountDownLatch all = new CountDownLatch(5);
    List<String> shards =
        EachPair.run(
            pairs(5),
            pair -> {
              all.countDown();
              await(all);
              return pair.shard();
            });
    assertThat(shards).containsExactly("s:1", "s:2", "s:3", "s:4", "s:5");
  }

  @Test
  void theFirstFailureIsTheirsWhenTheOthersHaveEnded() {
    Set<String> done = ConcurrentHashMap.newKeySet();
    assertThatThrownBy(
            () ->
                EachPair.run(
                    pairs(3),
                    pair -> {
                      done.add(pair.shard());
                      if (!pair.shard().equals("s:1")) {
                        throw new IllegalStateException(pair.shard());
                      }
                      return pair;
                    }))
        .hasMessage("s:2");
    assertThat(done).hasSize(3);
  }

  @Test
  void anInterruptReachesThoseUnderWayAndStaysSet() {
    Thread waiting = Thread.currentThread();
    CountDownLatch begun = new CountDownLatch(2);
    Thread interrupter =
        new Thread(
            () -> {
              await(begun);
              waiting.interrupt();
            });
    interrupter.start();
    List<Boolean> interrupted =
        EachPair.run(
            pairs(2),
            pair -> {
              begun.countDown();
              try {
                new CountDownLatch(1).await();
                return false;
              } catch (InterruptedException e) {
                return true;
              }
            });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(interrupted).containsExactly(true, true);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<ShardPair> pairs(int count) {
    List<ShardPair> pairs = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      pairs.add(
          new ShardPair(
              Endpoint.parse(Side.SOURCE, "redis://s:" + i),
              Endpoint.parse(Side.REPLICA, "redis://r:" + i),
              SlotSet.ALL));
    }
    return pairs;
  }
}
