#define _GNU_SOURCE
#include "IdleThread.h"

#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>

static _Thread_local int is_idle = 0;

void lp_become_idle(void) {
  is_idle = 1;
  // A signal that lands here would wait until the processor is free. Those of a crash belong to whoever causes them.
  sigset_t others;
  sigfillset(&others);
  const int own[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT, SIGSYS};
  for (unsigned i = 0; i < sizeof own / sizeof own[0]; i++) sigdelset(&others, own[i]);
  pthread_sigmask(SIG_BLOCK, &others, NULL);
  // Linux has a policy and a niceness for each thread, and takes 0 for the calling one: sched(7), setpriority(2).
  // Reading from disk is idle then too: ioprio_set(2).
  const struct sched_param none = {.sched_priority = 0};
  if (sched_setscheduler(0, SCHED_IDLE, &none) != 0) setpriority(PRIO_PROCESS, 0, 19);
  // Last, so that whoever sees the name sees an idle thread.
  pthread_setname_np(pthread_self(), "linsang-idle");
}

int lp_is_idle(void) { return is_idle; }
int lp_scheduling_policy(void) { return sched_getscheduler(0); }
int lp_niceness(void) { return getpriority(PRIO_PROCESS, 0); }

void lp_release_free_memory(void) { malloc_trim(0); }
