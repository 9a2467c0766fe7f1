package io.syncanalyzer.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real headless browser, kept away from the network. */
public final class Chromium {
  private static final int DEADLINE_SECONDS = 60;

  private final String binary;
  private final Path scratch;

  private Chromium(String binary, Path scratch) {
    this.binary = binary;
    this.scratch = scratch;
  }

  /** The one on PATH; empty where the machine has none. */
  public static Optional<Chromium> onPath(Path scratch) {
    return Programs.onPath("chromium", "chromium-browser", "google-chrome")
        .map(binary -> new Chromium(binary, scratch));
  }

  /** The document as it is after its scripts ran. */
  public String dom(Path page, String... more) throws Exception {
    List<String> flags = new ArrayList<>(List.of("--dump-dom", "--virtual-time-budget=3000"));
    flags.addAll(List.of(more));
    return run(flags, page);
  }

  /** A picture of the page. */
  public void screenshot(Path page, Path png, int width, int height, boolean dark)
      throws Exception {
    run(
        List.of(
            "--screenshot=" + png,
            "--window-size=" + width + "," + height,
            "--hide-scrollbars",
            "--virtual-time-budget=3000",
            "--blink-settings=preferredColorScheme=" + (dark ? 0 : 1)),
        page);
    assertThat(png).isNotEmptyFile();
  }

  /** The page as it prints. */
  public void pdf(Path page, Path pdf) throws Exception {
    run(
        List.of("--print-to-pdf=" + pdf, "--no-pdf-header-footer", "--virtual-time-budget=3000"),
        page);
    assertThat(pdf).isNotEmptyFile();
  }

  private String run(List<String> flags, Path page) throws IOException, InterruptedException {
    Path profile = Files.createTempDirectory(scratch, "chromium");
    Path out = Files.createTempFile(scratch, "chromium", ".out");
    Path log = Files.createTempFile(scratch, "chromium", ".log");
    List<String> command =
        new ArrayList<>(
            List.of(
                binary,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--enable-logging=stderr",
                "--user-data-dir=" + profile));
    command.addAll(flags);
    command.add(page.toUri().toString());
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS))
          .as("chromium ended within %d s; its log: %s", DEADLINE_SECONDS, log)
          .isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String said = Files.readString(log, StandardCharsets.UTF_8);
    assertThat(said.lines().filter(line -> line.contains("CONSOLE")))
        .as("what the page said on the browser's console")
        .isEmpty();
    return Files.readString(out, StandardCharsets.UTF_8);
  }
}
