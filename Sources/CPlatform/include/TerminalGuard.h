// What must happen to a terminal when a signal comes. Written in C because a signal handler may touch nothing that
// the Swift runtime owns: no reference counts, no locks, no lazily made globals.
#ifndef LINSANG_TERMINAL_GUARD_H
#define LINSANG_TERMINAL_GUARD_H

#include <stddef.h>
#include <termios.h>

/// Sends WINCH, HUP, TERM, TSTP and CONT as one letter each (W H H T C) down `pipe_fd`, which must not block.
void lp_watch_signals(int pipe_fd);
/// Gives these signals back what they did before.
void lp_unwatch_signals(void);

/// From now on a crash (SEGV, BUS, ILL, TRAP, ABRT, FPE) or an exit() first writes `bytes` to `tty`, sets `modes`,
/// and gives standard error back: `stderr_fd` becomes 2 again and gets what `log_fd` has collected. -1 for neither.
/// `bytes` is copied; at most 512 are kept.
void lp_arm_restore(int tty, const struct termios *modes, const char *bytes, size_t count, int log_fd, int stderr_fd);
/// The terminal has been restored in an orderly way.
void lp_disarm_restore(void);

/// Stops the process group as ^Z does, and returns when it is continued. In an orphaned group it returns at once.
void lp_stop(void);

#endif
