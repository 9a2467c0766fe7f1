package io.syncanalyzer.redis.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What was said while a TLS connection was made: who the server said it is, and whether it asked
 * who we are. From this a failure is told, which the JVM's own words do not: a server that refuses
 * a client often just hangs up.
 *
 * <p>One connection each, used by its thread.
 */
public final class TlsTalk {
  private final TlsFiles files;
  private List<X509Certificate> chain = List.of();
  private boolean asked;
  private boolean answered;
  private List<String> wanted = List.of();

  /** What is said on a connection for which we trust and show this. */
  public TlsTalk(TlsFiles files) {
    this.files = files;
  }

  TlsFiles files() {
    return files;
  }

  /** The certificates that the server showed, its own first; empty where it came to none. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /** Whether the server asked for a client certificate. */
  boolean asked() {
    return asked;
  }

  /** Whether it was shown one. */
  boolean answered() {
    return answered;
  }

  /** Whose certificates the server said it takes; empty = it named nobody. */
  List<String> wanted() {
    return wanted;
  }

  /** Shows the client certificate where there is one and the server takes its kind. */
  X509ExtendedKeyManager keys(@Nullable X509ExtendedKeyManager own) {
    return new Keys(own);
  }

  /**
   * Believes whom the JVM's own manager believes.
   *
   * @param own null = anybody
   * @param name what the certificate must be made for, where the JVM cannot tell; empty = it can
   */
  X509ExtendedTrustManager trust(@Nullable X509ExtendedTrustManager own, Optional<String> name) {
    return new Trust(own, name);
  }

  private final class Keys extends X509ExtendedKeyManager {
    private final @Nullable X509ExtendedKeyManager own;

    Keys(@Nullable X509ExtendedKeyManager own) {
      this.own = own;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, Socket socket) {
      asked = true;
      if (issuers != null) {
        wanted = List.of(issuers).stream().map(Principal::getName).toList();
      }
      String alias = own == null ? null : own.chooseClientAlias(types, issuers, socket);
      answered |= alias != null;
      return alias;
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal[] issuers) {
      return own == null ? null : own.getClientAliases(type, issuers);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      return own == null ? null : own.getCertificateChain(alias);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      return own == null ? null : own.getPrivateKey(alias);
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal[] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return null;
    }
  }

  private final class Trust extends X509ExtendedTrustManager {
    private final @Nullable X509ExtendedTrustManager own;
    private final Optional<String> name;

    Trust(@Nullable X509ExtendedTrustManager own, Optional<String> name) {
      this.own = own;
      this.name = name;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type, Socket socket)
        throws CertificateException {
      chain = List.of(shown);
      if (own != null) {
        own.checkServerTrusted(shown, type, socket);
        if (name.isPresent() && !TlsNames.isMadeFor(shown[0], name.get())) {
          throw new CertificateException(TlsNames.OTHER_NAME + name.get());
        }
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("only sockets are used");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type)
        throws CertificateException {
      throw new CertificateException("only sockets are used");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("nobody connects to us");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("nobody connects to us");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type)
        throws CertificateException {
      throw new CertificateException("nobody connects to us");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return own == null ? new X509Certificate[0] : own.getAcceptedIssuers();
    }
  }
}
