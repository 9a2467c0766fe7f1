package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Bytes;

/** A key that differed at first sight, and when that was. */
record Suspect(Bytes key, long firstSeenNanos) {}
