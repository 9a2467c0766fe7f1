package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.RelayedPair;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.run.FaultRun.Moment;
import java.time.Duration;
import java.util.List;

/**
 * What can befall a pair and the link between its servers, and how a run that suffers it is to end.
 */
enum ServerFault {
  SOURCE_KILLED("--timeout 3s") {
    @Override
    void befall(RelayedPair pair) {
      pair.sourceServer().close();
    }

    @Override
    void expect(RelayedPair pair, Moment moment, EndedRun ended) {
      ended.is(5).isIncomplete().headlineSays(pair.source().address());
      ended.says("the sentinels of this run are still on the source", "clean --run-id r");
    }
  },
  REPLICA_KILLED("--timeout 3s") {
    @Override
    void befall(RelayedPair pair) {
      pair.replicaServer().close();
    }

    @Override
    void expect(RelayedPair pair, Moment moment, EndedRun ended) {
      ended.is(5).isIncomplete().headlineSays(pair.replica().address(), "did not come back");
    }
  },
  /** By SIGSTOP, for ten seconds. */
  REPLICA_STOPPED("--timeout 12s") {
    @Override
    void befall(RelayedPair pair) throws Exception {
      RelayedPair.pause(pair.replicaServer().pid(), Duration.ofSeconds(STOPPED_SECONDS));
    }

    @Override
    void expect(RelayedPair pair, Moment moment, EndedRun ended) throws Exception {
      ended.is(0).isComplete();
      assertThat(ended.accounted("observed")).isEqualTo(ended.accounted("scheduled"));
      if (moment == Moment.INSERT) {
        // What was sent as it was stopped came ten seconds later; that is no outage of the probe.
        assertThat(ended.longestLagSeconds()).isBetween(STOPPED_SECONDS - 1.0, 30.0);
        assertThat(ended.accounted("seen_after_outage")).isZero();
      }
    }
  },
  /** Killed and started anew, empty, on the same port. */
  REPLICA_RESTARTED("--timeout 10s") {
    @Override
    void befall(RelayedPair pair) {
      pair.restartReplica();
    }

    @Override
    void expect(RelayedPair pair, Moment moment, EndedRun ended) throws Exception {
      ended.is(0).isComplete();
      assertThat(ended.accounted("observed")).isEqualTo(ended.accounted("scheduled"));
      // The replica itself was gone: that is not the probe's own outage.
      assertThat(ended.accounted("seen_after_outage")).isZero();
      if (moment == Moment.VERIFY) {
        ended.says("the replica was restarted meanwhile: everything is looked at again");
      } else {
        ended.says("was gone, or gave no answer");
      }
    }
  },
  /** For two seconds. */
  LINK_CUT("--timeout 3s") {
    @Override
    void befall(RelayedPair pair) throws Exception {
      pair.relay().cut();
      Thread.sleep(CUT_SECONDS * 1000L);
      pair.relay().mend();
    }

    @Override
    void expect(RelayedPair pair, Moment moment, EndedRun ended) throws Exception {
      ended.is(0).isComplete();
      assertThat(ended.accounted("observed")).isEqualTo(ended.accounted("scheduled"));
      if (moment == Moment.INSERT) {
        assertThat(ended.longestLagSeconds()).isGreaterThan(CUT_SECONDS - 0.5);
      }
    }
  },
  /** To 1 Mbit/s, for good. */
  LINK_THROTTLED("--drain-timeout 4s --fence-timeout 4s --observe-timeout 5s") {
    @Override
    void befall(RelayedPair pair) {
      pair.relay().throttle(125_000);
    }

    @Override
    void expect(RelayedPair pair, Moment moment, EndedRun ended) throws Exception {
      if (moment == Moment.VERIFY) {
        ended.is(0).isComplete(); // There is next to nothing left to pass on.
        return;
      }
      ended.is(5).isIncomplete().headlineSays("bytes behind after 4000 ms, its link is up");
      assertThat(ended.accounted("censored")).isPositive();
    }
  },
  /** Every client's connection to both servers is closed by them; the link stays. */
  CONNECTIONS_KILLED("--timeout 3s") {
    @Override
    void befall(RelayedPair pair) {
      for (Endpoint server : List.of(pair.source(), pair.replica())) {
        try (RedisConnection admin = RedisConnection.open(server)) {
          admin.expect("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        }
      }
    }

    @Override
    void expect(RelayedPair pair, Moment moment, EndedRun ended) throws Exception {
      ended.is(0).isComplete();
      long unknown = ended.accounted("write_unknown");
      assertThat(unknown).isLessThanOrEqualTo(LANES);
      assertThat(ended.accounted("observed")).isEqualTo(ended.accounted("scheduled") - unknown);
      ended.says(moment == Moment.VERIFY ? "it answered again after" : "lost its own connection");
    }
  },
  /** Pointed at another source, an empty one. */
  OTHER_SOURCE("--drain-timeout 4s --fence-timeout 4s --observe-timeout 5s") {
    @Override
    void befall(RelayedPair pair) {
      EmbeddedServer other = pair.alsoStart();
      try (RedisConnection replica = RedisConnection.open(pair.replica())) {
        replica.expect("REPLICAOF", "127.0.0.1", Integer.toString(other.port()));
      }
    }

    @Override
    void expect(RelayedPair pair, Moment moment, EndedRun ended) throws Exception {
      String other = "it follows 127.0.0.1:" + pair.others().get(0).port();
      ended.is(5).isIncomplete().headlineSays(other);
      if (moment != Moment.VERIFY) {
        assertThat(ended.accounted("censored")).isPositive();
      }
    }
  };

  private static final int STOPPED_SECONDS = 10;
  private static final int CUT_SECONDS = 2;

  /** More than a run has, each of which may have had a write under way. */
  private static final int LANES = 64;

  private final String options;

  ServerFault(String options) {
    this.options = options;
  }

  /** Options of the run that is to suffer it. */
  String[] options() {
    return options.split(" ", -1);
  }

  /** Does it; returns when it is over, or done for good. */
  abstract void befall(RelayedPair pair) throws Exception;

  /** Checks how the run has ended. */
  abstract void expect(RelayedPair pair, Moment moment, EndedRun ended) throws Exception;
}
