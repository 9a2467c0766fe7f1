/*
 * Preloaded into one server, it shifts the wall clock of that process alone: what it takes for the
 * time of day is off by SHIFTED_CLOCK_MICROS (negative = behind). Clocks that only run on are left
 * as they are.
 *
 * The kernel is asked itself, not libc: looking up the functions hidden here would allocate memory,
 * while the server's own allocator may be asking for the time.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long long shift_micros;

__attribute__((constructor)) static void read_shift(void) {
  const char *asked = getenv("SHIFTED_CLOCK_MICROS");
  shift_micros = asked == NULL ? 0 : atoll(asked);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  if (syscall(SYS_clock_gettime, clock, now) != 0) {
    return -1;
  }
  if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) {
    long long nanos = now->tv_nsec + shift_micros % 1000000 * 1000;
    now->tv_sec += shift_micros / 1000000;
    if (nanos < 0) {
      now->tv_sec--;
      nanos += 1000000000;
    } else if (nanos >= 1000000000) {
      now->tv_sec++;
      nanos -= 1000000000;
    }
    now->tv_nsec = nanos;
  }
  return 0;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  (void)zone;
  struct timespec precise;
  if (clock_gettime(CLOCK_REALTIME, &precise) != 0) {
    return -1;
  }
  now->tv_sec = precise.tv_sec;
  now->tv_usec = precise.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *seconds) {
  struct timespec now;
  if (clock_gettime(CLOCK_REALTIME, &now) != 0) {
    return (time_t)-1;
  }
  if (seconds != NULL) {
    *seconds = now.tv_sec;
  }
  return now.tv_sec;
}
