package io.syncanalyzer.cli.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The words of a command line, each {@code @FILE} among them read. What the line itself says wins
 * over what a file says, wherever on the line the file is named; so what a file says of an option
 * that the line gives as well is left out before picocli, to which all words are one line, sees it.
 */
public final class CommandWords {
  private static final String DASHES = "--";

  private final List<Word> ours;
  private final List<String> afterDashes;

  /** A word, and whether the line itself has it. */
  private record Word(String text, boolean fromFile) {}

  /** An option and its value, or a word that is neither. */
  private record Token(@Nullable OptionSpec option, List<String> words, boolean fromFile) {
    boolean is(String longName) {
      return option != null && option.longestName().equals(longName);
    }

    Optional<String> value() {
      int equals = words.get(0).indexOf('=');
      return words.size() > 1
          ? Optional.of(words.get(1))
          : equals < 0 ? Optional.empty() : Optional.of(words.get(0).substring(equals + 1));
    }
  }

  private CommandWords(List<Word> ours, List<String> afterDashes) {
    this.ours = List.copyOf(ours);
    this.afterDashes = List.copyOf(afterDashes);
  }

  /**
   * Reads the line. What follows {@code --} is left as it is; a file may hold a {@code --} too,
   * which ends the file's own words only.
   *
   * @throws IllegalArgumentException with one line if a file cannot be read
   */
  public static CommandWords read(List<String> line) {
    int dashes = line.indexOf(DASHES);
    List<Word> ours = new ArrayList<>();
    List<String> after = new ArrayList<>();
    for (String word : dashes < 0 ? line : line.subList(0, dashes)) {
      List<String> read = ArgumentFile.expanded(word);
      boolean fromFile = !read.equals(List.of(word));
      int end = read.indexOf(DASHES);
      (end < 0 ? read : read.subList(0, end)).forEach(text -> ours.add(new Word(text, fromFile)));
      if (end >= 0) {
        after.addAll(read.subList(end + 1, read.size()));
      }
    }
    if (dashes >= 0) {
      after.addAll(line.subList(dashes + 1, line.size()));
    }
    return new CommandWords(ours, after);
  }

  /** Every word before {@code --}, in the order of the line. */
  public List<String> all() {
    return ours.stream().map(Word::text).toList();
  }

  /** What followed {@code --}, in a file or on the line. */
  public List<String> afterDashes() {
    return afterDashes;
  }

  /** The first word, which names the command; empty where it is an option or missing. */
  public String command() {
    return ours.isEmpty() || ours.get(0).text().startsWith("-") ? "" : ours.get(0).text();
  }

  /** The words for picocli: without the options of a file that the line gives too. */
  public List<String> effective(CommandSpec spec) {
    return tokens(spec).stream().flatMap(token -> token.words().stream()).toList();
  }

  /** The long names of the options given, on the line or in a file. */
  public Set<String> given(CommandSpec spec) {
    Set<String> names = new TreeSet<>();
    for (Token token : tokens(spec)) {
      if (token.option() != null) {
        names.add(token.option().longestName());
      }
    }
    return names;
  }

  /** The value of an option where it is given; the last one, which is the one that counts. */
  public Optional<String> value(CommandSpec spec, String longName) {
    return tokens(spec).stream()
        .filter(token -> token.is(longName))
        .reduce((earlier, later) -> later)
        .flatMap(Token::value);
  }

  private List<Token> tokens(CommandSpec spec) {
    Map<String, OptionSpec> options = spec.optionsMap();
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      Word word = ours.get(i);
      int equals = word.text().indexOf('=');
      OptionSpec option = options.get(equals < 0 ? word.text() : word.text().substring(0, equals));
      boolean valueFollows =
          option != null && equals < 0 && option.arity().max() > 0 && i + 1 < ours.size();
      tokens.add(
          new Token(
              option,
              valueFollows ? List.of(word.text(), ours.get(++i).text()) : List.of(word.text()),
              word.fromFile()));
    }
    Set<String> onTheLine = new TreeSet<>();
    for (Token token : tokens) {
      if (token.option() != null && !token.fromFile()) {
        onTheLine.add(token.option().longestName());
      }
    }
    Predicate<Token> overridden =
        token ->
            token.fromFile()
                && token.option() != null
                && onTheLine.contains(token.option().longestName());
    return tokens.stream().filter(overridden.negate()).toList();
  }
}
