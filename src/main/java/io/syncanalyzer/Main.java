package io.syncanalyzer;

/** The entry; the only place that ends the JVM. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(0);
  }
}
