package io.syncanalyzer.run.record;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** How much of this machine's memory a JVM of ours may take: servers and others want some too. */
public final class MachineMemory {
  private MachineMemory() {}

  /** Half of it; as much as one likes where it is not to be had. */
  public static long half() {
    long all = all();
    return all == Long.MAX_VALUE ? all : all / 2;
  }

  /** Where that limit comes from. */
  public static String words() {
    return String.format(
        Locale.ROOT, "beside the servers half of this machine's %,d MiB may be used", all() >> 20);
  }

  private static long all() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
        ? machine.getTotalMemorySize()
        : Long.MAX_VALUE;
  }
}
