import Casework
import GRDB
import SmallFormats

/// A head of an audit chain that was kept outside the casebook.
///
/// Shape:  on a line of its own, either `NUMBER:HASH` or the canonical JSON of `line`.
package struct KeptHead: Hashable, Sendable {
  /// The number of the event, from 1.
  package let number: EventNumber
  /// The SHA-256 of its line.
  package let hash: String
  /// The token of the casebook whose chain it is; nil where that was not noted.
  package let casebook: String?
  /// The time of the event; nil where that was not noted.
  package let time: String?
  /// When it was noted, and by whom; nil where that was not noted.
  package let noted: String?
  package let analyst: String?

  package init(
    number: EventNumber, hash: String, casebook: String? = nil, time: String? = nil, noted: String? = nil,
    analyst: String? = nil
  ) {
    (self.number, self.hash, self.casebook) = (number, hash, casebook)
    (self.time, self.noted, self.analyst) = (time, noted, analyst)
  }

  /// The head alone.
  package var head: ChainHead { ChainHead(sequence: number, hash: hash) }

  /// Parses a line; nil for anything else.
  package init?(_ line: String) {
    if let colon = line.firstIndex(of: ":"), let number = Digits.number(line[..<colon].utf8) {
      let hash = String(line[line.index(after: colon)...])
      guard Self.isHash(hash) else { return nil }
      self.init(number: number, hash: hash)
      return
    }
    guard let value = try? JSONReading.value(of: Array(line.utf8)), let number = value.at("number")?.asNumber,
      number >= 0, let hash = value.at("hash")?.asText, Self.isHash(hash)
    else { return nil }
    self.init(
      number: number, hash: hash, casebook: value.at("casebook")?.asText, time: value.at("time")?.asText,
      noted: value.at("noted")?.asText, analyst: value.at("analyst")?.asText)
  }

  /// The line that is kept, and signed.
  package var line: String {
    JSONValue.map([
      "analyst": .optional(analyst), "casebook": .optional(casebook), "hash": .text(hash), "noted": .optional(noted),
      "number": .number(number), "time": .optional(time),
    ]).json
  }

  private static func isHash(_ text: String) -> Bool {
    text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}

/// Heads in a text, one on each line, with the signatures that follow them.
///
/// Shape:  a signature is an armoured block of `ssh-keygen -Y sign` over the line before it, without its line feed. Blank
///         lines, and lines that begin with `#`, say nothing.
package struct KeptHeads: Equatable, Sendable {
  /// A head, and the signature over its line.
  package struct Entry: Equatable, Sendable {
    package let head: KeptHead
    /// The bytes that were signed.
    package let line: String
    package internal(set) var signature: String?
  }

  package private(set) var entries: [Entry] = []
  /// Numbers of lines, from 1, that are neither.
  package private(set) var unreadableLines: [Int] = []

  package init(text: String) {
    var block: [String]?
    // By bytes, since Swift treats a carriage return and a line feed as one character.
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, bytes) in lines.enumerated() {
      let line = String(Substring(bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes))
      if line == "-----BEGIN SSH SIGNATURE-----" { block = [] }
      if block != nil {
        block?.append(line)
        guard line == "-----END SSH SIGNATURE-----" else { continue }
        if entries.isEmpty { unreadableLines.append(index + 1) }
        if let last = entries.indices.last { entries[last].signature = block?.joined(separator: "\n") }
        block = nil
      } else if let head = KeptHead(line) {
        entries.append(Entry(head: head, line: line))
      } else if !line.isEmpty, !line.hasPrefix("#") {
        unreadableLines.append(index + 1)
      }
    }
    if block != nil { unreadableLines.append(lines.count) }
  }
}

/// Whether a chain goes through a head that was kept.
package enum HeadAgreement: Equatable, Sendable {
  case agrees
  /// Another line has the number; its hash.
  case contradicts(found: String)
  /// The chain ends earlier, at this number.
  case endsBefore(EventNumber)
  /// The head is that of a chain that is not in this casebook.
  case otherCasebook
}

extension Casebook {
  /// The token of the casebook: that of its first event, else that of its stamp.
  ///
  /// Cost:   one lookup.
  package func identity() throws(CasebookError) -> String? {
    try read { db in try Self.identity(db) }
  }

  /// The current head with everything that is worth noting; nil for a chain without events.
  ///
  /// - Parameter noted: the present time.
  package func headToKeep(notedAt noted: String) throws(CasebookError) -> KeptHead? {
    try read { db in
      guard let line = try String.fetchOne(db, sql: "SELECT line FROM event ORDER BY number DESC LIMIT 1") else {
        return nil
      }
      let head = try ChainHead(lastOf: db)
      return KeptHead(
        number: head.sequence, hash: head.hash, casebook: try Self.identity(db),
        time: AuditLine(canonical: line)?.time, noted: noted, analyst: analyst)
    }
  }

  /// Whether the chain goes through heads that were kept, in their order.
  ///
  /// Cost:   a lookup by primary key for each.
  /// Limits: compares with the hashes in the file; `inspect` says whether those are the hashes of the lines.
  package func agreement(with heads: [KeptHead]) throws(CasebookError) -> [HeadAgreement] {
    try read { db in
      let own = try Self.identity(db)
      let last = try ChainHead(lastOf: db).sequence
      let select = try db.cachedStatement(sql: "SELECT hash FROM event WHERE number = ?")
      return try heads.map { kept in
        if kept.number == 0 { return kept.hash == AuditLine.noPrevious ? .agrees : .contradicts(found: "") }
        if let casebook = kept.casebook, casebook != own { return try Self.agreement(with: kept, of: casebook, db) }
        guard let hash = try String.fetchOne(select, arguments: [kept.number]) else { return .endsBefore(last) }
        return hash == kept.hash ? .agrees : .contradicts(found: hash)
      }
    }
  }

  /// Whether a chain that came by merging goes through a head.
  private static func agreement(with kept: KeptHead, of chain: String, _ db: Database) throws -> HeadAgreement {
    guard try MergedEvents.isThere(db) else { return .otherCasebook }
    let last = try MergedEvents.head(of: chain, db)
    if last == .empty { return .otherCasebook }
    let hash = try String.fetchOne(
      db, sql: "SELECT hash FROM merged_event WHERE chain = ? AND number = ?", arguments: [chain, kept.number])
    // A merged chain may end before a head that was kept of its own casebook.
    guard let hash else { return .otherCasebook }
    return hash == kept.hash ? .agrees : .contradicts(found: hash)
  }

  /// The same within a read.
  static func identity(_ db: Database) throws -> String? {
    let first = try String.fetchOne(db, sql: "SELECT json_extract(line, '$.data.casebook') FROM event WHERE number = 1")
    if let first, CasebookStamp.isToken(first) { return first }
    return try Schema.version(of: db) >= 2 ? CasebookStamp.fetch(db)?.token : nil
  }
}
