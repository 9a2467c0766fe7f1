/** What a run leaves: the report record, CSV, page, console and exit status. */
@NullMarked
package io.syncanalyzer.report;

import org.jspecify.annotations.NullMarked;
