package io.syncanalyzer.verify.settle;

import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.verify.found.Settled;
import java.util.ArrayList;
import java.util.List;

/**
 * What a group of suspects came to, told only once the whole group was read.
 *
 * @param done what has its verdict
 * @param open what kept changing
 */
public record Outcome(List<Settled> done, List<Settled> open) {
  public Outcome() {
    this(new ArrayList<>(), new ArrayList<>());
  }

  void add(Settled settled) {
    (settled.judgement().verdict() == KeyVerdict.UNSETTLED ? open : done).add(settled);
  }
}
