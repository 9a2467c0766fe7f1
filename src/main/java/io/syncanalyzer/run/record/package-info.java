/**
 * What a run works with ({@link io.syncanalyzer.run.record.RunContext}) and what it leaves: {@link
 * io.syncanalyzer.run.record.Recorder} keeps what is found from the first moment to the last.
 *
 * <p>Uses {@code run/servers}. One thread, that of the run; {@link
 * io.syncanalyzer.run.record.SilenceWatch} has its own. However a run ends, its files say so.
 */
@NullMarked
package io.syncanalyzer.run.record;

import org.jspecify.annotations.NullMarked;
