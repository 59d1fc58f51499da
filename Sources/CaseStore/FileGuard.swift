import CSQLiteFile
import Foundation
import GRDB

/// Checks that what is committed to the open casebook can be found again at its path.
///
/// SQLite keeps files open. If another program deletes or replaces one, SQLite goes on writing into a file without a name
/// and reports success (sqlite.org/howtocorrupt.html, section 2.4).
///
/// Cost:   three file system calls and 200 bytes read, some 20 microseconds; after a checkpoint one pass over the log.
struct FileGuard: Sendable {
  /// As given: a link that now leads elsewhere is a replaced casebook too.
  let path: String
  private let logPath: String
  /// The shared-memory index of the log.
  private let indexPath: String
  /// The casebook's token.
  let token: String
  /// The page of the table of stamps, counted from 1.
  private let stampPage: Int
  /// In bytes.
  private let pageSize: Int
  /// The main file as last seen.
  private var main: FileIdentity
  /// The log as it was opened.
  private let log: FileIdentity
  private let index: FileIdentity
  /// The stamp last found in the main file; nil until the first one is folded in.
  private var inFile: CasebookStamp?

  /// The guard of a casebook that was just opened; nil if its files are not at their paths already.
  ///
  /// Limits: must follow an SQL transaction, by which SQLite has opened all its files.
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

  /// Whether the paths still lead to the open files, by the file system alone; nil if so.
  ///
  /// Cost:   three calls of the file system; reads no content. A tenth of a second for an empty file.
  func pathLoss() -> CasebookLoss? {
    guard let now = FileIdentity(path) else { return .gone }
    guard now.isSameFile(as: main) else { return .replaced }
    // A file that is copied over this one is empty for a moment.
    if now.size == 0, Self.staysEmpty(path) { return .cutShort }
    guard log.isSameFile(as: FileIdentity(logPath)), let shared = FileIdentity(indexPath),
      index.isSameFile(as: shared), shared.size >= Self.indexSize
    else { return .logLost }
    return nil
  }

  /// Whether an empty file is still empty after a tenth of a second.
  private static func staysEmpty(_ path: String) -> Bool {
    for _ in 0..<20 {
      usleep(5_000)
      if FileIdentity(path)?.size != 0 { return false }
    }
    return true
  }

  /// SQLite maps this much of the index into memory; if the file were shorter, the next access would kill the process.
  private static let indexSize = 32768

  /// Whether the files contain what SQLite believes, up to the newest commit that this connection sees; nil if so.
  ///
  /// Another program may be folding the log in, so a suspicion is checked again before it is believed.
  /// Cost:   a loss other than `gone` or `replaced` is looked at 20 times, 5 milliseconds apart, before it is believed.
  mutating func contentLoss(_ db: Database) throws -> CasebookLoss? {
    var loss: CasebookLoss?
    for attempt in 0..<20 {
      if attempt > 0 { usleep(5_000) }
      loss = try pathLoss() ?? logLoss(db) ?? mainLoss(db)
      if loss == nil || loss == .gone || loss == .replaced { break }
    }
    return loss
  }

  /// Whether the main file alone contains every commit.
  func isFolded(_ db: Database) throws -> Bool { try stampInFile(db) == CasebookStamp.fetch(db) }

  // MARK: The log

  /// The number of frames by the log's index, and the salts they must have; nil while another program writes the index.
  ///
  /// Source: sqlite.org/walformat.html: the index begins with two copies of a header of 48 bytes.
  private func logIndex(_ db: Database) -> (frames: Int, salts: [UInt8])? {
    var bytes = [UInt8](repeating: 0, count: 96)
    guard let connection = db.sqliteConnection, lc_read_log_index(connection, &bytes, 96) == SQLITE_OK,
      bytes[..<48] == bytes[48...]
    else { return nil }
    let frames = bytes.withUnsafeBytes { $0.load(fromByteOffset: 16, as: UInt32.self) }
    return (Int(frames), Array(bytes[32..<40]))
  }

  /// Whether the log has the frames that its index says.
  private func logLoss(_ db: Database) -> CasebookLoss? {
    guard let (frames, salts) = logIndex(db) else { return .logLost }
    if frames == 0 { return nil }
    guard let file = WriteAheadLog(logPath), file.identity.isSameFile(as: log), file.salts == salts,
      file.holds(frames: frames)
    else { return .logLost }
    return nil
  }

  // MARK: The main file

  /// Whether the main file is complete and bears a stamp that belongs here.
  private mutating func mainLoss(_ db: Database) throws -> CasebookLoss? {
    guard let now = FileIdentity(path), let pages = pagesInHeader(db) else { return .cutShort }
    // While the log is folded in, the header comes before the pages, but the file only grows.
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

  /// Whether the stamp found in the main file is from a commit that the log was folded in up to.
  private func isLinked(_ found: CasebookStamp, to current: CasebookStamp, _ db: Database) -> Bool {
    if found == current { return true }
    guard found.count < current.count, found.count >= inFile?.count ?? 0, let frames = logIndex(db)?.frames,
      let file = WriteAheadLog(logPath)
    else { return false }
    let stamps = file.stamps(frames: frames)
    return !stamps.isEmpty && stamps.go(onFrom: found)
  }

  /// The stamp on the page of stamps in the main file.
  private func stampInFile(_ db: Database) -> CasebookStamp? {
    read(db, count: pageSize, at: (stampPage - 1) * pageSize).flatMap { CasebookStamp(page: $0) }
  }

  /// The size of the main file by its own header, in pages.
  ///
  /// Source: sqlite.org/fileformat2.html, section 1.3: at 28, four bytes, big-endian.
  private func pagesInHeader(_ db: Database) -> Int? {
    guard let header = read(db, count: 100, at: 0), header.starts(with: "SQLite format 3\0".utf8) else { return nil }
    return header[28..<32].reduce(0) { $0 << 8 | Int($1) }
  }

  /// Reads from the main file through SQLite's own handle.
  private func read(_ db: Database, count: Int, at offset: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    guard let connection = db.sqliteConnection else { return nil }
    return lc_read_main(connection, &bytes, Int32(count), Int64(offset)) == SQLITE_OK ? bytes : nil
  }

  // MARK: After a loss

  /// Renames a log that SQLite would otherwise take for that of the file now at the path.
  ///
  /// Fails:  silently; files that are not the ones opened are left alone.
  func setLogAside(_ suffix: String) {
    if log.isSameFile(as: FileIdentity(logPath)) { rename(logPath, path + suffix + "-wal") }
    if index.isSameFile(as: FileIdentity(indexPath)) { unlink(indexPath) }
  }
}

/// Identifies the file that a path leads to, with its length.
struct FileIdentity: Equatable, Sendable {
  /// The device of the file system.
  let device: dev_t
  /// The number of the file on its device.
  let number: ino_t
  /// In bytes.
  let size: Int64

  /// Nil where there is no file.
  init?(_ path: String) {
    var about = stat()
    guard stat(path, &about) == 0 else { return nil }
    self.init(about)
  }

  init(_ about: stat) { (device, number, size) = (about.st_dev, about.st_ino, Int64(about.st_size)) }

  /// Whether both are one file, whatever its length.
  func isSameFile(as other: FileIdentity?) -> Bool { device == other?.device && number == other?.number }
}
