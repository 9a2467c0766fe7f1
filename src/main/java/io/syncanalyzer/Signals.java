package io.syncanalyzer;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.slf4j.LoggerFactory;

/**
 * Hears SIGINT and SIGTERM without letting them end the JVM, so that a run can end in order.
 *
 * <p>A shutdown hook cannot do this: hooks run side by side, and the one that ends the embedded
 * servers would pull them away from the run that is still writing down what it has. The JDK's only
 * way is {@code sun.misc.Signal} (module jdk.unsupported, kept on purpose), reached by reflection
 * because the compiler warns of it in a way that no annotation silences.
 */
final class Signals {
  private Signals() {}

  /** Calls back, on a thread of the JVM's, with how many of these signals have come so far. */
  static void onEachOf(List<String> names, IntConsumer action) {
    AtomicInteger count = new AtomicInteger();
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object listener =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.accept(count.incrementAndGet());
                  return null;
                }
                return method.getName().equals("hashCode")
                    ? (Object) System.identityHashCode(proxy)
                    : method.getName().equals("equals")
                        ? (Object) (arguments != null && proxy == arguments[0])
                        : "Signals";
              });
      for (String name : names) {
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), listener);
      }
    } catch (ReflectiveOperationException | IllegalArgumentException notOnThisJvm) {
      LoggerFactory.getLogger(Signals.class)
          .warn(
              "Ctrl-C will end the run at once, its results unfinished: {}",
              notOnThisJvm.toString());
    }
  }
}
