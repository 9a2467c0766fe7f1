package io.syncanalyzer.cli.options;

import io.syncanalyzer.cli.words.InputFile;
import io.syncanalyzer.redis.Credentials;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.Refusals;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.TlsOptions;
import io.syncanalyzer.redis.tls.TlsFiles;
import io.syncanalyzer.run.servers.ServersRequest;
import io.syncanalyzer.run.servers.TopologyWishes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which servers, and how to reach them. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anyone reads them.
public final class ConnectionOptions {
  @Option(
      names = "--source",
      paramLabel = "URI",
      defaultValue = "redis://127.0.0.1:13300",
      description =
          "Where writes go: redis:// or rediss://[user[:password]@]host[:port][/db], of a Redis"
              + " Cluster any node; or a service behind Sentinels,"
              + " redis-sentinel://[user[:password]@]host[:port][,host[:port]...][/db]#service."
              + " Default: ${DEFAULT-VALUE}")
  public String source;

  @Option(
      names = "--replica",
      paramLabel = "URI",
      defaultValue = "redis://127.0.0.1:19777",
      description =
          "Where they must show; may be repeated for several (probe, verify, capacity). Default:"
              + " ${DEFAULT-VALUE}")
  public List<String> replicas;

  @Mixin TopologyOptions topology = new TopologyOptions();

  @Option(
      names = "--embedded",
      description =
          "Start a source and a replica of our own on those ports (or free ones), and end them.")
  public boolean embedded;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description =
          "With --embedded: start a Redis Cluster of N primaries with a replica each, on those"
              + " ports and the ones above (or free ones).")
  public @Nullable Integer shards;

  @Option(
      names = "--redis-server",
      paramLabel = "PATH",
      description = "The redis-server to embed. Default: the one on PATH, else the bundled 6.2.")
  public @Nullable Path redisServer;

  @Option(
      names = "--connect-timeout",
      paramLabel = "DURATION",
      defaultValue = "5s",
      description = "How long a connection may take. Default: ${DEFAULT-VALUE}")
  Duration connectTimeout;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "10s",
      description =
          "How long a reply may take, or a lost connection to be made anew."
              + " Default: ${DEFAULT-VALUE}")
  Duration timeout;

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = "PEM certificates to trust for rediss://. Default: the JVM's own.")
  @Nullable Path tlsCa;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "PEM client certificate chain to show; needs --tls-key.")
  @Nullable Path tlsCert;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "PEM (PKCS#8) private key of --tls-cert.")
  @Nullable Path tlsKey;

  @Option(
      names = "--tls-insecure",
      description = "Trust any certificate and host name: for a test, never for a proof.")
  boolean tlsInsecure;

  @Option(
      names = "--secrets-file",
      paramLabel = "FILE",
      description =
          "Users and passwords, lines ANALYZER_SOURCE_PASSWORD=..., which win over the"
              + " environment's.")
  public @Nullable Path secretsFile;

  /**
   * Refuses passwords in URIs: a job's arguments stand in its pages and logs, and no executor is
   * sent a password.
   *
   * @throws IllegalArgumentException with one line where there is one
   */
  public void refusePasswordsInUris() {
    refusePassword("--source", Endpoint.parse(Side.SOURCE, source));
    replicas.forEach(one -> refusePassword("--replica", Endpoint.parse(Side.REPLICA, one)));
  }

  private static void refusePassword(String option, Endpoint endpoint) {
    if (endpoint.password().isPresent()) {
      throw new IllegalArgumentException(
          option
              + ": a job's arguments are shown on pages and in logs, so its URI may hold no"
              + " password; set ANALYZER_"
              + endpoint.side().name()
              + "_PASSWORD where driver and executors start, or name a file that all of them have"
              + " with --secrets-file");
    }
  }

  /** All of them, checked against each other. */
  public ServersRequest servers(Credentials credentials) {
    return servers(credentials, embedded);
  }

  /** The same; {@code started} says whether they are to be started, given or not. */
  public ServersRequest servers(Credentials credentials, boolean started) {
    return ServersTogether.checked(
        new ServersRequest(
                source(credentials),
                replicas(credentials),
                started,
                Optional.ofNullable(redisServer),
                topology.wishes())
            .withShards(shards == null ? OptionalInt.empty() : OptionalInt.of(shards)));
  }

  /** The source with credentials, TLS and timeouts. */
  public Endpoint source(Credentials credentials) {
    return complete(Endpoint.parse(Side.SOURCE, source), credentials);
  }

  /** What the servers are to be taken for. */
  public TopologyWishes wishes() {
    return topology.wishes();
  }

  /** Whether the source's URI says which database is meant, even if that is 0. */
  public boolean sourceNamesDatabase() {
    return Endpoint.databaseNamedIn(source).isPresent();
  }

  /** The replicas, in the order given; at least one. */
  public List<Endpoint> replicas(Credentials credentials) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (String replica : replicas) {
      endpoints.add(complete(Endpoint.parse(Side.REPLICA, replica), credentials));
    }
    return endpoints;
  }

  /** The database that a URI names; both sides have the same, or are refused. */
  public OptionalInt namedDatabase() {
    return Stream.concat(Stream.of(source), replicas.stream())
        .map(Endpoint::databaseNamedIn)
        .filter(OptionalInt::isPresent)
        .findFirst()
        .orElse(OptionalInt.empty());
  }

  private Endpoint complete(Endpoint endpoint, Credentials credentials) {
    if (connectTimeout.isZero()) {
      throw new IllegalArgumentException("--connect-timeout: 0 leaves no time to connect");
    }
    if (timeout.isZero()) {
      throw new IllegalArgumentException("--timeout: 0 leaves no time to answer");
    }
    Optional<Path> ca = InputFile.lasting("--tls-ca", tlsCa);
    Optional<Path> certificate = InputFile.lasting("--tls-cert", tlsCert);
    Optional<Path> key = InputFile.lasting("--tls-key", tlsKey);
    TlsOptions tls =
        Refusals.named(
            "--tls-cert and --tls-key ", () -> new TlsOptions(ca, certificate, key, tlsInsecure));
    if (endpoint.tls().isPresent()) {
      TlsFiles.read(tls);
    }
    return credentials.apply(found(endpoint)).withTimeouts(connectTimeout, timeout).withTls(tls);
  }

  /** With where the nodes are reached that Sentinels announce, of a service behind some. */
  private Endpoint found(Endpoint endpoint) {
    return endpoint.origin() instanceof Origin.Service service
        ? endpoint.from(
            new Origin.Service(
                service.sentinels(),
                service.service(),
                service.user(),
                service.password(),
                topology.wishes().nodes()))
        : endpoint;
  }
}
