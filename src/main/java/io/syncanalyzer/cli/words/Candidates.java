package io.syncanalyzer.cli.words;

import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.load.LoadEngine;
import io.syncanalyzer.load.memtier.LoadProfile;
import io.syncanalyzer.probe.observe.ObserverChoice;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.ReplicaRole;
import io.syncanalyzer.redis.topology.TopologyChoice;
import io.syncanalyzer.run.verify.InitialVerify;
import io.syncanalyzer.sentinel.SentinelType;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** What a shell offers as the value of an option: all that it can be, or the most common. */
public abstract class Candidates implements Iterable<String> {
  private final List<String> words;

  Candidates(List<String> words) {
    this.words = List.copyOf(words);
  }

  private static <T> List<String> labels(T[] values, Function<T, String> label) {
    return Arrays.stream(values).map(label).toList();
  }

  @Override
  public Iterator<String> iterator() {
    return words.iterator();
  }

  /** Of {@code --fence}. */
  public static final class Fences extends Candidates {
    Fences() {
      super(labels(FenceMode.values(), FenceMode::label));
    }
  }

  /** Of {@code --scan-on}. */
  public static final class Sides extends Candidates {
    Sides() {
      super(labels(Side.values(), Side::label));
    }
  }

  /** Of {@code --source-topology} and {@code --replica-topology}. */
  public static final class Topologies extends Candidates {
    Topologies() {
      super(labels(TopologyChoice.values(), TopologyChoice::label));
    }
  }

  /** Of {@code --replica-role}. */
  public static final class ReplicaRoles extends Candidates {
    ReplicaRoles() {
      super(labels(ReplicaRole.values(), ReplicaRole::label));
    }
  }

  /** Of {@code --observer}. */
  public static final class Observers extends Candidates {
    Observers() {
      super(labels(ObserverChoice.values(), ObserverChoice::label));
    }
  }

  /** Of {@code --initial-verify}. */
  public static final class InitialVerifies extends Candidates {
    InitialVerifies() {
      super(labels(InitialVerify.values(), InitialVerify::label));
    }
  }

  /** Of {@code --load-engine}. */
  public static final class Engines extends Candidates {
    Engines() {
      super(labels(LoadEngine.values(), LoadEngine::label));
    }
  }

  /** Of {@code --memtier-profile}; a file may be named too. */
  public static final class Profiles extends Candidates {
    Profiles() {
      super(LoadProfile.names());
    }
  }

  /** Of {@code --types}. */
  public static final class Types extends Candidates {
    Types() {
      super(labels(SentinelType.values(), SentinelType::label));
    }
  }

  /** Of {@code --db}; a number may be named too. */
  public static final class Databases extends Candidates {
    Databases() {
      super(List.of("all", "0"));
    }
  }

  /** The runs in the results folder, which the shell looks for at the moment it is asked. */
  public static final class Runs extends Candidates {
    /** Stands in picocli's script for what {@code completion} puts in its place. */
    public static final String PLACE = "ANALYZER_RUNS";

    Runs() {
      super(List.of(PLACE));
    }
  }
}
