package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.redis.wire.RawOutput;
import io.syncanalyzer.verify.server.Unanswered;
import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The questions about streams, of which {@link GroupQuestions} are a part: entries, last id, what
 * was deleted and added where the server shows it (7.0+), and of every group its last delivered id,
 * its consumers, and its pending entries with owner and delivery count.
 *
 * <p>Not compared are idle times, which are of the moment, and how many entries a group has read
 * ({@code entries-read}, and {@code lag}, which follows from it): where an XREADGROUP that is to be
 * acknowledged reaches the replica as nothing but XCLAIM, which does not have that number, the two
 * differ after the most ordinary replication. They do so on 7.0.15; see <a
 * href="https://github.com/redis/redis/pull/12898">redis#12898</a>, which repaired it later.
 */
final class StreamQuestions {
  /** Orders names that end in the id of an entry by that id. */
  static final Comparator<Bytes> BY_ID = StreamQuestions::compareIds;

  private static final Pattern ID = Pattern.compile("(\\d+)-(\\d+)$");
  private static final int LONGEST_TEXT = 1024;
  private static final int LONGEST_BODY = 64 * 1024;

  private StreamQuestions() {}

  /** All there is to a small stream. */
  static List<Question> whole() {
    return List.of(new Entries("-", "+", 0), new State(), GroupQuestions.whole());
  }

  /** Entries from one id to another, {@code -} and {@code +} for the ends; count 0 for all. */
  record Entries(String from, String to, int count) implements Question {
    @Override
    public void ask(RawOutput out, Bytes key) {
      if (count > 0) {
        Question.ask(out, "XRANGE", key, from, to, "COUNT", Integer.toString(count));
      } else {
        Question.ask(out, "XRANGE", key, from, to);
      }
    }

    @Override
    public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
      long entries = Question.array(in);
      Bytes last = Bytes.EMPTY;
      for (long i = 0; i < entries; i++) {
        in.expectArray(2);
        Bytes id = Question.text(in);
        long texts = Question.array(in);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (long t = 0; t < texts; t++) {
          Blob text = Question.name(in, LONGEST_TEXT);
          String size = (text.isWhole() ? "" : "sha256 ") + text.length() + ":";
          body.writeBytes(Bytes.utf8(size).array());
          body.writeBytes(text.sha256().orElse(text.head()).array());
          body.write(t % 2 == 0 ? '=' : ' ');
          if (body.size() > LONGEST_BODY) {
            fold(body);
            in.forgetHeld();
          }
        }
        into.part(id, Blob.of(Bytes.wrap(body.toByteArray())));
        in.forgetHeld();
        last = id;
      }
      if (count > 0 && entries >= count) {
        into.cutAfter(last, BY_ID);
      }
      into.elements(entries);
    }

    /** An entry may have fields without end: what was read so far becomes its digest. */
    private static void fold(ByteArrayOutputStream body) {
      Bytes digest = Blob.of(Bytes.wrap(body.toByteArray())).digest();
      body.reset();
      body.writeBytes(Bytes.utf8("sha256 ").array());
      body.writeBytes(digest.array());
    }
  }

  /** What XINFO STREAM says of the stream as such. */
  record State() implements Question {
    @Override
    public void ask(RawOutput out, Bytes key) {
      out.begin(3);
      out.part("XINFO");
      out.part("STREAM");
      out.part(key);
    }

    @Override
    public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
      // Sizes of its innards, the first and last entry, and the number of groups are known
      // otherwise or no part of the value; an entry may also be of any size.
      pairs(in)
          .forEach(
              (name, value) -> {
                switch (name) {
                  case "length" -> into.sum(name, Blob.of(value));
                  case "last-generated-id" -> into.property(Bytes.utf8(name), Blob.of(value));
                  // Not idmp-duration and idmp-maxsize of Redis 8.6: a replica that makes the
                  // stream by XADD gives it those of its own configuration.
                  case "max-deleted-entry-id", "entries-added" -> into.fact(name, Blob.of(value));
                  default -> {}
                }
              });
    }
  }

  private static int compareIds(Bytes one, Bytes other) {
    Matcher a = ID.matcher(one.asUtf8());
    Matcher b = ID.matcher(other.asUtf8());
    if (!a.find() || !b.find()) {
      return one.compareTo(other);
    }
    int byTime = compareNumbers(a.group(1), b.group(1));
    return byTime != 0 ? byTime : compareNumbers(a.group(2), b.group(2));
  }

  /** Numbers of any size, without zeros before them. */
  private static int compareNumbers(String one, String other) {
    return one.length() != other.length()
        ? Integer.compare(one.length(), other.length())
        : one.compareTo(other);
  }

  /** The next reply as names and values; values that are no strings or numbers are passed over. */
  static Map<String, Bytes> pairs(RawInput in) throws Unanswered {
    Map<String, Bytes> pairs = new LinkedHashMap<>();
    long count = Question.array(in) / 2;
    for (long i = 0; i < count; i++) {
      String name = text(in).asUtf8();
      in.next();
      if (in.kind() == RawInput.ARRAY) {
        in.skipRest();
      } else {
        pairs.put(name, shortened(Question.rest(in, Question.LONGEST_NAME)));
      }
    }
    return pairs;
  }

  static Bytes value(Map<String, Bytes> pairs, String name) {
    return pairs.getOrDefault(name, Bytes.EMPTY);
  }

  static Bytes text(RawInput in) throws Unanswered {
    return shortened(Question.name(in, Question.LONGEST_NAME));
  }

  static boolean isShortened(Bytes text) {
    return text.asUtf8().matches("sha256 [0-9a-f]{64}, \\d+ bytes");
  }

  /** What is too long to be held stands as its digest and length. */
  private static Bytes shortened(Blob text) {
    return text.isWhole()
        ? text.head()
        : Bytes.utf8("sha256 " + text.digest().toHex() + ", " + text.length() + " bytes");
  }
}
