import Casework
import Foundation
import Sentences
import SmallFormats

/// A file in which the heads of one casebook are recorded, one line each time it is opened or closed. Whoever writes
/// a chain anew must find and change every one of them.
///
/// Shape:  lines as `KeptHead.line`, only ever appended; up to `maximumSize`, some 20,000 heads.
package struct WitnessFile: Equatable, Sendable {
  package let path: String

  static let maximumSize = 4 << 20

  package init(_ path: String) { self.path = path }

  /// The file beside a casebook.
  package static func beside(_ casebook: String) -> WitnessFile { WitnessFile(casebook + ".heads") }

  /// How noting a head went.
  package enum Noted: Equatable, Sendable {
    case noted
    /// It was the last one noted already.
    case asBefore
    /// The file is full. Moved to another place, it remains a witness, and a new one begins.
    case full
    /// The file cannot be written; the system's message.
    case refused(why: String)
  }

  /// The heads in the file; nil where there is none.
  ///
  /// Fails:  a file that cannot be read counts as none. Lines that are no heads are left out.
  package func heads() -> [KeptHead]? {
    text(last: Self.maximumSize).map { KeptHeads(text: $0).entries.map(\.head) }
  }

  /// The last head in the file; nil for none.
  ///
  /// Cost:   reads a kilobyte at the end.
  package func last() -> KeptHead? {
    text(last: 2048)?.split(separator: "\n").reversed().lazy.compactMap { KeptHead(String($0)) }.first
  }

  /// Appends a head, unless it is the last one already.
  ///
  /// Cost:   one sync.
  package func note(_ head: KeptHead) -> Noted {
    if let last = last(), last.head == head.head, last.casebook == head.casebook { return .asBefore }
    // A pipe or a link in its place is left alone.
    let file = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
    guard file >= 0 else { return .refused(why: Self.why()) }
    defer { close(file) }
    var about = stat()
    guard fstat(file, &about) == 0, about.st_mode & S_IFMT == S_IFREG else { return .refused(why: "it is no file") }
    var line = Array((head.line + "\n").utf8)
    guard Int(about.st_size) + line.count <= Self.maximumSize else { return .full }
    // A line that a power failure cut off stays as it is.
    if about.st_size > 0, !endsWithLineFeed(file, about.st_size) { line.insert(UInt8(ascii: "\n"), at: 0) }
    let written = line.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    guard written == line.count, fsync(file) == 0 else { return .refused(why: Self.why()) }
    return .noted
  }

  private func endsWithLineFeed(_ file: Int32, _ size: off_t) -> Bool {
    var byte: UInt8 = 0
    return pread(file, &byte, 1, size - 1) == 1 && byte == UInt8(ascii: "\n")
  }

  /// The end of the file; nil where there is none that can be read.
  private func text(last count: Int) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var about = stat()
    guard fstat(file, &about) == 0, about.st_mode & S_IFMT == S_IFREG else { return nil }
    let start = max(0, Int(about.st_size) - count)
    var bytes = [UInt8](repeating: 0, count: Int(about.st_size) - start)
    var read = 0
    while read < bytes.count {
      let more = bytes.withUnsafeMutableBytes {
        pread(file, $0.baseAddress! + read, $0.count - read, off_t(start + read))
      }
      guard more > 0 else { break }
      read += more
    }
    return String(decoding: bytes[..<read], as: UTF8.self)
  }

  private static func why() -> String { String(cString: strerror(errno)) }
}

extension Casebook {
  /// Notes the head in files kept elsewhere, each unless its own last head contradicts the chain.
  ///
  /// - Returns: the files whose last head the chain does not go through.
  /// Cost:   two lookups and one sync for each file.
  /// Fails:  a file that cannot be written is left out, and so is everything while the casebook is blocked: a witness is
  ///         worth less than the work. `verify` says which it could not find.
  package func noteHead(in files: [WitnessFile], at time: String) throws(CasebookError) -> [HeadContradiction] {
    guard blockingError == nil, let head = try headToKeep(notedAt: time) else { return [] }
    var contradictions: [HeadContradiction] = []
    for file in files {
      if let last = file.last(), let agreement = try agreement(with: [last]).first {
        switch agreement {
        case .agrees: break
        case .otherCasebook:
          // Another casebook was at this path before. That is for `verify` to tell.
          break
        case .contradicts, .endsBefore:
          contradictions.append(HeadContradiction(source: file.path, kept: last, agreement: agreement))
          continue
        }
      }
      _ = file.note(head)
    }
    return contradictions
  }
}

/// A head kept elsewhere that the chain does not go through.
package struct HeadContradiction: Equatable, Sendable {
  /// The file, or the option, that has it.
  package let source: String
  package let kept: KeptHead
  package let agreement: HeadAgreement

  package init(source: String, kept: KeptHead, agreement: HeadAgreement) {
    (self.source, self.kept, self.agreement) = (source, kept, agreement)
  }

  /// What was noted when, and what is there now.
  package var sentence: String {
    let noted = kept.noted.map { time in
      kept.analyst.map { localized("noted by \($0) at \(time)") } ?? localized("noted at \(time)")
    }
    let when = noted.map { ", " + $0 } ?? ""
    let event = localized("event \(kept.number) with hash \(kept.hash.prefix(16))…")
    return switch agreement {
    case .agrees: localized("\(source) agrees: \(event)\(when).")
    case .contradicts(let found):
      localized(
        "\(source) has \(event)\(when); now event \(kept.number) has hash \(found.prefix(16))…. The chain was written "
          + "anew after that, or that file was.")
    case .endsBefore(let last):
      localized(
        "\(source) has \(event)\(when); now the chain ends at event \(last). Events were cut off, or this is an older copy."
      )
    case .otherCasebook:
      localized("\(source) has \(event) of another casebook (\(kept.casebook ?? "unknown"))\(when).")
    }
  }
}
