package io.syncanalyzer.load.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.load.Fixtures;
import io.syncanalyzer.redis.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MaskingTest {
  private static final Masking MASKING = new Masking(Optional.of(new Secret("me:s\"ecret")));

  @Test
  void theConfigurationInTheJsonLosesThePassword() throws IOException {
    String copy =
        copied(
            MASKING,
            "\t\t,\"key_prefix\": \"me:s\"\n\t\t,\"authenticate\": \"me:s\"ecret\"\n\t\t,\"uri\": \"\"\n");

    assertThat(copy)
        .isEqualTo(
            "\t\t,\"key_prefix\": \"me:s\"\n\t\t,\"authenticate\": \"***\"\n\t\t,\"uri\": \"***\"\n");
  }

  @Test
  void theCommasThatMemtierCannotTakeBackInAPipeAreTakenOut() throws IOException {
    assertThat(copied(MASKING, "\t\"a\": 1\n\t\t,}\n\t,]\n,}\n"))
        .isEqualTo("\t\"a\": 1\n\t\t}\n\t]\n}\n");
  }

  @Test
  void withoutASecretNothingIsTouched() throws IOException {
    String text = Fixtures.text("2.3.1", "set-get.json");

    assertThat(copied(new Masking(Optional.empty()), text)).isEqualTo(text);
    assertThat(new Masking(Optional.empty()).line("authenticate = x"))
        .isEqualTo("authenticate = x");
  }

  @Test
  void whatShowConfigPrintsIsMasked() {
    assertThat(MASKING.line("authenticate = me:s\"ecret")).isEqualTo("authenticate = ***");
    assertThat(MASKING.line("bad --authenticate me:s\"ecret!"))
        .isEqualTo("bad --authenticate ***!");
    assertThat(MASKING.line("[RUN #1] me:s\"ecret")).isEqualTo("[RUN #1] me:s\"ecret");
  }

  @Test
  void aCommandLineIsShownWithoutIt() {
    assertThat(MASKING.shown(List.of("memtier_benchmark", "--authenticate=me:s\"ecret", "-R")))
        .containsExactly("memtier_benchmark", "--authenticate=***", "-R");
  }

  private static String copied(Masking masking, String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    masking.copyJson(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
