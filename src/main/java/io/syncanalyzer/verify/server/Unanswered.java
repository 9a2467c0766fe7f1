package io.syncanalyzer.verify.server;

/** A question about one key has no answer: its server gave an error, or it kept changing. */
public final class Unanswered extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean change;

  /**
   * @param said the server's error line
   */
  public Unanswered(String said) {
    super(said, null, false, false);
    // It became another type, or was lost, between two reads.
    this.change = said.startsWith("WRONGTYPE") || said.startsWith("ERR no such key");
  }

  private Unanswered() {
    super("it kept changing", null, false, false);
    this.change = true;
  }

  /** Of what is another at every look. */
  public static Unanswered changing() {
    return new Unanswered();
  }

  /** The error line. */
  public String said() {
    return String.valueOf(getMessage());
  }

  /** Whether the key changed meanwhile, so that it may have an answer the next time. */
  public boolean isChange() {
    return change;
  }

  /** Whether it is about the server, not the key, so that going on makes no sense. */
  public static boolean concernsServer(String said) {
    return said.startsWith("BUSY")
        || said.startsWith("LOADING")
        || said.startsWith("MASTERDOWN")
        || said.startsWith("NOAUTH")
        || said.startsWith("CLUSTERDOWN")
        || said.startsWith("MOVED ")
        || said.startsWith("ASK ")
        || said.startsWith("TRYAGAIN");
  }
}
