package io.syncanalyzer.redis;

import java.net.SocketTimeoutException;

/** A reply of which a part came in time, and the rest did not. */
public final class UnfinishedReply extends SocketTimeoutException {
  private static final long serialVersionUID = 1L;

  /**
   * @param received how many bytes of it came
   */
  public UnfinishedReply(long received) {
    super("reply unfinished after " + received + " bytes");
  }
}
