package io.syncanalyzer.spark.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Hadoop as a Spark brings it, beside the class path of the tests, which has none. As in a driver,
 * the thread that uses it finds it as its own.
 */
final class HadoopJars implements AutoCloseable {
  private final URLClassLoader loader;
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  private HadoopJars(URLClassLoader loader) {
    this.loader = loader;
    Thread.currentThread().setContextClassLoader(loader);
  }

  /**
   * That of a Spark.
   *
   * @param home its folder, such as {@code target/spark}
   */
  static HadoopJars of(Path home) throws IOException {
    assertThat(home.resolve("jars")).describedAs("brought by `mvn verify`").isDirectory();
    List<URL> jars = new ArrayList<>();
    try (Stream<Path> files = Files.list(home.resolve("jars"))) {
      for (Path jar : files.toList()) {
        jars.add(jar.toUri().toURL());
      }
    }
    return new HadoopJars(
        new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
  }

  /** A {@code Configuration} with these settings. */
  Object configuration(Map<String, String> settings) throws ReflectiveOperationException {
    Class<?> type = Class.forName("org.apache.hadoop.conf.Configuration", true, loader);
    Object configuration = type.getConstructor().newInstance();
    for (Map.Entry<String, String> one : settings.entrySet()) {
      type.getMethod("set", String.class, String.class)
          .invoke(configuration, one.getKey(), one.getValue());
    }
    return configuration;
  }

  /** Its classes stay, for Hadoop has work of its own when the JVM ends. */
  @Override
  public void close() {
    Thread.currentThread().setContextClassLoader(before);
  }
}
