import Casework
import GRDB

extension Act {
  func insert(_ db: Database) throws {
    let (kindName, reverses): (String, ActNumber?) =
      switch kind {
      case .change: ("change", nil)
      case .undo(let other): ("undo", other)
      case .redo(let other): ("redo", other)
      case .other: ("other", nil)
      }
    let (partName, verdict, reason): (String?, Verdict?, Reason?) =
      switch part {
      case .verdict(let verdict, let reason): ("verdict", verdict, reason)
      case .note(nil): ("no note", nil, nil)
      case .note: ("note", nil, nil)
      case nil: (nil, nil, nil)
      }
    try db.execute(
      sql: """
        INSERT INTO act (number, analyst, kind, reverses, part, verdict, reason, listings, first_event, last_event)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        number, StoredText.column(analyst), kindName, reverses, partName, verdict?.rawValue, reason?.rawValue, listings,
        events.lowerBound, events.upperBound,
      ])
  }

  /// The analyst's acts after the one numbered `last`. A note's words are left out: its act is summed up without.
  static func acts(of analyst: String, after last: ActNumber, in db: Database) throws -> [Act] {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT * FROM act WHERE analyst = ? AND number > ? ORDER BY number",
      arguments: [StoredText.column(analyst), last])
    var acts: [Act] = []
    while let row = try rows.next() { acts.append(Act(row, analyst: analyst)) }
    return acts
  }

  private init(_ row: Row, analyst: String) {
    let reverses: Int? = row["reverses"]
    let kind: Kind =
      switch (row["kind"] as String, reverses) {
      case ("change", _): .change
      case ("undo", let other?): .undo(of: other)
      case ("redo", let other?): .redo(of: other)
      default: .other
      }
    let part: StandingPart? =
      switch row["part"] as String? {
      case "verdict": .verdict(Verdict(column: row["verdict"]), Reason(column: row["reason"]))
      case "note": .note("")
      case "no note": .note(nil)
      default: nil
      }
    self.init(
      number: row["number"], analyst: analyst, kind: kind, part: part, listings: row["listings"],
      events: row["first_event"]...row["last_event"])
  }
}

extension Verdict {
  init?(column: String?) { self.init(rawValue: column ?? "") }
}

extension Reason {
  init?(column: String?) { self.init(rawValue: column ?? "") }
}
