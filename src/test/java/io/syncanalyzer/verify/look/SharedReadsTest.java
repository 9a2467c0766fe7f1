package io.syncanalyzer.verify.look;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Bytes;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose replies several replicas are compared with. */
class SharedReadsTest {
  @ParameterizedTest
  @CsvSource({
    "MGET a b, true",
    "GET a, true",
    "DUMP a, true",
    "SMEMBERS a, true",
    "HGETALL a, true",
    "TYPE a, true",
    "MEMORY USAGE a, true",
    "LLEN a, true",
    "PEXPIRETIME a, true",
    "HPEXPIRETIME a FIELDS 1 f, true",
    "LRANGE a 0 -1, true",
    "LRANGE a 0 999, false",
    "LRANGE a 1000 -1, false",
    "ZRANGE a 0 -1 WITHSCORES, true",
    "XRANGE a - +, true",
    "XRANGE a - + COUNT 10, false",
    "XRANGE a (1-1 +, false",
    "GETRANGE a 0 10, false",
    "SSCAN a 0, false",
    "HMGET a f, false",
    "PTTL a, false",
    "HPTTL a FIELDS 1 f, false",
    "XINFO GROUPS a, false",
    "XPENDING a g - + 1000, false",
    "WATCH a, false",
    "EXEC, false",
    "PING, false",
    "SCAN 0 COUNT 1000, false",
    "INFO, false",
  })
  void onlyWhatTellsAValueAsItWas(String words, boolean kept) {
    List<String> parts = List.of(words.split(" ", -1));
    StringBuilder command = new StringBuilder("*" + parts.size() + "\r\n");
    parts.forEach(part -> command.append('$').append(part.length()).append("\r\n" + part + "\r\n"));
    assertThat(new SharedReads().keeps(parts.get(0), parts.size(), Bytes.utf8(command.toString())))
        .isEqualTo(kept);
  }
}
