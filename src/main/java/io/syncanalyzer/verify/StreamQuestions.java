package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.LosslessText;
import io.syncanalyzer.redis.RawInput;
import io.syncanalyzer.redis.RawOutput;
import io.syncanalyzer.redis.Reply;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;

/**
 * The questions about streams: entries, last id, what was deleted and added where the server shows
 * it (7.0+), and of every group its last delivered id, its consumers, and its pending entries with
 * owner and delivery count. Idle times are of the moment and not compared.
 */
final class StreamQuestions {
  private static final int PENDING_WINDOW = 1000;
  private static final int PENDING_COLUMNS = 4;

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
          Blob text = in.blob(in.expectBulk(), into.keep() / 16);
          String size = (text.isWhole() ? "" : "sha256 ") + text.length() + ":";
          body.writeBytes(Bytes.utf8(size).array());
          body.writeBytes(text.sha256().orElse(text.head()).array());
          body.write(t % 2 == 0 ? '=' : ' ');
        }
        into.part(id, Blob.of(Bytes.wrap(body.toByteArray())));
      }
      into.elements(entries);
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
      List<Reply> items = items(in.reply());
      for (int i = 0; i + 1 < items.size(); i += 2) {
        String name = text(items.get(i)).asUtf8();
        switch (name) {
          case "length", "last-generated-id" ->
              into.part(Bytes.utf8(name), Blob.of(text(items.get(i + 1))));
          case "max-deleted-entry-id", "entries-added" ->
              into.fact(name, Blob.of(text(items.get(i + 1))));
          default -> {
            // Sizes of its innards, the first and last entry, and the number of groups: known
            // otherwise or no part of the value.
          }
        }
      }
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
      for (Reply group : items(in.reply())) {
        Bytes name = value(group, "name");
        into.part(
            Bytes.utf8("group " + LosslessText.of(name) + " last-delivered-id"),
            Blob.of(value(group, "last-delivered-id")));
        Bytes pending = value(group, "pending");
        into.part(Bytes.utf8("group " + LosslessText.of(name) + " pending"), Blob.of(pending));
        more.accept(new Consumers(name));
        // Asked whatever the count says: where nothing is pending the reply is simply empty.
        more.accept(new Pending(name, "-"));
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
      Reply reply = in.reply();
      if (isMissing(reply)) {
        return;
      }
      for (Reply consumer : items(reply)) {
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
      Reply reply = in.reply();
      if (isMissing(reply)) {
        return;
      }
      List<Reply> entries = items(reply);
      String last = from;
      for (Reply entry : entries) {
        List<Reply> columns = items(entry);
        if (columns.size() != PENDING_COLUMNS) {
          throw new Unanswered("XPENDING answered with " + columns.size() + " columns");
        }
        last = text(columns.get(0)).asUtf8();
        into.part(
            Bytes.utf8("group " + LosslessText.of(group) + " pending " + last),
            Blob.of(
                Bytes.utf8(
                    "owner "
                        + LosslessText.of(text(columns.get(1)))
                        + ", deliveries "
                        + text(columns.get(3)).asUtf8())));
      }
      if (entries.size() == PENDING_WINDOW) {
        more.accept(new Pending(group, "(" + last));
      }
    }
  }

  /** Whether the group is not there: then it has no parts, which is what differs. */
  private static boolean isMissing(Reply reply) {
    return reply instanceof Reply.Failed failed && failed.code().equals("NOGROUP");
  }

  private static List<Reply> items(Reply reply) throws Unanswered {
    if (reply instanceof Reply.Failed failed) {
      throw new Unanswered(failed.message());
    }
    return reply instanceof Reply.Items items ? items.list() : List.of();
  }

  private static Bytes value(Reply pairs, String name) throws Unanswered {
    List<Reply> items = items(pairs);
    for (int i = 0; i + 1 < items.size(); i += 2) {
      if (text(items.get(i)).equals(Bytes.utf8(name))) {
        return text(items.get(i + 1));
      }
    }
    return Bytes.EMPTY;
  }

  private static Bytes text(Reply reply) {
    if (reply instanceof Reply.Text text) {
      return text.bytes();
    }
    return reply instanceof Reply.Int number
        ? Bytes.utf8(Long.toString(number.value()))
        : Bytes.EMPTY;
  }
}
