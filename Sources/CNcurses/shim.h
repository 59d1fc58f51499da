#ifndef LINSANG_CNCURSES_SHIM_H
#define LINSANG_CNCURSES_SHIM_H
// Without this the wide-character half of curses is not declared at all.
#define NCURSES_WIDECHAR 1
#include <ncurses.h>
#endif
