package io.syncanalyzer.verify.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What differs between two values. A value is written as its parts with commas between: {@code
 * name=value}, {@code @property=value}, {@code ?fact=value}, {@code #sum=value}, {@code
 * name!deadline}; a difference as {@code name: source / replica}, {@code -} for nothing.
 */
class ContentComparisonTest {
  private static final long TOLERANCE = 1000;

  @ParameterizedTest(name = "{0}: {1} and {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "the same                    | a=1,b=2,c=3       | a=1,b=2,c=3       | none",
        "in another order            | a=1,b=2,c=3       | c=3,a=1,b=2       | none",
        "both empty                  | ''                | ''                | none",
        "empty on the replica        | a=1               | ''                | a: 1 / -",
        "empty on the source         | ''                | a=1               | a: - / 1",
        "another at the start        | a=1,b=2,c=3       | a=x,b=2,c=3       | a: 1 / x",
        "another in the middle       | a=1,b=2,c=3       | a=1,b=x,c=3       | b: 2 / x",
        "another at the end          | a=1,b=2,c=3       | a=1,b=2,c=x       | c: 3 / x",
        "missing at the start        | a=1,b=2,c=3       | b=2,c=3           | a: 1 / -",
        "missing in the middle       | a=1,b=2,c=3       | a=1,c=3           | b: 2 / -",
        "missing at the end          | a=1,b=2,c=3       | a=1,b=2           | c: 3 / -",
        "extra at the start          | b=2,c=3           | a=1,b=2,c=3       | a: - / 1",
        "extra in the middle         | a=1,c=3           | a=1,b=2,c=3       | b: - / 2",
        "extra at the end            | a=1,b=2           | a=1,b=2,c=3       | c: - / 3",
        "another, missing and extra  | a=1,b=2           | a=x,c=3           | a: 1 / x; b: 2 / -; c: - / 3",
        "two that changed places     | a=1,b=2           | a=2,b=1           | a: 1 / 2; b: 2 / 1",
        "the empty value             | a=                | a=1               | a:  / 1",
        "the empty value and none    | a=                | ''                | a:  / -",
        "the empty name              | =1                | =2                | : 1 / 2",
        "a byte of zero              | 'a=\u0000'        | a=                | 'a: \u0000 / '",
        "the last byte               | a=xy\u00ff        | a=xy\u00fe        | a: xy\u00ff / xy\u00fe",
        "longer on the source        | a=xy              | a=x               | a: xy / x",
        "a property                  | @p=1              | @p=2              | @p: 1 / 2",
        "a property missing          | @p=1              | ''                | @p: 1 / -",
        "a property extra            | ''                | @p=1              | @p: - / 1",
        "no property is a part       | @p=1              | p=1               | p: - / 1; @p: 1 / -",
        "a fact                      | ?f=1              | ?f=2              | @f: 1 / 2",
        "the same fact               | ?f=1              | ?f=1              | none",
        "a fact that one shows       | ?f=1              | ''                | none",
        "a fact that the other shows | ''                | ?f=1              | none",
        "a sum                       | #s=1              | #s=2              | #s: 1 / 2",
        "a sum beside a part         | a=1,#s=1          | #s=0              | a: 1 / -; #s: 1 / 0",
        "a deadline                  | a=1,a!5000        | a=1,a!6001        | a: 1 / 1",
        "a deadline in the tolerance | a=1,a!5000        | a=1,a!6000        | none",
        "one before, in it           | a=1,a!6000        | a=1,a!5000        | none",
        "one before, out of it       | a=1,a!6001        | a=1,a!5000        | a: 1 / 1",
        "never on the source         | a=1,a!-1          | a=1,a!5000        | a: 1 / 1",
        "never on the replica        | a=1,a!5000        | a=1,a!-1          | a: 1 / 1",
        "never on both               | a=1,a!-1          | a=1,a!-1          | none",
        "at no time is not at 0      | a=1,a!-1          | a=1,a!0           | a: 1 / 1",
        "at 0 is not at no time      | a=1,a!0           | a=1,a!-1          | a: 1 / 1",
        "both at 0                   | a=1,a!0           | a=1,a!0           | none",
        "a deadline that one shows   | a=1,a!5000        | a=1               | none",
        "a deadline of none          | a=1,a!5000        | a=1,a!-2          | none",
        "elements before properties  | @p=1,a=1          | @p=2,a=2          | a: 1 / 2; @p: 1 / 2",
      })
  void partsAreComparedByName(String what, String source, String replica, @Nullable String told) {
    assertThat(told(content(source), content(replica))).isEqualTo(told == null ? "" : told);
    assertThat(content(source).against(content(replica), TOLERANCE).isEmpty())
        .isEqualTo(told == null);
  }

  @Test
  void deadlinesThatDifferSaySo() {
    List<Content.Difference> found = found(content("a=1,a!5000"), content("a=1,a!-1"));
    assertThat(found.get(0).note())
        .hasValue("the field expires at 5000 ms on the source, at no time on the replica");
    assertThat(found.get(0).kind()).isEqualTo(Content.Kind.ELEMENT);
    assertThat(found(content("a=1,a!0"), content("a=1,a!7000")).get(0).note())
        .hasValue("the field expires at 0 ms on the source, at 7000 ms on the replica");
    assertThat(
            Judgement.ofDifferences(content("a=1,a!0").against(content("a=1,a!7000"), 0)).detail())
        .isEqualTo(
            "1 part differs: a (the field expires at 0 ms on the source, at 7000 ms on the"
                + " replica)");
    assertThat(content("a!7").deadlines()).containsEntry(Bytes.utf8("a"), 7L);
  }

  @Test
  void kindsAreWhatThePartsAre() {
    assertThat(found(content("a=1,@p=1,?f=1,#s=1"), content("@p=2,?f=2,#s=2")))
        .extracting(Content.Difference::kind)
        .containsExactly(
            Content.Kind.ELEMENT, Content.Kind.PROPERTY, Content.Kind.PROPERTY, Content.Kind.SUM);
    Content text = new Content();
    text.text(7, blob("abc"));
    Content other = new Content();
    other.text(7, blob("abd"));
    assertThat(found(text, other))
        .containsExactly(
            new Content.Difference(
                Content.Kind.TEXT,
                Bytes.utf8("bytes from 7"),
                blob("abc"),
                blob("abd"),
                7,
                Optional.empty()));
  }

  @Test
  void namesTooLongToBeHeldAreComparedByTheirDigests() {
    Blob name = new Blob(2000, Bytes.utf8("nn"), Optional.of(Bytes.utf8("digest")));
    Blob like = new Blob(2000, Bytes.utf8("nn"), Optional.of(Bytes.utf8("other")));
    Content source = new Content();
    source.part(name, blob("1"));
    Content same = new Content();
    same.part(name, blob("1"));
    assertThat(found(source, same)).isEmpty();
    Content other = new Content();
    other.part(like, blob("1"));
    assertThat(found(source, other))
        .extracting(one -> one.note().orElse(""))
        .containsExactly(
            "its name has 2000 bytes, SHA-256 " + Bytes.utf8("digest").toHex(),
            "its name has 2000 bytes, SHA-256 " + Bytes.utf8("other").toHex());
    assertThat(source.isEmpty()).isFalse();
    assertThat(source.bytes()).isEqualTo(2001);
    assertThat(source.held()).isEqualTo(3);
  }

  @Test
  void whatIsCutOffOnEitherSideIsNoDifference() {
    Content source = content("a=1,b=2,c=3,@d=4");
    Content replica = content("a=1");
    replica.cutAfter(Bytes.utf8("b"), Bytes::compareTo);
    assertThat(told(source, replica)).isEqualTo("b: 2 / -");
    assertThat(source.against(replica, 0).mayBeMore()).isTrue();
    Content properties = content("@a=1,@c=1");
    assertThat(properties.against(replica, 0).mayBeMore()).isTrue();
    assertThat(content("a=1").against(replica, 0).mayBeMore()).isFalse();
    assertThat(content("@a=1").against(replica, 0).mayBeMore()).isFalse();
    Content cut = content("a=1");
    cut.cutAfter(Bytes.utf8("a"), Bytes::compareTo);
    assertThat(told(cut, content("a=1,b=2,@c=3"))).isEmpty();
    cut.continued();
    assertThat(told(cut, content("a=1,b=2,@c=3"))).isEqualTo("b: - / 2; @c: - / 3");
  }

  @Test
  void allDifferencesAreCountedAndTheFirstTenKept() {
    Content source = new Content();
    for (int i = 0; i < 12; i++) {
      source.part(Bytes.utf8("p" + i), blob("1"));
    }
    Content.Differences found = source.against(new Content(), 0);
    assertThat(found.count()).isEqualTo(12);
    assertThat(found.first()).hasSize(10);
    assertThat(found.first().get(9).name().asUtf8()).isEqualTo("p9");
    Content.Differences both = new Content.Differences();
    both.addAll(found);
    both.addAll(found);
    assertThat(both.count()).isEqualTo(24);
    assertThat(both.first()).hasSize(10);
    assertThat(both.mayBeMore()).isFalse();
    found.more();
    both.addAll(found);
    assertThat(both.mayBeMore()).isTrue();
  }

  @Test
  void aSumTellsOnlyWhereNothingElseDoes() {
    Content.Differences sum = content("#s=1").against(content("#s=2"), 0);
    assertThat(sum.count()).isEqualTo(1);
    assertThat(sum.lackElements()).isTrue();
    Content.Differences property = content("#s=1,@p=1").against(content("#s=2,@p=2"), 0);
    assertThat(property.lackElements()).isTrue();
    assertThat(property.first())
        .extracting(Content.Difference::kind)
        .containsOnly(Content.Kind.PROPERTY);
    Content.Differences element = content("#s=1,a=1").against(content("#s=2"), 0);
    assertThat(element.lackElements()).isFalse();
    assertThat(content("a=1").against(content(""), 0).lackElements()).isFalse();
    Content.Differences all = new Content.Differences();
    all.addAll(sum);
    assertThat(all.lackElements()).isTrue();
    assertThat(all.isEmpty()).isFalse();
    all.addAll(element);
    assertThat(all.lackElements()).isFalse();
  }

  @Test
  void onceTheBudgetIsHeldLongValuesAreKeptAsDigests() {
    Content content = new Content();
    String piece = "x".repeat(64 * 1024);
    assertThat(content.keep()).isEqualTo(64 * 1024);
    for (int i = 0; i < 4; i++) {
      content.part(Bytes.utf8("p" + i), blob(piece));
    }
    assertThat(content.held()).isEqualTo(4 * (64 * 1024 + 2));
    assertThat(content.keep()).isEqualTo(128);
    content.part(Bytes.utf8("last"), blob("y".repeat(200)));
    Blob last = part(content, "last");
    assertThat(last.isWhole()).isFalse();
    assertThat(last.length()).isEqualTo(200);
    assertThat(last.head().asUtf8()).isEqualTo("y".repeat(128));
    assertThat(last.sameBytes(blob("y".repeat(200)))).isTrue();
    content.part(Bytes.utf8("short"), blob("y".repeat(128)));
    assertThat(part(content, "short").isWhole()).isTrue();
    assertThat(content.bytes()).isEqualTo(4 * (64 * 1024 + 2) + 204 + 133);
    Content before = new Content();
    for (int i = 0; i < 4; i++) {
      before.part(Bytes.EMPTY, blob(piece));
    }
    assertThat(before.held()).isEqualTo(Content.BUDGET);
    assertThat(before.keep()).isEqualTo(64 * 1024);
    before.part(Bytes.utf8("last"), blob("y".repeat(200)));
    assertThat(part(before, "last").isWhole()).isTrue();
  }

  private static Blob part(Content content, String name) {
    return Objects.requireNonNull(content.parts().get(Bytes.utf8(name)));
  }

  @Test
  void propertiesAreHeldButAreNoBytesOfTheValue() {
    Content content = content("@p=12");
    assertThat(content.held()).isEqualTo(3);
    assertThat(content.bytes()).isZero();
    assertThat(content.isEmpty()).isFalse();
    assertThat(content("#s=1,?f=1,a!5").isEmpty()).isTrue();
  }

  @Test
  void withoutPartsItsSumsAreKept() {
    Content sums = Contents.of("a=1", "b=22").sumsOnly();
    assertThat(sums.elements()).isEqualTo(2);
    assertThat(sums.bytes()).isEqualTo(5);
    assertThat(sums.parts()).isEmpty();
  }

  private static String told(Content source, Content replica) {
    List<String> told = new ArrayList<>();
    for (Content.Difference one : found(source, replica)) {
      String sign =
          switch (one.kind()) {
            case PROPERTY -> "@";
            case SUM -> "#";
            default -> "";
          };
      told.add(
          sign + latin(one.name()) + ": " + value(one.source()) + " / " + value(one.replica()));
    }
    return String.join("; ", told);
  }

  private static List<Content.Difference> found(Content source, Content replica) {
    List<Content.Difference> found = new ArrayList<>();
    source.against(replica, TOLERANCE, found::add);
    return found;
  }

  private static String value(@Nullable Blob value) {
    return value == null ? "-" : latin(value.head());
  }

  private static String latin(Bytes bytes) {
    return new String(bytes.array(), java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static Blob blob(String text) {
    return Blob.of(Bytes.wrap(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
  }

  private static Content content(String written) {
    Content content = new Content();
    for (String part : written.isEmpty() ? List.<String>of() : List.of(written.split(",", -1))) {
      int at = Math.max(part.indexOf('='), part.indexOf('!'));
      String name = part.substring(0, at);
      String value = part.substring(at + 1);
      if (part.charAt(at) == '!') {
        content.deadline(Bytes.utf8(name), Long.parseLong(value));
      } else if (name.startsWith("@")) {
        content.property(Bytes.utf8(name.substring(1)), blob(value));
      } else if (name.startsWith("?")) {
        content.fact(name.substring(1), blob(value));
      } else if (name.startsWith("#")) {
        content.sum(name.substring(1), blob(value));
      } else {
        content.part(Bytes.utf8(name), blob(value));
      }
    }
    return content;
  }
}
