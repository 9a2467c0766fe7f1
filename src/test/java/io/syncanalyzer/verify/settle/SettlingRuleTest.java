package io.syncanalyzer.verify.settle;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.server.ClockSkew;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.verify.settle.SettlingRule.Next;
import io.syncanalyzer.verify.settle.SettlingRule.Ruling;
import io.syncanalyzer.verify.value.Contents;
import io.syncanalyzer.verify.value.KeyExpiry;
import io.syncanalyzer.verify.value.KeyState;
import io.syncanalyzer.verify.value.KeyStates;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What looks come to. A look is a letter for a value, {@code -} for no such key, {@code !} for a
 * side that would not answer, {@code ~A} for one that changed while it was read, {@code A:500} for
 * one that has so many milliseconds left to live, {@code h:A} for a hash.
 */
class SettlingRuleTest {
  private static final int ROUNDS = 3;
  private static final long TOLERANCE = 1000;

  private final SettlingRule rule = new SettlingRule(TOLERANCE, ROUNDS);

  /** Every combination of two values and none, with what is known of v1 and r alone. */
  @ParameterizedTest(name = "v1 {0}, r {1}, v2 {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        // v1 r v2 | nobody touched it   | nothing is known
        "A | A | A | EQUAL               | EQUAL",
        "A | A | B | EQUAL               | EQUAL",
        "A | A | - | EQUAL               | EQUAL",
        "A | B | A | VALUE_DIFFERS       | again VALUE_DIFFERS",
        "A | B | B | VALUE_DIFFERS       | EQUAL",
        "A | B | - | VALUE_DIFFERS       | another round",
        "A | - | A | MISSING_ON_REPLICA  | again MISSING_ON_REPLICA",
        "A | - | B | MISSING_ON_REPLICA  | another round",
        "A | - | - | MISSING_ON_REPLICA  | gone",
        "B | A | A | VALUE_DIFFERS       | EQUAL",
        "B | A | B | VALUE_DIFFERS       | again VALUE_DIFFERS",
        "B | A | - | VALUE_DIFFERS       | another round",
        "B | B | A | EQUAL               | EQUAL",
        "B | B | B | EQUAL               | EQUAL",
        "B | B | - | EQUAL               | EQUAL",
        "B | - | A | MISSING_ON_REPLICA  | another round",
        "B | - | B | MISSING_ON_REPLICA  | again MISSING_ON_REPLICA",
        "B | - | - | MISSING_ON_REPLICA  | gone",
        "- | A | A | EXTRA_ON_REPLICA    | EQUAL",
        "- | A | B | EXTRA_ON_REPLICA    | another round",
        "- | A | - | EXTRA_ON_REPLICA    | again EXTRA_ON_REPLICA",
        "- | B | A | EXTRA_ON_REPLICA    | another round",
        "- | B | B | EXTRA_ON_REPLICA    | EQUAL",
        "- | B | - | EXTRA_ON_REPLICA    | again EXTRA_ON_REPLICA",
        "- | - | A | gone                | gone",
        "- | - | B | gone                | gone",
        "- | - | - | gone                | gone",
        // a third value
        "A | C | B | VALUE_DIFFERS       | another round",
        // another type
        "A | h:A | A | TYPE_DIFFERS      | again TYPE_DIFFERS",
        "A | h:A | h:A | TYPE_DIFFERS    | EQUAL",
        "A | h:A | h:B | TYPE_DIFFERS    | another round",
        // what would not be read, on either side
        "! | A | A | UNREADABLE          | EQUAL",
        "A | ! | A | UNREADABLE          | UNREADABLE",
        "A | A | ! | EQUAL               | UNREADABLE",
        "! | B | A | UNREADABLE          | UNREADABLE",
        "! | ! | ! | UNREADABLE          | UNREADABLE",
        "- | ! | - | UNREADABLE          | UNREADABLE",
        "! | - | ! | UNREADABLE          | UNREADABLE",
        // what changed while it was read
        "~A | A | A | another round      | EQUAL",
        "~A | B | A | another round      | another round",
        "A | ~A | A | another round      | another round",
        "A | ~A | B | another round      | another round",
        "A | A | ~A | EQUAL              | EQUAL",
        "A | B | ~A | VALUE_DIFFERS      | another round",
        "~A | B | ~A | another round     | another round",
        "~A | ! | ~A | UNREADABLE        | UNREADABLE",
        // expiry
        "A:60000 | A:60000 | A:60000 | EQUAL | EQUAL",
        "A:60000 | A:61000 | A:60000 | EQUAL | EQUAL",
        "A:60000 | A:90000 | A:60000 | TTL_DIFFERS | again TTL_DIFFERS",
        "A:60000 | A | A:60000 | TTL_DIFFERS | again TTL_DIFFERS",
        "A | A:60000 | A | TTL_DIFFERS | again TTL_DIFFERS",
        "A:60000 | A:90000 | A:90000 | TTL_DIFFERS | EQUAL",
        "A:60000 | A:90000 | A | TTL_DIFFERS | another round",
        "A:60000 | B:90000 | A:60000 | VALUE_DIFFERS | again VALUE_DIFFERS",
        // about to expire: neither missing nor extra
        "A:1000 | - | A:1000 | another round | another round",
        "A:1000 | - | - | another round | gone",
        "- | A:1000 | - | another round | another round",
        "A:1001 | - | A:1001 | MISSING_ON_REPLICA | again MISSING_ON_REPLICA",
        "- | A:1001 | - | EXTRA_ON_REPLICA | again EXTRA_ON_REPLICA",
      })
  void theRuleIsThatOfTheTable(String v1, String r, String v2, String untouched, String unknown) {
    assertThat(words(rule.untouched(state(v1), state(r), 1))).isEqualTo(untouched);
    assertThat(words(rule.unknown(state(v1), state(r), state(v2), null, 1))).isEqualTo(unknown);
    assertThat(words(rule.touched(state(v1), 1))).isEqualTo("another round");
  }

  /** The three sentences of the rule, for every combination of what looks may show. */
  @Test
  void everyCombinationFollowsTheSentences() {
    List<String> looks = List.of("A", "B", "C", "-", "h:A", "A:60000", "A:90000", "!", "~A");
    int cases = 0;
    for (String v1 : looks) {
      for (String r : looks) {
        for (String v2 : looks) {
          assertThat(words(rule.unknown(state(v1), state(r), state(v2), null, 1)))
              .as("v1 %s, r %s, v2 %s", v1, r, v2)
              .isEqualTo(told(v1, r, v2));
          cases++;
        }
      }
    }
    assertThat(cases).isEqualTo(729);
  }

  private static String told(String v1, String r, String v2) {
    if (v2.equals("!") || r.equals("!")) {
      return "UNREADABLE";
    }
    boolean whole = !r.startsWith("~");
    if (whole && r.equals(v2)) {
      return r.equals("-") ? "gone" : "EQUAL";
    }
    if (v1.equals("!")) {
      return "UNREADABLE";
    }
    if (whole && r.equals(v1)) {
      return r.equals("-") ? "gone" : "EQUAL";
    }
    if (!v1.equals(v2) || v1.startsWith("~") || !whole) {
      return "another round";
    }
    if (r.equals("-")) {
      return "again MISSING_ON_REPLICA";
    }
    if (v1.equals("-")) {
      return "again EXTRA_ON_REPLICA";
    }
    if (r.startsWith("h") != v1.startsWith("h")) {
      return "again TYPE_DIFFERS";
    }
    return r.charAt(0) == v1.charAt(0) ? "again TTL_DIFFERS" : "again VALUE_DIFFERS";
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void whatKeepsChangingGetsAnotherRoundAndAfterTheLastIsUnsettled(int round) {
    Next next = round < ROUNDS ? Next.ANOTHER_ROUND : Next.UNSETTLED;
    for (Ruling open :
        List.of(
            rule.unknown(state("A"), state("C"), state("B"), null, round),
            rule.unknown(state("A"), state("~A"), state("A"), null, round),
            rule.untouched(state("~A"), state("A"), round),
            rule.touched(state("A"), round))) {
      assertThat(open.next()).isEqualTo(next);
      assertThat(open.judgement().verdict()).isEqualTo(KeyVerdict.UNSETTLED);
    }
    assertThat(rule.unknown(state("A"), state("C"), state("B"), null, round).judgement().detail())
        .isEqualTo("it kept changing on the source");
    assertThat(rule.untouched(state("~A"), state("A"), round).judgement().detail())
        .isEqualTo("it changed while it was read");
  }

  @Test
  void whatIsSettledIsSoInAnyRound() {
    assertThat(rule.untouched(state("A"), state("B"), ROUNDS).next()).isEqualTo(Next.SETTLED);
    assertThat(rule.unknown(state("A"), state("A"), state("B"), null, ROUNDS).next())
        .isEqualTo(Next.SETTLED);
    assertThat(rule.unknown(state("A"), state("B"), state("A"), null, ROUNDS).next())
        .isEqualTo(Next.LOOK_AGAIN);
  }

  @Test
  void theSameDifferenceTenTimesInARowIsProof() {
    Ruling last = null;
    for (int look = 1; look < SettlingRule.LOOKS; look++) {
      last = rule.unknown(state("A"), state("B"), state("A"), last, 1);
      assertThat(last.next()).as("look %d", look).isEqualTo(Next.LOOK_AGAIN);
      assertThat(last.agreeing()).isEqualTo(look);
    }
    last = rule.unknown(state("A"), state("B"), state("A"), last, 1);
    assertThat(last.next()).isEqualTo(Next.SETTLED);
    assertThat(last.judgement().verdict()).isEqualTo(KeyVerdict.VALUE_DIFFERS);
  }

  /** After how many agreeing looks which look comes, and what comes of it. */
  @ParameterizedTest(name = "{0} looks that agree, then v1 {1}, r {2}, v2 {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        // a key that goes A, B, A, and whose replica is one write behind
        "1 | A | A | A | EQUAL",
        "9 | A | A | A | EQUAL",
        "9 | B | B | A | EQUAL",
        "9 | A | B | B | EQUAL",
        "1 | A | B | A | again VALUE_DIFFERS",
        "8 | A | B | A | again VALUE_DIFFERS",
        "9 | A | B | A | VALUE_DIFFERS",
        // the other way round, or another value on either side, is another difference
        "9 | B | A | B | another round",
        "9 | A | C | A | another round",
        "9 | C | B | C | another round",
        "9 | A | - | A | another round",
        "9 | - | B | - | another round",
        "9 | A | h:B | A | another round",
        // changing
        "9 | A | B | C | another round",
        "9 | C | B | A | another round",
        "9 | A | ~B | A | another round",
        // gone, or refused, at the last moment
        "9 | - | - | - | gone",
        "9 | A | ! | A | UNREADABLE",
      })
  void aLookThatShowsAnythingElseEndsTheRow(
      int agreeing, String v1, String r, String v2, String becomes) {
    Ruling last = null;
    for (int look = 0; look < agreeing; look++) {
      last = rule.unknown(state("A"), state("B"), state("A"), last, 1);
    }
    assertThat(words(rule.unknown(state(v1), state(r), state(v2), last, 1))).isEqualTo(becomes);
  }

  @Test
  void timesToLiveRunOnFromLookToLookAndAreTheSameDifference() {
    Ruling last = null;
    for (int look = 0; look < SettlingRule.LOOKS; look++) {
      String left = "A:" + (60_000 - look);
      last = rule.unknown(state(left), state("A:90000"), state(left), last, 1);
    }
    assertThat(words(last)).isEqualTo("TTL_DIFFERS");
  }

  @Test
  void aKeyThatIsToldToDifferIsToldAsItsLastLookShowsIt() {
    KeyState second = state("A");
    Ruling differing = rule.unknown(state("A"), state("B"), second, null, 1);
    assertThat(differing.source()).isSameAs(second);
    Ruling proved = SettlingRule.provedUntouched(differing);
    assertThat(words(proved)).isEqualTo("VALUE_DIFFERS");
    assertThat(proved.source()).isSameAs(second);
    assertThat(proved.judgement()).isEqualTo(differing.judgement());
  }

  @Test
  void aRulingGoesByTheLookThatAgrees() {
    KeyState first = state("A");
    KeyState second = state("B");
    assertThat(rule.unknown(first, state("A"), second, null, 1).source()).isSameAs(first);
    assertThat(rule.unknown(first, state("B"), second, null, 1).source()).isSameAs(second);
    assertThat(rule.unknown(first, state("C"), second, null, 1).source()).isSameAs(second);
    assertThat(rule.untouched(first, state("C"), 1).source()).isSameAs(first);
    assertThat(rule.touched(first, 1).source()).isSameAs(first);
  }

  private static String words(@Nullable Ruling ruling) {
    if (ruling == null) {
      return "nothing";
    }
    String verdict =
        ruling.judgement().verdict() == null ? "gone" : ruling.judgement().verdict().name();
    return switch (ruling.next()) {
      case SETTLED -> verdict;
      case LOOK_AGAIN -> "again " + verdict;
      case ANOTHER_ROUND -> "another round";
      case UNSETTLED -> "unsettled";
    };
  }

  private static KeyState state(String look) {
    if (look.equals("-")) {
      return KeyStates.absent();
    }
    if (look.equals("!")) {
      return KeyStates.refused("NOPERM no");
    }
    if (look.startsWith("~")) {
      return KeyStates.torn(state(look.substring(1)));
    }
    if (look.startsWith("h:")) {
      return KeyStates.of("hash", Contents.of("f=" + look.substring(2)));
    }
    List<String> parts = new ArrayList<>(List.of(look.split(":", -1)));
    long left = parts.size() > 1 ? Long.parseLong(parts.get(1)) : -1;
    return KeyStates.expiring("string", Contents.of("=" + parts.get(0)), left);
  }

  /** By a clock that is ahead the replica no longer shows what lives on the source: not lost. */
  @Test
  void whatOnlyTheReplicasClockHasEndedIsNotSettledYet() {
    KeyExpiry ahead = new KeyExpiry(-2L, null, new ClockSkew(5_000_000, 1000), false, 0, 0);
    Ruling ruling = rule.untouched(state("A:4000"), KeyStates.of(null, ahead), ROUNDS);
    assertThat(ruling.next()).isEqualTo(Next.UNSETTLED);
    assertThat(ruling.judgement().detail()).startsWith("it has expired by the replica's clock");
  }
}
