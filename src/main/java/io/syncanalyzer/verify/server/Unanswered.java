package io.syncanalyzer.verify.server;

/** A server answered a question about one key with an error. */
public final class Unanswered extends Exception {
  private static final long serialVersionUID = 1L;

  public Unanswered(String said) {
    super(said, null, false, false);
  }

  /** The error line. */
  public String said() {
    return String.valueOf(getMessage());
  }

  /** Whether the key became another type, or was lost, between two reads. */
  public boolean isChange() {
    return said().startsWith("WRONGTYPE") || said().startsWith("ERR no such key");
  }

  /** Whether it is about the server, not the key, so that going on makes no sense. */
  public static boolean concernsServer(String said) {
    return said.startsWith("BUSY")
        || said.startsWith("LOADING")
        || said.startsWith("MASTERDOWN")
        || said.startsWith("NOAUTH")
        || said.startsWith("CLUSTERDOWN");
  }
}
