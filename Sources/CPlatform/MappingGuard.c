#define _GNU_SOURCE
#include "MappingGuard.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

// Every file of a large folder has a mapping; beyond these, a cut file ends the process as it always did.
#define GUARDS 4096

// Slots are never moved, so that the handler needs no lock. A slot's start is written last and cleared first.
static struct {
  _Atomic uintptr_t start;
  _Atomic size_t length;
  atomic_int was_cut;
  atomic_int is_taken;
} guards[GUARDS];

static atomic_int highest = 0;
static size_t page_size;
static struct sigaction before;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static void (*_Atomic crash_action)(int, siginfo_t *, void *);

// mmap is not on POSIX's list of async-signal-safe functions, but on Linux it is a bare system call, and its use for
// just this purpose in SIGBUS and SIGSEGV handlers is old practice.
static int give_zeros(uintptr_t address) {
  const int count = atomic_load(&highest);
  for (int i = 0; i < count; i++) {
    const uintptr_t start = atomic_load(&guards[i].start);
    const size_t length = atomic_load(&guards[i].length);
    if (start == 0 || address < start || address - start >= length) continue;
    const uintptr_t page = address & ~(uintptr_t)(page_size - 1);
    const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;
    // One page, because a bad block of the disk costs one page only; neighbours become one mapping in the kernel.
    if (mmap((void *)page, page_size, PROT_READ, flags, -1, 0) == MAP_FAILED) {
      // Too many scattered pages: the rest of the file is given up.
      if (mmap((void *)page, start + length - page, PROT_READ, flags, -1, 0) == MAP_FAILED) return 0;
    }
    atomic_store(&guards[i].was_cut, 1);
    return 1;
  }
  return 0;
}

static void bus(int signal_number, siginfo_t *why, void *context) {
  const int saved = errno;
  // A signal that was sent (si_code <= 0) has no address.
  const int is_mended = why->si_code > 0 && give_zeros((uintptr_t)why->si_addr);
  errno = saved;
  if (is_mended) return;
  void (*crash)(int, siginfo_t *, void *) = atomic_load(&crash_action);
  if (crash) crash(signal_number, why, context);
  // The fault happens again on return, for whoever was there before.
  sigaction(SIGBUS, &before, NULL);
  if (why->si_code <= 0) raise(signal_number);
}

static void install(void) {
  page_size = (size_t)sysconf(_SC_PAGESIZE);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = bus;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  sigaction(SIGBUS, &action, &before);
}

int lp_guard_mapping(void *start, size_t length) {
  pthread_once(&once, install);
  for (int i = 0; i < GUARDS; i++) {
    int free_slot = 0;
    if (!atomic_compare_exchange_strong(&guards[i].is_taken, &free_slot, 1)) continue;
    atomic_store(&guards[i].was_cut, 0);
    atomic_store(&guards[i].length, length);
    atomic_store(&guards[i].start, (uintptr_t)start);
    int known = atomic_load(&highest);
    while (known < i + 1 && !atomic_compare_exchange_weak(&highest, &known, i + 1)) {
    }
    return i;
  }
  return -1;
}

int lp_mapping_was_cut(int guard) { return guard >= 0 && atomic_load(&guards[guard].was_cut); }

void lp_unguard_mapping(int guard) {
  if (guard < 0) return;
  atomic_store(&guards[guard].start, 0);
  atomic_store(&guards[guard].length, 0);
  atomic_store(&guards[guard].is_taken, 0);
}

void lp_set_bus_crash(void (*crash)(int, siginfo_t *, void *)) {
  pthread_once(&once, install);
  atomic_store(&crash_action, crash);
}
