/**
 * How far a verification has come, written down so that another attempt, or another process, goes
 * on from there.
 *
 * <p>Entry: {@link io.syncanalyzer.verify.resume.CheckpointFile}. Imports {@code verify.server}.
 * One thread writes; a checkpoint takes the place of the last in one step, and one that is not
 * whole, or of another format, is never taken for one.
 */
@NullMarked
package io.syncanalyzer.verify.resume;

import org.jspecify.annotations.NullMarked;
