import Casework
import Foundation
import SmallFormats

/// A file beside a casebook with the decisions that this could not be trusted with: one line of JSON each, on the disk
/// when `append` returns.
///
/// Shape:  a first line that says whose decisions they are and for which casebook; then `key`, `decided`, and `verdict`
///         with `reason` or `note`, and the listing's words as the analyst saw them.
struct RescueFile: ~Copyable {
  let path: String
  private let handle: Int32
  private var length: off_t = 0

  struct Failure: Error {
    /// The system's own words.
    let why: String
  }

  /// Makes the file in the first of the folders that takes it.
  static func make(
    for source: RescueSource, in folders: [String], at time: String
  ) throws(Failure) -> RescueFile {
    var last = Failure(why: "no folder was named")
    for folder in folders {
      do throws(Failure) {
        return try RescueFile(in: folder, for: source, at: time)
      } catch {
        last = error
      }
    }
    throw last
  }

  private init(in folder: String, for source: RescueSource, at time: String) throws(Failure) {
    path = Self.path(in: folder, of: source.casebook)
    handle = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard handle >= 0 else { throw Failure(why: "\(folder): \(String(cString: strerror(errno)))") }
    do throws(Failure) {
      try begin(for: source, at: time)
      try Self.synchronise(folder)
    } catch {
      unlink(path)
      throw Failure(why: "\(folder): \(error.why)")
    }
  }

  private mutating func begin(for source: RescueSource, at time: String) throws(Failure) {
    try put(
      JSONValue.map([
        "rescue": .number(1), "analyst": .text(source.analyst), "casebook": .text(source.casebook),
        "token": .text(source.token), "made": .text(time),
      ]).json + "\n")
  }

  /// A new file's name is in its folder.
  private static func synchronise(_ folder: String) throws(Failure) {
    let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { return }
    defer { close(handle) }
    if fsync(handle) != 0, errno != EINVAL { throw failure() }
  }

  deinit { if handle >= 0 { close(handle) } }

  /// Writes the decisions; all are on the disk when this returns, or the file is as it was.
  mutating func append(_ decisions: [RescuedDecision]) throws(Failure) {
    if decisions.isEmpty { return }
    try put(decisions.map { $0.line + "\n" }.joined())
  }

  /// Removes the file: what it held is in a casebook.
  func remove() { unlink(path) }

  private static func path(in folder: String, of casebook: String) -> String {
    let name = casebook.split(separator: "/").last.map(String.init) ?? "casebook"
    let some = String(UInt16.random(in: 0x1000...0xFFFF), radix: 16)
    return (folder == "/" ? "" : folder) + "/\(name).rescue-\(SystemClock.compact())-\(some).jsonl"
  }

  private mutating func put(_ text: String) throws(Failure) {
    let bytes = Array(text.utf8)
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        pwrite(handle, $0.baseAddress! + written, bytes.count - written, length + off_t(written))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw takeBack() }
      written += count
    }
    guard fsync(handle) == 0 else { throw takeBack() }
    length += off_t(bytes.count)
  }

  /// Half a line is no line.
  private func takeBack() -> Failure {
    let failure = Self.failure()
    ftruncate(handle, length)
    return failure
  }

  private static func failure() -> Failure { Failure(why: String(cString: strerror(errno))) }
}

extension RescuedDecision {
  fileprivate var line: String {
    var values = decision.part.data
    values["key"] = .text(decision.key.text)
    values["decided"] = .text(time)
    if let seen {
      values["title"] = .optional(seen.title)
      values["platform"] = .optional(seen.platform)
      values["url"] = .optional(seen.url)
      values["seller"] = .optional(seen.seller)
      values["file"] = .text(seen.sighting.file)
      values["row"] = .number(seen.sighting.row)
    }
    return JSONValue.map(values).json
  }
}
