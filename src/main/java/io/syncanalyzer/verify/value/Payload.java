package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.redis.wire.RawOutput;
import io.syncanalyzer.verify.server.Unanswered;
import java.util.function.Consumer;

/** The serialized payload of a type we do not know, without its footer. */
record Payload() implements Question {
  private static final int DUMP_FOOTER = 10;

  /** The part of the content that is the payload. */
  static final Bytes BODY = Bytes.utf8("serialized payload");

  @Override
  public void ask(RawOutput out, Bytes key) {
    out.begin(2);
    out.part("DUMP");
    out.part(key);
  }

  @Override
  public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
    long length = Question.value(in);
    if (length < 0) {
      return;
    }
    if (length < DUMP_FOOTER) {
      in.skip(length);
      throw new Unanswered("a payload of " + length + " bytes");
    }
    into.part(BODY, in.blobPart(length - DUMP_FOOTER, into.keep()));
    Bytes footer = in.bytes(DUMP_FOOTER);
    int version = (footer.at(0) & 0xff) | (footer.at(1) & 0xff) << 8;
    into.version(version);
  }
}
