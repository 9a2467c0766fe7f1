package io.syncanalyzer.verify.server;

import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RawConnection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server's allocator has given out, by {@code MEMORY MALLOC-STATS}: it proves for all
 * strings at once that they are small, for one millisecond of the server's time, as each string is
 * one allocation. Redis and Valkey are built with jemalloc; of another allocator nothing is known.
 *
 * <p>Source: <a href="https://redis.io/docs/latest/commands/memory-malloc-stats/">MEMORY
 * MALLOC-STATS</a>, and jemalloc's {@code malloc_stats_print}: what is in no bin, whose largest is
 * below four pages, is large, each allocation by itself, and the sum of these stands in one line.
 *
 * @param pageBytes a page of memory, as the allocator has it
 * @param largeBytes all that is not in bins, together: tables and buffers of the server too
 */
record Allocations(long pageBytes, long largeBytes) {
  private static final Pattern PAGE = Pattern.compile("(?m)^Page size: (\\d{1,9})$");

  /** Where there are several arenas, all together come first, and then each by itself. */
  private static final String MERGED = "Merged arenas stats:";

  private static final Pattern LARGE = Pattern.compile("(?m)^(?:large|huge): +(\\d{1,15}) ");
  private static final Pattern TOTAL = Pattern.compile("(?m)^total: +\\d+ ");
  private static final int PAGES_OF_SMALL = 4;

  /** Asks a server; empty where it does not tell. */
  static Optional<Allocations> of(RawConnection connection) {
    return connection.call("MEMORY", "MALLOC-STATS") instanceof Reply.Text text
        ? parse(text.bytes().asUtf8())
        : Optional.empty();
  }

  /** Reads jemalloc's account; empty where it is none. */
  static Optional<Allocations> parse(String account) {
    OptionalLong page = number(PAGE.matcher(account));
    int merged = account.indexOf(MERGED);
    Matcher total = TOTAL.matcher(account);
    if (page.isEmpty() || !total.find(Math.max(0, merged))) {
      return Optional.empty();
    }
    Matcher large = LARGE.matcher(account);
    if (merged >= 0) {
      large.region(merged, total.start());
    }
    OptionalLong bytes = number(large);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    long sum = bytes.getAsLong();
    while (large.find()) {
      sum = Math.addExact(sum, Long.parseLong(large.group(1)));
    }
    return Optional.of(new Allocations(page.getAsLong(), sum));
  }

  private static OptionalLong number(Matcher matcher) {
    return matcher.find()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  /** The most that so many strings can hold together. */
  long mostBytesOf(long strings) {
    return largeBytes + strings * PAGES_OF_SMALL * pageBytes;
  }
}
