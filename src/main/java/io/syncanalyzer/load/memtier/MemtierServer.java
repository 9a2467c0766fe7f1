package io.syncanalyzer.load.memtier;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Secret;
import io.syncanalyzer.redis.topology.Topology;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How memtier is told where the server is, how to speak to it, and who asks. */
public final class MemtierServer {
  /** The charset of a child's arguments. */
  private static final String ARGUMENTS = System.getProperty("sun.jnu.encoding", "UTF-8");

  private MemtierServer() {}

  /** The options that name it: the same for every process. */
  public static List<String> arguments(Topology topology) {
    Endpoint source = topology.primaries().get(0);
    List<String> arguments = new ArrayList<>();
    String host = source.host().replaceAll("^\\[|\\]$", "");
    arguments.add("--server=" + host);
    arguments.add("--port=" + source.port());
    if (topology.cluster()) {
      arguments.add(ClusterMode.OPTION);
    }
    if (source.database() > 0) {
      arguments.add("--select-db=" + source.database());
    }
    source
        .tls()
        .ifPresent(
            tls -> {
              arguments.add("--tls");
              tls.ca().ifPresent(file -> arguments.add("--cacert=" + file.toAbsolutePath()));
              tls.certificate().ifPresent(file -> arguments.add("--cert=" + file.toAbsolutePath()));
              tls.key().ifPresent(file -> arguments.add("--key=" + file.toAbsolutePath()));
              if (tls.insecure()) {
                arguments.add("--tls-skip-verify");
              }
              if (host.matches(".*[A-Za-z].*") && host.indexOf(':') < 0) {
                arguments.add("--sni=" + host);
              }
            });
    return arguments;
  }

  /**
   * The credentials as memtier takes them, {@code [user:]password}; empty where there is no
   * password. Its command line is the only way in for every version looked at (1.3.0 to 2.3.1): it
   * reads no environment and no file.
   */
  public static Optional<Secret> credentials(Endpoint source) {
    return source
        .password()
        .map(
            password ->
                source
                    .user()
                    .map(user -> user + ":")
                    // A bare password with a colon in it would be taken for user and password.
                    .orElse(password.reveal().indexOf(':') >= 0 ? "default:" : "")
                    .concat(password.reveal()))
        .map(Secret::new);
  }

  /**
   * Java writes a child's arguments in the locale's charset, and a question mark for the rest.
   *
   * @throws IllegalArgumentException with one line if the password would not survive that
   */
  static void refuseLostPassword(Endpoint source) {
    credentials(source).ifPresent(secret -> refuseWhatIsLost(secret, Charset.forName(ARGUMENTS)));
  }

  static void refuseWhatIsLost(Secret secret, Charset arguments) {
    if (!arguments.newEncoder().canEncode(secret.reveal())) {
      throw new IllegalArgumentException(
          "memtier_benchmark takes the password as an argument, and Java loses its characters under"
              + " the locale in use; run it with LC_ALL=C.UTF-8, or use --load-engine jmh");
    }
  }
}
