package io.syncanalyzer.verify.scan;

import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.redis.wire.RawOutput;
import io.syncanalyzer.verify.server.Unanswered;
import java.util.Set;

/**
 * Keeps the keys of some types, by asking the side that was scanned for each one's type. Two types
 * or more are cheaper so than by a {@code SCAN … TYPE} each, which looks at every key again. Not
 * safe for use by several threads.
 */
public final class TypeFilter {
  private final RawConnection side;
  private final Set<String> types;

  public TypeFilter(RawConnection side, Set<String> types) {
    this.side = side;
    this.types = types;
  }

  /** The keys of those types, and those whose type may not be asked: they are looked at too. */
  public KeyBatch of(KeyBatch batch) {
    RawOutput out = side.out();
    for (int i = 0; i < batch.count(); i++) {
      out.begin(2);
      out.part("TYPE");
      out.part(batch.array(), batch.at(i), batch.length(i));
    }
    out.flush();
    RawInput in = side.in();
    KeyBatch kept = batch.likeIt();
    for (int i = 0; i < batch.count(); i++) {
      in.next();
      boolean refused = in.kind() == RawInput.ERROR;
      if (refused && Unanswered.concernsServer(in.text())) {
        throw side.refused("TYPE", new Reply.Failed(in.text()));
      }
      String type = in.kind() == RawInput.BULK ? in.bytes(in.number()).asUtf8() : in.text();
      if (refused || types.contains(type)) {
        kept.add(batch.key(i));
      }
    }
    return kept;
  }
}
