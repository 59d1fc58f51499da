import Casework
import Foundation
import Listings
import SmallFormats

/// What a transaction set for one listing.
package struct Decision: Equatable, Sendable {
  package let key: ListingKey
  package let part: StatusPart

  package init(key: ListingKey, part: StatusPart) {
    self.key = key
    self.part = part
  }
}

/// A decision kept outside its casebook: when it was made, and what the analyst saw.
package struct RescuedDecision: Equatable, Sendable {
  package let decision: Decision
  /// When it was made.
  package let time: String
  /// The listing's words, unless the main file has them safely.
  package var seen: ListingSnapshot?

  package init(decision: Decision, time: String, seen: ListingSnapshot? = nil) {
    self.decision = decision
    self.time = time
    self.seen = seen
  }
}

/// The origin of rescued decisions.
package struct RescueSource: Equatable, Sendable {
  /// Who made them.
  package let analyst: String
  /// The path of the casebook they were meant for.
  package let casebook: String
  /// The token of that casebook; `unknown` where it had none.
  package let token: String

  package init(analyst: String, casebook: String, token: String) {
    self.analyst = analyst
    self.casebook = casebook
    self.token = token
  }
}

/// A file beside a casebook for the decisions that it did not accept: one line of JSON each, on disk when `append` returns.
///
///
/// Shape:  the first line says whose decisions they are and for which casebook. Each further line has `key`, `decided`,
///         `verdict` with `reason`, `note`, or `aspect` with `value`, and the listing's words as the analyst saw them.
/// Cost:   one sync per call of `append`.
/// Fails:  with `WriteError`; the complete lines before stay readable.
struct RescueFile: ~Copyable {
  /// Where the file was made.
  let path: String
  private let handle: Int32
  /// How many bytes are complete and synced.
  private var length: off_t = 0

  /// Why the file could not be written.
  struct WriteError: Error {
    /// The system's message.
    let why: String
  }

  /// Makes the file in the first folder that accepts it.
  static func make(
    for source: RescueSource, in folders: [String], at time: String
  ) throws(WriteError) -> RescueFile {
    var last = WriteError(why: "no folder was named")
    for folder in folders {
      do throws(WriteError) {
        return try RescueFile(in: folder, for: source, at: time)
      } catch {
        last = error
      }
    }
    throw last
  }

  /// Makes the file and writes its first line; on an error the file is removed.
  private init(in folder: String, for source: RescueSource, at time: String) throws(WriteError) {
    path = Self.path(in: folder, of: source.casebook)
    handle = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard handle >= 0 else { throw WriteError(why: "\(folder): \(String(cString: strerror(errno)))") }
    do throws(WriteError) {
      try begin(for: source, at: time)
      try Self.synchronise(folder)
    } catch {
      unlink(path)
      throw WriteError(why: "\(folder): \(error.why)")
    }
  }

  /// Writes the first line.
  private mutating func begin(for source: RescueSource, at time: String) throws(WriteError) {
    try put(
      JSONValue.map([
        "rescue": .number(1), "analyst": .text(source.analyst), "casebook": .text(source.casebook),
        "token": .text(source.token), "made": .text(time),
      ]).json + "\n")
  }

  /// Syncs the folder, which holds the new file's name.
  private static func synchronise(_ folder: String) throws(WriteError) {
    let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { return }
    defer { close(handle) }
    if fsync(handle) != 0, errno != EINVAL { throw systemError() }
  }

  deinit { if handle >= 0 { close(handle) } }

  /// Appends decisions. When this returns, all are on disk; when it throws, the file is as it was.
  mutating func append(_ decisions: [RescuedDecision]) throws(WriteError) {
    if decisions.isEmpty { return }
    try put(decisions.map { $0.line + "\n" }.joined())
  }

  /// Removes the file, once a casebook holds its decisions.
  func remove() { unlink(path) }

  /// A new name: the casebook's, the time and a random number.
  private static func path(in folder: String, of casebook: String) -> String {
    let name = casebook.split(separator: "/").last.map(String.init) ?? "casebook"
    let some = String(UInt16.random(in: 0x1000...0xFFFF), radix: 16)
    return (folder == "/" ? "" : folder) + "/\(name).rescue-\(SystemClock.compact())-\(some).jsonl"
  }

  /// Writes and syncs text at the end.
  private mutating func put(_ text: String) throws(WriteError) {
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

  /// Cuts off a partial line, and returns the error.
  private func takeBack() -> WriteError {
    let error = Self.systemError()
    ftruncate(handle, length)
    return error
  }

  /// The error of the last system call.
  private static func systemError() -> WriteError { WriteError(why: String(cString: strerror(errno))) }
}

extension RescuedDecision {
  /// The line of the file.
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
      values["seen"] = seen.content?.json
    }
    return JSONValue.map(values).json
  }
}

/// The contents of a rescue file.
///
/// Fails:  nil for another file; a line that is no decision is counted and skipped.
package struct Rescue: Equatable, Sendable {
  /// From the first line.
  package let source: RescueSource
  package let decisions: [RescuedDecision]
  /// Line numbers, from 1, of lines that hold no decision, such as one cut off by a power failure.
  package let unreadableLines: [Int]

  /// Parses a file; nil where it is not a rescue file.
  package init?(text: String) {
    // By bytes, since Swift treats a carriage return and a line feed as one character.
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    guard let first = lines.first.flatMap(Self.values), first["rescue"] == .number(1),
      case .text(let analyst)? = first["analyst"], case .text(let casebook)? = first["casebook"],
      case .text(let token)? = first["token"]
    else { return nil }
    source = RescueSource(analyst: analyst, casebook: casebook, token: token)
    var decisions: [RescuedDecision] = []
    var unreadable: [Int] = []
    for (index, line) in lines.enumerated().dropFirst() where !line.isEmpty {
      if let decision = Self.values(line).flatMap(RescuedDecision.init(values:)) {
        decisions.append(decision)
      } else {
        unreadable.append(index + 1)
      }
    }
    self.decisions = decisions
    unreadableLines = unreadable
  }

  /// The values of a line; nil if it is not a JSON object.
  private static func values(_ line: String) -> [String: JSONValue]? {
    guard case .map(let values)? = try? JSONReading.value(of: Array(line.utf8)) else { return nil }
    return values
  }
}

extension RescuedDecision {
  /// Parses a line's values; nil where they are not a decision.
  fileprivate init?(values: [String: JSONValue]) {
    func text(_ name: String) -> String? { if case .text(let text)? = values[name] { text } else { nil } }
    guard let keyText = text("key"), let time = text("decided"), Self.isTime(time) else { return nil }
    let action: Action = values["verdict"] != nil ? .fileVerdict : values["aspect"] != nil ? .describe : .writeNote
    guard let part = StatusPart(of: action, from: values) else { return nil }
    let key = ListingKey(keyText)
    var seen: ListingSnapshot?
    if let file = text("file"), case .number(let row)? = values["row"] {
      seen = ListingSnapshot(
        key: key, title: text("title"), platform: text("platform"), url: text("url"), seller: text("seller"),
        sighting: .init(file: file, row: row), content: SeenListing(values["seen"]))
    }
    self.init(decision: Decision(key: key, part: part), time: time, seen: seen)
  }

  /// Whether a text has the form `2026-11-18T11:06:40Z`, in which times sort as texts.
  private static func isTime(_ text: String) -> Bool {
    let pattern = Array("0000-00-00T00:00:00Z".utf8)
    return text.utf8.count == pattern.count
      && zip(text.utf8, pattern).allSatisfy { $1 == UInt8(ascii: "0") ? (0x30...0x39).contains($0) : $0 == $1 }
  }
}
