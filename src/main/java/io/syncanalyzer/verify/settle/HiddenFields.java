package io.syncanalyzer.verify.settle;

import io.syncanalyzer.redis.server.ClockSkew;
import io.syncanalyzer.verify.found.Settled;
import io.syncanalyzer.verify.server.Abilities;
import io.syncanalyzer.verify.server.Unanswered;
import io.syncanalyzer.verify.value.Content;
import io.syncanalyzer.verify.value.Judgement;
import io.syncanalyzer.verify.value.Questions;
import io.syncanalyzer.verify.value.WindowWalk;

/**
 * Tells fields of hashes that a replica hides, because by its own clock they have expired, from
 * fields that it lost: the source is asked how long they have left to live (<a
 * href="https://redis.io/docs/latest/commands/hpttl/">HPTTL</a>, from Redis 7.4 and Valkey 9 on).
 */
final class HiddenFields {
  private final boolean possible;
  private final ClockSkew clock;
  private final long toleranceMillis;

  /**
   * @param abilities whether fields expire, and how far the replica's clock is ahead
   */
  HiddenFields(Abilities abilities, long toleranceMillis) {
    this.clock = abilities.clocks();
    this.possible = abilities.fieldExpiry() && clock.aheadMicros() > 0;
    this.toleranceMillis = toleranceMillis;
  }

  /** The same, but what only the replica's clock explains is open. */
  Outcome explained(BothSides sides, Outcome outcome) {
    if (!possible) {
      return outcome;
    }
    Outcome told = new Outcome();
    outcome.open().forEach(told::add);
    outcome.done().forEach(settled -> told.add(explained(sides, settled)));
    return told;
  }

  private Settled explained(BothSides sides, Settled settled) {
    Judgement judgement = settled.judgement();
    if (judgement.sourceOnly().isEmpty() || !"hash".equals(settled.source().type())) {
      return settled;
    }
    try {
      Content left =
          WindowWalk.ask(
              sides.source(),
              settled.suspect().key(),
              new Questions.FieldTimesLeft(judgement.sourceOnly()));
      return settled.with(judgement.ofFields(left.deadlines(), clock, toleranceMillis));
    } catch (Unanswered e) {
      return settled; // It stays as it was found.
    }
  }
}
