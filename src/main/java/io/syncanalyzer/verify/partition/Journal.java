package io.syncanalyzer.verify.partition;

import io.syncanalyzer.json.JsonFormat;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.verify.VerifyPhase;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.resume.CannotResume;
import io.syncanalyzer.verify.resume.WorkFile;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is planned and done, written down so that another process goes on from there: the plan in a
 * file of the verification's folder, what is done of it in the folder of each partition. Both are
 * JSON objects with a {@code format}, a number that counts up with every change of what they hold.
 * Every method throws a {@link VerifyFailure} of kind {@code DISK} where the disk does not let it.
 * For one thread.
 */
final class Journal {
  static final int FORMAT = 3;
  private static final String PLAN = "partitions.json";
  private static final String RESULT = "result.json";

  private final PartitionedRequest request;
  private final JsonFormat format;

  /**
   * The plan, as it is written.
   *
   * @param asked what was asked for, in words of its own
   */
  private record Plan(int format, String asked, List<Planned> partitions) {}

  private record Planned(
      int number, String source, String replica, SlotRange slots, long keys, boolean functions) {
    static Planned of(Partition one) {
      return new Planned(
          one.number(),
          one.source().address(),
          one.replica().address(),
          one.slots(),
          one.keys(),
          one.functions());
    }
  }

  /** What is done, as it is written. */
  private record Result(
      int format,
      int attempt,
      long nanos,
      @Nullable String sourceId,
      @Nullable String replicaId,
      @Nullable Writes before,
      String executor,
      VerifySummary summary) {}

  /**
   * What was found.
   *
   * @param done those that are done, by nodes that are still who they were
   * @param planned those that are to be done
   * @param begun which of these were begun, and can be gone on with
   * @param moved those whose nodes do not hold their slots any more
   * @param words what there is to say of it
   */
  record Found(
      List<Done> done,
      List<Partition> planned,
      Set<Integer> begun,
      List<Partition> moved,
      String words) {}

  Journal(PartitionedRequest request) {
    this.request = request;
    this.format = SummaryFormat.of(request.folder()).build();
  }

  /** Whether a verification by partitions that worked in that folder was cut off. */
  static boolean canGoOn(Path folder) {
    return Files.exists(folder.resolve(PLAN));
  }

  /** What is asked for, as far as what was found depends on it, whichever nodes there are. */
  private String asked() {
    ShardPair pair = request.pairs().get(0);
    String whole =
        VerifyRequest.of(pair.source(), pair.replica(), request.runId(), request.folder())
            .with(request.settings())
            .with(SlotSet.of(new SlotRange(0, 0)))
            .asked();
    return whole.substring(
        pair.source().display().length() + pair.replica().display().length() + 2);
  }

  /** Writes down the first plan; what an earlier verification left is not gone on with. */
  void begin(List<Partition> plan) {
    plan.forEach(this::undone);
    plan(plan);
  }

  /** Writes down what is planned now. */
  void plan(List<Partition> all) {
    WorkFile.replace(
        request.folder().resolve(PLAN),
        format.write(new Plan(FORMAT, asked(), all.stream().map(Planned::of).toList())));
  }

  /** Writes down what one came to. */
  void done(Done one) {
    WorkFile.replace(
        request.folder(one.partition()).resolve(RESULT),
        format.write(
            new Result(
                FORMAT,
                one.partition().attempt(),
                one.nanos(),
                one.sourceId(),
                one.replicaId(),
                one.before(),
                one.executor(),
                one.summary())));
  }

  /** What one came to holds no longer, and nothing goes on from it. */
  void undone(Partition partition) {
    VerifyPhase.discard(request.folder(partition));
    WorkFile.delete(request.folder(partition).resolve(RESULT));
  }

  /** There is nothing left to go on with. */
  void delete(List<Partition> all) {
    WorkFile.delete(request.folder().resolve(PLAN));
    for (Partition one : all) {
      VerifyPhase.discard(request.folder(one));
    }
  }

  /**
   * What can be gone on with; empty where nothing was planned before it was cut off.
   *
   * @param book knows who the nodes are now
   * @throws CannotResume where what is there is not for this request, or not for this version
   */
  Optional<Found> read(NodeBook book) {
    Path file = request.folder().resolve(PLAN);
    if (VerifyPhase.canGoOn(request.folder())) {
      throw new CannotResume(
          "the verification in "
              + request.folder()
              + " was of two servers that are in no cluster; name those");
    }
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Plan plan = read(file, Plan.class).filter(one -> one.format() == FORMAT).orElse(null);
    if (plan == null) {
      throw new CannotResume(
          file + " is damaged, or was written by another version of the analyzer: go on with that");
    }
    if (!plan.asked().equals(asked())) {
      throw new CannotResume(
          "the verification in "
              + request.folder()
              + " asked for something else; use its own options");
    }
    return Optional.of(fit(plan, book));
  }

  private Found fit(Plan plan, NodeBook book) {
    List<Done> done = new ArrayList<>();
    List<Partition> planned = new ArrayList<>();
    Set<Integer> begun = new HashSet<>();
    List<Partition> moved = new ArrayList<>();
    boolean anyNode = false;
    for (Planned one : plan.partitions()) {
      Optional<ShardPair> pair =
          request.pairs().stream()
              .filter(some -> some.holds(one.source(), one.replica(), one.slots()))
              .findFirst();
      anyNode |=
          request.pairs().stream()
              .anyMatch(
                  some ->
                      some.source().address().equals(one.source())
                          || some.replica().address().equals(one.replica()));
      if (pair.isEmpty()) {
        moved.add(partition(one, asItWas(one)));
        continue;
      }
      Partition partition = partition(one, pair.get());
      Optional<Done> before = result(partition, book);
      if (before.isPresent()) {
        done.add(before.get());
      } else {
        planned.add(partition);
        if (VerifyPhase.canGoOn(request.folder(partition))) {
          begun.add(partition.number());
        }
      }
    }
    if (!anyNode) {
      throw new CannotResume(
          "the verification in " + request.folder() + " was of other servers; name those");
    }
    return new Found(
        done,
        planned,
        begun,
        moved,
        "went on after "
            + done.size()
            + " of "
            + plan.partitions().size()
            + " partitions were done");
  }

  /** Who held its slots when it was written down. */
  private ShardPair asItWas(Planned one) {
    ShardPair any = request.pairs().get(0);
    return new ShardPair(
        at(any.source(), one.source()), at(any.replica(), one.replica()), SlotSet.of(one.slots()));
  }

  private static Endpoint at(Endpoint like, String address) {
    int colon = address.lastIndexOf(':');
    return like.at(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
  }

  private static Partition partition(Planned one, ShardPair pair) {
    return new Partition(
        one.number(),
        pair.source(),
        pair.replica(),
        one.slots(),
        one.keys(),
        1,
        one.functions(),
        false);
  }

  private Optional<Done> result(Partition partition, NodeBook book) {
    Result result =
        read(request.folder(partition).resolve(RESULT), Result.class)
            .filter(one -> one.format() == FORMAT)
            .orElse(null);
    if (result == null) {
      return Optional.empty();
    }
    for (Endpoint node : List.of(partition.source(), partition.replica())) {
      book.meet(node);
    }
    if (!Objects.equals(book.idOf(partition.source()), result.sourceId())
        || !Objects.equals(book.idOf(partition.replica()), result.replicaId())) {
      return Optional.empty();
    }
    return Optional.of(
        new Done(
            partition,
            result.summary(),
            result.nanos(),
            result.sourceId(),
            result.replicaId(),
            result.before() == null ? Writes.UNKNOWN : result.before(),
            result.executor(),
            null));
  }

  private <T> Optional<T> read(Path file, Class<T> type) {
    try {
      return Files.exists(file)
          ? Optional.ofNullable(format.read(Files.readString(file, StandardCharsets.UTF_8), type))
          : Optional.empty();
    } catch (io.syncanalyzer.json.JsonFailure damaged) {
      return Optional.empty();
    } catch (IOException e) {
      throw WorkFile.failure("read", file, e);
    }
  }
}
