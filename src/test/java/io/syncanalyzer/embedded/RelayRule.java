package io.syncanalyzer.embedded;

/** What a {@link Relay} does with what goes through it. It is asked by several threads at once. */
public interface RelayRule {
  /** What becomes of a piece. */
  enum Fate {
    PASSES,
    /** It never arrives; the connection stays. */
    IS_DROPPED,
    /** It arrives, and then the connection ends. */
    IS_THE_LAST
  }

  /**
   * Asked of each piece before it is passed, for as long as that shall take.
   *
   * @param isAnswer whether it comes from the server
   */
  Fate of(Relay.Link link, boolean isAnswer) throws InterruptedException;

  /**
   * The same of a piece of which it matters how large it is.
   *
   * @param bytes of the piece
   */
  default Fate of(Relay.Link link, boolean isAnswer, int bytes) throws InterruptedException {
    return of(link, isAnswer);
  }

  /** How large a piece may be at most. */
  default int mostBytes() {
    return 64 * 1024;
  }

  /** Looks at a connection again and again, whether or not anything goes over it. */
  default void look(Relay.Link link) {}
}
