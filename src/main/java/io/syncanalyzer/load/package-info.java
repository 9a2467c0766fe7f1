/**
 * The write load: memtier_benchmark, from its command line to its figures, none of which is
 * believed that the source does not confirm.
 *
 * <p>Entry: {@link io.syncanalyzer.load.LoadPhase}, for one thread; which engine a run takes is
 * {@link io.syncanalyzer.load.EngineChoice}'s. The sub-rooms, each of which imports only those
 * below it:
 *
 * <ul>
 *   <li>{@code process}: a running memtier_benchmark, and its end whatever it does
 *   <li>{@code output}: what it printed, read and put together
 *   <li>{@code memtier}: which program, what it can do, and what it is told to do
 *   <li>{@code proof}: what the source says that it carried out
 * </ul>
 *
 * <p>No process outlives the phase, and what it wrote is kept however it ends.
 */
@NullMarked
package io.syncanalyzer.load;

import org.jspecify.annotations.NullMarked;
