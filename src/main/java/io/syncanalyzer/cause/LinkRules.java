package io.syncanalyzer.cause;

import io.syncanalyzer.cause.Finding.Against;
import io.syncanalyzer.cause.Finding.Fits;
import io.syncanalyzer.cause.Finding.Untold;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.lag.Certainty;
import io.syncanalyzer.result.lag.LagCause;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.result.lag.Signs;

/**
 * What befell the link from source to replica, in the order of what brings about what: an output
 * buffer over its limit ends the link, a backlog that does not reach back far enough makes a full
 * resync of a partial one.
 */
final class LinkRules {
  /** Of its limit, an output buffer is near it. */
  private static final double NEAR = 0.8;

  private LinkRules() {}

  static Finding outputBuffer(Evidence evidence) {
    LagCause cause = LagCause.OUTPUT_BUFFER;
    Signs source = evidence.source();
    boolean broke = broke(evidence);
    Long closed = source.bufferClosed();
    Long limit = source.bufferLimitBytes();
    Long waiting = source.waitingBytes();
    boolean near = limit != null && limit > 0 && waiting != null && waiting >= NEAR * limit;
    if (closed != null && closed > 0 && broke) {
      // Of normal clients and subscribers too.
      return new Fits(
          cause,
          near ? Certainty.CERTAIN : Certainty.LIKELY,
          "the source closed "
              + Numbers.count(closed, "connection")
              + " for their output buffer"
              + (limit == null || limit == 0 || waiting == null
                  ? ""
                  : ", " + held(waiting, limit)));
    }
    if (limit == null || waiting == null) {
      return new Untold(cause, "its limit, or what waits in it");
    }
    if (limit == 0) {
      return new Against(cause, "the source sets no limit to it");
    }
    String words = held(waiting, limit);
    if (!near) {
      return new Against(cause, words);
    }
    return broke
        ? new Fits(cause, Certainty.LIKELY, words + ", and the link broke")
        : new Fits(cause, Certainty.POSSIBLE, words);
  }

  private static String held(long waiting, long limit) {
    return "up to "
        + Numbers.bytes(waiting)
        + " waited for the replica by a reading a second, whose output buffer may hold "
        + Numbers.bytes(limit);
  }

  static Finding backlog(Evidence evidence) {
    LagCause cause = LagCause.BACKLOG_OVERRUN;
    Signs source = evidence.source();
    Long refused = source.partialRefused();
    if (refused == null) {
      return new Untold(cause, "partial resyncs refused");
    }
    Long holds = source.backlogBytes();
    String holding = holds == null ? "" : " of " + Numbers.bytes(holds);
    if (refused == 0) {
      return new Against(cause, "no partial resync was refused");
    }
    String words =
        Numbers.count(refused, "partial resync")
            + " refused to a replica "
            + (evidence.gapBytes() == null
                ? ""
                : "up to " + Numbers.bytes(evidence.gapBytes()) + " behind ")
            + "with a backlog"
            + holding;
    if (evidence.gapBytes() == null || holds == null) {
      return new Fits(cause, Certainty.LIKELY, words);
    }
    // A backlog that held it all refuses who is of another history.
    return new Fits(
        cause, evidence.gapBytes() >= holds ? Certainty.CERTAIN : Certainty.POSSIBLE, words);
  }

  static Finding fullResync(Evidence evidence) {
    LagCause cause = LagCause.FULL_RESYNC;
    long begun = Math.max(evidence.resyncs(), LagSecond.orZero(evidence.source().fullSyncs()));
    boolean loading = Boolean.TRUE.equals(evidence.replica().loading());
    if (begun == 0 && !loading) {
      return evidence.source().fullSyncs() == null && evidence.replica().loading() == null
          ? new Untold(cause, "full resyncs")
          : new Against(cause, "none was begun");
    }
    String words =
        Numbers.count(begun, "full resync")
            + " begun"
            + (loading ? ", and the replica was receiving or loading the data" : "");
    boolean others =
        LagSecond.orZero(evidence.source().replicas()) > 1
            && !loading
            && !Boolean.TRUE.equals(evidence.linkDown());
    return others
        ? new Fits(cause, Certainty.POSSIBLE, words + ", perhaps of another replica")
        : new Fits(cause, Certainty.CERTAIN, words);
  }

  static Finding lost(Evidence evidence) {
    LagCause cause = LagCause.LINK_LOST;
    Long granted = evidence.source().partialGranted();
    if (Boolean.TRUE.equals(evidence.linkDown())) {
      return new Fits(
          cause,
          Certainty.CERTAIN,
          "the replica said that its link was down"
              + (granted == null || granted == 0
                  ? ""
                  : ", and went on by " + Numbers.count(granted, "partial resync")));
    }
    if (granted != null && granted > 0) {
      return new Fits(
          cause,
          LagSecond.orZero(evidence.source().replicas()) > 1
              ? Certainty.POSSIBLE
              : Certainty.CERTAIN,
          "the source granted " + Numbers.count(granted, "partial resync"));
    }
    return evidence.linkDown() == null && granted == null
        ? new Untold(cause, "the state of the link")
        : new Against(cause, "the link was up");
  }

  private static boolean broke(Evidence evidence) {
    Signs source = evidence.source();
    return Boolean.TRUE.equals(evidence.linkDown())
        || evidence.resyncs() > 0
        || LagSecond.orZero(source.fullSyncs()) > 0
        || LagSecond.orZero(source.partialGranted()) > 0
        || LagSecond.orZero(source.partialRefused()) > 0;
  }
}
