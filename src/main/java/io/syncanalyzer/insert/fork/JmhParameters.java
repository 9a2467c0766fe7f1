package io.syncanalyzer.insert.fork;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.io.PrintStream;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The parameters of the benchmarks that a command line picks: what they mean, and whether what was
 * given for them can be.
 *
 * <p>JMH ignores a parameter that no benchmark has, a slip of the pen, and finds a value that
 * cannot be only in the fork; here both are found before anything runs.
 */
final class JmhParameters {
  private final Options options;
  private final Collection<BenchmarkListEntry> picked;

  /**
   * @throws IllegalArgumentException if a name that was given is no regular expression
   */
  JmhParameters(Options options) {
    this.options = options;
    this.picked = matching(options.getIncludes(), options.getExcludes());
  }

  private static Collection<BenchmarkListEntry> matching(
      List<String> includes, List<String> excludes) {
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    return BenchmarkList.defaultList()
        .find(
            OutputFormatFactory.createFormatInstance(nowhere, VerboseMode.SILENT),
            includes,
            excludes);
  }

  /** The names that the words of a command line give values to: {@code -p name=value}. */
  static List<String> given(List<String> words) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (words.get(i - 1).equals("-p") && word.indexOf('=') > 0) {
        names.add(word.substring(0, word.indexOf('=')));
      }
    }
    return names;
  }

  /** Each benchmark, what it does, and its parameters with their values and meanings. */
  Stream<String> lines() {
    Set<String> seen = new LinkedHashSet<>();
    return picked.stream().filter(entry -> seen.add(entry.getUsername())).flatMap(this::lines);
  }

  private Stream<String> lines(BenchmarkListEntry entry) {
    List<String> lines = new ArrayList<>(List.of(entry.getUsername()));
    lines.add("  " + meaning(entry));
    fields(entry)
        .forEach(
            (name, field) ->
                lines.add(
                    "  param \""
                        + name
                        + "\" = {"
                        + String.join(", ", values(name, field))
                        + "}: "
                        + meaning(field)));
    return lines.stream();
  }

  /**
   * Looks at what was given.
   *
   * @throws IllegalArgumentException with one line if no benchmark has such a parameter, or a value
   *     cannot be
   */
  void check(Collection<String> given) {
    Set<String> known = new TreeSet<>();
    matching(List.of(), List.of()).forEach(entry -> known.addAll(fields(entry).keySet()));
    for (String name : given) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "-p "
                + name
                + ": no benchmark has this parameter; there are "
                + String.join(", ", known)
                + " (jmh -l says of which, and what they mean)");
      }
    }
    for (BenchmarkListEntry entry : picked) {
      fields(entry)
          .forEach((name, field) -> values(name, field).forEach(value -> check(field, value)));
    }
    endpoints();
  }

  private static void check(Field field, String value) {
    Class<?> type = field.getType();
    try {
      if (type == int.class) {
        Integer.parseInt(value);
      } else if (type == long.class) {
        Long.parseLong(value);
      } else if (type == double.class) {
        Double.parseDouble(value);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "-p " + field.getName() + "=" + value + ": give a number, " + meaning(field), e);
    }
  }

  /** In one line why a server that would be written to or asked cannot be; null if all can. */
  @Nullable String missingServer() {
    for (Endpoint endpoint : endpoints()) {
      try {
        RedisConnection.open(endpoint).close();
      } catch (RedisFailure e) {
        String option = "-p " + endpoint.side().label() + "=URI";
        // Its own words are of the options of other commands.
        return e.kind() == RedisFailure.Kind.REFUSED
            ? "nothing listens at the "
                + endpoint
                + "; start the server, or name another with "
                + option
            : e.getMessage() + " (its address is given by " + option + ")";
      }
    }
    return null;
  }

  private Set<Endpoint> endpoints() {
    Set<Endpoint> all = new LinkedHashSet<>();
    for (BenchmarkListEntry entry : picked) {
      Map<String, Field> fields = fields(entry);
      for (Side side : Side.values()) {
        Field field = fields.get(side.label());
        if (field != null) {
          values(side.label(), field).forEach(uri -> all.add(endpoint(side, uri)));
        }
      }
    }
    return all;
  }

  private static Endpoint endpoint(Side side, String uri) {
    if (Endpoint.parse(side, uri).password().isPresent()) {
      throw new IllegalArgumentException(
          "-p "
              + side.label()
              + ": JMH prints its parameters; give the password by ANALYZER_"
              + side.name()
              + "_PASSWORD instead");
    }
    return StandaloneEndpoints.of(side, uri);
  }

  private Collection<String> values(String name, Field field) {
    return options
        .getParameter(name)
        .orElse(Arrays.asList(field.getAnnotation(Param.class).value()));
  }

  private static String meaning(BenchmarkListEntry entry) {
    String method = entry.getUsername().substring(entry.getUserClassQName().length() + 1);
    return Arrays.stream(benchmark(entry).getMethods())
        .filter(one -> one.getName().equals(method) && one.isAnnotationPresent(Meaning.class))
        .findFirst()
        .map(JmhParameters::meaning)
        .orElseGet(() -> meaning(benchmark(entry)));
  }

  private static String meaning(AnnotatedElement element) {
    Meaning meaning = element.getAnnotation(Meaning.class);
    if (meaning == null) {
      throw new IllegalStateException(element + " has no @Meaning");
    }
    return meaning.value();
  }

  /** By name in alphabetical order: of the class itself and of the states inside it. */
  private static Map<String, Field> fields(BenchmarkListEntry entry) {
    Class<?> benchmark = benchmark(entry);
    Map<String, Field> found = new LinkedHashMap<>();
    Stream.concat(Stream.of(benchmark), Arrays.stream(benchmark.getDeclaredClasses()))
        .flatMap(one -> Arrays.stream(one.getFields()))
        .filter(field -> field.isAnnotationPresent(Param.class))
        .sorted(Comparator.comparing(Field::getName))
        .forEach(field -> found.put(field.getName(), field));
    if (!found.keySet().equals(new TreeSet<>(named(entry)))) {
      throw new IllegalStateException(
          "a state with parameters stands outside " + benchmark.getName());
    }
    return found;
  }

  private static Collection<String> named(BenchmarkListEntry entry) {
    return entry.getParams().hasValue() ? entry.getParams().get().keySet() : List.of();
  }

  private static Class<?> benchmark(BenchmarkListEntry entry) {
    try {
      return Class.forName(entry.getUserClassQName());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("JMH lists a class that is not there", e);
    }
  }
}
