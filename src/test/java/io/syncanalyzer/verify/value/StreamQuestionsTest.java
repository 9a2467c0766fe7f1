package io.syncanalyzer.verify.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamQuestionsTest {
  private static final Bytes G = Bytes.utf8("g");

  private static Question entries(int count) {
    return new StreamQuestions.Entries("-", "+", count);
  }

  private static String entry(String id, String... texts) {
    return "*2~" + Asked.bulk(id) + Asked.array(texts);
  }

  @Test
  void theCommandsAreThese() {
    assertThat(Asked.commands(entries(0))).isEqualTo("XRANGE k - +");
    assertThat(Asked.commands(new StreamQuestions.Entries("(1-1", "9-9", 100)))
        .isEqualTo("XRANGE k (1-1 9-9 COUNT 100");
    assertThat(Asked.commands(new StreamQuestions.State())).isEqualTo("XINFO STREAM k");
    assertThat(Asked.commands(GroupQuestions.whole())).isEqualTo("XINFO GROUPS k");
    assertThat(Asked.commands(new GroupQuestions.Consumers(G, null)))
        .isEqualTo("XINFO CONSUMERS k g");
    assertThat(Asked.commands(new GroupQuestions.Pending(G, "(1-1")))
        .isEqualTo("XPENDING k g (1-1 + 1000");
  }

  @Test
  void anEntryIsItsIdAndItsTextsEachWithItsLength() {
    Asked asked =
        Asked.answered(entries(0), "*2~" + entry("1-1", "f", "ab", "", "") + entry("1-2"));
    assertThat(asked.words()).isEqualTo("1-1=1:f=2:ab 0:=0: , 1-2= (2, 21)");
    assertThat(asked.readAll()).isTrue();
    assertThat(Asked.answered(entries(0), "*0~").words()).isEqualTo(" (0, 0)");
    assertThat(Asked.answered(entries(0), "-NOPERM no~").refused()).isEqualTo("NOPERM no");
  }

  @Test
  void noTwoEntriesLookTheSameHoweverTheirTextsAreCut() {
    assertThat(Asked.answered(entries(0), "*1~" + entry("1-1", "ab", "c")).words())
        .isNotEqualTo(Asked.answered(entries(0), "*1~" + entry("1-1", "a", "bc")).words());
  }

  @Test
  void aLongTextIsKeptAsItsDigest() {
    String longest = "x".repeat(1024);
    assertThat(Asked.answered(entries(0), "*1~" + entry("1-1", "f", longest)).words())
        .startsWith("1-1=1:f=1024:xxx");
    String longer = longest + "y";
    assertThat(Asked.answered(entries(0), "*1~" + entry("1-1", "f", longer)).words())
        .startsWith("1-1=1:f=sha256 1025:")
        .isEqualTo(Asked.answered(entries(0), "*1~" + entry("1-1", "f", longer)).words())
        .isNotEqualTo(Asked.answered(entries(0), "*1~" + entry("1-1", "f", longest + "z")).words());
  }

  @Test
  void anEntryOfManyFieldsIsFoldedAndStillTellsWhatDiffers() {
    String[] texts = new String[200];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = "x".repeat(1000) + i;
    }
    String first = Asked.answered(entries(0), "*1~" + entry("1-1", texts)).words();
    assertThat(first).startsWith("1-1=sha256 ").endsWith(")");
    assertThat(first.length()).isLessThan(70_000);
    assertThat(Asked.answered(entries(0), "*1~" + entry("1-1", texts)).words()).isEqualTo(first);
    texts[3] = "x".repeat(1000) + "y";
    assertThat(Asked.answered(entries(0), "*1~" + entry("1-1", texts)).words()).isNotEqualTo(first);
  }

  @Test
  void aWindowThatIsFullEndsAtItsLastEntryByTheOrderOfIds() {
    String reply = "*2~" + entry("9-1") + entry("10-1");
    Content full = Asked.answered(entries(2), reply).content();
    assertThat(full.shows(Bytes.utf8("10-1"))).isTrue();
    assertThat(full.shows(Bytes.utf8("9-9"))).isTrue();
    assertThat(full.shows(Bytes.utf8("10-2"))).isFalse();
    assertThat(full.shows(Bytes.utf8("11-0"))).isFalse();
    assertThat(Asked.answered(entries(3), reply).content().shows(Bytes.utf8("11-0"))).isTrue();
    assertThat(Asked.answered(entries(0), reply).content().shows(Bytes.utf8("11-0"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "1-1, 1-1, 0",
    "1-1, 1-2, -1",
    "1-10, 1-9, 1",
    "9-1, 10-1, -1",
    "10-1, 9-1, 1",
    "12-1, 13-0, -1",
    "group \"g\" pending 9-1, group \"g\" pending 10-1, -1",
    "group \"g\" pending 1-5, group \"g\" pending 1-5, 0",
    "18446744073709551615-1, 18446744073709551614-1, 1",
    "a, b, -1",
    "a, 1-1, 1",
    "1-1, a, -1",
  })
  void namesThatEndInAnIdAreOrderedByIt(String one, String other, int sign) {
    assertThat(Integer.signum(StreamQuestions.BY_ID.compare(Bytes.utf8(one), Bytes.utf8(other))))
        .isEqualTo(sign);
  }

  @Test
  void ofAStreamItsLastIdIsComparedAndWhatOnlyNewServersShowIsAFact() {
    String reply =
        "*14~$6~length~:3~$15~radix-tree-keys~:1~$17~last-generated-id~$3~1-5~"
            + "$20~max-deleted-entry-id~$3~0-0~$13~entries-added~:4~"
            + "$11~first-entry~*2~$3~1-1~*0~$6~groups~:1~";
    Asked asked = Asked.answered(new StreamQuestions.State(), reply);
    assertThat(asked.readAll()).isTrue();
    assertThat(asked.words())
        .isEqualTo(
            "@last-generated-id=1-5, ?max-deleted-entry-id=0-0, ?entries-added=4, #length=3"
                + " (0, 0)");
  }

  private static String group(String name, String delivered) {
    return "*6~$4~name~"
        + Asked.bulk(name)
        + "$9~consumers~:1~$17~last-delivered-id~"
        + Asked.bulk(delivered);
  }

  @Test
  void eachGroupRaisesQuestionsAboutItsConsumersAndWhatIsPending() {
    Asked asked =
        Asked.answered(GroupQuestions.whole(), "*2~" + group("h", "2-0") + group("g\"x", "1-0"));
    assertThat(asked.words()).isEqualTo("@group \"g\"\"x\"=1-0, @group \"h\"=2-0 (0, 0)");
    assertThat(asked.more())
        .extracting(Asked::commands)
        .containsExactly(
            "XINFO CONSUMERS k g\"x",
            "XPENDING k g\"x - + 1000",
            "XINFO CONSUMERS k h",
            "XPENDING k h - + 1000");
    assertThat(Asked.answered(GroupQuestions.whole(), "*0~").more()).isEmpty();
    assertThat(Asked.answered(GroupQuestions.whole(), "-NOPERM no~").refused())
        .isEqualTo("NOPERM no");
  }

  @Test
  void groupsThatAreTooManyToBeHeldAreAskedForAgainFromTheLastOn() {
    StringBuilder reply = new StringBuilder("*5000~");
    for (int i = 0; i < 5000; i++) {
      reply.append(group(String.format("g%04d", 4999 - i), "1-0"));
    }
    Asked first = Asked.answered(GroupQuestions.whole(), reply.toString());
    assertThat(first.content().properties).hasSize(4096);
    Question next = first.more().get(first.more().size() - 1);
    assertThat(next).isEqualTo(new GroupQuestions.Groups(Bytes.utf8("group \"g4095\"")));
    assertThat(first.more()).hasSize(2 * 4096 + 1);
    assertThat(first.content().shows(Bytes.utf8("group \"g4095\""))).isTrue();
    assertThat(first.content().shows(Bytes.utf8("group \"g4096\""))).isFalse();
    Asked second = Asked.answered(next, reply.toString(), first.content());
    assertThat(second.content().properties).hasSize(5000);
    assertThat(second.content().shows(Bytes.utf8("group \"z\""))).isTrue();
    assertThat(second.more()).hasSize(2 * 904);
  }

  @Test
  void aGroupOrConsumerWhoseNameIsTooLong() {
    String name = "n".repeat(Question.LONGEST_NAME + 1);
    Asked asked =
        Asked.answered(GroupQuestions.whole(), "*2~" + group(name, "1-0") + group("g", "1-0"));
    assertThat(asked.refused()).isEqualTo("a group whose name is longer than 16384 bytes");
    assertThat(asked.readAll()).isTrue();
    Asked consumers =
        Asked.answered(new GroupQuestions.Consumers(G, null), "*1~*2~$4~name~" + Asked.bulk(name));
    assertThat(consumers.words())
        .startsWith("@group \"g\" consumer \"sha256 ")
        .endsWith(", 16385 bytes\"= (0, 0)");
  }

  @Test
  void consumersAreNamedAfterTheirGroup() {
    Asked asked =
        Asked.answered(
            new GroupQuestions.Consumers(G, null),
            "*2~*4~$4~name~$1~c~$4~idle~:5~*4~$4~name~$1~b~$4~idle~:5~");
    assertThat(asked.words())
        .isEqualTo("@group \"g\" consumer \"b\"=, @group \"g\" consumer \"c\"= (0, 0)");
    assertThat(asked.more()).isEmpty();
    Asked gone = Asked.answered(new GroupQuestions.Consumers(G, null), "-NOGROUP no such~");
    assertThat(gone.refused()).isEmpty();
    assertThat(gone.words()).isEqualTo(" (0, 0)");
    assertThat(Asked.answered(new GroupQuestions.Consumers(G, null), "-NOPERM no~").refused())
        .isEqualTo("NOPERM no");
  }

  @Test
  void consumersThatAreTooManyAreAskedForAgainFromTheLastOn() {
    StringBuilder reply = new StringBuilder("*4097~");
    for (int i = 0; i < 4097; i++) {
      reply.append("*2~$4~name~").append(Asked.bulk(String.format("c%04d", i)));
    }
    Asked first = Asked.answered(new GroupQuestions.Consumers(G, null), reply.toString());
    assertThat(first.content().properties).hasSize(4096);
    assertThat(first.more())
        .containsExactly(
            new GroupQuestions.Consumers(G, Bytes.utf8("group \"g\" consumer \"c4095\"")));
    assertThat(first.content().shows(Bytes.utf8("group \"g\" consumer \"c4096\""))).isFalse();
    Asked second = Asked.answered(first.more().get(0), reply.toString(), first.content());
    assertThat(second.content().properties).hasSize(4097);
    assertThat(second.content().shows(Bytes.utf8("group \"z\""))).isTrue();
    assertThat(second.more()).isEmpty();
  }

  private static String pending(int entries) {
    StringBuilder reply = new StringBuilder("*" + entries + "~");
    for (int i = 1; i <= entries; i++) {
      reply.append("*4~").append(Asked.bulk("1-" + i)).append("$1~c~:77~:").append(i).append("~");
    }
    return reply.toString();
  }

  @Test
  void aPendingEntryHasAnOwnerAndACountOfDeliveries() {
    Asked asked = Asked.answered(new GroupQuestions.Pending(G, "-"), pending(2));
    assertThat(asked.words())
        .isEqualTo(
            "@group \"g\" pending 1-1=owner \"c\", deliveries 1,"
                + " @group \"g\" pending 1-2=owner \"c\", deliveries 2 (0, 0)");
    assertThat(asked.more()).isEmpty();
    assertThat(Asked.answered(new GroupQuestions.Pending(G, "-"), "-NOGROUP no~").refused())
        .isEmpty();
  }

  @Test
  void pendingEntriesAreAskedForAThousandAtATime() {
    Asked full = Asked.answered(new GroupQuestions.Pending(G, "-"), pending(1000));
    assertThat(full.more()).containsExactly(new GroupQuestions.Pending(G, "(1-1000"));
    assertThat(full.content().shows(Bytes.utf8("group \"g\" pending 1-1000"))).isTrue();
    assertThat(full.content().shows(Bytes.utf8("group \"g\" pending 1-1001"))).isFalse();
    Asked rest = Asked.answered(full.more().get(0), "*0~", full.content());
    assertThat(rest.content().shows(Bytes.utf8("group \"g\" pending 1-1001"))).isTrue();
    assertThat(Asked.answered(new GroupQuestions.Pending(G, "-"), pending(999)).more()).isEmpty();
  }

  @Test
  void moreThanIsHeldAtOnceIsARefusal() {
    Content full = new Content();
    String name = "n".repeat(16_000);
    List<String> refusals = new ArrayList<>();
    for (int i = 0; i < 1100 && refusals.isEmpty(); i++) {
      Asked asked =
          Asked.answered(
              new GroupQuestions.Consumers(G, null), "*1~*2~$4~name~" + Asked.bulk(name + i), full);
      if (!asked.refused().isEmpty()) {
        refusals.add(asked.refused());
      }
    }
    String said = "it has more groups, consumers and pending entries than are held at once";
    assertThat(refusals).containsExactly(said);
    assertThat(full.held()).isBetween(16L << 20, (16L << 20) + 20_000);
    assertThat(Asked.answered(new GroupQuestions.Pending(G, "-"), pending(1), full).refused())
        .isEqualTo(said);
    assertThat(Asked.answered(GroupQuestions.whole(), "*0~", full).refused()).isEqualTo(said);
  }

  @Test
  void groupsWhoseNamesTogetherAreTooLongAreARefusal() {
    StringBuilder reply = new StringBuilder("*300~");
    for (int i = 0; i < 300; i++) {
      reply.append(group("n".repeat(16_000) + i, "1-0"));
    }
    assertThat(Asked.answered(GroupQuestions.whole(), reply.toString()).refused())
        .isEqualTo("it has more groups, consumers and pending entries than are held at once");
  }
}
