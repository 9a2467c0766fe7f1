package io.syncanalyzer.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Spark that Maven fetched for the tests: the folder that holds its {@code jars}.
 *
 * @param folder what its processes know as {@code SPARK_HOME}
 * @param version Spark's own
 * @param scala the Scala that it is built for, as {@code 2.13}
 * @param java the home of the JDK that runs it
 */
public record SparkHome(Path folder, String version, String scala, Path java) {
  private static final Pattern CORE = Pattern.compile("spark-core_([0-9.]+)-([0-9.]+)\\.jar");

  /** The one that the job is compiled against. */
  public static SparkHome newest() {
    return fetched("spark", "mvn invoker:run@spark-for-tests");
  }

  /** The oldest that the job is tried on, which the profile {@code long} fetches. */
  public static SparkHome oldest() {
    return fetched("spark-3.5", "mvn -P long invoker:run@oldest-spark-for-tests");
  }

  /** The same on another JDK. */
  public SparkHome on(Path otherJava) {
    return new SparkHome(folder, version, scala, otherJava);
  }

  private static SparkHome fetched(String name, String how) {
    Path folder = jar().resolveSibling(name);
    List<Matcher> cores = new ArrayList<>();
    for (String file : names(folder.resolve("jars"), how)) {
      Matcher core = CORE.matcher(file);
      if (core.matches()) {
        cores.add(core);
      }
    }
    assertThat(cores)
        .describedAs("versions of Spark in %s: `mvn clean`, then `%s`", folder, how)
        .hasSize(1);
    return new SparkHome(
        folder,
        cores.get(0).group(2),
        cores.get(0).group(1),
        Path.of(System.getProperty("java.home")));
  }

  /** The jar under test. */
  static Path jar() {
    return Path.of(System.getProperty("analyzer.jar", "target/analyzer.jar")).toAbsolutePath();
  }

  /**
   * The command line of a class of Spark's.
   *
   * @param memory its heap, as {@code 256m}
   * @param conf the folder of its settings
   */
  List<String> command(String memory, Path conf, String mainClass) {
    List<String> command = new ArrayList<>();
    command.add(java.resolve("bin/java").toString());
    command.addAll(moduleOptions());
    command.addAll(List.of("-Xmx" + memory, "-Dspark.master.rest.enabled=false"));
    command.addAll(List.of("-cp", conf + ":" + folder.resolve("jars") + "/*", mainClass));
    return command;
  }

  /** What every process of Spark has in its environment: loopback, and nothing of the user's. */
  Map<String, String> environment(Path conf, Path local) {
    return Map.of(
        "SPARK_HOME", folder.toString(),
        "SPARK_CONF_DIR", conf.toString(),
        "SPARK_LOCAL_DIRS", local.toString(),
        "SPARK_LOCAL_IP", "127.0.0.1",
        // Without it a Worker looks for the folders of Spark's own build, and no executor starts.
        "SPARK_SCALA_VERSION", scala,
        "JAVA_HOME", java.toString());
  }

  /** What Spark's own start scripts open of the JDK's modules. */
  private List<String> moduleOptions() {
    Path launcher = folder.resolve("jars/spark-launcher_" + scala + "-" + version + ".jar");
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {launcher.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      String options =
          (String)
              loader
                  .loadClass("org.apache.spark.launcher.JavaModuleOptions")
                  .getMethod("defaultModuleOptions")
                  .invoke(null);
      return List.of(options.trim().split("\\s+", -1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the module options of " + launcher, e);
    }
  }

  private static List<String> names(Path jars, String how) {
    assertThat(jars).describedAs("fetched by `mvn verify`, or alone by `%s`", how).isDirectory();
    try (Stream<Path> files = Files.list(jars)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
