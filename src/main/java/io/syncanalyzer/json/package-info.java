/**
 * JSON: the only user of Gson. How records become text and are read back, a tree for what is no
 * record of ours, and the text laid out for people.
 *
 * <p>Entry: {@link io.syncanalyzer.json.JsonFormat}, and {@link io.syncanalyzer.json.Json} for
 * trees. Imports nothing of ours. Formats and trees are immutable and may be shared. What one
 * format writes it reads back to an equal record.
 */
@NullMarked
package io.syncanalyzer.json;

import org.jspecify.annotations.NullMarked;
