package io.syncanalyzer.redis.tls;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;

/**
 * The names a certificate is made for.
 *
 * <p>The JVM checks them itself, but refuses every host name with an underscore, whatever the
 * certificate says. For these alone the check is made here.
 */
final class TlsNames {
  /** How our own check says that it failed. */
  static final String OTHER_NAME = "No name matching ";

  private static final int DNS = 2;
  private static final int ADDRESS = 7;

  private TlsNames() {}

  /** Whether the JVM would refuse the name as such. */
  static boolean isUnknownToJvm(String host) {
    return host.indexOf('_') >= 0;
  }

  /** Has the JVM check the name, or where it would not, tells the server the name meant. */
  static SSLParameters parameters(SSLSocket socket, String host) {
    SSLParameters parameters = socket.getSSLParameters();
    if (isUnknownToJvm(host)) {
      parameters.setServerNames(List.of(new AnyName(host)));
    } else {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    return parameters;
  }

  /** The names and addresses of its subjectAltName, as they are written there. */
  static List<String> of(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      for (List<?> entry : all == null ? List.<List<?>>of() : all) {
        if (entry.get(0) instanceof Integer kind && (kind == DNS || kind == ADDRESS)) {
          names.add(String.valueOf(entry.get(1)));
        }
      }
    } catch (CertificateParsingException e) {
      // Then it is made for nobody that we can read.
    }
    return names;
  }

  /** Whether one of its names is the host, or {@code *.} and all of it but its first part. */
  static boolean isMadeFor(X509Certificate certificate, String host) {
    String wanted = host.toLowerCase(Locale.ROOT);
    String wildcard = "*" + wanted.substring(Math.max(0, wanted.indexOf('.')));
    return of(certificate).stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .anyMatch(
            name -> name.equals(wanted) || (wanted.indexOf('.') > 0 && name.equals(wildcard)));
  }

  /** A name as it is, where {@link javax.net.ssl.SNIHostName} takes only letters and digits. */
  private static final class AnyName extends SNIServerName {
    AnyName(String host) {
      super(StandardConstants.SNI_HOST_NAME, host.getBytes(StandardCharsets.US_ASCII));
    }
  }
}
