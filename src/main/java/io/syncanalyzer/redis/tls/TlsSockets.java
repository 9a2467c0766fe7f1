package io.syncanalyzer.redis.tls;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.FailureCauses;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.RedisFailure.Kind;
import io.syncanalyzer.redis.TlsOptions;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** TLS sockets from PEM files, as redis-cli's own options take them. */
public final class TlsSockets {
  private static final char[] NO_PASSWORD = new char[0];

  private TlsSockets() {}

  /** What the files hold; one that can no longer be used is a {@link RedisFailure}. */
  public static TlsFiles files(Endpoint endpoint, TlsOptions tls) {
    try {
      return TlsFiles.read(tls);
    } catch (IllegalArgumentException e) {
      throw new RedisFailure(
          Kind.TLS, endpoint, "no TLS with the " + endpoint + ": " + e.getMessage(), e);
    }
  }

  /**
   * TLS on a connected socket, the handshake done; what is said meanwhile is kept in {@code talk}.
   */
  public static SSLSocket over(Socket plain, Endpoint endpoint, boolean insecure, TlsTalk talk)
      throws IOException {
    String host = endpoint.host();
    Optional<String> checkedHere =
        TlsNames.isUnknownToJvm(host) ? Optional.of(host) : Optional.empty();
    SSLSocket socket;
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {talk.keys(ownKeys(talk.files()))},
          new TrustManager[] {
            insecure
                ? talk.trust(null, Optional.empty())
                : talk.trust(ownTrust(talk.files()), checkedHere)
          },
          null);
      socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, host, endpoint.port(), true);
    } catch (GeneralSecurityException e) {
      throw new IOException("this JVM does no TLS: " + FailureCauses.oneLine(e), e);
    }
    if (!insecure) {
      socket.setSSLParameters(TlsNames.parameters(socket, host));
    }
    socket.startHandshake();
    return socket;
  }

  private static @Nullable X509ExtendedKeyManager ownKeys(TlsFiles files)
      throws IOException, GeneralSecurityException {
    if (files.client().isEmpty()) {
      return null;
    }
    TlsFiles.Client client = files.client().get();
    KeyStore store = empty();
    store.setKeyEntry(
        "client", client.key(), NO_PASSWORD, client.chain().toArray(new Certificate[0]));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return only(factory.getKeyManagers(), X509ExtendedKeyManager.class);
  }

  private static X509ExtendedTrustManager ownTrust(TlsFiles files)
      throws IOException, GeneralSecurityException {
    KeyStore store = null;
    if (files.ca().isPresent()) {
      store = empty();
      int number = 0;
      for (Certificate certificate : files.ca().get()) {
        store.setCertificateEntry("ca" + number++, certificate);
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return only(factory.getTrustManagers(), X509ExtendedTrustManager.class);
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static <T> T only(Object[] managers, Class<T> type) throws GeneralSecurityException {
    return List.of(managers).stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow(() -> new GeneralSecurityException("no " + type.getSimpleName()));
  }
}
