package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.redis.wire.RawOutput;
import io.syncanalyzer.verify.server.Unanswered;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The questions about the groups of a stream, their consumers and pending entries.
 *
 * <p>Groups and consumers are listed by XINFO only as a whole: where there are more than are held
 * at once it is asked again for those that follow ({@link NextInOrder}). How many are pending in
 * all, and for whom, follows from the pending entries.
 */
final class GroupQuestions {
  /** Groups, or consumers, that are held at once. */
  private static final int MOST = 4096;

  private static final long MOST_BYTES = 4L << 20;
  private static final long MOST_HELD = 16L << 20;
  private static final int PENDING_WINDOW = 1000;
  private static final int PENDING_COLUMNS = 4;
  private static final String TOO_MANY =
      "it has more groups, consumers and pending entries than are held at once";

  private GroupQuestions() {}

  /** All groups with all there is to them. */
  static Question whole() {
    return new Groups(null);
  }

  /** A group's name as it stands in a list, and when it was last delivered. */
  private record Group(Bytes name, Bytes lastDelivered) {}

  /**
   * Groups in the order of their parts' names, each raising questions about its consumers and
   * pending entries.
   *
   * @param after the name of the last part known already; null for none
   */
  record Groups(@Nullable Bytes after) implements Question {
    @Override
    public void ask(RawOutput out, Bytes key) {
      out.begin(3);
      out.part("XINFO");
      out.part("GROUPS");
      out.part(key);
    }

    @Override
    public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
      into.continued();
      long groups = Question.array(in);
      boolean tooLong = false;
      NextInOrder<Group> next = new NextInOrder<>(after, MOST, MOST_BYTES);
      for (long i = 0; i < groups; i++) {
        Map<String, Bytes> group = StreamQuestions.pairs(in);
        Bytes name = StreamQuestions.value(group, "name");
        tooLong |= StreamQuestions.isShortened(name);
        next.offer(
            named("group ", name, ""),
            new Group(name, StreamQuestions.value(group, "last-delivered-id")));
        in.forgetHeld();
      }
      if (tooLong) {
        throw new Unanswered(
            "a group whose name is longer than " + Question.LONGEST_NAME + " bytes");
      }
      expectRoom(into, next);
      for (Group group : next.values()) {
        into.property(named("group ", group.name(), ""), Blob.of(group.lastDelivered()));
        more.accept(new Consumers(group.name(), null));
        // Asked whatever the count says: where nothing is pending the reply is simply empty.
        more.accept(new Pending(group.name(), "-"));
      }
      Bytes last = next.last();
      if (last != null) {
        into.cutAfter(last, Bytes::compareTo);
        more.accept(new Groups(last));
      }
    }
  }

  /**
   * The consumers of a group.
   *
   * @param after as of {@link Groups}
   */
  record Consumers(Bytes group, @Nullable Bytes after) implements Question {
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
      into.continued();
      long consumers = ofGroup(in);
      Bytes prefix = named("group ", group, " consumer ");
      NextInOrder<Bytes> next = new NextInOrder<>(after, MOST, MOST_BYTES);
      for (long i = 0; i < consumers; i++) {
        Bytes name = StreamQuestions.value(StreamQuestions.pairs(in), "name");
        Bytes part = named(prefix, name, "");
        next.offer(part, part);
        in.forgetHeld();
      }
      expectRoom(into, next);
      next.names().forEach(name -> into.property(name, Blob.of(Bytes.EMPTY)));
      Bytes last = next.last();
      if (last != null) {
        into.cutAfter(last, Bytes::compareTo);
        more.accept(new Consumers(group, last));
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
      into.continued();
      long entries = ofGroup(in);
      Bytes last = Bytes.EMPTY;
      String lastId = from;
      for (long i = 0; i < entries; i++) {
        in.expectArray(PENDING_COLUMNS);
        lastId = StreamQuestions.text(in).asUtf8();
        Bytes owner = StreamQuestions.text(in);
        StreamQuestions.text(in); // The idle time is of the moment.
        String deliveries = ", deliveries " + StreamQuestions.text(in).asUtf8();
        last = named("group ", group, " pending " + lastId);
        into.property(last, Blob.of(named("owner ", owner, deliveries)));
        in.forgetHeld();
      }
      if (into.held() > MOST_HELD) {
        throw new Unanswered(TOO_MANY);
      }
      if (entries >= PENDING_WINDOW) {
        into.cutAfter(last, StreamQuestions.BY_ID);
        more.accept(new Pending(group, "(" + lastId));
      }
    }
  }

  private static void expectRoom(Content into, NextInOrder<?> next) throws Unanswered {
    if (next.isTooLong() || into.held() > MOST_HELD) {
      throw new Unanswered(TOO_MANY);
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

  private static Bytes named(String before, Bytes name, String after) {
    return named(Bytes.utf8(before), name, after);
  }

  /**
   * A name with words around it. It stands in quotes, and quotes in it are doubled, so that no two
   * parts have the same name whatever groups and consumers are called.
   */
  private static Bytes named(Bytes before, Bytes name, String after) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(before.array());
    all.write('"');
    for (byte b : name.array()) {
      all.write(b);
      if (b == '"') {
        all.write(b);
      }
    }
    all.writeBytes(Bytes.utf8('"' + after).array());
    return Bytes.wrap(all.toByteArray());
  }
}
