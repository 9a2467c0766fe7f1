package io.syncanalyzer.load;

import io.syncanalyzer.load.memtier.LoadLimits;
import io.syncanalyzer.load.memtier.LoadRequest;
import io.syncanalyzer.load.memtier.MemtierLocation;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A request of memtier's load by a profile of the user's own, and nothing else asked for. */
public final class ProfileRequest {
  private ProfileRequest() {}

  /**
   * The request.
   *
   * @param folder where the profile is written, and the load's own files
   * @param profile the profile's text
   * @param passThrough what follows the dashes
   */
  public static LoadRequest of(Path folder, String profile, String... passThrough)
      throws IOException {
    Path file = Files.writeString(folder.resolve("own.txt"), profile);
    return new LoadRequest(
        Topology.single(Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:1")),
        folder,
        new MemtierLocation.OnPath(),
        file.toString(),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        List.of(passThrough),
        LoadLimits.DEFAULT);
  }
}
