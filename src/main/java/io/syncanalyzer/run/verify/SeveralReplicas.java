package io.syncanalyzer.run.verify;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.run.record.Uninterrupted;
import io.syncanalyzer.verify.Verified;
import io.syncanalyzer.verify.VerifyPhase;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.attempt.VerifySettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares several replicas, servers in no cluster, with their source, which is read once for all
 * of them.
 */
final class SeveralReplicas {
  private SeveralReplicas() {}

  /**
   * Compares.
   *
   * @param folder where each comparison has a folder of its own; made if need be
   * @param resume whether each is to go on with what an earlier one left there
   */
  static List<OneOfSeveral> run(
      RunContext context,
      VerifySettings settings,
      Endpoint source,
      List<Endpoint> replicas,
      String runId,
      Path folder,
      boolean resume) {
    List<VerifyRequest> requests = new ArrayList<>();
    for (Endpoint replica : replicas) {
      Path work = Comparison.made(Resumption.workOf(folder, replica.address()));
      VerifyRequest request = VerifyRequest.of(source, replica, runId, work).with(settings);
      requests.add(resume ? request.resumed() : request);
    }
    context.metrics().compares();
    List<Verified> verified =
        new VerifyPhase(heard -> VerifyProgressLine.show(context, heard), context.clock())
            .runTogether(requests);
    return Uninterrupted.get(
        () -> verified.stream().map(one -> OneOfSeveral.of(one, settings.scope())).toList());
  }
}
