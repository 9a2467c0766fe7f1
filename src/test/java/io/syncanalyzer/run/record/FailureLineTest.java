package io.syncanalyzer.run.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.syncanalyzer.fence.FenceFailure;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.report.files.ReportFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureLineTest {
  static Stream<Arguments> failures() {
    Endpoint source = Endpoint.parse(Side.SOURCE, "redis://h");
    return Stream.of(
        arguments(
            new RedisFailure(RedisFailure.Kind.REFUSED, source, "not there", null), "not there"),
        arguments(new FenceFailure(FenceFailure.Kind.NOT_FOLLOWING, "no fence", null), "no fence"),
        arguments(new ReportFailure("disk full", null), "disk full"),
        arguments(new IllegalArgumentException("wrong"), "wrong"),
        arguments(new UncheckedIOException("unread", new IOException()), "unread"),
        arguments(new IllegalArgumentException(), "IllegalArgumentException"),
        arguments(
            new IllegalStateException("ours"),
            "internal error in load: java.lang.IllegalStateException: ours"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureIsOneLineAndAMistakeOfOursIsCalledThat(RuntimeException failure, String line) {
    assertThat(FailureLine.of(failure, "load")).isEqualTo(line);
  }
}
