package io.syncanalyzer.insert.fork;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps JVMs that JMH runs in from warning of JMH.
 *
 * <p>JMH 1.37, the newest, reads the layout of its own fields through {@code sun.misc.Unsafe}, and
 * some of its profilers load native libraries; from Java 24 on the JVM prints four lines of warning
 * for each. A fork is told by options; older JVMs do not know them and would not start. The JVM
 * that starts the forks is the user's own {@code java -jar}: for it the jar's manifest allows
 * native access, and no manifest can say the same of {@code Unsafe}.
 */
final class ForkJvm {
  private static final Logger LOG = LoggerFactory.getLogger(ForkJvm.class);
  private static final int FIRST_THAT_WARNS = 24;
  private static final List<String> QUIET =
      List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");

  private ForkJvm() {}

  /**
   * Has this JVM not warn of {@code Unsafe}: it warns once, and is told here that it has. Where it
   * keeps no such note it goes on as it is, and warns at most.
   */
  static void quietHere() {
    if (Runtime.version().feature() < FIRST_THAT_WARNS) {
      return;
    }
    try {
      // By name, for to name the class in the source is warned of by the compiler.
      Field warned = Class.forName("sun.misc.Unsafe").getDeclaredField("memoryAccessWarned");
      warned.setAccessible(true);
      warned.setBoolean(null, true);
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      LOG.debug("the JVM may warn of JMH's use of sun.misc.Unsafe: {}", e.toString());
    }
  }

  /** The options for a fork on the JVM that runs this. */
  static List<String> thisOne() {
    return of(Runtime.version().feature());
  }

  /** The options for a JVM of that Java version. */
  static List<String> of(int feature) {
    return feature < FIRST_THAT_WARNS ? List.of() : QUIET;
  }

  /**
   * The same with these options before the user's own; as it is where the user names another JVM,
   * whose version nobody here knows.
   */
  static Options quiet(Options asked) {
    if (asked.getJvm().hasValue()) {
      return asked;
    }
    List<String> prepended = new ArrayList<>(thisOne());
    prepended.addAll(asked.getJvmArgsPrepend().orElse(List.of()));
    return prepended.isEmpty()
        ? asked
        : new OptionsBuilder()
            .parent(asked)
            .jvmArgsPrepend(prepended.toArray(String[]::new))
            .build();
  }
}
