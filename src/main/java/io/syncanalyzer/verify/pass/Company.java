package io.syncanalyzer.verify.pass;

import io.syncanalyzer.verify.server.VerifyFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Several verifications of one source, each of another replica, that go through its keys together
 * where they can. Each has a {@link Place}; who comes to it first waits for the others, and those
 * for whom SCAN begins at the same place share one {@link SharedPass}. Where they do not, as after
 * checkpoints at different places, each goes alone; so does one that begins once more after its
 * replica failed. Where the source failed, they meet again.
 *
 * <p>Safe for use by several threads.
 */
public final class Company {
  private static final long POLL_MILLIS = 50;

  /** Whoever waits no longer than this says nothing of it. */
  private static final long BRIEFLY_NANOS = 1_000_000_000;

  private int expected;
  private final Map<Place, Member> here = new LinkedHashMap<>();
  private final Map<Place, SharedPass> going = new HashMap<>();

  /** Nobody's. */
  private Company() {}

  /**
   * Places for so many verifications, each of which must either come to its own or leave it.
   *
   * @param members how many
   */
  public static List<Place> of(int members) {
    Company company = new Company();
    company.expected = members;
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      places.add(new Place(company));
    }
    return List.copyOf(places);
  }

  /** The place of a verification that is alone. */
  public static Place alone() {
    return of(1).get(0);
  }

  /** The place of one of them: for its own thread. */
  public static final class Place {
    private final Company company;
    private boolean left;

    private Place(Company company) {
      this.company = company;
    }

    /** It comes no more: the others need not wait for it. */
    public void leave() {
      if (!left) {
        left = true;
        company.leaves();
      }
    }

    /**
     * Compares the source's keys together with others.
     *
     * @return false where it is to do that alone; nothing was done
     */
    boolean goesAlong(Member member) {
      if (left) {
        return false;
      }
      SharedPass pass;
      try {
        pass = company.meet(this, member);
      } catch (RuntimeException e) {
        leave();
        throw e;
      }
      if (pass == null) {
        leave();
        return false;
      }
      try {
        pass.goAlong(member);
      } catch (RuntimeException e) {
        if (!pass.hasFailedFor(member)) {
          leave();
        }
        throw e;
      }
      leave();
      return true;
    }
  }

  private synchronized void leaves() {
    expected--;
    beginIfAllAreHere();
    notifyAll();
  }

  private synchronized @Nullable SharedPass meet(Place place, Member member) {
    here.put(place, member);
    beginIfAllAreHere();
    long from = member.attempt().run().clock().nanoTime();
    while (here.containsKey(place)) {
      if (member.attempt().connections().isClosed()) {
        here.remove(place);
        throw new VerifyFailure(VerifyFailure.Kind.INTERRUPTED, "interrupted", null);
      }
      if (member.attempt().run().clock().nanoTime() - from > BRIEFLY_NANOS) {
        member.attempt().run().progress().tellWaiting("the other replicas are not ready to begin");
      }
      try {
        wait(POLL_MILLIS);
      } catch (InterruptedException e) {
        here.remove(place);
        Thread.currentThread().interrupt();
        throw new VerifyFailure(VerifyFailure.Kind.INTERRUPTED, "interrupted", null);
      }
    }
    return going.remove(place);
  }

  private void beginIfAllAreHere() {
    if (here.isEmpty() || here.size() < expected) {
      return;
    }
    Map<Object, Map<Place, Member>> together = new LinkedHashMap<>();
    here.forEach(
        (place, member) ->
            together
                .computeIfAbsent(member.beginning(), first -> new LinkedHashMap<>())
                .put(place, member));
    for (Map<Place, Member> group : together.values()) {
      if (group.size() > 1) {
        SharedPass pass = new SharedPass(List.copyOf(group.values()));
        group.keySet().forEach(place -> going.put(place, pass));
        pass.start();
      }
    }
    here.clear();
    notifyAll();
  }
}
