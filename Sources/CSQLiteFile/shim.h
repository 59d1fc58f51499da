// The files behind an open SQLite connection, read through SQLite's own handles.
//
// Opening the database by its path and closing it again would give up every lock that this process holds on it:
// POSIX record locks belong to the process, not to the handle (sqlite.org/howtocorrupt.html, section 2.2).
#ifndef LINSANG_CSQLITEFILE_SHIM_H
#define LINSANG_CSQLITEFILE_SHIM_H
#include <sqlite3.h>
#include <string.h>

/// Bytes of the main file as they are on the file system, past page cache and log. SQLITE_IOERR_SHORT_READ where the
/// file ends earlier.
static inline int lc_read_main(sqlite3 *db, void *bytes, int count, sqlite3_int64 offset) {
  sqlite3_file *file = 0;
  int result = sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (result != SQLITE_OK) return result;
  if (!file || !file->pMethods) return SQLITE_MISUSE;
  return file->pMethods->xRead(file, bytes, count, offset);
}

/// The first bytes of the index of the write-ahead log, which processes share. Only after a transaction was begun.
/// Source: sqlite.org/walformat.html, section 2.2.
static inline int lc_read_log_index(sqlite3 *db, void *bytes, int count) {
  sqlite3_file *file = 0;
  int result = sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (result != SQLITE_OK) return result;
  if (!file || !file->pMethods || file->pMethods->iVersion < 2) return SQLITE_MISUSE;
  void volatile *region = 0;
  result = file->pMethods->xShmMap(file, 0, 32768, 0, &region);
  if (result != SQLITE_OK) return result;
  if (!region) return SQLITE_MISUSE;
  memcpy(bytes, (const void *)region, count);
  return SQLITE_OK;
}

/// Whether closing the last connection folds the log into the file and removes it, as SQLite does by itself.
static inline int lc_fold_log_on_close(sqlite3 *db, int folds) {
  return sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, !folds, (int *)0);
}

/// Forgets clean pages that were read earlier, so that they are read again.
static inline void lc_forget_pages(sqlite3 *db) { sqlite3_db_release_memory(db); }

/// The main file's path, links followed, as SQLite derives its log's name from it.
static inline const char *lc_main_path(sqlite3 *db) { return (const char *)sqlite3_db_filename(db, "main"); }
#endif
