package io.syncanalyzer.insert.load;

import io.syncanalyzer.result.load.LoadSecond;

/**
 * The load once a second.
 *
 * @param last the second just over
 * @param count commands answered so far
 * @param errorReplies error replies so far
 * @param connectionErrors connections lost or not made so far
 */
public record JmhLoadProgress(
    LoadSecond last, long count, long errorReplies, long connectionErrors) {}
