package io.syncanalyzer.result;

import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * The machine a run was made on.
 *
 * @param os name, version and architecture
 * @param cpus processors the JVM may use
 * @param memoryBytes memory of the machine, as far as the JVM may tell
 * @param java vendor and version
 * @param heapBytes the JVM's largest heap
 */
public record EnvironmentReport(
    String os, int cpus, @Nullable Long memoryBytes, String java, long heapBytes) {
  /** This machine and this JVM. */
  public static EnvironmentReport ofThisMachine() {
    Long memory =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean bean
            ? Long.valueOf(bean.getTotalMemorySize())
            : null;
    return new EnvironmentReport(
        property("os.name") + " " + property("os.version") + " " + property("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        memory,
        property("java.vm.name") + " " + property("java.version") + " " + property("java.vendor"),
        Runtime.getRuntime().maxMemory());
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }
}
