package io.syncanalyzer.insert.load;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.sentinel.SentinelType;
import io.syncanalyzer.time.NanoClock;
import java.util.List;

/**
 * One writer of the load: a connection to each primary of the source, and batch after batch of
 * commands, each on the connection of its key's slot, so that every primary has about a pipeline's
 * depth of them. For one thread, except {@link #wake}, {@link #release} and {@link #close}.
 *
 * <p>At a pace a batch is what is due and no more; where the source was slow it is as much as goes
 * into the pipeline, until all that was due is sent.
 *
 * <p>A lost connection is counted and made anew; after {@value #GIVEN_SECONDS} s in vain the lane
 * gives up. Where another server may take over, the source is asked again who that is, and the
 * others are written to meanwhile; the lane gives up after {@value #FAILOVER_SECONDS} s. A command
 * that a node turned away as not its own is counted as an error reply, and sent again where it
 * belongs ({@link LoadFollower}).
 */
public final class LoadLane implements AutoCloseable {
  static final long GIVEN_SECONDS = 5;
  static final long FAILOVER_SECONDS = 60;

  private static final long RECONNECT_NANOS = 200_000_000L;

  /** Keys drawn for one command until one's server is there, of a source that has every slot. */
  private static final int DRAWS = 64;

  private final JmhLoadRequest request;
  private final List<SentinelType> types;
  private final LoadData data;
  private final LoadRoutes routes;
  private final LoadRecorder.Lane recorder;
  private final NanoClock clock;
  private final LoadLinks links;
  private final LoadFollower follower;
  private final LoadCommand[] sent;
  private final SentinelType[] sentTypes;
  private final long[] sentNumbers;
  private final int[] sentBytes;
  private final long[] sentIntended;
  private final long draws;
  private final LanePace pace;
  private int turn;
  private volatile boolean released;

  LoadLane(
      JmhLoadRequest request,
      byte[] block,
      int index,
      LoadRoutes routes,
      LoadRecorder.Lane recorder,
      NanoClock clock) {
    this.request = request;
    this.types = request.types();
    this.data = new LoadData(block, request, index);
    this.routes = routes;
    this.recorder = recorder;
    this.clock = clock;
    this.sent = new LoadCommand[request.batch()];
    this.sentTypes = new SentinelType[sent.length];
    this.sentNumbers = new long[sent.length];
    this.sentBytes = new int[sent.length];
    this.sentIntended = new long[sent.length];
    this.pace = new LanePace(index, recorder, clock);
    this.draws = (long) DRAWS * HashSlot.COUNT / Math.max(1, request.source().slots().count());
    this.turn = index % types.size();
    this.links =
        new LoadLinks(
            recorder, clock, routes.mayChange() ? FAILOVER_SECONDS : GIVEN_SECONDS, routes);
    this.follower = new LoadFollower(data, routes, links, recorder, clock);
    links.openAll(request.source().primaries());
  }

  /** At a pace, waits until something is due, for a moment at most; without one not at all. */
  public void awaitDue() {
    if (request.paced()) {
      pace.awaitDue();
    }
  }

  /** The pace is another: it waits no longer for the old one. */
  void wake() {
    pace.wake();
  }

  /**
   * Sends one batch and reads its replies; at a pace none where nothing is due.
   *
   * @return commands answered without error
   * @throws RedisFailure if the source is gone for good
   */
  public int batch() {
    int most = request.paced() ? (int) Math.min(sent.length, pace.due()) : sent.length;
    if (most == 0) {
      return 0;
    }
    links.begin();
    long begun = clock.nanoTime();
    int drawn = send(most);
    if (request.paced()) {
      pace.sent(drawn, begun);
    }
    if (drawn == 0) {
      if (!released) {
        clock.park(RECONNECT_NANOS);
        links.giveUpInTime();
      }
      return 0;
    }
    int answered = 0;
    for (LoadLink link : links.all()) {
      answered += receive(link, begun);
    }
    answered += follower.follow(begun, () -> released);
    links.servedOrGiveUp(answered);
    return answered;
  }

  private int send(int most) {
    int drawn = 0;
    while (drawn < most && !released) {
      SentinelType type = types.get(turn);
      turn = (turn + 1) % types.size();
      LoadCommand command = data.command(type, request.readShare());
      LoadLink link = null;
      long number = 0;
      byte[] key = null;
      for (int draw = 0; draw < draws && link == null; draw++) {
        number = data.number();
        key = LoadData.key(type, number);
        Endpoint node = routes.of(HashSlot.of(key, 0, key.length));
        link = node == null ? null : links.to(node);
      }
      RedisConnection open = link == null ? null : link.connection();
      if (link == null || open == null || key == null) {
        break;
      }
      byte[][] arguments = data.arguments(command, key);
      sent[drawn] = command;
      sentTypes[drawn] = type;
      sentNumbers[drawn] = number;
      sentBytes[drawn] = RespSize.of(command.command(), arguments);
      sentIntended[drawn] = request.paced() ? pace.intended(drawn) : 0;
      try {
        open.send(command.command(), arguments);
        link.sent(drawn);
        drawn++;
      } catch (RedisFailure lost) {
        lost(link, lost);
      }
    }
    for (LoadLink link : links.all()) {
      RedisConnection open = link.connection();
      if (open != null && link.count() > 0) {
        try {
          open.flush();
        } catch (RedisFailure lost) {
          lost(link, lost);
        }
      }
    }
    return drawn;
  }

  /** Takes a server's replies; what a lost connection owed is told by its loss. */
  private int receive(LoadLink link, long begun) {
    int answered = 0;
    long replied = begun;
    try {
      for (int place = 0; place < link.count(); place++) {
        RedisConnection open = link.connection();
        if (open == null) {
          break;
        }
        int i = link.command(place);
        Reply reply = open.receive();
        replied = clock.nanoTime();
        if (reply instanceof Reply.Failed failed) {
          follower.refused(
              sent[i], sentTypes[i], sentNumbers[i], sentIntended[i], failed, link.node());
        } else {
          recorder.answered(sent[i], begun, sentIntended[i], replied, link.node());
          answered++;
        }
        recorder.onTheWire(sent[i], sentBytes[i] + (long) RespSize.of(reply));
      }
    } catch (RedisFailure lost) {
      lost(link, lost);
    }
    recorder.repliedAt(replied);
    return answered;
  }

  private void lost(LoadLink link, RedisFailure why) {
    if (released) {
      link.lost(why, clock.nanoTime());
      return;
    }
    links.lost(link, why);
  }

  /** Makes a batch that is stuck return. */
  void release() {
    released = true;
    close();
  }

  @Override
  public void close() {
    links.close();
  }
}
