// Threads that run only when nothing else wants the processor. Written in C because Swift's Glibc module shows neither
// SCHED_IDLE nor a variable of each thread.
#ifndef LINSANG_IDLE_THREAD_H
#define LINSANG_IDLE_THREAD_H

/// Gives the calling thread the lowest priority there is, for the rest of its life: without privileges there is no way
/// back. Threads that it starts inherit it. Signals go to other threads from now on.
void lp_become_idle(void);
/// Whether the calling thread has become idle.
int lp_is_idle(void);
/// The scheduling policy of the calling thread, as in sched(7); 5 is SCHED_IDLE.
int lp_scheduling_policy(void);
/// How nice the calling thread is, -20 to 19.
int lp_niceness(void);
/// Gives memory that was freed back to the system.
void lp_release_free_memory(void);

#endif
