package io.syncanalyzer.cli.words;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version the build put into the jar's manifest. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"analyzer " + text(), "Java " + Runtime.version()};
  }

  /** Such as {@code 0.1.0}; {@code unpackaged} when run from class files. */
  public static String text() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "unpackaged");
  }
}
