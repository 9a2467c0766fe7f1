/**
 * How the capacity of a replica is found: which rate is tried next, and what a trial says of its
 * rate. Pure: no clock, no thread, no connection, no file.
 *
 * <p>Entries: {@link io.syncanalyzer.capacity.CapacitySearch} and {@link
 * io.syncanalyzer.capacity.TrialRules}.
 *
 * <pre>{@code
 * CapacitySearch search = new CapacitySearch(question);
 * List<Tried> history = new ArrayList<>(rows.stream().map(Tried::of).toList());
 * while (search.next(history, Budget.of(left, trialSeconds)) instanceof Step.Try trial) {
 *   TrialMeasured measured = measure(trial.ratePerS()); // longer while rules.worthProlonging(…)
 *   TrialVerdict verdict = rules.judge(measured);
 *   history.add(new Tried(trial.ratePerS(), verdict.outcome()));
 * }
 * }</pre>
 *
 * <p>What follows from a history is {@link io.syncanalyzer.capacity.Bracket}'s, whether the pair
 * has changed {@link io.syncanalyzer.capacity.Turning}'s, what it comes to {@link
 * io.syncanalyzer.capacity.Endings}'s. Imports {@code result.capacity} and {@code result.figure}.
 * What is public is immutable.
 */
@NullMarked
package io.syncanalyzer.capacity;

import org.jspecify.annotations.NullMarked;
