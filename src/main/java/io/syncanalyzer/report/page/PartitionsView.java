package io.syncanalyzer.report.page;

import io.syncanalyzer.report.files.Tables;
import io.syncanalyzer.report.page.PageView.HtmlTable;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.verify.VerifyPartition;
import io.syncanalyzer.result.verify.VerifyReport;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The partitions of a comparison as the page shows them: the worst first, and not all of many. */
final class PartitionsView {
  private static final int MOST = 100;

  private static final Comparator<VerifyPartition> WORST_FIRST =
      Comparator.comparingLong(
              (VerifyPartition one) -> one.mismatched() + one.unsettled() + one.unreadable())
          .thenComparing(VerifyPartition::attempts)
          .thenComparing(VerifyPartition::nanos)
          .reversed();

  private PartitionsView() {}

  /** Null where there is but one, of which all is told already. */
  static @Nullable HtmlTable of(VerifyReport verify) {
    List<VerifyPartition> all = verify.partitions();
    return all.size() < 2
        ? null
        : HtmlTable.of(
            Tables.VERIFY_PARTITIONS,
            "Partitions, the worst first"
                + (all.size() <= MOST
                    ? ""
                    : ": " + MOST + " of " + Numbers.words(all.size()) + ", the file has all"),
            false,
            all.stream().sorted(WORST_FIRST).limit(MOST).toList());
  }
}
