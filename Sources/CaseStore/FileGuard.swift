import CSQLiteFile
import Foundation
import GRDB

/// Holds the open casebook against its path: whether what is committed can be found there again.
///
/// SQLite keeps the files open that it opened. When another program deletes or replaces one of them, it goes on writing
/// into files without a name and reports success (sqlite.org/howtocorrupt.html, section 2.4).
///
/// Cost:   three looks at the file system and 200 bytes read, some 20 microseconds; after a checkpoint the log is read
///         through once.
struct FileGuard: Sendable {
  /// The path as it was asked for: a link that now leads elsewhere is a replaced casebook too.
  let path: String
  private let logPath: String
  private let indexPath: String
  let token: String
  /// The page of the table of stamps, from 1.
  private let stampPage: Int
  private let pageSize: Int
  private var main: FileIdentity
  private let log: FileIdentity
  private let index: FileIdentity
  /// The stamp that the main file held last; nil until the first one is folded in.
  private var inFile: CasebookStamp?

  /// The guard of a casebook that was just opened; nil where its files cannot be found already.
  ///
  /// To be called after a transaction, when SQLite has opened all its files.
  init?(_ db: Database, path: String) throws {
    guard let connection = db.sqliteConnection, let name = lc_main_path(connection) else { return nil }
    let resolved = String(cString: name)
    self.path = path
    (logPath, indexPath) = (resolved + "-wal", resolved + "-shm")
    guard let main = FileIdentity(path), main.isSameFile(as: FileIdentity(resolved)),
      let log = FileIdentity(logPath), let index = FileIdentity(indexPath), let stamp = try CasebookStamp.fetch(db),
      let stampPage = try Int.fetchOne(db, sql: "SELECT rootpage FROM sqlite_master WHERE name = 'stamp'"),
      let pageSize = try Int.fetchOne(db, sql: "PRAGMA page_size")
    else { return nil }
    (self.main, self.log, self.index) = (main, log, index)
    (token, self.stampPage, self.pageSize) = (stamp.token, stampPage, pageSize)
  }

  /// Whether the paths still lead to the files that are open. Asks the file system only.
  func pathLoss() -> CasebookLoss? {
    guard let now = FileIdentity(path) else { return .gone }
    guard now.isSameFile(as: main) else { return .replaced }
    if now.size == 0 { return .cutShort }
    guard log.isSameFile(as: FileIdentity(logPath)), let shared = FileIdentity(indexPath),
      index.isSameFile(as: shared), shared.size >= Self.indexSize
    else { return .logLost }
    return nil
  }

  /// The index is mapped into memory; a shorter file would end the process at the next look.
  private static let indexSize = 32768

  /// Whether the files hold what SQLite believes they hold, up to the newest commit that this connection sees.
  ///
  /// Other programs may fold the log in at any moment: what looks wrong is looked at again before it is believed.
  mutating func contentLoss(_ db: Database) throws -> CasebookLoss? {
    var loss: CasebookLoss?
    for attempt in 0..<20 {
      if attempt > 0 { usleep(5_000) }
      loss = try pathLoss() ?? logLoss(db) ?? mainLoss(db)
      if loss == nil || loss == .gone || loss == .replaced { break }
    }
    return loss
  }

  /// Whether every commit there was is in the main file, so that this alone is the whole casebook.
  func isFolded(_ db: Database) throws -> Bool { try stampInFile(db) == CasebookStamp.fetch(db) }

  // MARK: The log

  /// How many frames the log's index says it has, and the salts they must have; nil while another program writes it.
  private func logIndex(_ db: Database) -> (frames: Int, salts: [UInt8])? {
    var bytes = [UInt8](repeating: 0, count: 96)
    guard let connection = db.sqliteConnection, lc_read_log_index(connection, &bytes, 96) == SQLITE_OK,
      bytes[..<48] == bytes[48...]
    else { return nil }
    let frames = bytes.withUnsafeBytes { $0.load(fromByteOffset: 16, as: UInt32.self) }
    return (Int(frames), Array(bytes[32..<40]))
  }

  private func logLoss(_ db: Database) -> CasebookLoss? {
    guard let (frames, salts) = logIndex(db) else { return .logLost }
    if frames == 0 { return nil }
    guard let file = WriteAheadLog(logPath), file.identity.isSameFile(as: log), file.salts == salts,
      file.holds(frames: frames)
    else { return .logLost }
    return nil
  }

  // MARK: The main file

  private mutating func mainLoss(_ db: Database) throws -> CasebookLoss? {
    guard let now = FileIdentity(path), let pages = pagesInHeader(db) else { return .cutShort }
    // While the log is folded in, the header comes before the pages; but then the file only grows.
    if now.size < Int64(pages) * Int64(pageSize), now.size < main.size { return .cutShort }
    let current = try CasebookStamp.fetch(db)
    guard let found = stampInFile(db) else {
      if inFile == nil { return nil }
      return now.size < Int64(stampPage) * Int64(pageSize) ? .cutShort : .overwritten
    }
    if found != inFile {
      guard let current, found.token == token, isLinked(found, to: current, db) else { return .overwritten }
      inFile = found
    }
    main = now
    return nil
  }

  /// Whether the main file, as another stamp says it is, is one that the log was folded into.
  private func isLinked(_ found: CasebookStamp, to current: CasebookStamp, _ db: Database) -> Bool {
    if found == current { return true }
    guard found.count < current.count, found.count >= inFile?.count ?? 0, let frames = logIndex(db)?.frames,
      let file = WriteAheadLog(logPath)
    else { return false }
    let stamps = file.stamps(frames: frames)
    return !stamps.isEmpty && stamps.go(onFrom: found)
  }

  private func stampInFile(_ db: Database) -> CasebookStamp? {
    read(db, count: pageSize, at: (stampPage - 1) * pageSize).flatMap { CasebookStamp(page: $0) }
  }

  private func pagesInHeader(_ db: Database) -> Int? {
    guard let header = read(db, count: 100, at: 0), header.starts(with: "SQLite format 3\0".utf8) else { return nil }
    return header[28..<32].reduce(0) { $0 << 8 | Int($1) }
  }

  private func read(_ db: Database, count: Int, at offset: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    guard let connection = db.sqliteConnection else { return nil }
    return lc_read_main(connection, &bytes, Int32(count), Int64(offset)) == SQLITE_OK ? bytes : nil
  }

  // MARK: After a loss

  /// Puts a log aside that would be taken for that of whatever is at the path now, and names where it is.
  func setLogAside(_ suffix: String) {
    if log.isSameFile(as: FileIdentity(logPath)) { rename(logPath, path + suffix + "-wal") }
    if index.isSameFile(as: FileIdentity(indexPath)) { unlink(indexPath) }
  }
}
