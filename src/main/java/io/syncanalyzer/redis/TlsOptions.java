package io.syncanalyzer.redis;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a {@code rediss://} endpoint is trusted and how we show who we are.
 *
 * @param ca PEM file of the certificates to trust; empty = the JVM's own
 * @param certificate PEM file of the client certificate chain; empty = none is shown
 * @param key PEM file (PKCS#8) of the client certificate's private key; goes with {@code
 *     certificate}
 * @param insecure trust any certificate and any host name: for a test, never for a proof
 */
public record TlsOptions(
    Optional<Path> ca, Optional<Path> certificate, Optional<Path> key, boolean insecure) {
  /** The JVM's own trust, host name checked, no client certificate. */
  public static final TlsOptions DEFAULT =
      new TlsOptions(Optional.empty(), Optional.empty(), Optional.empty(), false);

  public TlsOptions {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException("go together: give both or neither");
    }
  }
}
