/** What the inserters write and the probe looks for: key, codec, schedule, ledger. */
@NullMarked
package io.syncanalyzer.sentinel;

import org.jspecify.annotations.NullMarked;
