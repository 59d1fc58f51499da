// What must happen when a mapped file is cut shorter by somebody else: its lost pages would end the process with
// SIGBUS. Written in C because a signal handler may touch nothing that the Swift runtime owns.
#ifndef LINSANG_MAPPING_GUARD_H
#define LINSANG_MAPPING_GUARD_H

#include <signal.h>
#include <stddef.h>

/// Reads of `length` bytes at `start` (a mapping of a file) that the file no longer has give zeros from now on.
/// Gives a number for the two calls below, -1 where no more mappings can be guarded.
int lp_guard_mapping(void *start, size_t length);
/// Whether a page of the mapping was lost.
int lp_mapping_was_cut(int guard);
/// To be called before the mapping is given back.
void lp_unguard_mapping(int guard);

/// What to do with a SIGBUS that is not about a guarded mapping; NULL: what was done before.
void lp_set_bus_crash(void (*crash)(int, siginfo_t *, void *));

#endif
