package io.syncanalyzer.redis.tls;

import io.syncanalyzer.redis.FailureCauses;
import io.syncanalyzer.redis.TlsOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the PEM files of {@link TlsOptions} hold.
 *
 * @param ca the certificates to trust; empty = the JVM's own
 * @param client the client certificate and key; empty = none is shown
 */
public record TlsFiles(Optional<List<X509Certificate>> ca, Optional<Client> client) {
  private static final String BEGIN_KEY = "-----BEGIN PRIVATE KEY-----";
  private static final String END_KEY = "-----END PRIVATE KEY-----";

  /** A certificate with those that signed it, and its private key. */
  record Client(List<X509Certificate> chain, PrivateKey key) {}

  /**
   * Reads them all.
   *
   * @throws IllegalArgumentException with one line that names the option, the file and what is
   *     wrong with it
   */
  public static TlsFiles read(TlsOptions tls) {
    Optional<List<X509Certificate>> ca =
        tls.ca().map(file -> certificates("--tls-ca", file, "the certificates to trust"));
    if (tls.certificate().isEmpty()) {
      return new TlsFiles(ca, Optional.empty());
    }
    Path certificate = tls.certificate().get();
    Path key = tls.key().orElseThrow();
    Client client =
        new Client(
            certificates("--tls-cert", certificate, "the client certificate"), privateKey(key));
    if (!belongTogether(client)) {
      throw new IllegalArgumentException(
          "--tls-key: "
              + key
              + " is not the key of the certificate in --tls-cert "
              + certificate
              + "; give the two that were made together");
    }
    return new TlsFiles(ca, Optional.of(client));
  }

  private static List<X509Certificate> certificates(String option, Path file, String what) {
    List<X509Certificate> found;
    try (InputStream in = Files.newInputStream(file)) {
      found =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
    } catch (IOException e) {
      throw unreadable(option, file, e);
    } catch (CertificateException e) {
      throw e.getCause() instanceof IOException unread && Files.isDirectory(file)
          ? unreadable(option, file, unread)
          : noCertificate(option, file, what, e);
    }
    if (found.isEmpty()) {
      throw noCertificate(option, file, what, null);
    }
    return found;
  }

  private static PrivateKey privateKey(Path file) {
    String option = "--tls-key";
    String pem;
    try {
      pem = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw unreadable(option, file, e);
    }
    String convert = "; convert it: openssl pkcs8 -topk8 -nocrypt -in " + file + " -out key.pem";
    int from = pem.indexOf(BEGIN_KEY);
    int to = pem.indexOf(END_KEY);
    if (from < 0 || to < from) {
      if (pem.contains("ENCRYPTED")) {
        throw wrong(
            option,
            file,
            "holds a key that is encrypted, and nobody to ask its password" + convert,
            null);
      }
      throw pem.contains(" PRIVATE KEY-----")
          ? wrong(option, file, "holds a key that is not PKCS#8" + convert, null)
          : wrong(
              option, file, "holds no private key; name the PEM file of --tls-cert's key", null);
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(pem.substring(from + BEGIN_KEY.length(), to));
      PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(der);
      for (String algorithm : new String[] {"RSA", "EC", "EdDSA"}) {
        try {
          return KeyFactory.getInstance(algorithm).generatePrivate(spec);
        } catch (InvalidKeySpecException otherAlgorithm) {
          // The encoding names its algorithm; only one of these factories takes it.
        }
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw wrong(
          option, file, "holds a key that is garbled (" + FailureCauses.oneLine(e) + ")", e);
    }
    throw wrong(option, file, "holds a key that is garbled, or neither RSA, EC nor EdDSA", null);
  }

  /** Whether what the key signs is the certificate's signature. */
  private static boolean belongTogether(Client client) {
    String algorithm =
        switch (client.key().getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    byte[] text = "signed to see who signs".getBytes(StandardCharsets.US_ASCII);
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(client.key());
      signing.update(text);
      byte[] signature = signing.sign();
      Signature checking = Signature.getInstance(algorithm);
      checking.initVerify(client.chain().get(0).getPublicKey());
      checking.update(text);
      return checking.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static IllegalArgumentException unreadable(String option, Path file, IOException e) {
    String why =
        e instanceof NoSuchFileException
            ? "there is no such file"
            : e instanceof AccessDeniedException
                ? "it may not be read"
                : Files.isDirectory(file) ? "it is a folder" : FailureCauses.oneLine(e);
    return new IllegalArgumentException(
        option + ": cannot read " + file + ": " + why + "; name a PEM file", e);
  }

  private static IllegalArgumentException noCertificate(
      String option, Path file, String what, @Nullable Exception e) {
    return wrong(
        option, file, "holds no certificate that can be read; name the PEM file of " + what, e);
  }

  private static IllegalArgumentException wrong(
      String option, Path file, String why, @Nullable Exception e) {
    return new IllegalArgumentException(option + ": " + file + " " + why, e);
  }
}
