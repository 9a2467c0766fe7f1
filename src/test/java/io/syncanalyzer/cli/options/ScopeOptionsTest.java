package io.syncanalyzer.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.run.verify.VerifySettings;
import io.syncanalyzer.verify.settle.Settling;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ScopeOptionsTest {
  private static final VerifySettings EVERYTHING =
      new VerifySettings(
          Settling.DEFAULT,
          OptionalLong.empty(),
          OptionalLong.empty(),
          VerifySettings.Scope.EVERYTHING);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "String,hash | string,hash",
        "'string, hash' | string,hash",
        "ZSET | zset",
        "ReJSON-RL,TSDB-TYPE,vectorset | ReJSON-RL,TSDB-TYPE,vectorset",
        "my_type | my_type"
      })
  void typesAreTakenAsTheServerPrintsThem(String typed, String taken) {
    assertThat(types(typed)).isEqualTo(List.of(taken.split(",", -1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "string,,hash", "string hash", "string;hash", "hash*"})
  void whatIsNoNameOfATypeIsRefused(String typed) {
    assertThatThrownBy(() -> types(typed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--types: `")
        .hasMessageNotContaining("\n");
  }

  @Test
  void withoutTypesEveryTypeIsCompared() {
    assertThat(new ScopeOptionsHolder().parsed().applied(EVERYTHING).scope().types()).isEmpty();
  }

  private static List<String> types(String typed) {
    ScopeOptions options = new ScopeOptionsHolder().parsed("--types", typed);
    return options.applied(EVERYTHING).scope().types();
  }

  @Command
  private static final class ScopeOptionsHolder {
    @CommandLine.Mixin final ScopeOptions scope = new ScopeOptions();

    ScopeOptions parsed(String... words) {
      new CommandLine(this).parseArgs(words);
      return scope;
    }
  }
}
