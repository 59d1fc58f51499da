// Perl-compatible regular expressions over bytes: fast, and with a limit on the work of one match, so that an expression that
// explodes (`(a|aa)+$`) cannot hold the program.
#ifndef LINSANG_CPCRE2_SHIM_H
#define LINSANG_CPCRE2_SHIM_H
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#endif
