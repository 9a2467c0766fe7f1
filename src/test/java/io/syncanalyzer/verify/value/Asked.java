package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.redis.wire.RawOutput;
import io.syncanalyzer.redis.wire.RawReplay;
import io.syncanalyzer.verify.server.Unanswered;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * A question that was asked, and what its canned reply came to. In replies and commands {@code ~}
 * stands for the end of a line.
 *
 * @param content what the answer says
 * @param more the questions that it raised
 * @param refused the error; empty where there was none
 * @param readAll whether the reply was read to its end, and nothing past it
 */
record Asked(Content content, List<Question> more, String refused, boolean readAll) {
  /** Twice, as the replay begins again: who reads too far finds the second, or the beginning. */
  private static final String AFTER = "+after~+again~";

  /** Reads a canned reply as the answer to a question. */
  static Asked answered(Question question, String reply) {
    return answered(question, reply, new Content());
  }

  /** As the other, into what is known already. */
  static Asked answered(Question question, String reply, Content into) {
    RawInput in = RawReplay.endless(bytes(reply + AFTER));
    List<Question> more = new ArrayList<>();
    String refused = "";
    try {
      question.answer(in, into, more::add);
    } catch (Unanswered e) {
      refused = e.said();
    }
    boolean readAll = in.next() == RawInput.STATUS && in.text().equals("after");
    return new Asked(into, more, refused, readAll);
  }

  /** The commands of a question about the key {@code k}, the parts joined by spaces. */
  static String commands(Question question) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    RawOutput out = RawReplay.into(written);
    question.ask(out, Bytes.utf8("k"));
    out.flush();
    RawInput in = RawReplay.endless(written.toByteArray());
    StringJoiner all = new StringJoiner("; ");
    long read = 0;
    while (read < written.size()) {
      long parts = in.expectArray();
      read += 3 + Long.toString(parts).length();
      StringJoiner one = new StringJoiner(" ");
      for (long i = 0; i < parts; i++) {
        long length = in.expectBulk();
        read += 5 + Long.toString(length).length() + length;
        one.add(text(in.bytes(length)));
      }
      all.add(one.toString());
    }
    return all.toString();
  }

  /** Parts {@code name=value}, then what else there is, each with its sign. */
  String words() {
    return words(content);
  }

  static String words(Content content) {
    StringJoiner all = new StringJoiner(", ");
    content.parts.forEach((name, value) -> all.add(text(name) + "=" + text(value)));
    content.longNamed.forEach((name, value) -> all.add(text(name) + "=" + text(value)));
    content.deadlines.forEach((name, millis) -> all.add(text(name) + "!" + millis));
    more(all, "@", content.properties);
    more(all, "?", content.facts);
    more(all, "#", content.sums);
    return all + " (" + content.elements() + ", " + content.bytes() + ")";
  }

  private static void more(StringJoiner all, String sign, Map<Bytes, Blob> named) {
    named.forEach((name, value) -> all.add(sign + text(name) + "=" + text(value)));
  }

  private static String text(Blob value) {
    return value.isWhole() ? text(value.head()) : "<" + value.length() + ">";
  }

  private static String text(Bytes bytes) {
    return new String(bytes.array(), StandardCharsets.ISO_8859_1);
  }

  static byte[] bytes(String reply) {
    return reply.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A string as the wire has it, of so many times a character. */
  static String bulk(String text) {
    return "$" + text.length() + "~" + text + "~";
  }

  /** An array of strings as the wire has it. */
  static String array(String... texts) {
    StringBuilder all = new StringBuilder("*" + texts.length + "~");
    for (String text : texts) {
      all.append(bulk(text));
    }
    return all.toString();
  }
}
