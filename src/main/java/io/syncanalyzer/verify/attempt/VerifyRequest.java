package io.syncanalyzer.verify.attempt;

import io.syncanalyzer.fence.Fences;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.LosslessText;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.verify.scan.VerifyScope;
import io.syncanalyzer.verify.settle.SettleSettings;
import java.nio.file.Path;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What to verify.
 *
 * @param source where the truth is
 * @param replica what must equal it
 * @param runId names the fence keys, {@code sa:<run>:fence:…}
 * @param folder existing folder of the run: mismatches, spills and checkpoint are written there
 * @param settings which keys, how strictly, and at what cost
 * @param resume go on where an earlier verification in {@code folder} was cut off
 * @param slots the keys of which slots; all = everything the two hold
 * @param functions whether libraries of functions, which belong to a server and to no slot, are
 *     compared too, unless {@code settings} name some keys only
 * @param keeps leave in {@code folder} what another goes on from, though it came to its end: that
 *     one looks for names that have come since
 */
public record VerifyRequest(
    Endpoint source,
    Endpoint replica,
    String runId,
    Path folder,
    VerifySettings settings,
    boolean resume,
    SlotSet slots,
    boolean functions,
    boolean keeps) {
  public VerifyRequest {
    Objects.requireNonNull(source, "source is null");
    Objects.requireNonNull(replica, "replica is null");
    Objects.requireNonNull(runId, "runId is null");
    Objects.requireNonNull(folder, "folder is null");
    Objects.requireNonNull(settings, "settings is null");
    if (slots.isEmpty()) {
      throw new IllegalArgumentException("no slot is to be verified");
    }
  }

  /** Everything the two endpoints hold, settled as usual, at full speed. */
  public static VerifyRequest of(Endpoint source, Endpoint replica, String runId, Path folder) {
    return new VerifyRequest(
        source, replica, runId, folder, VerifySettings.DEFAULT, false, SlotSet.ALL, true, false);
  }

  /** The same with other settings. */
  public VerifyRequest with(VerifySettings other) {
    return new VerifyRequest(
        source, replica, runId, folder, other, resume, slots, functions, keeps);
  }

  /** The same for other keys. */
  public VerifyRequest with(VerifyScope other) {
    return with(settings.with(other));
  }

  /** The same, settled otherwise. */
  public VerifyRequest with(SettleSettings other) {
    return with(settings.with(other));
  }

  /** The same at a limited pace. */
  public VerifyRequest withRate(double limit) {
    return with(settings.withRate(limit));
  }

  /** The same, stopped after so many confirmed mismatches. */
  public VerifyRequest withMaxMismatches(long limit) {
    return with(settings.withMaxMismatches(limit));
  }

  /** The same, going on where an earlier one was cut off. */
  public VerifyRequest resumed() {
    return new VerifyRequest(
        source, replica, runId, folder, settings, true, slots, functions, keeps);
  }

  /** The same of the keys of some slots. */
  public VerifyRequest with(SlotSet other) {
    return new VerifyRequest(
        source, replica, runId, folder, settings, resume, other, functions, keeps);
  }

  /** The same without libraries of functions: another compares those of these two servers. */
  public VerifyRequest withoutFunctions() {
    return new VerifyRequest(source, replica, runId, folder, settings, resume, slots, false, keeps);
  }

  /** The same, to be gone on with after its end. */
  public VerifyRequest keeping() {
    return new VerifyRequest(
        source, replica, runId, folder, settings, resume, slots, functions, true);
  }

  /** The same from another machine: the same servers, as they are reached there. */
  public VerifyRequest elsewhere(Endpoint sameSource, Endpoint sameReplica, Path itsFolder) {
    return new VerifyRequest(
        sameSource, sameReplica, runId, itsFolder, settings, resume, slots, functions, keeps);
  }

  /** The only database that is compared: slots are of one, 0 unless named; null = all. */
  public @Nullable Integer onlyDatabase() {
    Integer named = settings.scope().database();
    return named == null && bySlot() ? Integer.valueOf(0) : named;
  }

  /** A side in that database, or in its own where there may be several. */
  public Endpoint inDatabase(Endpoint side) {
    Integer only = onlyDatabase();
    return only == null ? side : side.withDatabase(only);
  }

  /** The two servers' database of that number, and the slots of which they are compared. */
  public ShardPair pair(int database) {
    return new ShardPair(source.withDatabase(database), replica.withDatabase(database), slots);
  }

  /** Whether keys are listed and asked for slot by slot. */
  public boolean bySlot() {
    return source.isInCluster() || replica.isInCluster() || !slots.isAll();
  }

  /**
   * What it asks for, as far as what was found depends on it, in words of its own: a verification
   * that was cut off goes on only where these are the same.
   */
  public String asked() {
    VerifyScope scope = settings.scope();
    return source.display()
        + " "
        + replica.display()
        + " "
        + scope.database()
        + " "
        + text(scope.match())
        + " "
        + text(scope.exclude())
        + " "
        // In whichever order they were named.
        + new TreeSet<>(scope.types())
        + " "
        + scope.samplePercent()
        + " "
        + settings.settling().ttlTolerance()
        + (bySlot() ? " slots " + slots : "")
        + (settings.scanOn() == Side.SOURCE ? "" : " scanned on the " + settings.scanOn().label());
  }

  /** What the keys of its fences begin with. */
  public Bytes fencePrefix() {
    return Fences.keyPrefix(runId);
  }

  private static @Nullable String text(@Nullable Bytes glob) {
    return glob == null ? null : LosslessText.of(glob);
  }
}
