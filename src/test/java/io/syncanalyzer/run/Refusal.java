package io.syncanalyzer.run;

import io.syncanalyzer.embedded.RelayedPair;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisConnection;
import io.syncanalyzer.redis.ServerInfo;
import io.syncanalyzer.run.FaultRun.Moment;
import java.util.List;

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
      if (moment == Moment.LOAD && ended.exit() == 5) {
        ended.isIncomplete().says("maxmemory"); // There was next to nothing to evict yet.
        return;
      }
      ended.isOneOf(moment == Moment.VERIFY ? List.of(0) : List.of(0, 4)).isComplete();
      ended.says("evicted", "raise that");
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
      ended.isOneOf(moment == Moment.VERIFY ? List.of(4) : List.of(0, 4));
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
      // What was written once and is not written again stays lost; at the load's begin that may be
      // nothing but sentinels.
      ended.isOneOf(moment == Moment.VERIFY ? List.of(1) : List.of(0, 1, 4));
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
