package io.syncanalyzer.redis.wire;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Reply;
import java.util.ArrayList;
import java.util.List;

/** Makes objects of replies, for small ones: each string is held whole. */
final class ReplyObjects {
  private static final int DEEPEST = 16;

  private ReplyObjects() {}

  /**
   * The next reply.
   *
   * @param longest strings of more bytes are not wanted: nil in their place
   */
  static Reply next(RawInput in, long longest) {
    return next(in, 0, longest);
  }

  private static Reply next(RawInput in, int depth, long longest) {
    if (depth > DEEPEST) {
      throw in.protocol("an array nested deeper than " + DEEPEST);
    }
    in.next();
    in.hold(0);
    return switch (in.kind()) {
      case RawInput.BULK -> {
        if (in.number() < 0) {
          yield new Reply.Nil();
        }
        if (in.number() > longest) {
          in.skip(in.number());
          yield new Reply.Nil();
        }
        yield new Reply.Text(in.bytes(in.number()));
      }
      case RawInput.INTEGER -> new Reply.Int(in.number());
      case RawInput.STATUS -> new Reply.Text(Bytes.utf8(in.text()));
      case RawInput.ERROR -> new Reply.Failed(in.text());
      default -> {
        if (in.number() < 0) {
          yield new Reply.Nil();
        }
        long count = in.number();
        List<Reply> items = new ArrayList<>();
        for (long i = 0; i < count; i++) {
          items.add(next(in, depth + 1, longest));
        }
        yield new Reply.Items(items);
      }
    };
  }
}
