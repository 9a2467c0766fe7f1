/** JMH inserters that write sentinels on a schedule, and the JMH load engine. */
@NullMarked
package io.syncanalyzer.insert;

import org.jspecify.annotations.NullMarked;
