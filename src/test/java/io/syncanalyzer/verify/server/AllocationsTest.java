package io.syncanalyzer.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocationsTest {
  /** Of a server with 5 million strings of 100 bytes: a table of 64 MiB and some buffers. */
  private static final String RECORDED = recorded();

  @Test
  void ofARecordedAccountTheLargeOnesOfAllArenasTogetherAreRead() {
    assertThat(Allocations.parse(RECORDED)).contains(new Allocations(4096, 68_620_288));
  }

  @Test
  void whatAnotherVersionCountsAsHugeIsLargeToo() {
    String account =
        """
        Page size: 4096
        Merged arenas stats:
                                    allocated      nmalloc
        small:                       12345678           10
        large:                        1000000           10
        huge:                      2000000000            3
        total:                     2013345678           23
        arenas[0]:
        large:                        7777777           10
        total:                        7777777           10
        """;
    assertThat(Allocations.parse(account)).contains(new Allocations(4096, 2_001_000_000));
  }

  @Test
  void ofASingleArenaItsOwnAccountIsRead() {
    String account = "Page size: 4096\narenas[0]:\nlarge:      100 1\ntotal:      900 1\n";
    assertThat(Allocations.parse(account)).contains(new Allocations(4096, 100));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Stats not supported for the current allocator",
        "Page size: 4096\nlarge:   100 1\n",
        "Merged arenas stats:\nlarge:   100 1\ntotal:   100 1\n",
        "Page size: 4096\nMerged arenas stats:\nlarge:   100 1\n",
        "Page size: 4096\n"
            + "Merged arenas stats:\n"
            + "total:   100 1\n"
            + "arenas[0]:\n"
            + "large:   1 1\n"
            + "total: 1 1\n",
      })
  void whatIsNoSuchAccountTellsNothing(String text) {
    assertThat(Allocations.parse(text)).isEmpty();
  }

  @Test
  void stringsHoldAtMostAllThatIsLargeAndFourPagesEach() {
    assertThat(new Allocations(4096, 100).mostBytesOf(10)).isEqualTo(100 + 10 * 16_384);
    assertThat(new Allocations(65_536, 0).mostBytesOf(1)).isEqualTo(262_144);
  }

  private static String recorded() {
    try (InputStream in =
        Objects.requireNonNull(
            AllocationsTest.class.getResourceAsStream("/verify/malloc-stats-5.3.0.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
