package io.syncanalyzer.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A standalone cluster of Spark's, as a user has one: a Master and Workers of one core, each a
 * process, on loopback. It takes some 10 s to start and 200 MB a process.
 *
 * <p>All that it and its jobs write lies under its folder: {@code logs} of its processes and of
 * drivers, {@code work} of the executors, {@code local} for what Spark spills.
 */
public final class SparkCluster implements AutoCloseable {
  private static final Duration REGISTERED = Duration.ofMinutes(2);
  private static final Duration JOB = Duration.ofMinutes(5);
  private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern REGISTRATION =
      Pattern.compile("Successfully registered with master");
  private static final Pattern PAGE = Pattern.compile("WebUI to .* started at (http://[^\\s,]+)");

  private final SparkHome home;
  private final Path folder;
  private final List<SparkProcess> workers = new ArrayList<>();
  private final List<SparkProcess> drivers = new ArrayList<>();
  private final List<String> pages = new ArrayList<>();
  private final SparkProcess masterProcess;
  private final Thread atExit = new Thread(this::end, "spark-cluster-end");
  private String master = "";

  private SparkCluster(SparkHome home, Path folder) throws IOException {
    this.home = home;
    this.folder = folder.toAbsolutePath();
    for (String part : List.of("conf", "local", "logs", "work")) {
      Files.createDirectories(this.folder.resolve(part));
    }
    masterProcess =
        daemon(
            "master",
            "org.apache.spark.deploy.master.Master",
            List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"),
            Map.of());
  }

  /** Starts the newest Spark with that many Workers, in an empty folder. */
  public static SparkCluster start(Path folder, int workers)
      throws IOException, InterruptedException {
    return start(SparkHome.newest(), folder, workers, Map.of());
  }

  /**
   * Starts one, and waits until every Worker has registered.
   *
   * @param environment added to the Workers', which their executors inherit
   */
  public static SparkCluster start(
      SparkHome home, Path folder, int workers, Map<String, String> environment)
      throws IOException, InterruptedException {
    assertThat(SparkHome.jar()).describedAs("built by `mvn package`").exists();
    SparkCluster cluster = new SparkCluster(home, folder);
    try {
      Runtime.getRuntime().addShutdownHook(cluster.atExit);
      cluster.register(workers, environment);
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  private void register(int count, Map<String, String> environment)
      throws IOException, InterruptedException {
    master = masterProcess.awaitLogged(MASTER, REGISTERED).group(1);
    pages.add(masterProcess.awaitLogged(PAGE, REGISTERED).group(1));
    for (int i = 0; i < count; i++) {
      workers.add(
          daemon(
              "worker-" + i,
              "org.apache.spark.deploy.worker.Worker",
              List.of(
                  "--host",
                  "127.0.0.1",
                  "--port",
                  "0",
                  "--webui-port",
                  "0",
                  "--cores",
                  "1",
                  "--memory",
                  "512m",
                  "--work-dir",
                  folder.resolve("work/worker-" + i).toString(),
                  master),
              environment));
    }
    for (SparkProcess worker : workers) {
      worker.awaitLogged(REGISTRATION, REGISTERED);
      pages.add(worker.awaitLogged(PAGE, REGISTERED).group(1));
    }
  }

  /** Its address, as {@code --master} takes it. */
  public String master() {
    return master;
  }

  /** Where it lies. */
  public Path folder() {
    return folder;
  }

  /** The addresses of the pages of the Master and of each Worker. */
  public List<String> pages() {
    return List.copyOf(pages);
  }

  /** A job to be submitted, with an executor a Worker unless told otherwise. */
  public SparkSubmission submission() {
    return new SparkSubmission(this, workers.size());
  }

  /** Runs the job with these options of {@code verify}, and waits for its end. */
  public SparkSubmission.Ended submit(String... arguments)
      throws IOException, InterruptedException {
    return submission().start(arguments).await(JOB);
  }

  /** The executors that run now: a Worker of a job in client mode starts nothing else. */
  public List<ProcessHandle> executors() {
    return workers.stream()
        .flatMap(worker -> worker.handle().children())
        .filter(ProcessHandle::isAlive)
        .toList();
  }

  /** Waits until that many executors run. */
  public List<ProcessHandle> awaitExecutors(int count, Duration atMost)
      throws InterruptedException {
    long start = System.nanoTime();
    while (executors().size() < count) {
      assertThat(System.nanoTime() - start)
          .describedAs("waiting for %s executors, of which %s run", count, executors().size())
          .isLessThan(atMost.toNanos());
      Thread.sleep(50);
    }
    return executors();
  }

  /** Ends one of the executors without a word, and gives its process id. */
  public long killExecutor() {
    List<ProcessHandle> running = executors();
    assertThat(running).describedAs("executors").isNotEmpty();
    ProcessHandle one = running.get(0);
    one.destroyForcibly();
    one.onExit().join();
    return one.pid();
  }

  /**
   * The files of the cluster and its jobs that hold that text: logs, work folders, what is spilled.
   */
  public List<Path> filesWith(String text) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (holds(file, text)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  SparkProcess driver(List<String> words, Path runsIn, Map<String, String> environment)
      throws IOException {
    SparkProcess driver =
        process(
            "driver-" + drivers.size(),
            "512m",
            "org.apache.spark.deploy.SparkSubmit",
            words,
            runsIn,
            environment);
    drivers.add(driver);
    return driver;
  }

  private SparkProcess daemon(
      String name, String mainClass, List<String> words, Map<String, String> environment)
      throws IOException {
    return process(name, "256m", mainClass, words, folder, environment);
  }

  private SparkProcess process(
      String name,
      String memory,
      String mainClass,
      List<String> words,
      Path runsIn,
      Map<String, String> more)
      throws IOException {
    Path conf = folder.resolve("conf");
    List<String> command = new ArrayList<>(home.command(memory, conf, mainClass));
    command.addAll(words);
    Map<String, String> environment =
        new HashMap<>(home.environment(conf, folder.resolve("local")));
    environment.putAll(more);
    return SparkProcess.start(name, folder.resolve("logs"), runsIn, command, environment);
  }

  /** Ends every process of it, drivers first. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook does the same.
    }
    end();
  }

  private void end() {
    drivers.forEach(SparkProcess::close);
    workers.forEach(SparkProcess::close);
    masterProcess.close();
  }

  private static boolean holds(Path file, String text) throws IOException {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
          .contains(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException e) {
      // Removed since it was listed, as what a job spilled is at its end.
      return false;
    }
  }
}
