package io.syncanalyzer.sentinel;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import io.syncanalyzer.sentinel.OurKey.Finding;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at some keys and removes those that are ours, in one step where the user may use WATCH.
 *
 * <p>Between the look and the removal a key may change hands: both are one step, by WATCH, a look,
 * and a removal in MULTI/EXEC, which does nothing if a key changed meanwhile; those are looked at
 * again, in halves. A WATCH is its connection's: so they are where another took its place
 * meanwhile. Where the user may not use WATCH, a key is looked at just before.
 *
 * <p>Belongs to one thread.
 */
final class WatchedRemoval {
  /** How often a key that changes is tried again by itself. */
  private static final int TRIES = 20;

  private static final Command WATCH = Command.of("WATCH");
  private static final Command MULTI = Command.of("MULTI");
  private static final Command EXEC = Command.of("EXEC");

  /** For servers too old to know UNLINK. */
  private static final Command DEL = Command.of("DEL");

  private final RedisConnection source;
  private final Bytes own;
  private Command removal = Command.of("UNLINK");
  private @Nullable Boolean atomic;

  /**
   * @param own a key that may be asked for here, whatever is there
   */
  WatchedRemoval(RedisConnection source, Bytes own) {
    this.source = source;
    this.own = own;
  }

  /**
   * Removes those that are ours.
   *
   * @param keys of a cluster those of one slot
   * @param census gets what is gone, what is not ours, and what could not be had; of a slot that is
   *     on its way to another node, what was to be looked at
   */
  void remove(List<OurKey> keys, KeyCensus census) {
    remove(keys, census, TRIES);
  }

  /** Whether look and removal are one step here. */
  boolean isAtomic() {
    return isAtomic(own);
  }

  private boolean isAtomic(OurKey any) {
    return isAtomic(source.endpoint().isInCluster() ? any.key() : own);
  }

  private boolean isAtomic(Bytes key) {
    Boolean known = atomic;
    if (known == null) {
      known = tried(key);
      atomic = known;
    }
    return known;
  }

  private void remove(List<OurKey> keys, KeyCensus census, int tries) {
    if (keys.isEmpty() || isRemoved(keys, census)) {
      return;
    }
    if (keys.size() > 1) {
      int half = keys.size() / 2;
      remove(List.copyOf(keys.subList(0, half)), census, tries);
      remove(List.copyOf(keys.subList(half, keys.size())), census, tries);
    } else if (tries > 1) {
      remove(keys, census, tries - 1);
    } else {
      census.changing(keys.get(0).key());
    }
  }

  /** Whether all is done that can be done with them; else they are to be looked at again. */
  private boolean isRemoved(List<OurKey> keys, KeyCensus census) {
    try {
      boolean inOneStep = isAtomic(keys.get(0));
      if (inOneStep) {
        source.send(WATCH, keys.stream().map(key -> key.key().array()).toArray(byte[][]::new));
      }
      keys.forEach(key -> key.ask(source));
      source.flush();
      int session = source.renewals(); // WATCH has left.
      Map<Finding, List<OurKey>> found = found(keys, inOneStep);
      List<OurKey> ours = found.getOrDefault(Finding.OURS, List.of());
      if (!(inOneStep ? unlinkedWatched(ours, session) : unlinked(ours, false))) {
        return false;
      }
      ours.forEach(key -> census.ours(key.kind(), key.key()));
      found.getOrDefault(Finding.FOREIGN, List.of()).forEach(key -> census.foreign(key.key()));
    } catch (RedisFailure e) {
      if (e.kind() != RedisFailure.Kind.SLOT_MOVED) {
        throw e;
      }
      keys.forEach(key -> census.moving(key.key()));
    }
    return true;
  }

  /** Every answer is read, even where one says that the slot has moved. */
  private Map<Finding, List<OurKey>> found(List<OurKey> keys, boolean inOneStep) {
    RedisFailure moved = null;
    if (inOneStep && source.receive() instanceof Reply.Failed failed) {
      moved = movedOrThrown(source.refused("WATCH", failed));
    }
    Map<Finding, List<OurKey>> found = new EnumMap<>(Finding.class);
    for (OurKey key : keys) {
      try {
        found.computeIfAbsent(key.read(source), none -> new ArrayList<>()).add(key);
      } catch (RedisFailure e) {
        moved = movedOrThrown(e);
      }
    }
    if (moved != null) {
      throw moved;
    }
    return found;
  }

  private static RedisFailure movedOrThrown(RedisFailure failure) {
    if (failure.kind() != RedisFailure.Kind.SLOT_MOVED) {
      throw failure;
    }
    return failure;
  }

  private boolean unlinkedWatched(List<OurKey> ours, int session) {
    if (!source.holdsSince(session)) {
      return false;
    }
    try {
      return unlinked(ours, true);
    } finally {
      source.letGo();
    }
  }

  /** Removes them; false where nothing was removed and they are to be looked at again. */
  private boolean unlinked(List<OurKey> ours, boolean inOneStep) {
    if (ours.isEmpty() && !inOneStep) {
      return true;
    }
    byte[][] keys = ours.stream().map(key -> key.key().array()).toArray(byte[][]::new);
    if (inOneStep) {
      // With nothing between them they end the WATCH, which UNWATCH would need another right for.
      source.send(MULTI);
    }
    if (keys.length > 0) {
      source.send(removal, keys);
    }
    if (inOneStep) {
      source.send(EXEC);
    }
    source.flush();
    Reply queued = inOneStep ? source.receive() : new Reply.Nil();
    Reply reply = keys.length > 0 ? source.receive() : queued;
    Reply done = inOneStep ? source.receive() : reply;
    if (reply instanceof Reply.Failed failed) {
      if (failed.message().contains("unknown command") && !removal.equals(DEL)) {
        removal = DEL;
        return false;
      }
      throw source.refused(removal.name().asUtf8(), failed);
    }
    if (done instanceof Reply.Failed failed) {
      throw source.refused("EXEC", failed);
    }
    return !(inOneStep && done instanceof Reply.Nil) || keys.length == 0;
  }

  private boolean tried(Bytes key) {
    // In one pipeline: between two there might be another connection, with no MULTI to end.
    source.send(WATCH, key.array());
    source.send(MULTI);
    source.send(EXEC);
    source.flush();
    Reply watch = source.receive();
    Reply multi = source.receive();
    Reply exec = source.receive();
    if (isRefused("WATCH", watch) || isRefused("MULTI", multi)) {
      return false;
    }
    if (!isRefused("EXEC", exec)) {
      return true;
    }
    // A refused EXEC ends the transaction itself on servers we know; where not, this does.
    source.call("DISCARD");
    return false;
  }

  private boolean isRefused(String command, Reply reply) {
    if (!(reply instanceof Reply.Failed failed)) {
      return false;
    }
    return switch (failed.code()) {
      case "NOPERM", "ERR", "EXECABORT" -> true;
      default -> throw source.refused(command, failed);
    };
  }
}
