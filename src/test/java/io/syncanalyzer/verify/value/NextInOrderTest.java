package io.syncanalyzer.verify.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NextInOrderTest {
  @Test
  void everyNameComesOnceWhateverTheOrderOfTheListAndTheBounds() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      List<Bytes> names = names(random.nextInt(60), random);
      List<Bytes> wanted = new ArrayList<>(names);
      Collections.sort(wanted);
      int most = 1 + random.nextInt(10);
      long mostBytes = 1L + random.nextInt(2000);
      List<Bytes> found = new ArrayList<>();
      Bytes after = null;
      do {
        NextInOrder<Bytes> next = list(names, after, most, mostBytes, random);
        assertThat(next.names().size()).isLessThanOrEqualTo(most);
        found.addAll(next.values());
        after = next.last();
      } while (after != null);
      assertThat(found).isEqualTo(wanted);
    }
  }

  @Test
  void itTellsNamesLeftOutForTheirLengthFromThoseLeftOutForTheirNumber() {
    Random random = new Random(7);
    List<Bytes> names = names(20, random);
    assertThat(list(names, null, 5, 1 << 20, random).isTooLong()).isFalse();
    assertThat(list(names, null, 50, 1000, random).isTooLong()).isTrue();
    assertThat(list(names, null, 50, 1 << 20, random).last()).isNull();
  }

  @Test
  void namesAreKeptUpToTheirNumberAndTheirBytes() {
    // A name of one byte costs 129.
    assertThat(offered(3, 1000, "c", "a", "b")).isEqualTo("[a, b, c] null false");
    assertThat(offered(2, 1000, "c", "a", "b")).isEqualTo("[a, b] b false");
    assertThat(offered(9, 387, "c", "a", "b")).isEqualTo("[a, b, c] null false");
    assertThat(offered(9, 386, "c", "a", "b")).isEqualTo("[a, b] b true");
    assertThat(offered(9, 386, "c", "a", "b", "d", "e")).isEqualTo("[a, b] b true");
    assertThat(offered(9, 1, "c", "b")).isEqualTo("[b] b true");
    assertThat(offered(9, 258, "c", "b", "a", "a")).isEqualTo("[a, b] b true");
    assertThat(offered(2, 1000, "b", "b", "a")).isEqualTo("[a, b] null false");
    assertThat(offered(2, 258, "e", "d", "c", "b", "a")).isEqualTo("[a, b] b false");
  }

  private static String offered(int most, long mostBytes, String... names) {
    NextInOrder<String> next = new NextInOrder<>(null, most, mostBytes);
    for (String name : names) {
      next.offer(Bytes.utf8(name), name);
    }
    Bytes last = next.last();
    return next.values() + " " + (last == null ? null : last.asUtf8()) + " " + next.isTooLong();
  }

  private static List<Bytes> names(int count, Random random) {
    List<Bytes> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(Bytes.utf8(i + "x".repeat(random.nextInt(100))));
    }
    return names;
  }

  private static NextInOrder<Bytes> list(
      List<Bytes> names, @Nullable Bytes after, int most, long mostBytes, Random random) {
    List<Bytes> shuffled = new ArrayList<>(names);
    Collections.shuffle(shuffled, random);
    NextInOrder<Bytes> next = new NextInOrder<>(after, most, mostBytes);
    shuffled.forEach(name -> next.offer(name, name));
    return next;
  }
}
