package io.syncanalyzer.cli.words;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Shows the options of a mixin under its name.
 *
 * <p>picocli has headings for argument groups only. But a group stands for a choice on the command
 * line: an option of it that is given twice begins a second choice, in which every other option of
 * the group is unset again. Options that only belong together are mixins, which are nothing but
 * options of the command; so what picocli knows of them is the name, and this makes it a heading.
 */
public final class HelpSections {
  private static final String LAST = "Results";

  private HelpSections() {}

  public static void installIn(CommandLine root) {
    Map<String, CommandLine.IHelpSectionRenderer> sections =
        new LinkedHashMap<>(root.getHelpSectionMap());
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpSections::options);
    root.setHelpSectionMap(sections);
  }

  private static String options(Help help) {
    CommandSpec command = help.commandSpec();
    Map<String, List<OptionSpec>> sections = new LinkedHashMap<>();
    Set<String> shown = new HashSet<>();
    command
        .mixins()
        .forEach(
            (name, mixin) -> {
              if (isHeading(name)) {
                sections.put(name, ofCommand(command, mixin));
                mixin.options().forEach(option -> shown.add(option.longestName()));
              }
            });
    List<OptionSpec> last = sections.remove(LAST);
    if (last != null) {
      sections.put(LAST, last);
    }
    List<OptionSpec> others = new ArrayList<>(command.options());
    others.removeIf(option -> shown.contains(option.longestName()));
    StringBuilder text = new StringBuilder(list(help, others));
    sections.forEach(
        (name, options) -> text.append(String.format("%n%s%n", name)).append(list(help, options)));
    return text.toString();
  }

  /** A mixin's name is its field's unless it was given one. */
  private static boolean isHeading(String mixin) {
    return Character.isUpperCase(mixin.codePointAt(0));
  }

  private static List<OptionSpec> ofCommand(CommandSpec command, CommandSpec mixin) {
    return mixin.options().stream()
        .map(option -> command.optionsMap().get(option.longestName()))
        .toList();
  }

  private static String list(Help help, List<OptionSpec> options) {
    return help.optionListExcludingGroups(options);
  }
}
