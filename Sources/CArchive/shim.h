// libarchive: packed files and archives, among them the zip that an Excel workbook is.
#ifndef LINSANG_CARCHIVE_SHIM_H
#define LINSANG_CARCHIVE_SHIM_H
#include <archive.h>
#include <archive_entry.h>
#endif
