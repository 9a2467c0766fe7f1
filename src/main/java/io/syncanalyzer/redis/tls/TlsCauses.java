package io.syncanalyzer.redis.tls;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.FailureCauses;
import io.syncanalyzer.redis.Printable;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.RedisFailure.Kind;
import io.syncanalyzer.redis.TlsOptions;
import java.nio.file.Path;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells from what was said while TLS was made why it was not, in one line for the user. */
public final class TlsCauses {
  private static final Pattern ALERT = Pattern.compile("fatal alert: (\\w+)");

  private TlsCauses() {}

  /**
   * What a failure at the login means where TLS stood by then, for under version 1.3 a server tells
   * only afterwards what it thinks of us, and often by hanging up.
   *
   * @return the failure itself where it has another cause
   */
  public static RedisFailure atLogin(
      Endpoint endpoint, TlsTalk talk, RedisFailure failure, Instant now) {
    boolean ended = failure.kind() == Kind.DISCONNECTED || failure.kind() == Kind.TLS;
    if (!ended || !talk.asked()) {
      return failure;
    }
    // Without an alert the server may as well have gone away, and may come back.
    Kind kind = alert(failure).isEmpty() ? Kind.DISCONNECTED : Kind.TLS;
    return line(endpoint, talk, failure, now)
        .map(
            line ->
                new RedisFailure(kind, endpoint, line, failure).silentFor(failure.silentNanos()))
        .orElse(failure);
  }

  /**
   * Why TLS failed.
   *
   * @param now to hold the dates of certificates against
   * @return one line; empty where nothing said tells, as when the server is no longer there
   */
  public static Optional<String> line(Endpoint endpoint, TlsTalk talk, Throwable e, Instant now) {
    TlsOptions tls = endpoint.tls().orElse(TlsOptions.DEFAULT);
    CertificateException refused = FailureCauses.find(e, CertificateException.class);
    if (refused != null && !talk.chain().isEmpty()) {
      return Optional.of(endpoint + " shows a certificate " + notBelieved(endpoint, talk, e, now));
    }
    String alert = alert(e);
    if (talk.asked() && isAboutUs(alert)) {
      return Optional.of(endpoint + " " + ofOurs(tls, talk, alert, now));
    }
    return switch (alert) {
      case "" -> Optional.empty();
      case "protocol_version" ->
          Optional.of(
              endpoint
                  + " offers only versions of TLS that are unsafe and that Java has given up;"
                  + " allow TLSv1.2 or TLSv1.3 there (tls-protocols)");
      case "handshake_failure", "insufficient_security" ->
          Optional.of(
              endpoint
                  + " and Java have no cipher in common (alert "
                  + alert
                  + "); see tls-ciphers and tls-ciphersuites there");
      default ->
          Optional.of(
              endpoint + " ended the TLS handshake with the alert " + alert + "; see its log");
    };
  }

  /** The server's alert; empty where it sent none. */
  private static String alert(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      Matcher matcher = ALERT.matcher(String.valueOf(at.getMessage()));
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    return "";
  }

  /** Whether the alert, or none at all, can be the answer to what we showed or did not show. */
  private static boolean isAboutUs(String alert) {
    return !alert.equals("protocol_version") && !alert.equals("insufficient_security");
  }

  /** Why we do not believe the server. */
  private static String notBelieved(Endpoint endpoint, TlsTalk talk, Throwable e, Instant now) {
    String option = "--" + endpoint.side().label();
    X509Certificate own = talk.chain().get(0);
    CertPathValidatorException path = FailureCauses.find(e, CertPathValidatorException.class);
    CertPathValidatorException.Reason reason = path == null ? null : path.getReason();
    for (X509Certificate certificate : talk.chain()) {
      String outOfDate = outOfDate(certificate, now);
      if (!outOfDate.isEmpty()
          && (reason == BasicReason.EXPIRED || reason == BasicReason.NOT_YET_VALID || isDate(e))) {
        return outOfDate + "; renew it there, or check this machine's clock";
      }
    }
    if (isName(e)) {
      List<String> names = TlsNames.of(own);
      return "for another host name: it is made for "
          + (names.isEmpty() ? "no name at all" : Printable.of(String.join(", ", names)))
          + ", not for "
          + endpoint.host()
          + "; use one of its names in "
          + option;
    }
    boolean untrusted =
        reason == null
            || reason == BasicReason.INVALID_SIGNATURE
            || reason.toString().matches("NO_TRUST_ANCHOR|NAME_CHAINING|NOT_CA_CERT");
    if (untrusted) {
      String issuer = name(talk.chain().get(talk.chain().size() - 1).getIssuerX500Principal());
      return endpoint
          .tls()
          .flatMap(TlsOptions::ca)
          .map(
              file ->
                  "signed by "
                      + issuer
                      + ", whom no certificate in --tls-ca "
                      + file
                      + " stands for; give the file of its CA there")
          .orElse(
              "signed by " + issuer + ", whom this JVM does not trust; give its CA with --tls-ca");
    }
    return "that cannot be accepted ("
        + FailureCauses.oneLine(FailureCauses.root(e))
        + "); have another one made for it";
  }

  /** Why the server does not believe us. */
  private static String ofOurs(TlsOptions tls, TlsTalk talk, String alert, Instant now) {
    Optional<TlsFiles.Client> client = talk.files().client();
    if (client.isEmpty()) {
      return (alert.isEmpty()
              ? "asked for a client certificate, was shown none, and ended the connection"
              : "wants a client certificate")
          + "; give --tls-cert and --tls-key";
    }
    X509Certificate own = client.get().chain().get(0);
    Path file = tls.certificate().orElseThrow();
    String issuer = name(own.getIssuerX500Principal());
    if (!talk.answered()) {
      return "takes client certificates of "
          + Printable.of(String.join(" or ", talk.wanted()))
          + " only, and that of --tls-cert "
          + file
          + " is signed by "
          + issuer
          + "; give one of theirs";
    }
    String refuses =
        (alert.isEmpty()
                ? "ended the connection after it was shown the client certificate of --tls-cert "
                : "refuses (" + alert + ") the client certificate of --tls-cert ")
            + file
            + ", ";
    String outOfDate = outOfDate(own, now);
    return outOfDate.isEmpty()
        ? refuses
            + "one signed by "
            + issuer
            + ", whom the server may not trust; give one of a CA in its tls-ca-cert-file"
        : refuses + "one " + outOfDate + "; give a valid one";
  }

  private static String outOfDate(X509Certificate certificate, Instant now) {
    Instant until = certificate.getNotAfter().toInstant();
    Instant from = certificate.getNotBefore().toInstant();
    String whose = " (" + name(certificate.getSubjectX500Principal()) + ")";
    return now.isAfter(until)
        ? "that expired on " + until + whose
        : now.isBefore(from) ? "that is not valid before " + from + whose : "";
  }

  private static boolean isDate(Throwable e) {
    return FailureCauses.find(e, java.security.cert.CertificateExpiredException.class) != null
        || FailureCauses.find(e, java.security.cert.CertificateNotYetValidException.class) != null;
  }

  private static boolean isName(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      String said = String.valueOf(at.getMessage());
      if (said.contains(TlsNames.OTHER_NAME) || said.contains("No subject alternative")) {
        return true;
      }
    }
    return false;
  }

  private static String name(javax.security.auth.x500.X500Principal principal) {
    return Printable.of(principal.getName());
  }
}
