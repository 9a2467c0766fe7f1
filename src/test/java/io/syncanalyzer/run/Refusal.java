package io.syncanalyzer.run;

import io.syncanalyzer.embedded.RelayedPair;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.run.FaultRun.Moment;

/** What servers that are there may refuse or throw away in mid-run, and how the run is to end. */
enum Refusal {
  SOURCE_FULL {
    @Override
    void befall(RelayedPair pair) {
      onSource(pair, "CONFIG", "SET", "maxmemory", "1");
    }

    @Override
    void expect(RelayedPair pair, Moment moment, EndedRun ended) {
      if (moment == Moment.LOAD || moment == Moment.INSERT) {
        ended.is(5).isIncomplete().says("maxmemory");
      } else {
        ended.is(0).isComplete();
      }
    }
  },
  SOURCE_EVICTS {
    @Override
    void befall(RelayedPair pair) {
      // So that there is always enough to evict, and no command has to be refused.
      onSource(
          pair,
          "EVAL",
          "for i = 1, 4000 do redis.call('SET', 'evictable:' .. i, ARGV[1]) end",
          "0",
          "v".repeat(200));
      long used;
      try (RedisConnection source = RedisConnection.open(pair.source())) {
        used = ServerInfo.readSection(source, "memory").usedMemoryBytes().orElseThrow();
      }
      onSource(pair, "CONFIG", "SET", "maxmemory-policy", "allkeys-random");
      onSource(pair, "CONFIG", "SET", "maxmemory", Long.toString(used - 200_000));
    }

    @Override
    void expect(RelayedPair pair, Moment moment, EndedRun ended) {
      // A sentinel that was evicted before it was seen is one that was never seen.
      ended.isOneOf(moment == Moment.VERIFY ? new Integer[] {0} : new Integer[] {0, 4});
      ended.isComplete().says("evicted", "raise that");
    }
  },
  FAILED_OVER {
    @Override
    void befall(RelayedPair pair) {
      onReplica(pair, "REPLICAOF", "NO", "ONE");
      onSource(pair, "REPLICAOF", "127.0.0.1", Integer.toString(pair.replica().port()));
    }

    @Override
    void expect(RelayedPair pair, Moment moment, EndedRun ended) {
      ended.is(5).isIncomplete();
      ended.says(moment == Moment.VERIFY ? "failed over" : "read-only replica");
      ended.says("clean --run-id r");
    }
  },
  SOURCE_FORBIDS_WRITES {
    @Override
    void befall(RelayedPair pair) {
      onSource(pair, "ACL", "SETUSER", "default", "-@write");
    }

    @Override
    void expect(RelayedPair pair, Moment moment, EndedRun ended) {
      if (moment == Moment.LOAD || moment == Moment.INSERT) {
        ended.is(5).isIncomplete().says("does not let the default user run");
      } else {
        ended.is(0).isComplete();
      }
      ended.says("grant it with ACL SETUSER", "clean --run-id r");
    }
  },
  REPLICA_FORBIDS_READS {
    @Override
    void befall(RelayedPair pair) {
      onReplica(pair, "ACL", "SETUSER", "default", "-@read", "-info");
    }

    @Override
    void expect(RelayedPair pair, Moment moment, EndedRun ended) {
      ended.is(5).isIncomplete().says(pair.replica().address(), "grant it with ACL SETUSER");
    }
  },
  SOURCE_FLUSHED {
    @Override
    void befall(RelayedPair pair) {
      onSource(pair, "FLUSHALL");
    }

    @Override
    void expect(RelayedPair pair, Moment moment, EndedRun ended) {
      // A sentinel that was flushed before it was seen is one that was never seen.
      ended.isOneOf(moment == Moment.VERIFY ? new Integer[] {4} : new Integer[] {0, 4});
      ended.says("was flushed during the run (FLUSHALL or FLUSHDB): what it held is not compared");
    }
  },
  REPLICA_FLUSHED {
    @Override
    void befall(RelayedPair pair) {
      onReplica(pair, "CONFIG", "SET", "replica-read-only", "no");
      onReplica(pair, "FLUSHALL");
    }

    @Override
    void expect(RelayedPair pair, Moment moment, EndedRun ended) {
      // As the drain begins next to nothing has come to the replica: there may be nothing to lose.
      ended.isOneOf(moment == Moment.DRAIN ? new Integer[] {0, 1} : new Integer[] {1});
      ended.says("was flushed during the run (FLUSHALL or FLUSHDB on itself)");
    }
  };

  /** Does it. */
  abstract void befall(RelayedPair pair);

  /** Checks how the run has ended. */
  abstract void expect(RelayedPair pair, Moment moment, EndedRun ended);

  private static void onSource(RelayedPair pair, String command, String... arguments) {
    on(pair.source(), command, arguments);
  }

  private static void onReplica(RelayedPair pair, String command, String... arguments) {
    on(pair.replica(), command, arguments);
  }

  private static void on(Endpoint server, String command, String... arguments) {
    try (RedisConnection admin = RedisConnection.open(server)) {
      admin.expect(command, arguments);
    }
  }
}
