package io.syncanalyzer.verify;

import io.syncanalyzer.redis.RawConnection;
import io.syncanalyzer.redis.RawInput;
import io.syncanalyzer.redis.RawOutput;
import io.syncanalyzer.redis.Reply;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Finds the keys of the replica that the source does not have: one EXISTS counts those of a whole
 * batch, and only where it counts too few each key is asked for. Not safe for use by several
 * threads.
 */
final class ExtraLook {
  private final RawConnection source;
  private final Set<String> types;

  /**
   * @param types the types that are compared: the source must have a key as one of them, lest it
   *     was not looked at before; empty = all
   */
  ExtraLook(RawConnection source, Set<String> types) {
    this.source = source;
    this.types = types;
  }

  /** Hands over the index of each key that the source lacks, or has as a type not compared. */
  void at(KeyBatch batch, IntConsumer suspects) {
    if (types.isEmpty() && allExist(batch)) {
      return;
    }
    RawOutput out = source.out();
    for (int i = 0; i < batch.count(); i++) {
      out.begin(2);
      out.part("TYPE");
      out.part(batch.array(), batch.at(i), batch.length(i));
    }
    out.flush();
    RawInput in = source.in();
    for (int i = 0; i < batch.count(); i++) {
      in.next();
      String found = in.kind() == RawInput.ERROR ? "none" : Question.typeName(in);
      if (types.isEmpty() ? found.equals("none") : !types.contains(found)) {
        suspects.accept(i);
      }
    }
  }

  private boolean allExist(KeyBatch batch) {
    RawOutput out = source.out();
    out.begin(1 + batch.count());
    out.part("EXISTS");
    out.encoded(batch.array(), 0, batch.encodedTo(batch.count() - 1));
    out.flush();
    Reply reply = source.in().reply();
    if (reply instanceof Reply.Failed failed && Unanswered.concernsServer(failed.message())) {
      throw source.refused("EXISTS", failed);
    }
    return reply instanceof Reply.Int count && count.value() == batch.count();
  }
}
