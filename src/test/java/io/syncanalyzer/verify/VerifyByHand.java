package io.syncanalyzer.verify;

import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.settle.SettleSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs a verification from the shell and prints its summary, for measurements of the phase alone:
 *
 * <pre>java -cp target/test-classes:target/classes:$CP io.syncanalyzer.verify.VerifyByHand SOURCE
 * REPLICA [FOLDER [resume] [slow] [no-fence]]</pre>
 */
final class VerifyByHand {
  private VerifyByHand() {}

  public static void main(String[] arguments) throws Exception {
    Path folder =
        arguments.length > 2 ? Path.of(arguments[2]) : Files.createTempDirectory("verify-by-hand");
    Files.createDirectories(folder);
    VerifyRequest request =
        VerifyRequest.of(
            Endpoint.parse(Side.SOURCE, arguments[0]),
            Endpoint.parse(Side.REPLICA, arguments[1]),
            "by-hand",
            folder);
    List<String> more = List.of(arguments);
    if (more.contains("resume")) {
      request = request.resumed();
    }
    if (more.contains("slow")) {
      request = request.withRate(2500);
    }
    if (more.contains("no-fence")) {
      request = request.with(SettleSettings.DEFAULT.withFence(FenceMode.NONE));
    }
    VerifySummary summary = new VerifyPhase(told -> {}, NanoClock.SYSTEM).run(request);
    System.out.println(summary);
    summary.rows().forEach(System.out::println);
    int[] shown = new int[1];
    summary
        .mismatches()
        .forEach(
            mismatch -> {
              if (shown[0]++ < 10) {
                System.out.println(mismatch);
              }
            });
  }
}
