package io.syncanalyzer.verify.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.redis.wire.RawReplay;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnorderedReplyTest {
  private final UnorderedReply mine = new UnorderedReply();
  private final UnorderedReply other = new UnorderedReply();

  private static boolean take(UnorderedReply reply, String wire, int stride) {
    RawInput in = RawReplay.endless(Asked.bytes(wire + "+after~"));
    in.next();
    boolean kept = reply.take(in, stride);
    assertThat(in.next()).isEqualTo(RawInput.STATUS);
    assertThat(in.text()).isEqualTo("after");
    return kept;
  }

  private static String array(String elements) {
    return elements.isEmpty() ? "*0~" : Asked.array(elements.split(",", -1));
  }

  @ParameterizedTest(name = "{0} and {1} by {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "''          | ''          | 1 | true",
        "a           | a           | 1 | true",
        "a           | b           | 1 | false",
        "a           | ''          | 1 | false",
        "a,b,c       | c,a,b       | 1 | true",
        "a,b,c       | c,a,x       | 1 | false",
        "a,b         | a,b,c       | 1 | false",
        "ab,c        | a,bc        | 1 | false",
        "a,a,b       | a,b,b       | 1 | false",
        "a,a,b       | b,a,a       | 1 | true",
        ",a          | a,          | 1 | true",
        "Aa,BB       | BB,Aa       | 1 | true",
        "Aa          | BB          | 1 | false",
        "AaAa,x      | x,BBBB      | 1 | false",
        "f,1,g,2     | g,2,f,1     | 2 | true",
        "f,1,g,2     | g,1,f,2     | 2 | false",
        "f,1,g,2     | 1,f,g,2     | 2 | false",
        "f,1         | f,2         | 2 | false",
        "ab,c        | a,bc        | 2 | false",
        "abc,        | ,abc        | 2 | false",
        "a,bc,d,e    | d,e,ab,c    | 2 | false",
      })
  void elementsAreComparedInWhateverOrder(String one, String two, int stride, boolean same) {
    assertThat(take(mine, array(one), stride)).isTrue();
    assertThat(take(other, array(two), stride)).isTrue();
    assertThat(mine.sameAs(other)).isEqualTo(same);
    assertThat(other.sameAs(mine)).isEqualTo(same);
    assertThat(mine.sameAs(mine)).isTrue();
  }

  @Test
  void elementsAndBytesAreCounted() {
    take(mine, array("f,123,g,"), 2);
    assertThat(mine.slices()).isEqualTo(2);
    assertThat(mine.bodyBytes()).isEqualTo(5);
    take(mine, array("a"), 1);
    assertThat(mine.slices()).isEqualTo(1);
    assertThat(mine.bodyBytes()).isEqualTo(1);
  }

  @Test
  void aThousandElementsAreComparedInAnyOrderAndOneThatIsOtherIsFound() {
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < 1024; i++) {
      elements.add("element " + i);
    }
    assertThat(take(mine, Asked.array(elements.toArray(String[]::new)), 1)).isTrue();
    Collections.shuffle(elements, new Random(7));
    assertThat(take(other, Asked.array(elements.toArray(String[]::new)), 1)).isTrue();
    assertThat(mine.sameAs(other)).isTrue();
    elements.set(512, "element  ");
    take(other, Asked.array(elements.toArray(String[]::new)), 1);
    assertThat(mine.sameAs(other)).isFalse();
  }

  @Test
  void whatAnEarlierComparisonLeftIsForgotten() {
    take(mine, array("a,b,c"), 1);
    take(other, array("c,x,a"), 1);
    assertThat(mine.sameAs(other)).isFalse();
    take(other, array("c,a,a"), 1);
    assertThat(mine.sameAs(other)).isFalse();
    take(other, array("c,a,b"), 1);
    assertThat(mine.sameAs(other)).isTrue();
  }

  @Test
  void lengthsOfMoreThanAByteKeepElementsApart() {
    String x = "x".repeat(256);
    take(mine, Asked.array(x, "", x, "y"), 2);
    take(other, Asked.array(x, "y", "", x), 2);
    assertThat(mine.sameAs(other)).isFalse();
    take(mine, Asked.array(x + "a", "b"), 2);
    take(other, Asked.array(x, "ab"), 2);
    assertThat(mine.sameAs(other)).isFalse();
  }

  @Test
  void whatIsTooLargeToBeKeptIsPassedOver() {
    String[] many = new String[1025];
    java.util.Arrays.fill(many, "a");
    assertThat(take(mine, Asked.array(many), 1)).isFalse();
    assertThat(take(mine, "*2050~" + "$1~a~".repeat(2050), 2)).isFalse();
    assertThat(take(mine, "*2049~" + "$1~a~".repeat(2049), 2)).isFalse();
    assertThat(take(mine, "*2048~" + "$1~a~".repeat(2048), 2)).isTrue();
    assertThat(take(mine, Asked.array("x".repeat(64 * 1024 - 4)), 1)).isTrue();
    assertThat(mine.slices()).isEqualTo(1);
    assertThat(take(mine, Asked.array("x".repeat(64 * 1024 - 3)), 1)).isFalse();
    assertThat(take(mine, Asked.array("a", "x".repeat(64 * 1024 - 9)), 1)).isTrue();
    assertThat(take(mine, Asked.array("a", "x".repeat(64 * 1024 - 8), "b"), 1)).isFalse();
  }

  @Test
  void whatIsNoArrayOfStringsIsPassedOver() {
    assertThat(take(mine, "$1~a~", 1)).isFalse();
    assertThat(take(mine, ":5~", 1)).isFalse();
    assertThat(take(mine, "-ERR no~", 1)).isFalse();
    assertThat(take(mine, "*-1~", 1)).isFalse();
    assertThat(take(mine, "*2~:1~$1~a~", 1)).isFalse();
    assertThat(take(mine, "*2~$1~a~*1~$1~b~", 1)).isFalse();
  }

  @Test
  void aLengthThatTakesMoreThanOneByteIsPartOfTheElement() {
    String first = "x".repeat(300);
    take(mine, Asked.array(first + "a", "b"), 1);
    take(other, Asked.array("b", first + "a"), 1);
    assertThat(mine.sameAs(other)).isTrue();
    take(other, Asked.array("b", first + "c"), 1);
    assertThat(mine.sameAs(other)).isFalse();
  }
}
