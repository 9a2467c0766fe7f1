package io.syncanalyzer.cause;

import io.syncanalyzer.cause.Finding.Against;
import io.syncanalyzer.cause.Finding.Fits;
import io.syncanalyzer.cause.Finding.Untold;
import io.syncanalyzer.result.lag.Certainty;
import io.syncanalyzer.result.lag.LagCause;
import io.syncanalyzer.result.lag.LagSecond;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an episode is laid at.
 *
 * <p>Every rule is asked. Of the causes that are certain or likely the first in the order of {@link
 * LagCause} is taken: the probe's own pause goes first, for it makes everybody else look late; a
 * cause goes before what it brings about. Where there is none, whoever was held up for at least
 * half of the lag is named; then what was merely possible.
 *
 * @param evidence what speaks for it, and what else was seen
 * @param against what speaks against the others, and what nobody told
 */
public record Explanation(LagCause cause, Certainty certainty, String evidence, String against) {
  /**
   * Explains.
   *
   * @param timeline of the replica, with what both servers told
   */
  public static Explanation of(Span span, List<LagSecond> timeline, Circumstances around) {
    return of(findings(Evidence.of(span, timeline, around), around));
  }

  private static List<Finding> findings(Evidence evidence, Circumstances around) {
    ServerRules source = new ServerRules(true, evidence.source(), evidence);
    List<Finding> all = new ArrayList<>();
    all.add(ProbeRules.paused(evidence));
    all.add(ProbeRules.gone(evidence, around));
    all.addAll(of(source));
    if (!around.sourceAlone()) {
      all.addAll(of(new ServerRules(false, evidence.replica(), evidence)));
      all.add(LinkRules.outputBuffer(evidence));
      all.add(LinkRules.backlog(evidence));
      all.add(LinkRules.fullResync(evidence));
      all.add(LinkRules.lost(evidence));
      all.add(ProbeRules.behind(evidence));
    }
    all.addAll(ProbeRules.load(evidence, around));
    all.add(ProbeRules.far(evidence, around));
    all.add(ProbeRules.sourceSlow(evidence, around));
    all.add(ProbeRules.stalled(evidence, around));
    all.sort((one, other) -> one.cause().compareTo(other.cause()));
    return all;
  }

  private static List<Finding> of(ServerRules server) {
    return List.of(
        server.slowCommand(),
        server.fork(),
        server.latencyEvent(),
        server.expiry(),
        server.eviction(),
        server.cpu(),
        server.swap());
  }

  private static Explanation of(List<Finding> findings) {
    List<Fits> fits =
        findings.stream().filter(Fits.class::isInstance).map(Fits.class::cast).toList();
    Optional<Fits> root =
        fits.stream().filter(one -> one.isStrong() && !one.cause().isSymptom()).findFirst();
    Optional<Fits> chosen =
        root.or(() -> fits.stream().filter(Fits::isStrong).findFirst())
            .or(() -> fits.stream().findFirst());
    String others =
        fits.stream()
            .filter(one -> chosen.isEmpty() || one.cause() != chosen.get().cause())
            .map(one -> one.cause().label() + " (" + one.certainty().label() + "): " + one.words())
            .collect(Collectors.joining("; "));
    String evidence =
        chosen.map(Fits::words).orElse("none of the known causes was long or large enough")
            + (others.isEmpty() ? "" : "; also " + others);
    return new Explanation(
        chosen.map(Fits::cause).orElse(LagCause.NOT_KNOWN),
        chosen.map(Fits::certainty).orElse(Certainty.NONE),
        evidence,
        against(findings));
  }

  /** First who was not late, as the probe itself measured it. */
  private static String against(List<Finding> findings) {
    String not =
        findings.stream()
            .filter(Against.class::isInstance)
            .sorted(Comparator.comparing(one -> !one.cause().isMeasuredByProbe()))
            .map(one -> one.cause().label() + ": " + one.words())
            .collect(Collectors.joining("; "));
    String untold =
        findings.stream()
            .filter(Untold.class::isInstance)
            .map(one -> one.cause().label() + ": " + one.words())
            .collect(Collectors.joining("; "));
    return not
        + (not.isEmpty() || untold.isEmpty() ? "" : "; ")
        + (untold.isEmpty() ? "" : "not told: " + untold);
  }
}
