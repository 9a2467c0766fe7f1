package io.syncanalyzer.insert;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.syncanalyzer.insert.fork.JmhOutcome;
import io.syncanalyzer.insert.fork.JmhPassThrough;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/**
 * What JMH's own command line printed, and how it ended.
 *
 * @param out what JMH printed on {@link System#out}
 * @param err what we say of it
 */
public record Said(JmhOutcome outcome, String out, String err) {
  public static Said byJmh(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, UTF_8));
    try {
      JmhOutcome outcome = JmhPassThrough.run(new PrintStream(err, true, UTF_8), arguments);
      return new Said(outcome, out.toString(UTF_8), err.toString(UTF_8));
    } finally {
      System.setOut(before);
    }
  }
}
