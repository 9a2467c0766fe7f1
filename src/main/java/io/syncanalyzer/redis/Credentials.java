package io.syncanalyzer.redis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Users and passwords by the names under which the environment and a {@link SecretsFile} give them,
 * put into the endpoints that they are for.
 *
 * <p>Prints as their names.
 */
public final class Credentials {
  /** All names; others are options or somebody else's. */
  public static final List<String> NAMES =
      List.of(
          "ANALYZER_SOURCE_USER",
          "ANALYZER_SOURCE_PASSWORD",
          "ANALYZER_REPLICA_USER",
          "ANALYZER_REPLICA_PASSWORD",
          "ANALYZER_SENTINEL_USER",
          "ANALYZER_SENTINEL_PASSWORD");

  private final Map<String, String> given;

  private Credentials(Map<String, String> given) {
    this.given = Map.copyOf(given);
  }

  /** Those among the variables of an environment; one with an empty value is as one not set. */
  public static Credentials of(Map<String, String> environment) {
    Map<String, String> given = new LinkedHashMap<>();
    for (String name : NAMES) {
      String value = environment.get(name);
      if (value != null && !value.isEmpty()) {
        given.put(name, value);
      }
    }
    return new Credentials(given);
  }

  /**
   * Those among the variables of an environment and in the file, which wins.
   *
   * @param file where none is given, the one that {@value SecretsFile#VARIABLE} among the variables
   *     names is read, if any
   * @throws IllegalArgumentException with one line if the file cannot be read
   */
  public static Credentials of(Map<String, String> environment, Optional<SecretsFile> file) {
    return of(
        file.or(() -> SecretsFile.namedIn(environment))
            .map(secrets -> secrets.over(environment))
            .orElse(environment));
  }

  /**
   * The endpoint with the user and password of its side, and of a service behind Sentinels with
   * those of the Sentinels; what is not given stays as the endpoint has it.
   */
  public Endpoint apply(Endpoint endpoint) {
    String side = endpoint.side().name().toUpperCase(Locale.ROOT);
    Endpoint complete = endpoint.withCredentials(user(side), password(side));
    return endpoint.origin() instanceof Origin.Service service
        ? complete.from(
            new Origin.Service(
                service.sentinels(),
                service.service(),
                user("SENTINEL").or(service::user),
                password("SENTINEL").or(service::password),
                service.nodes()))
        : complete;
  }

  /** The names that are given, without what they are. */
  @Override
  public String toString() {
    return new TreeSet<>(given.keySet()).toString();
  }

  private Optional<String> user(String whose) {
    return Optional.ofNullable(given.get("ANALYZER_" + whose + "_USER"));
  }

  private Optional<Secret> password(String whose) {
    return Optional.ofNullable(given.get("ANALYZER_" + whose + "_PASSWORD")).map(Secret::new);
  }
}
