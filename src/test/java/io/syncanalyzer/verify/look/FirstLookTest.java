package io.syncanalyzer.verify.look;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ClockSkew;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.scripted.LoopbackServer;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.found.Findings;
import io.syncanalyzer.verify.scan.KeyBatch;
import io.syncanalyzer.verify.server.Abilities;
import io.syncanalyzer.verify.server.SizesFirst;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the first look asks servers for that answer every string alike. */
class FirstLookTest {
  private static final Abilities ABLE =
      new Abilities(true, false, false, true, true, true, ClockSkew.NONE);

  private final List<List<String>> asked = new CopyOnWriteArrayList<>();
  private final LoopbackServer server = new LoopbackServer(() -> this::answer);
  private volatile String value = "v";
  private volatile String missing = "";
  private RawConnection source;
  private RawConnection replica;

  @BeforeEach
  void open() {
    source = RawConnection.open(server.endpoint(Side.SOURCE));
    replica = RawConnection.open(server.endpoint(Side.REPLICA));
    asked.clear();
  }

  @AfterEach
  void close() {
    source.close();
    replica.close();
    server.close();
  }

  private String answer(List<String> command) {
    asked.add(command);
    return switch (command.get(0)) {
      case "MGET" ->
          command.stream()
              .skip(1)
              .map(key -> key.equals(missing) ? "$-1\r\n" : LoopbackServer.bulk(value))
              .collect(Collectors.joining("", "*" + (command.size() - 1) + "\r\n", ""));
      case "MEMORY" -> ":100\r\n";
      case "TYPE" -> "+none\r\n";
      case "DUMP" -> "$-1\r\n";
      default -> "+PONG\r\n";
    };
  }

  private FirstLook look(SizesFirst sizes) {
    return new FirstLook(source, replica, ABLE, sizes, Side.SOURCE, "string", 0, NanoClock.SYSTEM);
  }

  private static KeyBatch batch(int keys) {
    KeyBatch batch = new KeyBatch(0, keys);
    for (int i = 0; i < keys; i++) {
      batch.add(Bytes.utf8("k" + i));
    }
    return batch;
  }

  private List<Integer> keysOf(String command) {
    return asked.stream().filter(one -> one.get(0).equals(command)).map(List::size).toList();
  }

  @Test
  void noMoreStringsAreAskedForInOneCommandThanTheirSizesWereReckonedBy() {
    Equal equal = new Equal();
    look(SizesFirst.OF_COLLECTIONS).at(batch(5000), false, equal);
    assertThat(equal.keys).hasSize(5000);
    assertThat(keysOf("MGET")).hasSize(6).allMatch(parts -> parts - 1 <= SizesFirst.BATCH_KEYS);
    assertThat(keysOf("MEMORY")).isEmpty();
  }

  @Test
  void whereALargeStringIsMetAllTheSameAllThatFollowAreAskedForTheirSizes() {
    FirstLook look = look(SizesFirst.OF_COLLECTIONS);
    value = "v".repeat(300_000);
    look.at(batch(2), false, new Equal());
    assertThat(keysOf("MEMORY")).isEmpty();
    look.at(batch(3), false, new Equal());
    assertThat(keysOf("MEMORY")).hasSize(3);
  }

  @Test
  void whatIsNoStringIsAskedForItsSizeInTheBatchInWhichALargeStringIsMetToo() {
    value = "v".repeat(300_000);
    missing = "k1";
    new FirstLook(
            source,
            replica,
            ABLE,
            SizesFirst.OF_COLLECTIONS,
            Side.SOURCE,
            null,
            0,
            NanoClock.SYSTEM)
        .at(batch(2), false, new Any());
    assertThat(asked).contains(List.of("MEMORY", "USAGE", "k1"));
  }

  @Test
  void whereLittleIsHeldNoSizeIsAskedFor() {
    FirstLook look = look(SizesFirst.OF_NONE);
    value = "v".repeat(300_000);
    look.at(batch(2), false, new Equal());
    look.at(batch(2), false, new Equal());
    assertThat(keysOf("MEMORY")).isEmpty();
  }

  /** Takes whatever is found. */
  private static final class Any implements Findings {
    @Override
    public void equal(KeyBatch batch, int index, String type, long elements, long bytes) {}

    @Override
    public void suspect(KeyBatch batch, int index) {}

    @Override
    public void gone(KeyBatch batch, int index) {}
  }

  /** Keys that were found equal; nothing else may be. */
  private static final class Equal implements Findings {
    private final List<Integer> keys = new ArrayList<>();

    @Override
    public void equal(KeyBatch batch, int index, String type, long elements, long bytes) {
      keys.add(index);
    }

    @Override
    public void suspect(KeyBatch batch, int index) {
      throw new AssertionError(index + " is suspected");
    }

    @Override
    public void gone(KeyBatch batch, int index) {
      throw new AssertionError(index + " is gone");
    }
  }
}
