package io.syncanalyzer.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ScopeOptionsTest {
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
    assertThat(new ScopeOptionsHolder().parsed().scope(OptionalInt.empty()).types()).isEmpty();
  }

  @Test
  void theDatabaseOfAUriIsComparedUnlessOneIsNamed() {
    assertThat(database(OptionalInt.empty())).isNull();
    assertThat(database(OptionalInt.of(3))).isEqualTo(3);
    assertThat(database(OptionalInt.of(3), "--db", "5")).isEqualTo(5);
    assertThat(database(OptionalInt.of(3), "--db", "all")).isNull();
  }

  private static @Nullable Integer database(OptionalInt ofUri, String... words) {
    return new ScopeOptionsHolder().parsed(words).scope(ofUri).database();
  }

  @ParameterizedTest
  @CsvSource({
    "--db,-1,--db: `-1` is neither a number nor all",
    "--db,some,--db: `some` is neither a number nor all",
    "--sample,0,--sample: 0.0 is not above 0 and at most 100 percent",
    "--sample,101,--sample: 101.0 is not above 0 and at most 100 percent"
  })
  void whatIsNoChoiceOfKeysIsRefusedByItsOption(String option, String value, String why) {
    ScopeOptions options = new ScopeOptionsHolder().parsed(option + "=" + value);
    assertThatThrownBy(() -> options.scope(OptionalInt.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(why);
  }

  private static List<String> types(String typed) {
    ScopeOptions options = new ScopeOptionsHolder().parsed("--types", typed);
    return List.copyOf(options.scope(OptionalInt.empty()).types());
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
