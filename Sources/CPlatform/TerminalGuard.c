#define _GNU_SOURCE
#include "MappingGuard.h"
#include "TerminalGuard.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

// --- Signals that become events.

static const int watched[] = {SIGWINCH, SIGHUP, SIGTERM, SIGTSTP, SIGCONT};
static struct sigaction before_watch[COUNT(watched)];
static volatile sig_atomic_t event_pipe = -1;

static void tell(int signal_number) {
  const int saved = errno;
  char letter = 'H';
  if (signal_number == SIGWINCH) letter = 'W';
  if (signal_number == SIGTSTP) letter = 'T';
  if (signal_number == SIGCONT) letter = 'C';
  // A full pipe already holds news enough.
  if (event_pipe >= 0 && write(event_pipe, &letter, 1) < 0) {
  }
  errno = saved;
}

void lp_watch_signals(int pipe_fd) {
  event_pipe = pipe_fd;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = tell;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < COUNT(watched); i++) sigaction(watched[i], &action, &before_watch[i]);
}

void lp_unwatch_signals(void) {
  for (size_t i = 0; i < COUNT(watched); i++) sigaction(watched[i], &before_watch[i], NULL);
  event_pipe = -1;
}

// --- Crashes.

// SIGBUS has an owner already: a mapped file that is cut shorter is no crash.
static const int crashes[] = {SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGFPE};
static struct sigaction before_crash[COUNT(crashes)];
static volatile sig_atomic_t armed = 0;
static int guarded_tty = -1, collected_fd = -1, real_stderr = -1;
static struct termios guarded_modes;
static char restore_bytes[512];
static size_t restore_count;
// A stack overflow leaves no room for a handler on the stack that overflowed.
static char alternate_stack[64 * 1024];

static void write_all(int fd, const char *bytes, size_t count) {
  while (count > 0) {
    const ssize_t written = write(fd, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes += written;
    count -= (size_t)written;
  }
}

// Calls only what POSIX lists as async-signal-safe.
static void restore_now(void) {
  if (!armed) return;
  armed = 0;
  // A process in the background is stopped by SIGTTOU when it sets the terminal's modes.
  signal(SIGTTOU, SIG_IGN);
  write_all(guarded_tty, restore_bytes, restore_count);
  tcsetattr(guarded_tty, TCSANOW, &guarded_modes);
  if (real_stderr < 0) return;
  dup2(real_stderr, STDERR_FILENO);
  char chunk[1024];
  ssize_t got;
  if (collected_fd >= 0 && lseek(collected_fd, 0, SEEK_SET) == 0)
    while ((got = read(collected_fd, chunk, sizeof chunk)) > 0) write_all(STDERR_FILENO, chunk, (size_t)got);
}

static void bus_crash(int signal_number, siginfo_t *why, void *context) {
  (void)signal_number, (void)why, (void)context;
  restore_now();
}

static void crash(int signal_number, siginfo_t *why, void *context) {
  (void)context;
  restore_now();
  for (size_t i = 0; i < COUNT(crashes); i++)
    if (crashes[i] == signal_number) sigaction(signal_number, &before_crash[i], NULL);
  // A fault happens again on return, with its true address, for whoever was there before: Swift's backtrace or the
  // core dump. A signal that was sent does not.
  if (why->si_code <= 0) raise(signal_number);
}

void lp_arm_restore(int tty, const struct termios *modes, const char *bytes, size_t count, int log_fd, int stderr_fd) {
  static int exit_is_watched = 0;
  if (armed) return;
  guarded_tty = tty;
  guarded_modes = *modes;
  restore_count = count < sizeof restore_bytes ? count : sizeof restore_bytes;
  memcpy(restore_bytes, bytes, restore_count);
  collected_fd = log_fd;
  real_stderr = stderr_fd;
  if (!exit_is_watched) exit_is_watched = atexit(restore_now) == 0;
  stack_t stack;
  memset(&stack, 0, sizeof stack);
  stack.ss_sp = alternate_stack;
  stack.ss_size = sizeof alternate_stack;
  // Only where nobody has made one already: Swift's backtracer does.
  stack_t present;
  if (sigaltstack(NULL, &present) == 0 && (present.ss_flags & SS_DISABLE)) sigaltstack(&stack, NULL);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = crash;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESETHAND;
  sigemptyset(&action.sa_mask);
  armed = 1;
  for (size_t i = 0; i < COUNT(crashes); i++) sigaction(crashes[i], &action, &before_crash[i]);
  lp_set_bus_crash(bus_crash);
}

void lp_disarm_restore(void) {
  if (!armed) return;
  armed = 0;
  lp_set_bus_crash(NULL);
  for (size_t i = 0; i < COUNT(crashes); i++) sigaction(crashes[i], &before_crash[i], NULL);
}

// --- ^Z.

void lp_stop(void) {
  struct sigaction standard, ours;
  memset(&standard, 0, sizeof standard);
  standard.sa_handler = SIG_DFL;
  sigemptyset(&standard.sa_mask);
  sigaction(SIGTSTP, &standard, &ours);
  // The whole group, as the terminal's driver does it: a wrapper that waits for this program must stop too.
  kill(0, SIGTSTP);
  // With several threads the signal may reach another one first; the stop follows within this pause.
  const struct timespec pause = {0, 30 * 1000 * 1000};
  nanosleep(&pause, NULL);
  sigaction(SIGTSTP, &ours, NULL);
}
