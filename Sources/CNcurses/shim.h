// What Swift cannot see of curses: global variables (not concurrency-safe), macros with a cast in them, and locale
// constants. Everything is `static`, so the module needs no C target.
#ifndef LINSANG_CNCURSES_SHIM_H
#define LINSANG_CNCURSES_SHIM_H
// Without this the wide-character half of curses is not declared at all.
#define NCURSES_WIDECHAR 1
#include <langinfo.h>
#include <locale.h>
#include <ncurses.h>
#include <sys/ioctl.h>

// From <term.h>, whose macros (`lines`, `columns`, …) would take ordinary words away.
extern int setupterm(const char *term, int fd, int *error);
extern int restartterm(const char *term, int fd, int *error);
extern char *tiparm(const char *words, ...);

static inline WINDOW *lt_stdscr(void) { return stdscr; }
static inline WINDOW *lt_curscr(void) { return curscr; }

/// A capability with its numbers filled in; stays valid until the next call.
static inline const char *lt_filled(const char *words, int first, int second) {
  const char *filled = tiparm(words, first, second);
  return filled ? filled : "";
}

static const int LT_KEY_F0 = KEY_F0;
static const int LT_KEY_CODE_YES = KEY_CODE_YES;

/// The character set of LC_CTYPE.
static inline const char *lt_codeset(void) { return nl_langinfo(CODESET); }

/// Rows and columns of the terminal at `fd`; 0 where it does not know.
static inline int lt_window_size(int fd, int *rows, int *columns) {
  struct winsize size;
  if (ioctl(fd, TIOCGWINSZ, &size) != 0) return -1;
  *rows = size.ws_row;
  *columns = size.ws_col;
  return 0;
}

/// Bytes that wait to be read at `fd`.
static inline int lt_waiting_bytes(int fd) {
  int count = 0;
  return ioctl(fd, FIONREAD, &count) == 0 ? count : -1;
}
#endif
