package io.syncanalyzer.spark;

import io.syncanalyzer.redis.Credentials;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.Secret;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Puts back, on an executor, the secrets that an endpoint went there without. */
final class Login {
  /** What the JVM makes of bytes that its locale does not have. */
  private static final char LOST = '\ufffd';

  private final Credentials credentials;

  Login(Credentials credentials) {
    this.credentials = Objects.requireNonNull(credentials, "credentials is null");
  }

  /**
   * The endpoint as the driver has it.
   *
   * @throws VerifyFailure if a secret that it needs is not to be had here
   */
  Endpoint of(Endpoint sent) {
    Endpoint complete = credentials.apply(sent);
    require(complete.password(), sent.side().name());
    if (complete.origin() instanceof Origin.Service service) {
      require(service.password(), "SENTINEL");
    }
    return complete;
  }

  private static void require(Optional<Secret> password, String whose) {
    String name = "ANALYZER_" + whose.toUpperCase(Locale.ROOT) + "_PASSWORD";
    String found = password.map(Secret::reveal).orElse("none is needed");
    if (found.isEmpty()) {
      throw new VerifyFailure(
          VerifyFailure.Kind.EXECUTOR,
          name
              + " is not set there: set it where the Worker or the container starts, or name a file"
              + " that every executor has with --secrets-file",
          null);
    }
    if (found.indexOf(LOST) >= 0) {
      throw new VerifyFailure(
          VerifyFailure.Kind.EXECUTOR,
          name
              + " holds bytes that the executor's locale does not have: set LC_ALL=C.UTF-8 there,"
              + " or use --secrets-file",
          null);
    }
  }
}
