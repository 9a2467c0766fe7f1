package io.syncanalyzer.fence;

import java.time.Duration;

/** No proof at all: for two stores at rest, by the user's word. */
final class NoFence implements Fence {
  @Override
  public String description() {
    return "none: both stores are taken to be at rest";
  }

  @Override
  public FencePassage pass(Duration timeout, Meanwhile meanwhile) {
    return new FencePassage("no fence, taken to be at rest", 0);
  }

  @Override
  public FencePassage passPaused(Duration limit) {
    return pass(limit);
  }

  @Override
  public void unpause() {}

  @Override
  public boolean proves() {
    return false;
  }

  @Override
  public void close() {}
}
