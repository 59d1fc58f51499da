import Casework
import Foundation
import GRDB
import Listings

/// The table of review statuses. Its statements are prepared once, for bulk transactions.
///
/// Cost:   one indexed lookup, or one upsert, per listing.
struct StatusTable {
  private let select: Statement
  private let upsert: Statement

  /// Prepares both statements.
  init(_ db: Database) throws {
    select = try db.cachedStatement(
      sql: "SELECT verdict, reason, verdict_by, note, note_by, seen, event, described FROM standing WHERE key = ?")
    upsert = try db.cachedStatement(
      sql: """
        INSERT INTO standing (key, verdict, reason, verdict_by, note, note_by, seen, described, event, time, analyst)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (key) DO UPDATE SET verdict = excluded.verdict, reason = excluded.reason,
          verdict_by = excluded.verdict_by, note = excluded.note, note_by = excluded.note_by, seen = excluded.seen,
          described = excluded.described, event = excluded.event, time = excluded.time, analyst = excluded.analyst
        """)
  }

  /// The status of a key in column form.
  ///
  /// Shape:  no verdict and no note for a key without a row.
  func status(_ column: String) throws -> AttributedStatus { try statusAndEvent(column).status }

  /// The status of a key in column form, and the last event about the listing; 0 for a key without a row.
  func statusAndEvent(_ column: String) throws -> (status: AttributedStatus, event: EventNumber) {
    guard let row = try Row.fetchOne(select, arguments: [column]) else { return (AttributedStatus(), 0) }
    var status = AttributedStatus(
      ReviewStatus(row, verdict: 0, reason: 1, note: 3, described: 7),
      verdictBy: (row[2] as String?).map(StoredText.text),
      noteBy: (row[4] as String?).map(StoredText.text), seen: SeenListing(column: row[5]))
    status.clearedBy = AttributedStatus.clearedBy(column: row[7])
    return (status, row[6])
  }

  /// Replaces the status of a key.
  ///
  /// - Parameters:
  ///   - event: the last event about the listing, with its time and analyst.
  func set(
    _ column: String, _ now: AttributedStatus, event: EventNumber, time: String, analyst: String
  ) throws {
    try upsert.execute(arguments: [
      column, now.status.verdict?.rawValue, now.status.reason?.rawValue, now.verdictBy.map(StoredText.column),
      now.status.note.map(StoredText.column), now.noteBy.map(StoredText.column), now.seen?.json.json,
      now.describedColumn, event, time,
      StoredText.column(analyst),
    ])
  }
}

extension SeenListing {
  /// Reads the column `seen`.
  init?(column: String?) {
    guard let column else { return nil }
    self.init(jsonText: column)
  }
}

extension ReviewStatus {
  /// Reads a status from four columns of a row.
  init(_ row: Row, verdict: Int, reason: Int, note: Int, described: Int) {
    self.init(
      verdict: Verdict(column: row[verdict]), reason: Reason(column: row[reason]),
      note: (row[note] as String?).map(StoredText.text), description: ListingDescription(column: row[described]))
  }
}

/// The table of renamed listings; empty in a casebook from before there was one.
///
/// Shape:  keys in column form.
/// Cost:   one indexed lookup per key.
struct NameTable {
  private let select: Statement?

  /// Prepares the lookup.
  init(_ db: Database) throws {
    select =
      try Self.isThere(db) ? db.cachedStatement(sql: "SELECT listing FROM renamed WHERE key = ?") : nil
  }

  /// Whether the casebook's version has the table.
  static func isThere(_ db: Database) throws -> Bool { try Schema.version(of: db) >= Schema.versionOfNames }

  /// The current key of a listing, both in column form.
  ///
  /// Shape:  the key itself where it was never renamed.
  func current(_ column: String) throws -> String {
    guard let select else { return column }
    return try String.fetchOne(select, arguments: [column]) ?? column
  }

  /// The current key of a listing.
  func current(_ key: ListingKey) throws -> ListingKey {
    let column = StoredText.column(key)
    let now = try current(column)
    return now == column ? key : ListingKey(StoredText.text(now))
  }

  /// Every key that is no longer in use, with the current one.
  static func all(_ db: Database) throws -> [ListingKey: ListingKey] {
    guard try isThere(db) else { return [:] }
    let rows = try Row.fetchAll(db, sql: "SELECT key, listing FROM renamed")
    return Dictionary(
      rows.map { (ListingKey(StoredText.text($0[0])), ListingKey(StoredText.text($0[1]))) }
    ) { first, _ in first }
  }

  /// SQL for the keys under which events may be about the listing of parameter `:key`.
  static func keys(_ db: Database) throws -> String {
    try isThere(db) ? "(SELECT :key UNION SELECT key FROM renamed WHERE listing = :key)" : "(:key)"
  }
}

/// Converts text to and from column form: any Swift text comes out as it went in, and equal keys have one form.
///
/// Why:    most readers of SQLite end a text at NUL, so NUL becomes U+FDD0 "0", and U+FDD0 itself, a noncharacter that no
///         text contains, becomes U+FDD0 "1". Keys are put in NFC first, since texts that Swift calls equal must be one row.
/// Source: Unicode 16, section 23.7, noncharacters; UAX #15.
enum StoredText {
  private static let escape = Unicode.Scalar(0xFDD0 as UInt16)!

  /// A text in column form.
  ///
  /// Cost:   O(bytes); a text without NUL and U+FDD0 comes back as it is.
  static func column(_ text: String) -> String {
    guard needsEscape(text) else { return text }
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0: out.append(contentsOf: [escape, "0"])
      case escape.value: out.append(contentsOf: [escape, "1"])
      default: out.append(scalar)
      }
    }
    return String(out)
  }

  /// A key in column form.
  static func column(_ key: ListingKey) -> String {
    if key.text.utf8.allSatisfy({ $0 != 0 && $0 < 0x80 }) { return key.text }
    return column(key.text.precomposedStringWithCanonicalMapping)
  }

  /// The text of a column.
  static func text(_ column: String) -> String {
    guard column.utf8.contains(0xEF), column.unicodeScalars.contains(escape) else { return column }
    var out = String.UnicodeScalarView()
    var scalars = column.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      if scalar == escape, let code = scalars.next() {
        out.append(code == "0" ? "\0" : escape)
      } else {
        out.append(scalar)
      }
    }
    return String(out)
  }

  /// Whether a text contains a character that must be escaped.
  private static func needsEscape(_ text: String) -> Bool {
    text.utf8.contains { $0 == 0 || $0 == 0xEF } && text.unicodeScalars.contains { $0.value == 0 || $0 == escape }
  }
}
