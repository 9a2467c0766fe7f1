package io.syncanalyzer.verify.look;

import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.redis.wire.RawOutput;
import io.syncanalyzer.verify.scan.KeyBatch;
import io.syncanalyzer.verify.server.Unanswered;

/** Commands about the keys of a batch, and what their replies mean when they are errors. */
final class BatchWire {
  private BatchWire() {}

  /** A command with one key. */
  static void command(RawOutput out, String command, KeyBatch batch, int i) {
    out.begin(2);
    out.part(command);
    key(out, batch, i);
  }

  /** One key, as the next part of a command. */
  static void key(RawOutput out, KeyBatch batch, int i) {
    int begin = batch.encodedFrom(i);
    out.encoded(batch.array(), begin, batch.encodedTo(i) - begin);
  }

  /** All keys from one place to before another, as the next parts of a command. */
  static void keys(RawOutput out, KeyBatch batch, int from, int to) {
    int begin = batch.encodedFrom(from);
    out.encoded(batch.array(), begin, batch.encodedTo(to - 1) - begin);
  }

  /** The integer that a command answered; where it was an error, -2: as of a key that is gone. */
  static long number(RawConnection connection, String command) {
    RawInput in = connection.in();
    in.next();
    if (in.kind() == RawInput.INTEGER) {
      return in.number();
    }
    refused(connection, command);
    return -2;
  }

  /**
   * Passes over a reply whose first line was read and that is not what was asked for; ends it all
   * where it is an error that concerns the server and not the key.
   *
   * @throws io.syncanalyzer.redis.RedisFailure that names the command
   */
  static void refused(RawConnection connection, String command) {
    RawInput in = connection.in();
    if (in.kind() != RawInput.ERROR) {
      in.skipRest();
    } else if (Unanswered.concernsServer(in.text())) {
      throw connection.refused(command, new Reply.Failed(in.text()));
    }
  }

  /** Passes over the body of a bulk string, if there is one. */
  static void skip(RawInput in, long length) {
    if (length >= 0) {
      in.skip(length);
    }
  }
}
