// libarchive: gzip, zstd, bzip2 and xz streams, zip and tar archives, told by their content; the parts of workbooks.
#ifndef LINSANG_CARCHIVE_SHIM_H
#define LINSANG_CARCHIVE_SHIM_H
#include <archive.h>
#include <archive_entry.h>
#endif
