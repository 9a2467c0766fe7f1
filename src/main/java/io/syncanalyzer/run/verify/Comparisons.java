package io.syncanalyzer.run.verify;

import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.verify.attempt.VerifySettings;
import io.syncanalyzer.verify.resume.CannotResume;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Compares a source with every replica that its layout has: one alone, several servers together, so
 * that the source is read once, and where a cluster is among them, or other machines do it, one
 * after another, each by partitions. None is left out in silence: one that cannot be looked at, or
 * of which a part cannot, is told as not complete. On the calling thread.
 */
public final class Comparisons {
  private final RunContext context;
  private final VerifySettings settings;
  private final String runId;
  private final Path folder;
  private final boolean resume;

  /**
   * @param folder where the comparison works, or each of several in a folder of its own
   * @param resume whether to go on with what an earlier one left there
   */
  public Comparisons(
      RunContext context, VerifySettings settings, String runId, Path folder, boolean resume) {
    this.context = context;
    this.settings = settings;
    this.runId = runId;
    this.folder = folder;
    this.resume = resume;
  }

  /**
   * Compares.
   *
   * @param asked the layout that is to be verified, as it was at first
   * @param now as it is when this is asked; it has as many replicas, and throws a {@link
   *     RedisFailure} where nobody says so
   * @param lost what the user named and no layout has, by its address, and why
   */
  public Compared run(Layout asked, Supplier<Layout> now, Map<String, RedisFailure> lost) {
    if (asked.replicas().size() + lost.size() == 1) {
      return alone(asked, now);
    }
    Resumption.requireSeveral(folder, resume);
    boolean together = asked.isSingle() && asked.replicas().size() > 1 && context.work().isHere();
    List<OneOfSeveral> all = new ArrayList<>(together ? together(asked) : inTurn(asked, now));
    lost.forEach((address, why) -> all.add(OneOfSeveral.failed(address, why)));
    requireAny(all);
    return SeveralReports.of(
        all, together ? SeveralReports.Order.TOGETHER : SeveralReports.Order.IN_TURN);
  }

  /** Where none has a result, the first failure is the run's. */
  private static void requireAny(List<OneOfSeveral> all) {
    List<RuntimeException> failures =
        all.stream().map(OneOfSeveral::failure).filter(Objects::nonNull).toList();
    if (failures.size() < all.size()) {
      return;
    }
    throw failures.get(0) instanceof CannotResume notForThis
        ? Resumption.refused(notForThis)
        : failures.get(0);
  }

  private List<OneOfSeveral> together(Layout asked) {
    return SeveralReplicas.run(
        context,
        settings,
        asked.source().seed(),
        asked.replicas().stream().map(Topology::seed).toList(),
        runId,
        folder,
        resume);
  }

  private Compared alone(Layout asked, Supplier<Layout> now) {
    Comparison.Outcome found = one(asked, now, 0, folder);
    return new Compared(
        found.report(),
        found.failure(),
        found.report().incomplete() == null || found.hasOnlyStopped(),
        found.mismatches());
  }

  private List<OneOfSeveral> inTurn(Layout asked, Supplier<Layout> now) {
    List<OneOfSeveral> all = new ArrayList<>();
    for (int i = 0; i < asked.replicas().size(); i++) {
      all.add(tried(asked, now, i));
    }
    return all;
  }

  private OneOfSeveral tried(Layout asked, Supplier<Layout> now, int replica) {
    String name = asked.name(replica);
    if (Thread.currentThread().isInterrupted()) {
      return OneOfSeveral.failed(
          name,
          new VerifyFailure(VerifyFailure.Kind.INTERRUPTED, "interrupted before it began", null));
    }
    context
        .console()
        .line("replica " + (replica + 1) + " of " + asked.replicas().size() + ": " + name);
    try {
      return OneOfSeveral.of(name, one(asked, now, replica, Resumption.workOf(folder, name)));
    } catch (RedisFailure | VerifyFailure lost) {
      return OneOfSeveral.failed(name, lost);
    }
  }

  /** Who cannot be asked now is met by the comparison, which tells what is wrong. */
  private static Layout begin(Layout asked, Supplier<Layout> now) {
    if (asked.isGiven()) {
      return asked;
    }
    try {
      return now.get();
    } catch (RedisFailure nobodyKnows) {
      return asked;
    }
  }

  /** Compares one; what was to be looked at, and has no counterpart any more, is told. */
  private Comparison.Outcome one(Layout asked, Supplier<Layout> now, int replica, Path work) {
    Layout begin = begin(asked, now);
    List<ShardPair> pairs = begin.pairs(replica);
    SlotSet gone = asked.slots(replica).without(begin.slots(replica));
    if (pairs.isEmpty()) {
      throw new VerifyFailure(
          VerifyFailure.Kind.SERVER,
          "the slots " + gone + " of the source have no counterpart there any more",
          null);
    }
    Comparison.Outcome found =
        Comparison.run(
            context, settings, pairs, () -> now.get().pairs(replica), runId, work, resume);
    return gone.isEmpty()
        ? found
        : new Comparison.Outcome(
            found.summary(),
            found
                .report()
                .lacking(
                    "the slots "
                        + gone
                        + " of the source had no counterpart there any more when it began, and"
                        + " were not looked at"));
  }
}
