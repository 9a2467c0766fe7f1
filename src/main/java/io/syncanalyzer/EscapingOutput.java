package io.syncanalyzer;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Takes UTF-8 and writes it in a console's charset, each byte of a character that the charset lacks
 * as {@code \xHH}: two keys that differ look different there too, where the JVM prints a question
 * mark for both.
 */
final class EscapingOutput extends OutputStream {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final PrintStream console;
  private final Charset charset;
  private final CharsetEncoder encoder;
  private final byte[] sequence = new byte[4];
  private int held;

  private EscapingOutput(PrintStream console, Charset charset) {
    this.console = console;
    this.charset = charset;
    this.encoder = charset.newEncoder();
  }

  /** The console itself where it knows every character, else one that escapes those it lacks. */
  static PrintStream on(PrintStream console, Charset charset) {
    return charset.equals(StandardCharsets.UTF_8)
        ? console
        : new PrintStream(new EscapingOutput(console, charset), true, StandardCharsets.UTF_8);
  }

  /** The charset in which the JVM writes to this console: {@code stdout} or {@code stderr}. */
  static Charset ofConsole(String name) {
    for (String property : new String[] {name + ".encoding", "sun." + name + ".encoding"}) {
      String value = System.getProperty(property, "");
      // A name that is none makes the JVM look through all the charsets there are.
      if (!value.isEmpty() && Charset.isSupported(value)) {
        return Charset.forName(value);
      }
    }
    return Charset.defaultCharset();
  }

  @Override
  public void write(int b) throws IOException {
    if (b >= 0 && b < 0x80 && held == 0) {
      console.write(b);
      return;
    }
    sequence[held++] = (byte) b;
    int lead = sequence[0] & 0xff;
    int length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (held >= length) {
      writeHeld();
    }
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    for (int i = from; i < from + length; i++) {
      write(bytes[i] & 0xff);
    }
    check();
  }

  private void writeHeld() {
    String text = new String(sequence, 0, held, StandardCharsets.UTF_8);
    if (encoder.canEncode(text)) {
      byte[] bytes = text.getBytes(charset);
      console.write(bytes, 0, bytes.length);
    } else {
      for (int i = 0; i < held; i++) {
        byte[] escaped = ("\\x" + HEX.toHexDigits(sequence[i])).getBytes(charset);
        console.write(escaped, 0, escaped.length);
      }
    }
    held = 0;
  }

  @Override
  public void flush() throws IOException {
    console.flush();
    check();
  }

  /** A print stream keeps its failures to itself, and so would whoever prints through this. */
  private void check() throws IOException {
    if (console.checkError()) {
      throw new IOException("the console takes no more");
    }
  }
}
