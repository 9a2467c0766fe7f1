package io.syncanalyzer.verify;

/** A server answered a question about one key with an error. */
final class Unanswered extends Exception {
  private static final long serialVersionUID = 1L;

  Unanswered(String said) {
    super(said, null, false, false);
  }

  /** The error line. */
  String said() {
    return String.valueOf(getMessage());
  }

  /** Whether the key became another type, or was lost, between two reads. */
  boolean isChange() {
    return said().startsWith("WRONGTYPE") || said().startsWith("ERR no such key");
  }

  /** Whether it is about the server, not the key, so that going on makes no sense. */
  static boolean concernsServer(String said) {
    return said.startsWith("BUSY")
        || said.startsWith("LOADING")
        || said.startsWith("MASTERDOWN")
        || said.startsWith("NOAUTH")
        || said.startsWith("CLUSTERDOWN");
  }
}
