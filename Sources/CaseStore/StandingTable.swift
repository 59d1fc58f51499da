import Casework
import GRDB
import Listings

/// The table of standings, row by row, with its statements prepared once for a bulk act.
struct StandingTable {
  private let select: Statement
  private let upsert: Statement

  init(_ db: Database) throws {
    select = try db.cachedStatement(
      sql: "SELECT verdict, reason, verdict_by, note, note_by FROM standing WHERE key = ?")
    upsert = try db.cachedStatement(
      sql: """
        INSERT INTO standing (key, verdict, reason, verdict_by, note, note_by, event, time, analyst)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (key) DO UPDATE SET verdict = excluded.verdict, reason = excluded.reason,
          verdict_by = excluded.verdict_by, note = excluded.note, note_by = excluded.note_by,
          event = excluded.event, time = excluded.time, analyst = excluded.analyst
        """)
  }

  /// What stands for the key in its column form.
  func standing(_ column: String) throws -> AttributedStanding {
    guard let row = try Row.fetchOne(select, arguments: [column]) else { return AttributedStanding() }
    return AttributedStanding(
      Standing(row, verdict: 0, reason: 1, note: 3), verdictBy: (row[2] as String?).map(StoredText.text),
      noteBy: (row[4] as String?).map(StoredText.text))
  }

  func set(
    _ column: String, _ now: AttributedStanding, event: EventNumber, time: String, analyst: String
  ) throws {
    try upsert.execute(arguments: [
      column, now.standing.verdict?.rawValue, now.standing.reason?.rawValue, now.verdictBy.map(StoredText.column),
      now.standing.note.map(StoredText.column), now.noteBy.map(StoredText.column), event, time,
      StoredText.column(analyst),
    ])
  }
}

extension Standing {
  init(_ row: Row, verdict: Int, reason: Int, note: Int) {
    self.init(
      verdict: Verdict(column: row[verdict]), reason: Reason(column: row[reason]),
      note: (row[note] as String?).map(StoredText.text))
  }
}
