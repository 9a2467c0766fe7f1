package io.syncanalyzer.statistics;

/**
 * How the sum of the ranks of one sample is distributed where both samples are of one kind, so that
 * each choice of as many of the ranks is as likely: counted, not approximated, and with ties too,
 * which have the mean of their ranks. Apache Commons Statistics counts where there are no ties and
 * approximates where there are; of three against three runs with ties that comes to p = 0.05, which
 * no three against three can show.
 *
 * <p>Ranks are doubled, so that means of neighbours are whole.
 */
final class RankSums {
  /** The share of choices by their sum. */
  private final double[] shares;

  private RankSums(double[] shares) {
    this.shares = shares;
  }

  /** Of so many ranks without ties, 2, 4, 6 and so on, when so many are chosen. */
  static RankSums withoutTies(int ranks, int chosen) {
    int[] doubled = new int[ranks];
    for (int i = 0; i < ranks; i++) {
      doubled[i] = 2 * (i + 1);
    }
    return of(doubled, chosen);
  }

  /** Of these doubled ranks when so many are chosen. */
  static RankSums of(int[] doubled, int chosen) {
    int largest = 0;
    for (int rank : doubled) {
      largest += rank;
    }
    // By how many are chosen, then by their sum.
    double[][] ways = new double[chosen + 1][largest + 1];
    ways[0][0] = 1;
    int sum = 0;
    for (int i = 0; i < doubled.length; i++) {
      sum += doubled[i];
      for (int k = Math.min(chosen, i + 1); k > 0; k--) {
        for (int s = sum; s >= doubled[i]; s--) {
          ways[k][s] += ways[k - 1][s - doubled[i]];
        }
      }
    }
    double all = 0;
    for (double count : ways[chosen]) {
      all += count;
    }
    double[] shares = ways[chosen];
    for (int s = 0; s < shares.length; s++) {
      shares[s] /= all;
    }
    return new RankSums(shares);
  }

  /** How likely it is that the doubled ranks add up to no more than this. */
  double atMost(int sum) {
    double share = 0;
    for (int s = 0; s <= Math.min(sum, shares.length - 1); s++) {
      share += shares[s];
    }
    return share;
  }

  /** How likely it is that they add up to no less. */
  double atLeast(int sum) {
    double share = 0;
    for (int s = Math.max(0, sum); s < shares.length; s++) {
      share += shares[s];
    }
    return share;
  }
}
