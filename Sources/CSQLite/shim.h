// The system's SQLite, for reading listings out of databases. What is variadic in C, Swift does not see.
#ifndef LINSANG_CSQLITE_SHIM_H
#define LINSANG_CSQLITE_SHIM_H
#include <sqlite3.h>

/// Functions and virtual tables that a schema names count as hostile, and nothing may write to the file's structure.
static inline void lq_distrust(sqlite3 *db) {
#ifdef SQLITE_DBCONFIG_TRUSTED_SCHEMA
  sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
#endif
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, (int *)0);
}

/// A number with 17 digits, which is enough to tell any two apart; `size` must be at least 40.
static inline void lq_print_exact(double number, char *text, int size) {
  sqlite3_snprintf(size, text, "%!.17g", number);
}
#endif
