package io.syncanalyzer.redis;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Bytes as text and back without loss, the form keys and values have in CSV, page and messages.
 *
 * <p>Printable UTF-8 stands as it is; a backslash is doubled; every other byte, and a leading
 * {@code =}, {@code +}, {@code -} or {@code @} (which a spreadsheet would take for a formula), is
 * {@code \xHH} with upper-case digits. Printable leaves out control, format, surrogate, private-use
 * and unassigned code points and every kind of space but U+0020. {@link #parse} restores the exact
 * bytes.
 */
public final class LosslessText {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private LosslessText() {}

  /** The text of {@code bytes}. */
  public static String of(Bytes bytes) {
    byte[] array = bytes.array();
    StringBuilder text = new StringBuilder(array.length + 8);
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    int at = 0;
    while (at < array.length) {
      int length = sequenceLength(array, at);
      if (length == 1 && array[at] >= 0) {
        appendAscii(text, array[at], at == 0);
        at++;
        continue;
      }
      int codePoint = length == 0 ? -1 : decode(decoder, array, at, length);
      if (codePoint >= 0 && isPrintable(codePoint)) {
        text.appendCodePoint(codePoint);
        at += length;
      } else {
        int escaped = Math.max(1, codePoint >= 0 ? length : 1);
        for (int i = 0; i < escaped; i++) {
          appendEscaped(text, array[at + i]);
        }
        at += escaped;
      }
    }
    return text.toString();
  }

  /**
   * The bytes whose text this is.
   *
   * @throws IllegalArgumentException if a backslash is not followed by another or by {@code xHH}
   */
  public static Bytes parse(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '\\') {
        int next = text.indexOf('\\', at);
        int end = next < 0 ? text.length() : next;
        out.writeBytes(text.substring(at, end).getBytes(StandardCharsets.UTF_8));
        at = end;
      } else if (text.startsWith("\\\\", at)) {
        out.write('\\');
        at += 2;
      } else if (text.startsWith("\\x", at) && at + 4 <= text.length()) {
        out.write(HexFormat.fromHexDigits(text, at + 2, at + 4));
        at += 4;
      } else {
        throw new IllegalArgumentException(
            "not lossless text: a lone backslash at character " + at);
      }
    }
    return Bytes.wrap(out.toByteArray());
  }

  private static void appendAscii(StringBuilder text, byte b, boolean first) {
    boolean formula = first && (b == '=' || b == '+' || b == '-' || b == '@');
    if (b == '\\') {
      text.append("\\\\");
    } else if (b < 0x20 || b == 0x7f || formula) {
      appendEscaped(text, b);
    } else {
      text.append((char) b);
    }
  }

  private static void appendEscaped(StringBuilder text, byte b) {
    text.append("\\x").append(HEX.toHexDigits(b));
  }

  private static int sequenceLength(byte[] array, int at) {
    int lead = array[at] & 0xff;
    int length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    return lead > 0xf4 || at + length > array.length ? 0 : length;
  }

  private static int decode(CharsetDecoder decoder, byte[] array, int at, int length) {
    try {
      CharBuffer chars = decoder.reset().decode(ByteBuffer.wrap(array, at, length));
      return Character.codePointAt(chars, 0);
    } catch (CharacterCodingException notUtf8) {
      return -1;
    }
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
