package io.syncanalyzer.redis.wire;

import io.syncanalyzer.redis.Endpoint;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;

/** An endpoint in Jedis's terms. */
final class JedisSettings {
  private JedisSettings() {}

  static JedisClientConfig of(Endpoint endpoint, boolean resp3) {
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(EndpointSockets.millis(endpoint.connectTimeout()))
            .socketTimeoutMillis(EndpointSockets.millis(endpoint.timeout()))
            .database(endpoint.database())
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
    if (resp3) {
      config.resp3();
    } else {
      // Version 2 without a HELLO, which old servers do not know and users may not be allowed.
      config.serverDefaultProtocol();
    }
    endpoint.user().ifPresent(config::user);
    endpoint.password().ifPresent(secret -> config.password(secret.reveal()));
    return config.build();
  }
}
