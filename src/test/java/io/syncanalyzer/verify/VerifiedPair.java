package io.syncanalyzer.verify;

import io.syncanalyzer.bench.KeyspaceMix;
import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.fence.Fence;
import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.fence.Fences;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.attempt.VerifySettings;
import io.syncanalyzer.verify.found.VerifyProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A real pair whose replica takes writes, and what is done to it again and again. */
public final class VerifiedPair implements AutoCloseable {
  private final EmbeddedPair pair;
  private final RedisConnection source;
  private final RedisConnection replica;
  private Side lead = Side.SOURCE;
  private final Path folder;

  public VerifiedPair(ServerBinary binary, Path folder, String... options) {
    this.pair = EmbeddedPair.start(binary, 0, 0, List.of(options));
    this.folder = folder;
    this.source = RedisConnection.open(pair.source());
    this.replica = RedisConnection.open(pair.replica());
    replica.expect("CONFIG", "SET", "replica-read-only", "no");
  }

  /** The same, its requests with the names of that side leading. */
  VerifiedPair leading(Side side) {
    lead = side;
    return this;
  }

  public EmbeddedPair servers() {
    return pair;
  }

  public RedisConnection source() {
    return source;
  }

  public RedisConnection replica() {
    return replica;
  }

  /** Strings and ten of each of hash, list, set and sorted set, on both sides. */
  VerifiedPair filled(int strings) {
    KeyspaceMix.write(pair.source(), strings, 10, 20, 1);
    sync();
    return this;
  }

  /** Waits until the replica has everything. */
  void sync() {
    try (Fence fence =
        Fences.choose(FenceMode.OFFSET, pair.source(), pair.replica(), "it", NanoClock.SYSTEM)) {
      fence.pass(Duration.ofSeconds(20));
    }
  }

  VerifyRequest request() {
    return VerifyRequest.of(pair.source(), pair.replica(), "it", folder)
        .with(VerifySettings.DEFAULT.withScanOn(lead));
  }

  /** The same with another {@code --timeout}. */
  VerifyRequest request(Duration timeout) {
    Duration connect = Duration.ofSeconds(5);
    return VerifyRequest.of(
        pair.source().withTimeouts(connect, timeout),
        pair.replica().withTimeouts(connect, timeout),
        "it",
        folder);
  }

  static VerifySummary verify(VerifyRequest request) {
    return verify(request, told -> {});
  }

  static VerifySummary verify(VerifyRequest request, Consumer<VerifyProgress> progress) {
    return new VerifyPhase(progress, NanoClock.SYSTEM).run(request);
  }

  /** Verifies on another thread. */
  static CompletableFuture<VerifySummary> begin(
      VerifyRequest request, Consumer<VerifyProgress> progress) {
    CompletableFuture<VerifySummary> summary = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                summary.complete(verify(request, progress));
              } catch (RuntimeException e) {
                summary.completeExceptionally(e);
              }
            },
            "verifying");
    thread.setDaemon(true);
    thread.start();
    return summary;
  }

  public static List<Mismatch> mismatches(VerifySummary summary) {
    List<Mismatch> found = new ArrayList<>();
    summary.mismatches().forEach(found::add);
    return found;
  }

  @Override
  public void close() {
    source.close();
    replica.close();
    pair.close();
  }
}
