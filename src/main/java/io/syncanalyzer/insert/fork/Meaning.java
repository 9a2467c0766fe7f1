package io.syncanalyzer.insert.fork;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What {@code jmh -l} says of a benchmark (a class, or one method of it) or of one of its
 * parameters (a field), in words that follow its name.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD})
public @interface Meaning {
  /** What it stands for, in one line for {@code jmh -l}. */
  String value();
}
