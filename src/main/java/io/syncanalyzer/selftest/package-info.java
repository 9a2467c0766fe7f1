/**
 * Injects known faults, corruptions and delays into a pair, and runs the product on it: what it
 * must find, it must find.
 *
 * <p>Entry: {@link io.syncanalyzer.selftest.Selftest}. Imports {@code run} and what is below it.
 * For one thread. Both sides are left as they were. The corruptions stand in {@link
 * io.syncanalyzer.selftest.SelftestCatalogue} alone: the tests inject them into other content.
 */
@NullMarked
package io.syncanalyzer.selftest;

import org.jspecify.annotations.NullMarked;
