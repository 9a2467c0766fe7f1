package io.syncanalyzer.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The job as a user submits it: {@code spark-submit --class io.syncanalyzer.spark.VerifyJob … jar},
 * whose driver is a process of its own. Made by {@link SparkCluster#submission()}, changed, then
 * started once.
 */
public final class SparkSubmission {
  private final SparkCluster cluster;
  private final Map<String, String> settings = new TreeMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private Path folder;
  private int uiPort;

  SparkSubmission(SparkCluster cluster, int cores) {
    this.cluster = cluster;
    this.folder = cluster.folder();
    settings.putAll(
        Map.of(
            "spark.driver.host", "127.0.0.1",
            "spark.driver.bindAddress", "127.0.0.1",
            "spark.executor.memory", "512m",
            "spark.executor.cores", "1",
            "spark.cores.max", Integer.toString(cores),
            "spark.ui.enabled", "false"));
  }

  /** A {@code --conf}; the last of a name wins. */
  public SparkSubmission conf(String name, String value) {
    settings.put(name, value);
    return this;
  }

  /** Added to the environment of the driver, and of it alone. */
  public SparkSubmission environment(Map<String, String> more) {
    environment.putAll(more);
    return this;
  }

  /** The folder that the driver runs in; the cluster's otherwise. */
  public SparkSubmission in(Path driverFolder) {
    folder = driverFolder;
    return this;
  }

  /** With Spark's pages on the driver, at {@link #ui()}. */
  public SparkSubmission withUi() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      uiPort = free.getLocalPort();
    }
    return conf("spark.ui.enabled", "true").conf("spark.ui.port", Integer.toString(uiPort));
  }

  /** Where the driver shows its pages while it runs. */
  public String ui() {
    assertThat(uiPort).describedAs("withUi()").isPositive();
    return "http://127.0.0.1:" + uiPort;
  }

  /** Starts the driver, with these options of {@code verify}. */
  public Running start(String... arguments) throws IOException {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("--master", cluster.master()));
    words.addAll(List.of("--class", VerifyJob.class.getName()));
    settings.forEach((name, value) -> words.addAll(List.of("--conf", name + "=" + value)));
    words.add(SparkHome.jar().toString());
    words.addAll(List.of(arguments));
    return new Running(cluster.driver(words, folder, environment));
  }

  /** A driver that was started; the cluster ends it at the latest. */
  public static final class Running {
    private final SparkProcess process;

    private Running(SparkProcess process) {
      this.process = process;
    }

    /** Waits for its end. */
    public Ended await(Duration atMost) throws InterruptedException {
      int status = process.await(atMost);
      return new Ended(status, process.out(), process.err());
    }

    public ProcessHandle handle() {
      return process.handle();
    }

    public String out() {
      return process.out();
    }

    public String err() {
      return process.err();
    }

    /** Ends the driver as a crash of its machine does, without a word. */
    public void kill() {
      process.close();
    }
  }

  /** How it ended, with all that it wrote. */
  public record Ended(int status, String out, String err) {}
}
