// Expat, the XML parser that reads a part of a workbook as it is unpacked, without a tree.
#ifndef LINSANG_CEXPAT_SHIM_H
#define LINSANG_CEXPAT_SHIM_H
#include <expat.h>
#endif
