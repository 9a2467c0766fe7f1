package io.syncanalyzer.report.files;

import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;

/**
 * How a CSV file separates its cells and writes its decimals. A file is in one form throughout: a
 * spreadsheet that opens it by double click knows but one.
 */
public enum CsvForm {
  /** Commas between the cells, a decimal point: what programs read, and what is written unasked. */
  POINT(',', '.'),
  /** Semicolons between the cells, a decimal comma: what spreadsheets there write themselves. */
  COMMA(';', ',');

  private final char separator;
  private final char decimal;

  CsvForm(char separator, char decimal) {
    this.separator = separator;
    this.decimal = decimal;
  }

  /**
   * The form that spreadsheets of a locale open by double click.
   *
   * @param tag such as {@code de-DE}; {@code de_DE} and {@code de_DE.UTF-8} are taken too
   * @throws IllegalArgumentException if there is no such locale, or one with other decimal signs
   */
  public static CsvForm ofLocale(String tag) {
    char sign = DecimalFormatSymbols.getInstance(locale(tag)).getDecimalSeparator();
    for (CsvForm form : values()) {
      if (form.decimal == sign) {
        return form;
      }
    }
    throw new IllegalArgumentException(
        "--csv-locale: `"
            + tag
            + "` has neither a decimal point nor a comma; leave it out, and import the files");
  }

  private static Locale locale(String tag) {
    try {
      Locale locale =
          new Locale.Builder()
              .setLanguageTag(tag.replaceFirst("[.@].*", "").replace('_', '-'))
              .build();
      String language = locale.getLanguage();
      if (!language.isEmpty()
          && Arrays.stream(Locale.getAvailableLocales())
              .anyMatch(known -> known.getLanguage().equals(language))) {
        return locale;
      }
    } catch (IllformedLocaleException e) {
      // Told below, as a language that nobody speaks is.
    }
    throw new IllegalArgumentException(
        "--csv-locale: there is no locale `" + tag + "`; write one such as de-DE, fr-FR or en-US");
  }

  /** The form of a file that begins with this header. */
  static CsvForm ofHeader(String line) {
    int comma = line.indexOf(POINT.separator);
    int semicolon = line.indexOf(COMMA.separator);
    return semicolon >= 0 && (comma < 0 || semicolon < comma) ? COMMA : POINT;
  }

  /** RFC 4180 but for the separator. */
  CSVFormat format() {
    return CSVFormat.RFC4180.builder().setDelimiter(separator).get();
  }

  /** A figure with a decimal point, in this form. */
  String written(String plain) {
    return plain.replace('.', decimal);
  }

  /** A figure of this form, with a decimal point. */
  String read(String cell) {
    return cell.replace(decimal, '.');
  }
}
