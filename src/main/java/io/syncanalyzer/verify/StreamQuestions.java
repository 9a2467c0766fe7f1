package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.LosslessText;
import io.syncanalyzer.redis.RawInput;
import io.syncanalyzer.redis.RawOutput;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The questions about streams: entries, last id, what was deleted and added where the server shows
 * it (7.0+), and of every group its last delivered id, its consumers, and its pending entries with
 * owner and delivery count.
 *
 * <p>Not compared are idle times, which are of the moment, and how many entries a group has read
 * ({@code entries-read}, and {@code lag}, which follows from it): where an XREADGROUP that is to be
 * acknowledged reaches the replica as nothing but XCLAIM, which does not have that number, the two
 * differ after the most ordinary replication. They do so on 7.0.15; see <a
 * href="https://github.com/redis/redis/pull/12898">redis#12898</a>, which repaired it later.
 */
final class StreamQuestions {
  private static final int PENDING_WINDOW = 1000;
  private static final int PENDING_COLUMNS = 4;
  private static final int LONGEST_TEXT = 1024;
  private static final int LONGEST_BODY = 64 * 1024;

  private StreamQuestions() {}

  /** All there is to a small stream. */
  static List<Question> whole() {
    return List.of(new Entries("-", "+", 0), new State(), new Groups());
  }

  /** Entries from one id to another, {@code -} and {@code +} for the ends; count 0 for all. */
  record Entries(String from, String to, int count) implements Question {
    @Override
    public void ask(RawOutput out, Bytes key) {
      out.begin(count > 0 ? 6 : 4);
      out.part("XRANGE");
      out.part(key);
      out.part(from);
      out.part(to);
      if (count > 0) {
        out.part("COUNT");
        out.part(count);
      }
    }

    @Override
    public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
      long entries = Question.array(in);
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
          fold(body);
        }
        into.part(id, Blob.of(Bytes.wrap(body.toByteArray())));
      }
      into.elements(entries);
    }

    /** An entry may have fields without end: what was read so far becomes its digest. */
    private static void fold(ByteArrayOutputStream body) {
      if (body.size() > LONGEST_BODY) {
        Bytes digest = Blob.of(Bytes.wrap(body.toByteArray())).digest();
        body.reset();
        body.writeBytes(Bytes.utf8("sha256 ").array());
        body.writeBytes(digest.array());
      }
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
                  case "length", "last-generated-id" -> into.part(Bytes.utf8(name), Blob.of(value));
                  case "max-deleted-entry-id", "entries-added" -> into.fact(name, Blob.of(value));
                  default -> {}
                }
              });
    }
  }

  /** The groups, each raising questions about its consumers and pending entries. */
  record Groups() implements Question {
    @Override
    public void ask(RawOutput out, Bytes key) {
      out.begin(3);
      out.part("XINFO");
      out.part("GROUPS");
      out.part(key);
    }

    @Override
    public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
      long groups = Question.array(in);
      boolean tooLong = false;
      for (long i = 0; i < groups; i++) {
        Map<String, Bytes> group = pairs(in);
        Bytes name = value(group, "name");
        tooLong |= isShortened(name);
        into.part(
            Bytes.utf8("group " + LosslessText.of(name) + " last-delivered-id"),
            Blob.of(value(group, "last-delivered-id")));
        Bytes pending = value(group, "pending");
        into.part(Bytes.utf8("group " + LosslessText.of(name) + " pending"), Blob.of(pending));
        more.accept(new Consumers(name));
        // Asked whatever the count says: where nothing is pending the reply is simply empty.
        more.accept(new Pending(name, "-"));
      }
      if (tooLong) {
        throw new Unanswered(
            "a group whose name is longer than " + Question.LONGEST_NAME + " bytes");
      }
    }
  }

  /** The consumers of a group. */
  record Consumers(Bytes group) implements Question {
    @Override
    public void ask(RawOutput out, Bytes key) {
      out.begin(4);
      out.part("XINFO");
      out.part("CONSUMERS");
      out.part(key);
      out.part(group);
    }

    @Override
    public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
      long consumers = ofGroup(in);
      for (long i = 0; i < consumers; i++) {
        Map<String, Bytes> consumer = pairs(in);
        into.part(
            Bytes.utf8(
                "group "
                    + LosslessText.of(group)
                    + " consumer "
                    + LosslessText.of(value(consumer, "name"))),
            Blob.of(value(consumer, "pending")));
      }
    }
  }

  /** Pending entries of a group from an id on. */
  record Pending(Bytes group, String from) implements Question {
    @Override
    public void ask(RawOutput out, Bytes key) {
      out.begin(6);
      out.part("XPENDING");
      out.part(key);
      out.part(group);
      out.part(from);
      out.part("+");
      out.part(PENDING_WINDOW);
    }

    @Override
    public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
      long entries = ofGroup(in);
      String last = from;
      for (long i = 0; i < entries; i++) {
        in.expectArray(PENDING_COLUMNS);
        last = text(in).asUtf8();
        Bytes owner = text(in);
        text(in); // The idle time is of the moment.
        into.part(
            Bytes.utf8("group " + LosslessText.of(group) + " pending " + last),
            Blob.of(
                Bytes.utf8(
                    "owner " + LosslessText.of(owner) + ", deliveries " + text(in).asUtf8())));
      }
      if (entries == PENDING_WINDOW) {
        more.accept(new Pending(group, "(" + last));
      }
    }
  }

  /**
   * The length of a reply about a group; none where the group is not there: that differs itself.
   */
  private static long ofGroup(RawInput in) throws Unanswered {
    try {
      return Question.array(in);
    } catch (Unanswered e) {
      if (e.said().startsWith("NOGROUP")) {
        return 0;
      }
      throw e;
    }
  }

  /** The next reply as names and values; values that are no strings or numbers are passed over. */
  private static Map<String, Bytes> pairs(RawInput in) throws Unanswered {
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

  private static Bytes value(Map<String, Bytes> pairs, String name) {
    return pairs.getOrDefault(name, Bytes.EMPTY);
  }

  private static Bytes text(RawInput in) throws Unanswered {
    return shortened(Question.name(in, Question.LONGEST_NAME));
  }

  private static boolean isShortened(Bytes text) {
    return text.asUtf8().matches("sha256 [0-9a-f]{64}, \\d+ bytes");
  }

  /** What is too long to be held stands as its digest and length. */
  private static Bytes shortened(Blob text) {
    return text.isWhole()
        ? text.head()
        : Bytes.utf8("sha256 " + text.digest().toHex() + ", " + text.length() + " bytes");
  }
}
