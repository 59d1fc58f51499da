import Foundation
import GRDB

/// The log beside a casebook, read by its path. SQLite puts no locks on it, so opening and closing it is harmless.
///
/// Fails:  nil, or false, for anything that SQLite would not read either.
/// Source: sqlite.org/fileformat2.html, section 4.1: a header of 32 bytes with the page size at 8 and two salts at 16;
///         then frames of 24 bytes and a page, each with the salts at 8.
struct WriteAheadLog: ~Copyable {
  let identity: FileIdentity
  /// In bytes, from the header.
  let pageSize: Int
  /// Two random numbers that the current frames repeat.
  let salts: [UInt8]
  private let handle: Int32

  /// The log's path, by SQLite's rule.
  static func path(of casebook: String) -> String { casebook + "-wal" }

  /// Nil where there is no log, or no complete header.
  init?(_ path: String) {
    let handle = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard handle >= 0 else { return nil }
    var about = stat()
    var header = [UInt8](repeating: 0, count: 32)
    guard fstat(handle, &about) == 0, about.st_mode & S_IFMT == S_IFREG, pread(handle, &header, 32, 0) == 32 else {
      close(handle)
      return nil
    }
    self.handle = handle
    identity = FileIdentity(about)
    pageSize = header[8..<12].reduce(0) { $0 << 8 | Int($1) }
    salts = Array(header[16..<24])
    // SQLite would not read any other header; such a log counts as empty.
    isReadable = header[0] == 0x37 && header[1] == 0x7F && (512...65536).contains(pageSize)
  }

  /// Whether SQLite would read the log.
  private let isReadable: Bool

  deinit { close(handle) }

  /// In bytes.
  private var frameSize: Int { 24 + pageSize }

  /// Whether the file has as many frames under its current header as its index says.
  func holds(frames: Int) -> Bool {
    guard isReadable, identity.size >= Int64(32 + frames * frameSize) else { return false }
    var head = [UInt8](repeating: 0, count: 24)
    return pread(handle, &head, 24, off_t(32 + (frames - 1) * frameSize)) == 24 && Array(head[8..<16]) == salts
  }

  /// The stamps in the frames under the current header, in the order written.
  ///
  /// Cost:   one pass over the log.
  func stamps(frames: Int = .max) -> [CasebookStamp] {
    guard isReadable else { return [] }
    var stamps: [CasebookStamp] = []
    var frame = [UInt8](repeating: 0, count: frameSize)
    var number = 0
    while number < frames, pread(handle, &frame, frameSize, off_t(32 + number * frameSize)) == frameSize {
      // Frames with other salts are left over from before the log was restarted.
      guard Array(frame[8..<16]) == salts else { break }
      if let stamp = CasebookStamp(page: frame[24...]) { stamps.append(stamp) }
      number += 1
    }
    return stamps
  }
}

extension [CasebookStamp] {
  /// Whether a log with these stamps continues a main file with this one. A log without stamps fits any file.
  func go(onFrom stamp: CasebookStamp) -> Bool {
    guard let first else { return true }
    return first.follows(stamp) || contains(stamp)
  }
}

/// Checks that the log beside a casebook is its own, before SQLite would mix the two.
///
/// SQLite takes any `-wal` file with the right name and page size for the database's own. Beside a casebook restored from a
/// copy, a leftover log would make one file out of two (sqlite.org/howtocorrupt.html, section 2.5). Since every commit
/// has a stamp, a log's first stamp must follow the file's stamp, or the file's stamp must be in the log.
///
/// Cost:   one pass over the log, a few megabytes at most.
enum StrayLog {
  /// Whether a log that is not the casebook's own lies beside it.
  ///
  /// - Parameter path: with links resolved, as SQLite does.
  static func isBeside(_ path: String) -> Bool {
    if WriteAheadLog(WriteAheadLog.path(of: path)) == nil { return false }
    for attempt in 0..<20 {
      // Another program may be folding the log in, or restarting it, while we read.
      if attempt > 0 { usleep(25_000) }
      if isLinked(path) { return false }
    }
    return true
  }

  /// Whether the log belongs to the file as it is now.
  private static func isLinked(_ path: String) -> Bool {
    let inFile = stampOfFileAlone(path)
    guard let log = WriteAheadLog(WriteAheadLog.path(of: path)) else { return true }
    let stamps = log.stamps()
    switch inFile {
    case .stamp(let stamp): return stamps.go(onFrom: stamp)
    // The first stamps are still in the log alone.
    case .none: return stamps.first.map { $0.previous == 0 } ?? true
    // As after a power cut during a checkpoint: the file is whole only with its log.
    case .unreadable: return true
    }
  }

  /// The stamp in the main file.
  private enum InFile {
    /// The stamp of a whole file.
    case stamp(CasebookStamp)
    /// A file that had no stamp yet.
    case none
    /// A file that is not whole without its log.
    case unreadable
  }

  /// The stamp of the main file without its log.
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

/// Identifies a casebook and one of its commits. Every commit writes it, and it can be found byte for byte in the main file
/// and in the log.
///
/// Shape:  86 bytes: a prefix that no UTF-8 text contains, the casebook's token (32 hexadecimal digits that never change),
///         the number of the commit, a random number for it, and that of the commit before (16 digits each). Two copies
///         of a casebook that diverge differ in their random numbers.
struct CasebookStamp: Equatable, Sendable {
  /// 32 hexadecimal digits, unique to the casebook.
  let token: String
  /// The number of the commit, from 1.
  let count: UInt64
  /// Random, per commit.
  let nonce: UInt64
  /// The nonce of the commit before; 0 for the first.
  let previous: UInt64

  /// FF "LNSG" FF. UTF-8 never contains FF, so no text of a listing or note passes for a stamp.
  static let prefix: [UInt8] = [0xFF] + Array("LNSG".utf8) + [0xFF]
  /// In bytes: prefix, token and three numbers.
  static let length = 6 + 32 + 3 * 16
  static let tokenLength = 32

  /// The first stamp of a casebook.
  init(token: String) {
    self.token = token
    (count, nonce, previous) = (1, .random(in: 1 ... .max), 0)
  }

  /// The stamp that follows another.
  private init(after last: CasebookStamp) {
    token = last.token
    (count, nonce, previous) = (last.count + 1, .random(in: 1 ... .max), last.nonce)
  }

  /// The stamp of the next commit.
  var next: CasebookStamp { CasebookStamp(after: self) }

  /// Whether this is the commit right after `other`.
  func follows(_ other: CasebookStamp) -> Bool {
    token == other.token && count == other.count + 1 && previous == other.nonce
  }

  // MARK: Bytes

  /// The 86 bytes.
  var bytes: [UInt8] {
    Self.prefix + Array(token.utf8) + [count, nonce, previous].flatMap { Self.digits($0) }
  }

  /// The stamp at the beginning of some bytes; nil where there is none.
  init?(_ bytes: some Collection<UInt8>) {
    let bytes = Array(bytes.prefix(Self.length))
    guard bytes.count == Self.length, bytes.starts(with: Self.prefix) else { return nil }
    let numbers = [38, 54, 70].map { UInt64(String(decoding: bytes[$0..<$0 + 16], as: UTF8.self), radix: 16) }
    guard let count = numbers[0], let nonce = numbers[1], let previous = numbers[2] else { return nil }
    token = String(decoding: bytes[6..<38], as: UTF8.self)
    (self.count, self.nonce, self.previous) = (count, nonce, previous)
  }

  /// The stamp on a page of the main file or log; nil for any other page.
  ///
  /// Source: sqlite.org/fileformat2.html, section 1.6: a leaf of a table has type 13, the count of its cells at 3, the
  ///         first cell's offset at 8.
  init?(page: some RandomAccessCollection<UInt8>) {
    func byte(_ at: Int) -> Int { Int(page[page.index(page.startIndex, offsetBy: at)]) }
    guard page.count >= 512, byte(0) == 13, byte(3) == 0, byte(4) == 1 else { return nil }
    let cell = byte(8) << 8 | byte(9)
    guard cell + Self.length <= page.count else { return nil }
    // The value follows lengths and types, of a few bytes each.
    let values = cell..<min(cell + 12, page.count)
    guard let start = values.first(where: { byte($0) == Int(Self.prefix[0]) }) else { return nil }
    self.init(page.dropFirst(start))
  }

  /// 16 hexadecimal digits.
  private static func digits(_ number: UInt64) -> [UInt8] {
    let text = String(number, radix: 16)
    return Array((String(repeating: "0", count: 16 - text.count) + text).utf8)
  }
}

/// How a casebook, or a chain of one, is called where its token is too long.
package enum CasebookName {
  /// Four characters that stand for the casebook in packet numbers: the first 20 bits of its token. Two casebooks share them
  /// once in a million.
  ///
  /// Source: Crockford's base 32, whose digits omit I, L, O and U.
  package static func short(of token: String) -> String {
    let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    let bits = Int(token.prefix(5), radix: 16) ?? 0
    return String([15, 10, 5, 0].map { digits[bits >> $0 & 31] })
  }
}
