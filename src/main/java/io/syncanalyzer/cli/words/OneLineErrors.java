package io.syncanalyzer.cli.words;

import io.syncanalyzer.embedded.EmbeddedFailure;
import io.syncanalyzer.load.memtier.LoadFailure;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.report.files.ReportFailure;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong in one line on stderr, and gives the exit status. */
public final class OneLineErrors {
  private OneLineErrors() {}

  /** A command line that cannot be understood. */
  public static int wrongUsage(ParameterException e, String[] arguments) {
    PrintWriter err = e.getCommandLine().getErr();
    if (e instanceof UnmatchedArgumentException unmatched
        && unmatched.getUnmatched().get(0).startsWith("@")) {
      // One that is there has been read before this.
      String word = unmatched.getUnmatched().get(0);
      err.println("analyzer: " + absent(word, word.substring(1)));
      return ExitStatus.USAGE.code();
    }
    err.println("analyzer: " + oneLine(e) + origin(e));
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        err.println("did you mean " + String.join(" or ", suggestions) + "?");
      }
    }
    return ExitStatus.USAGE.code();
  }

  private static String absent(String word, String file) {
    try {
      return word + ": there is no file " + Path.of(file) + " to read";
    } catch (InvalidPathException e) {
      return isBeyondAscii(file) ? unnameable(word + ": ", file) : word + ": " + e.getMessage();
    }
  }

  /** Names the variable or file that a refused value comes from, where it is not on the line. */
  private static String origin(ParameterException e) {
    return e.getArgSpec() instanceof OptionSpec option
            && e.getCommandLine().getDefaultValueProvider() instanceof DefaultValues values
        ? values.origin(option).map(where -> " (it comes from " + where + ")").orElse("")
        : "";
  }

  /** A command that could not do its work, be it that the user ended it before there was a run. */
  public static int failed(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    boolean debug = Boolean.TRUE.equals(parsed.matchedOptionValue("--debug", Boolean.FALSE));
    if (debug) {
      LoggerFactory.getLogger(OneLineErrors.class).debug("the command failed", e);
    }
    if (e instanceof IllegalArgumentException) {
      err.println("analyzer: " + oneLine(e));
      return unlessInterrupted(ExitStatus.USAGE);
    }
    if (isForTheUser(e)) {
      err.println("analyzer: " + oneLine(e));
    } else {
      err.println(
          "analyzer: internal error: "
              + e.getClass().getSimpleName()
              + ": "
              + oneLine(e)
              + (debug ? "" : "; run again with --debug for the stack trace"));
    }
    return unlessInterrupted(ExitStatus.COULD_NOT_RUN);
  }

  /** What fails after an interrupt is a part of its end: Ctrl-C reaches a memtier asked as well. */
  private static int unlessInterrupted(ExitStatus status) {
    return (Thread.currentThread().isInterrupted() ? ExitStatus.INTERRUPTED : status).code();
  }

  private static boolean isForTheUser(Exception e) {
    return e instanceof RedisFailure
        || e instanceof EmbeddedFailure
        || e instanceof LoadFailure
        || e instanceof ReportFailure
        || e instanceof VerifyFailure
        || e instanceof UncheckedIOException;
  }

  public static String oneLine(Exception e) {
    if (e instanceof InvalidPathException path && isBeyondAscii(path.getInput())) {
      return unnameable("", path.getInput());
    }
    if (e instanceof ParameterException wrong
        && wrong.getArgSpec() instanceof OptionSpec option
        && String.valueOf(e.getMessage()).contains("InvalidPathException")
        && isBeyondAscii(wrong.getValue())) {
      return unnameable(option.longestName() + ": ", wrong.getValue());
    }
    // A mistyped option is shown with the word after it, which may hold a password.
    return Asked.masked(String.valueOf(e.getMessage())).replaceAll("\\s*\\R\\s*", " ").strip();
  }

  private static boolean isBeyondAscii(@Nullable String text) {
    return text != null && text.chars().anyMatch(c -> c > '~');
  }

  /** Java names files in the locale's charset, whatever it reads the name from. */
  static IllegalArgumentException unnameable(String option, String file, InvalidPathException e) {
    return new IllegalArgumentException(
        isBeyondAscii(file) ? unnameable(option, file) : option + e.getMessage(), e);
  }

  private static String unnameable(String option, String file) {
    return option
        + file
        + " can be no file's name under the locale in use, which has no such characters; run it"
        + " with LC_ALL=C.UTF-8";
  }
}
