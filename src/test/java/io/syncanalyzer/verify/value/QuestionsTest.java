package io.syncanalyzer.verify.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.server.ClockSkew;
import io.syncanalyzer.verify.server.Abilities;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each question asks, and what it makes of the bytes that come back. */
class QuestionsTest {
  private static final Abilities OLD =
      new Abilities(false, true, false, false, false, true, ClockSkew.NONE);
  private static final Abilities NEW =
      new Abilities(true, false, true, true, true, true, ClockSkew.NONE);
  private static final List<Bytes> A_B = List.of(Bytes.utf8("a"), Bytes.utf8("b"));

  private static Question question(String name) {
    return switch (name) {
      case "Text" -> new Questions.Text();
      case "TextRange" -> new Questions.TextRange(5, 9);
      case "AllFields" -> new Questions.AllFields(false);
      case "AllFields+" -> new Questions.AllFields(true);
      case "Fields" -> new Questions.Fields(A_B);
      case "FieldDeadlines" -> new Questions.FieldDeadlines(A_B);
      case "FieldTimesLeft" -> new Questions.FieldTimesLeft(A_B);
      case "ListRange" -> new Questions.ListRange(0, -1);
      case "ListRange7" -> new Questions.ListRange(7, 9);
      case "AllMembers" -> new Questions.AllMembers();
      case "Members" -> new Questions.Members(A_B);
      case "AllScores" -> new Questions.AllScores();
      case "Scores" -> new Questions.Scores(A_B);
      case "Count" -> new Questions.Count("HLEN");
      case "Payload" -> new Payload();
      case "LongNames hash" -> new LongNames("hash");
      case "LongNames set" -> new LongNames("set");
      case "LongNames zset" -> new LongNames("zset");
      case "vector State" -> new VectorQuestions.State();
      case "vector Elements" -> new VectorQuestions.Elements();
      case "Vectors" -> new VectorQuestions.Vectors(A_B);
      case "array Elements" -> new ArrayQuestions.Elements("3", "9", 0);
      case "array Elements 2" -> new ArrayQuestions.Elements("3", "18446744073709551614", 2);
      case "NextInsert" -> new ArrayQuestions.NextInsert();
      default -> throw new IllegalArgumentException(name);
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Text            | GET k",
        "TextRange       | GETRANGE k 5 9",
        "AllFields       | HGETALL k",
        "Fields          | HMGET k a b",
        "FieldDeadlines  | HPEXPIRETIME k FIELDS 2 a b",
        "FieldTimesLeft  | HPTTL k FIELDS 2 a b",
        "ListRange       | LRANGE k 0 -1",
        "ListRange7      | LRANGE k 7 9",
        "AllMembers      | SMEMBERS k",
        "Members         | SMISMEMBER k a b",
        "AllScores       | ZRANGE k 0 -1 WITHSCORES",
        "Scores          | ZMSCORE k a b",
        "Count           | HLEN k",
        "Payload         | DUMP k",
        "LongNames hash  | HGETALL k",
        "LongNames set   | SMEMBERS k",
        "LongNames zset  | ZRANGE k 0 -1 WITHSCORES",
        "vector State    | VINFO k",
        "vector Elements | VRANDMEMBER k 2147483647",
        "Vectors         | VEMB k a RAW; VGETATTR k a; VEMB k b RAW; VGETATTR k b",
        "array Elements  | ARSCAN k 3 9",
        "array Elements 2 | ARSCAN k 3 18446744073709551614 LIMIT 2",
        "NextInsert      | ARNEXT k",
      })
  void theCommandsAreThese(String question, String commands) {
    assertThat(Asked.commands(question(question))).isEqualTo(commands);
  }

  /** Names and values, then how many elements and how many bytes. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Text           | $3~abc~                     | =abc (1, 3)",
        "Text           | $0~~                        | = (1, 0)",
        "Text           | $-1~                        | ' (0, 0)'",
        "Text           | $3~a\u0000\u00ff~           | =a\u0000\u00ff (1, 3)",
        "TextRange      | $2~ab~                      | bytes from 5=ab (0, 14)",
        "TextRange      | $0~~                        | bytes from 5= (0, 12)",
        "AllFields      | *0~                         | ' (0, 0)'",
        "AllFields      | *4~$1~f~$1~v~$0~~$2~ww~     | f=v, =ww (2, 4)",
        "Fields         | *2~$1~v~$-1~                | a=v (1, 2)",
        "Fields         | *2~$-1~$1~w~                | b=w (1, 2)",
        "Fields         | *2~$0~~$0~~                 | a=, b= (2, 2)",
        "Fields         | *2~$-1~$-1~                 | ' (0, 0)'",
        "FieldDeadlines | *2~:1700000000000~:-1~      | a!1700000000000, b!-1 (0, 0)",
        "FieldDeadlines | *2~:-2~:5~                  | b!5 (0, 0)",
        "FieldDeadlines | -ERR unknown command `H~    | a!-1, b!-1 (0, 0)",
        "FieldTimesLeft | *2~:0~:-2~                  | a!0 (0, 0)",
        "ListRange      | *0~                         | ' (0, 0)'",
        "ListRange      | *3~$1~x~$0~~$1~x~           | 0=x, 1=, 2=x (3, 5)",
        "ListRange7     | *2~$1~x~$1~y~               | 7=x, 8=y (2, 4)",
        "AllMembers     | *2~$1~x~$0~~                | x=, = (2, 1)",
        "AllMembers     | *-1~                        | ' (0, 0)'",
        "Members        | *2~:1~:0~                   | a= (1, 1)",
        "Members        | *2~:0~:1~                   | b= (1, 1)",
        "AllScores      | *4~$1~x~$1~1~$1~y~$3~2.5~   | x=1.0, y=2.5 (2, 8)",
        "AllScores      | *2~$1~x~$2~-0~              | x=0.0 (1, 4)",
        "Scores         | *2~$3~inf~$-1~              | a=Infinity (1, 9)",
        "Scores         | *2~$-1~$4~-inf~             | b=-Infinity (1, 10)",
        "Scores         | *2~$0~~$-1~                 | a= (1, 1)",
        "AllScores      | *2~$1~x~:7~                 | x=7.0 (1, 4)",
        "AllScores      | *2~$1~x~+7~                 | x=7.0 (1, 4)",
        "AllScores      | *2~$1~x~$0~~                | x= (1, 1)",
        "AllScores      | *2~$1~x~$-1~                | x= (1, 1)",
        "AllMembers     | *3~:7~+ok~$-1~              | 7=, ok=, = (3, 3)",
        "AllMembers     | *2~*2~:1~:2~$1~a~           | =, a= (2, 1)",
        "Count          | :17~                        | #HLEN=17 (0, 0)",
        "Payload        | $12~xy0123456789~           | serialized payload=xy (0, 20)",
        "Payload        | $10~0123456789~             | serialized payload= (0, 18)",
        "Payload        | $-1~                        | ' (0, 0)'",
        "vector State   | $-1~                        | ' (0, 0)'",
        "vector State   | *-1~                        | ' (0, 0)'",
        "vector State   | *4~$10~quant-type~$4~int8~$4~size~:3~ | @quant-type=int8 (0, 0)",
        "vector State   | *6~$10~vector-dim~:3~$20~projection-input-dim~:9~$6~hnsw-m~:16~"
            + " | @vector-dim=3, @projection-input-dim=9, @hnsw-m=16 (0, 0)",
        "Vectors        | *3~$4~int8~$2~ab~$4~1.50~$3~{1}~*-1~$-1~"
            + " | a=4:int8 2:ab 3:1.5 3:{1}  (1, 25)",
        "Vectors        | *-1~$-1~*2~$1~q~$2~ab~$-1~  | b=1:q 2:ab  (1, 10)",
        "array Elements | *0~                         | ' (0, 0)'",
        "array Elements | *2~*2~:3~$1~a~*2~:9~$0~~    | 3=a, 9= (2, 3)",
        "array Elements | *1~*2~$20~18446744073709551614~$1~z~"
            + " | 18446744073709551614=z (1, 21)",
        "NextInsert     | :0~                         | @next insert=0 (0, 0)",
        "NextInsert     | $20~18446744073709551614~   | @next insert=18446744073709551614 (0, 0)",
        "NextInsert     | $-1~                        | ' (0, 0)'",
      })
  void aReplyIsTakenAsNamesAndValues(String question, String reply, String content) {
    Asked asked = Asked.answered(question(question), reply);
    assertThat(asked.refused()).isEmpty();
    assertThat(asked.readAll()).isTrue();
    assertThat(asked.words()).isEqualTo(content);
    assertThat(asked.more()).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Text            | -NOPERM no~       | NOPERM no",
        "TextRange       | -WRONGTYPE no~    | WRONGTYPE no",
        "AllFields       | -NOPERM no~       | NOPERM no",
        "AllFields       | :1~               | an unexpected reply of kind :",
        "AllFields       | $2~ab~            | an unexpected reply of kind $",
        "Fields          | -NOPERM no~       | NOPERM no",
        "FieldDeadlines  | -NOPERM no~       | NOPERM no",
        "FieldTimesLeft  | -ERR unknown command~ | ERR unknown command",
        "ListRange       | -NOPERM no~       | NOPERM no",
        "AllMembers      | -NOPERM no~       | NOPERM no",
        "Members         | -NOPERM no~       | NOPERM no",
        "AllScores       | -NOPERM no~       | NOPERM no",
        "Scores          | -NOPERM no~       | NOPERM no",
        "AllMembers      | *1~-NOPERM member~ | NOPERM member",
        "AllScores       | *2~$1~x~-NOPERM score~ | NOPERM score",
        "Count           | -NOPERM no~       | NOPERM no",
        "Payload         | -NOPERM no~       | NOPERM no",
        "Payload         | $9~012345678~     | a payload of 9 bytes",
        "Payload         | $0~~              | a payload of 0 bytes",
        "LongNames hash  | -NOPERM no~       | NOPERM no",
        "vector State    | -NOPERM no~       | NOPERM no",
        "vector Elements | -NOPERM no~       | NOPERM no",
        "Vectors         | -NOPERM no~$-1~*-1~$-1~ | NOPERM no",
        "Vectors         | *-1~-NOPERM attr~*-1~$-1~ | NOPERM attr",
        "Vectors         | *-1~$-1~*-1~-NOPERM last~ | NOPERM last",
        "array Elements  | -NOPERM no~       | NOPERM no",
        "NextInsert      | -NOPERM no~       | NOPERM no",
      })
  void anErrorIsARefusalAndTheReplyIsReadToItsEnd(String question, String reply, String said) {
    Asked asked = Asked.answered(question(question), reply);
    assertThat(asked.refused()).isEqualTo(said);
    assertThat(asked.readAll()).isTrue();
    assertThat(asked.more()).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Fields          | *3~$1~a~$1~b~$1~c~",
        "Fields          | *1~$1~a~",
        "Fields          | :1~",
        "FieldDeadlines  | *1~:1~",
        "Members         | *3~:1~:1~:1~",
        "Scores          | *1~$1~1~",
        "Text            | :1~",
        "Text            | *1~$1~a~",
        "TextRange       | +OK~",
        "array Elements  | *1~:3~",
        "array Elements  | *1~*2~:3~:4~",
      })
  void aReplyOfAnotherShapeThanAskedForBreaksTheConnection(String question, String reply) {
    assertThatThrownBy(() -> Asked.answered(question(question), reply))
        .isInstanceOf(RedisFailure.class);
  }

  @Test
  void aVectorThatIsThereIsKeptThoughAnotherIsRefused() {
    Asked asked = Asked.answered(question("Vectors"), "*2~$1~q~$1~v~-NOPERM no~*2~$1~q~$1~w~$-1~");
    assertThat(asked.refused()).isEqualTo("NOPERM no");
    assertThat(asked.words()).isEqualTo("a=1:q 1:v , b=1:q 1:w  (2, 18)");
  }

  @ParameterizedTest
  @CsvSource({
    "string, GET k",
    "hash, HGETALL k",
    "list, LRANGE k 0 -1",
    "set, SMEMBERS k",
    "zset, ZRANGE k 0 -1 WITHSCORES",
    "stream, XRANGE k - +; XINFO STREAM k; XINFO GROUPS k",
    "vectorset, VINFO k; VRANDMEMBER k 2147483647",
    "array, ARSCAN k 0 18446744073709551614; ARNEXT k",
    "ReJSON-RL, DUMP k",
  })
  void theWholeOfAValueIsAskedForByItsType(String type, String commands) {
    assertThat(
            Questions.whole(type, OLD).stream()
                .map(Asked::commands)
                .reduce((one, other) -> one + "; " + other))
        .hasValue(commands);
  }

  @Test
  void fieldsThatMayExpireRaiseAQuestionForTheirDeadlines() {
    Question fields = Questions.whole("hash", NEW).get(0);
    Asked asked = Asked.answered(fields, "*4~$1~f~$1~v~$1~g~$1~w~");
    assertThat(asked.more()).hasSize(1);
    assertThat(Asked.commands(asked.more().get(0))).isEqualTo("HPEXPIRETIME k FIELDS 2 f g");
    assertThat(Asked.answered(fields, "*0~").more()).isEmpty();
  }

  @Test
  void aNameTooLongToBeAskedForIsKeptAsItsDigest() {
    String name = "n".repeat(Question.LONGEST_COMPARED + 1);
    assertThat(Asked.answered(question("AllFields"), Asked.array(name, "v")).words())
        .isEqualTo("<1025>=v (1, 1026)");
    assertThat(Asked.answered(question("AllMembers"), Asked.array(name)).words())
        .isEqualTo("<1025>= (1, 1025)");
    assertThat(Asked.answered(question("AllScores"), Asked.array(name, "1")).words())
        .isEqualTo("<1025>=1.0 (1, 1028)");
    String whole = "n".repeat(Question.LONGEST_COMPARED);
    assertThat(Asked.answered(question("AllMembers"), Asked.array(whole)).content().parts())
        .hasSize(1);
  }

  @Test
  void aFieldWhoseExpiryCannotBeAskedForIsNotTold() {
    String name = "n".repeat(Question.LONGEST_NAME + 1);
    Asked asked = Asked.answered(question("AllFields+"), Asked.array(name, "v", "f", "v"));
    assertThat(asked.refused())
        .isEqualTo(
            "it has a field whose name is longer than 16384 bytes, whose expiry we cannot ask for");
    assertThat(asked.more()).isEmpty();
    assertThat(
            Asked.answered(question("AllFields+"), Asked.array(name.substring(1), "v")).refused())
        .isEmpty();
  }

  @Test
  void ofLongNamesOnlyThoseAreTakenThatAreTooLongToBeAskedFor() {
    String name = "n".repeat(Question.LONGEST_NAME + 1);
    assertThat(Asked.answered(question("LongNames hash"), Asked.array("f", "v", name, "w")).words())
        .isEqualTo("<16385>=w (0, 16386)");
    assertThat(Asked.answered(question("LongNames set"), Asked.array("f", name, "g")).words())
        .isEqualTo("<16385>= (0, 16385)");
    assertThat(Asked.answered(question("LongNames zset"), Asked.array("f", "1", name, "2")).words())
        .isEqualTo("<16385>=2.0 (0, 16388)");
    assertThat(
            Asked.answered(
                    question("LongNames hash"),
                    Asked.array(name, "v".repeat(64 * 1024), name + "m", "v".repeat(64 * 1024 + 1)))
                .words())
        .startsWith("<16385>=vvv")
        .contains(", <16386>=<65537>");
    assertThat(question("LongNames set").about()).isEqualTo("names longer than 16384 bytes");
    assertThat(question("Text").about()).isEqualTo("Text");
  }

  @Test
  void manyVectorsAreAskedForAThousandAtATime() {
    String[] names = new String[2001];
    for (int i = 0; i < names.length; i++) {
      names[i] = "e" + i;
    }
    Asked asked = Asked.answered(question("vector Elements"), Asked.array(names));
    assertThat(asked.more())
        .extracting(more -> ((VectorQuestions.Vectors) more).elements().size())
        .containsExactly(1000, 1000, 1);
    assertThat(Asked.commands(asked.more().get(2))).isEqualTo("VEMB k e2000 RAW; VGETATTR k e2000");
  }

  @Test
  void aVectorsElementWhoseNameIsTooLongIsARefusalOnceAllIsRead() {
    String name = "n".repeat(Question.LONGEST_NAME + 1);
    Asked asked = Asked.answered(question("vector Elements"), Asked.array("a", name, "b"));
    assertThat(asked.refused()).isEqualTo("an element whose name is longer than 16384 bytes");
    assertThat(asked.readAll()).isTrue();
  }

  @Test
  void aLongVectorIsKeptAsItsDigest() {
    Asked one = vector("x".repeat(1025));
    Asked same = vector("x".repeat(1025));
    Asked other = vector("x".repeat(1024) + "y");
    assertThat(one.words()).startsWith("a=1:q sha256 1025:").endsWith(" (1, 50)");
    assertThat(one.words()).isEqualTo(same.words()).isNotEqualTo(other.words());
    assertThat(vector("x".repeat(1024)).words()).contains("1:q 1024:xxx");
  }

  private static Asked vector(String bytes) {
    return Asked.answered(
        new VectorQuestions.Vectors(List.of(Bytes.utf8("a"))),
        "*2~$1~q~" + Asked.bulk(bytes) + "$-1~");
  }

  @Test
  void aWindowOfAStringKnowsWhereItBegins() {
    Content source = Asked.answered(new Questions.TextRange(5, 9), "$3~abc~").content();
    Content replica = Asked.answered(new Questions.TextRange(5, 9), "$3~abd~").content();
    assertThat(Judgement.ofDifferences(source.against(replica, 0)).detail())
        .isEqualTo("1 part differs: the string from byte 7 on");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1.0",
    "-0, 0.0",
    "0, 0.0",
    "INF, Infinity",
    "+inf, Infinity",
    "-Inf, -Infinity",
    "1e3, 1000.0",
    "3.0000000000000000001, 3.0",
    "nan, nan",
    "what, what",
    "17179869184, 1.7179869184E10",
  })
  void aScoreHasOneFormHoweverItWasPrinted(String printed, String score) {
    assertThat(Questions.score(Bytes.utf8(printed)).head().asUtf8()).isEqualTo(score);
  }

  @Test
  void theVersionOfAPayloadStandsInItsFooter() {
    assertThat(
            Asked.answered(question("Payload"), "$11~x\u0009\u000101234567~").content().version())
        .isEqualTo(0x109);
    assertThat(
            Asked.answered(question("Payload"), "$11~x\u00ff\u00ff01234567~").content().version())
        .isEqualTo(0xffff);
    assertThat(new Content().version()).isEqualTo(-1);
  }
}
