import Foundation
import GRDB

/// Whether the log beside a casebook is that casebook's own, asked before SQLite would mix the two.
///
/// SQLite takes any `-wal` file of the right name and page size for the database's own: beside a casebook that was put
/// back from a copy, a log that was left over makes one file out of two (sqlite.org/howtocorrupt.html, section 2.5).
/// A stamp is in every commit, so that the log's first stamp follows that of the file, or the file's is in the log.
///
/// Cost:   one pass over the log, which is a few megabytes at most.
enum StrayLog {
  /// - Parameter path: with links followed, as SQLite does.
  static func isBeside(_ path: String) -> Bool {
    if WriteAheadLog(WriteAheadLog.path(of: path)) == nil { return false }
    for attempt in 0..<20 {
      // Another program may be folding the log in, or beginning it again, between the two looks.
      if attempt > 0 { usleep(25_000) }
      if isLinked(path) { return false }
    }
    return true
  }

  private static func isLinked(_ path: String) -> Bool {
    let inFile = stampOfFileAlone(path)
    guard let log = WriteAheadLog(WriteAheadLog.path(of: path)) else { return true }
    let stamps = log.stamps()
    switch inFile {
    case .stamp(let stamp): return stamps.go(onFrom: stamp)
    // Its first stamps are still in the log alone.
    case .none: return stamps.first.map { $0.previous == 0 } ?? true
    // As after a power cut while the log was folded in: only with its log is the file whole.
    case .unreadable: return true
    }
  }

  private enum InFile {
    case stamp(CasebookStamp)
    case none
    case unreadable
  }

  /// What the main file says without its log.
  ///
  /// Source: sqlite.org/uri.html, section 3.3: an immutable database is read without locks and without a log.
  private static func stampOfFileAlone(_ path: String) -> InFile {
    var configuration = Configuration()
    configuration.readonly = true
    do {
      let database = try DatabaseQueue(
        path: CasebookFile(path: path).pathOfFileAlone, configuration: configuration)
      defer { try? database.close() }
      return try database.read { db in
        guard try db.tableExists("stamp") else { return .none }
        return try CasebookStamp.fetch(db).map { .stamp($0) } ?? .unreadable
      }
    } catch {
      return .unreadable
    }
  }
}
