package io.syncanalyzer.embedded;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where told to, passes what the server answers on late, and ends the connection right after it:
 * whoever was answered finds it gone with the next command.
 */
public final class LateRule implements RelayRule {
  private final Duration late;
  private final AtomicInteger left = new AtomicInteger();
  private volatile Runnable meanwhile = () -> {};

  /** Delays nothing so far. */
  public LateRule(Duration late) {
    this.late = late;
  }

  /**
   * So many of the next answers are late, and the last that their connections bring.
   *
   * @param inBetween what happens once the server has answered
   */
  public void hold(int answers, Runnable inBetween) {
    meanwhile = inBetween;
    left.set(answers);
  }

  /** How many answers it has not held yet. */
  public int left() {
    return left.get();
  }

  @Override
  public Fate of(Relay.Link link, boolean isAnswer) throws InterruptedException {
    if (!isAnswer || left.getAndUpdate(now -> Math.max(0, now - 1)) == 0) {
      return Fate.PASSES;
    }
    meanwhile.run();
    Thread.sleep(late.toMillis());
    return Fate.IS_THE_LAST;
  }
}
