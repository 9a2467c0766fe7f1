/** The write load: memtier_benchmark's command line, process and output. */
@NullMarked
package io.syncanalyzer.load;

import org.jspecify.annotations.NullMarked;
