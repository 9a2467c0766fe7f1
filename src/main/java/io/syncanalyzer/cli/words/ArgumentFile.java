package io.syncanalyzer.cli.words;

import java.io.File;
import java.io.IOException;
import java.io.StreamTokenizer;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the words of {@code @FILE}: blanks and line ends part them, quotes keep them together, a
 * {@code #} begins a comment, and {@code @OTHER} among them is read in its place.
 *
 * <p>These are picocli's rules. Picocli itself reads in the locale's charset, which may lack what
 * is there, and a file that is looked at before has been read already if it is a pipe; so each file
 * is read here, once.
 */
final class ArgumentFile {
  private final Set<String> read = new HashSet<>();
  private final List<String> words = new ArrayList<>();

  private ArgumentFile() {}

  /**
   * The words that a word of the line stands for: itself, unless it is {@code @FILE}. One whose
   * file is not there is itself too, for it may be an option's value; {@code @@WORD} is
   * {@code @WORD}.
   *
   * @throws IllegalArgumentException with one line if a file cannot be read
   */
  static List<String> expanded(String word) {
    ArgumentFile file = new ArgumentFile();
    file.add(word);
    return List.copyOf(file.words);
  }

  private void add(String word) {
    if (!word.startsWith("@") || word.length() == 1) {
      words.add(word);
    } else if (word.startsWith("@@")) {
      words.add(word.substring(1));
    } else if (!InputFile.isThere(word.substring(1))) {
      words.add(word);
    } else if (read.add(new File(word.substring(1)).getAbsolutePath())) {
      try {
        split(InputFile.text(word, word.substring(1)));
      } catch (IOException e) {
        throw new IllegalArgumentException(word + ": cannot be read (" + e.getMessage() + ")", e);
      }
    }
  }

  private void split(String text) throws IOException {
    StreamTokenizer tokens = new StreamTokenizer(new StringReader(text));
    tokens.resetSyntax();
    tokens.wordChars(' ', 255);
    tokens.whitespaceChars(0, ' ');
    tokens.quoteChar('"');
    tokens.quoteChar('\'');
    tokens.commentChar('#');
    while (tokens.nextToken() != StreamTokenizer.TT_EOF) {
      add(tokens.sval);
    }
  }
}
