package io.syncanalyzer.insert.load;

import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.sentinel.SentinelType;
import io.syncanalyzer.time.NanoClock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One writer of the load: a connection, and pipeline after pipeline. For one thread, except {@link
 * #release} and {@link #close}.
 *
 * <p>A lost connection is counted and made anew; after {@value #RECONNECT_SECONDS} s in vain the
 * lane gives up.
 */
public final class LoadLane implements AutoCloseable {
  private static final long RECONNECT_SECONDS = 5;
  private static final long RECONNECT_PAUSE_MILLIS = 200;

  private final JmhLoadRequest request;
  private final List<SentinelType> types;
  private final LoadData data;
  private final LoadRecorder.Lane recorder;
  private final NanoClock clock;
  private final LoadCommand[] sent;
  private final int[] sentBytes;
  private int turn;
  private volatile @Nullable RedisConnection connection;
  private volatile boolean released;

  LoadLane(
      JmhLoadRequest request,
      byte[] block,
      int index,
      LoadRecorder.Lane recorder,
      NanoClock clock) {
    this.request = request;
    this.types = request.types();
    this.data = new LoadData(block, request, index);
    this.recorder = recorder;
    this.clock = clock;
    this.sent = new LoadCommand[request.pipeline()];
    this.sentBytes = new int[request.pipeline()];
    this.turn = index % types.size();
    this.connection = RedisConnection.open(request.source());
  }

  /**
   * Sends one pipeline and reads its replies.
   *
   * @return commands answered without error
   * @throws RedisFailure if the source is gone for good
   */
  public int batch() {
    RedisConnection open = connection;
    if (open == null) {
      open = reconnect();
      if (open == null) {
        return 0;
      }
    }
    try {
      return exchange(open);
    } catch (RedisFailure lost) {
      open.close();
      connection = null;
      if (!released) {
        recorder.connectionError();
        if (!lost.isConnectionLoss()) {
          throw lost;
        }
      }
      return 0;
    }
  }

  private int exchange(RedisConnection open) {
    open.keepAwake(); // Ahead of what is timed.
    long begun = clock.nanoTime();
    for (int i = 0; i < sent.length; i++) {
      SentinelType type = types.get(turn);
      turn = (turn + 1) % types.size();
      LoadCommand command = data.command(type, request.readShare());
      byte[][] arguments = data.arguments(type, command);
      open.send(command.command(), arguments);
      sent[i] = command;
      sentBytes[i] = RespSize.of(command.command(), arguments);
    }
    open.flush();
    int answered = 0;
    long replied = begun;
    for (int i = 0; i < sent.length; i++) {
      Reply reply = open.receive();
      replied = clock.nanoTime();
      if (reply instanceof Reply.Failed failed) {
        recorder.refused(sent[i], failed.code(), failed.message());
      } else {
        recorder.answered(sent[i], replied - begun);
        answered++;
      }
      recorder.onTheWire(sent[i], sentBytes[i] + (long) RespSize.of(reply));
    }
    recorder.repliedAt(replied);
    return answered;
  }

  private @Nullable RedisConnection reconnect() {
    long begun = clock.nanoTime();
    while (!released) {
      try {
        RedisConnection open = RedisConnection.open(request.source());
        connection = open;
        return open;
      } catch (RedisFailure e) {
        recorder.connectionError();
        if (!e.isConnectionLoss()
            || clock.nanoTime() - begun > RECONNECT_SECONDS * 1_000_000_000L) {
          throw e;
        }
      }
      try {
        Thread.sleep(RECONNECT_PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
    return null;
  }

  /** Makes a batch that is stuck return. */
  void release() {
    released = true;
    close();
  }

  @Override
  public void close() {
    RedisConnection open = connection;
    if (open != null) {
      open.close();
    }
  }
}
