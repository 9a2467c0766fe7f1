package io.syncanalyzer.report.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.syncanalyzer.report.files.AtomicFile;
import io.syncanalyzer.report.files.ReportFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * Template, style and script around a {@link PageView}: one file that needs nothing else. Its
 * content security policy lets run what is in it, by hash, and nothing come from or go to anywhere.
 */
public final class PageFrame {
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

  private PageFrame() {}

  /** Writes the page as a file. */
  public static void write(Path file, PageView view) {
    AtomicFile.replace(
        file,
        part -> {
          try (var out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
            write(out, view);
          }
        });
  }

  /** Writes the page. */
  public static void write(Writer out, PageView view) {
    String style = resource(UPLOT + "dist/uPlot.min.css") + resource("page.css");
    String library =
        "/*!\n" + resource(UPLOT + "LICENSE") + "*/\n" + resource(UPLOT + "dist/uPlot.iife.min.js");
    String script =
        resource("lanes.js")
            + resource("timemarks.js")
            + resource("trials.js")
            + resource("page.js");
    Template template = Mustache.compiler().escapeHTML(true).compile(resource("page.mustache"));
    String policy =
        "default-src 'none'; style-src "
            + hash(style)
            + "; script-src "
            + hash(library)
            + " "
            + hash(script)
            + "; base-uri 'none'; form-action 'none'";
    template.execute(
        view, Map.of("policy", policy, "style", style, "library", library, "script", script), out);
  }

  /** A text beside this class, or at an absolute path of the class path; line ends are LF. */
  private static String resource(String name) {
    try (InputStream in = PageFrame.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the analyzer was built without " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new ReportFailure("cannot read " + name + " from the analyzer's jar", e);
    }
  }

  private static String hash(String inline) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(inline.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JRE has SHA-256", e);
    }
  }
}
