package io.syncanalyzer.spark.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Hadoop's file systems by the names of their classes and methods, which are looked up where the
 * configuration comes from: so nothing of Hadoop has to be there when we are compiled.
 *
 * <p>Whatever goes wrong in there becomes an {@link IOException} with one line. A file system is
 * one of this configuration's own, shared with nobody.
 */
final class HadoopCalls {
  private static final String PACKAGE = "org.apache.hadoop.fs.";

  private final ClassLoader loader;
  private final Class<?> pathClass;
  private final Class<?> systemClass;
  private final Object configuration;

  /**
   * @param configuration a {@code org.apache.hadoop.conf.Configuration}
   */
  HadoopCalls(Object configuration) throws IOException {
    ClassLoader own = configuration.getClass().getClassLoader();
    this.loader = Objects.requireNonNull(own, "no configuration of Hadoop's");
    this.pathClass = named(PACKAGE + "Path");
    this.systemClass = named(PACKAGE + "FileSystem");
    this.configuration = ofOurOwn(configuration);
  }

  /** A copy, for files are still to be written while the JVM ends: Hadoop would close them. */
  private Object ofOurOwn(Object given) throws IOException {
    Class<?> type = named("org.apache.hadoop.conf.Configuration");
    try {
      Object copy = type.getConstructor(type).newInstance(given);
      call(
          copy,
          method(type, "setBoolean", String.class, boolean.class),
          "fs.automatic.close",
          false);
      return copy;
    } catch (ReflectiveOperationException e) {
      throw notFitting(e);
    }
  }

  /** A path of a text such as {@code hdfs://host:8020/results}. */
  Object path(String text) throws IOException {
    try {
      return pathClass.getConstructor(String.class).newInstance(text);
    } catch (InvocationTargetException e) {
      throw failure(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw notFitting(e);
    }
  }

  Object path(Object parent, String child) throws IOException {
    try {
      return pathClass.getConstructor(pathClass, String.class).newInstance(parent, child);
    } catch (InvocationTargetException e) {
      throw failure(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw notFitting(e);
    }
  }

  URI uri(Object path) throws IOException {
    return (URI) given(call(path, method(pathClass, "toUri")));
  }

  /** The file system of a path, by its scheme or else the one that the configuration has. */
  Object fileSystem(Object path) throws IOException {
    Class<?> type = named("org.apache.hadoop.conf.Configuration");
    Object system =
        given(
            call(
                null,
                method(systemClass, "newInstance", URI.class, type),
                uri(path),
                configuration));
    // Sums in files of their own beside the results would only be in the way of people.
    call(system, method(systemClass, "setWriteChecksum", boolean.class), false);
    return system;
  }

  Object qualified(Object system, Object path) throws IOException {
    return given(call(system, method(systemClass, "makeQualified", pathClass), path));
  }

  boolean exists(Object system, Object path) throws IOException {
    return (boolean) given(call(system, method(systemClass, "exists", pathClass), path));
  }

  /** An iterator for {@link #hasNext} and {@link #next}. */
  Object files(Object system, Object folder) throws IOException {
    return given(
        call(system, method(systemClass, "listFiles", pathClass, boolean.class), folder, true));
  }

  boolean hasNext(Object files) throws IOException {
    return (boolean) given(call(files, method(named(PACKAGE + "RemoteIterator"), "hasNext")));
  }

  /** The next file's status, for {@link #pathOf}, {@link #length} and {@link #modified}. */
  Object next(Object files) throws IOException {
    return given(call(files, method(named(PACKAGE + "RemoteIterator"), "next")));
  }

  Object pathOf(Object status) throws IOException {
    return given(call(status, method(named(PACKAGE + "FileStatus"), "getPath")));
  }

  long length(Object status) throws IOException {
    return (long) given(call(status, method(named(PACKAGE + "FileStatus"), "getLen")));
  }

  long modified(Object status) throws IOException {
    return (long) given(call(status, method(named(PACKAGE + "FileStatus"), "getModificationTime")));
  }

  InputStream open(Object system, Object path) throws IOException {
    return (InputStream) given(call(system, method(systemClass, "open", pathClass), path));
  }

  /** Overwrites, and makes the folders that it takes. */
  OutputStream create(Object system, Object path) throws IOException {
    return (OutputStream)
        given(call(system, method(systemClass, "create", pathClass, boolean.class), path, true));
  }

  /** Gives up what was written to a stream of {@link #create}, where the file system can. */
  void abort(OutputStream created) throws IOException {
    call(created, method(named(PACKAGE + "FSDataOutputStream"), "abort"));
  }

  /** In one step where the file system has that, as HDFS has. */
  void renameOver(Object system, Object from, Object to) throws IOException {
    Class<?> option = named(PACKAGE + "Options$Rename");
    Object options = Array.newInstance(option, 1);
    for (Object one : option.getEnumConstants()) {
      if (one.toString().equals("OVERWRITE")) {
        Array.set(options, 0, one);
      }
    }
    try {
      // Public in the file systems that have a way of their own, and there for all.
      Method rename =
          systemClass.getDeclaredMethod("rename", pathClass, pathClass, options.getClass());
      rename.setAccessible(true);
      call(system, rename, from, to, options);
    } catch (NoSuchMethodException e) {
      throw notFitting(e);
    }
  }

  void delete(Object system, Object path) throws IOException {
    call(system, method(systemClass, "delete", pathClass, boolean.class), path, true);
  }

  boolean can(Object system, Object path, String capability) throws IOException {
    return (boolean)
        given(
            call(
                system,
                method(systemClass, "hasPathCapability", pathClass, String.class),
                path,
                capability));
  }

  void close(Object system) throws IOException {
    call(system, method(systemClass, "close"));
  }

  private Class<?> named(String name) throws IOException {
    try {
      return Class.forName(name, true, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      throw notFitting(e);
    }
  }

  private static Method method(Class<?> type, String name, Class<?>... parameters)
      throws IOException {
    try {
      return type.getMethod(name, parameters);
    } catch (NoSuchMethodException e) {
      throw notFitting(e);
    }
  }

  private static @Nullable Object call(
      @Nullable Object target, Method method, @Nullable Object... arguments) throws IOException {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw failure(e.getCause());
    } catch (IllegalAccessException e) {
      throw notFitting(e);
    }
  }

  private static Object given(@Nullable Object result) {
    return Objects.requireNonNull(result, "Hadoop gave nothing");
  }

  private static IOException failure(@Nullable Throwable e) {
    if (e instanceof java.io.FileNotFoundException absent) {
      return absent;
    }
    if (e instanceof VirtualMachineError fatal) {
      throw fatal;
    }
    return new IOException(e == null ? "Hadoop gave up" : oneLine(e), e);
  }

  private static IOException notFitting(Throwable e) {
    return new IOException("this Hadoop is none that is known (" + oneLine(e) + ")", e);
  }

  /** A failure that comes from a server has the server's stack trace in its message. */
  static String oneLine(Throwable e) {
    String text = e.getMessage();
    return text == null || text.isBlank()
        ? e.getClass().getSimpleName()
        : text.strip().lines().findFirst().orElseThrow().strip();
  }
}
