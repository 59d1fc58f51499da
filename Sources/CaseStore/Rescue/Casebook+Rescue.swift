import Casework
import GRDB
import Listings

/// What became of rescued decisions.
package struct RescueFiled: Equatable, Sendable {
  /// Decisions that were filed now.
  package internal(set) var filed = 0
  /// Decisions that stood already.
  package internal(set) var alreadyThere = 0
  /// Decisions that gave way, because the listing was decided later in this casebook.
  package internal(set) var decidedSince = 0

  package var sentence: String {
    var parts = ["\(filed) decision\(filed == 1 ? "" : "s") filed"]
    if alreadyThere > 0 { parts.append("\(alreadyThere) there already") }
    if decidedSince > 0 { parts.append("\(decidedSince) left, as they were decided again since") }
    return parts.joined(separator: ", ")
  }
}

extension Casebook {
  /// Files decisions that another casebook was lost with, as one act, which undo takes back. Each says when it was made
  /// and for which casebook. What stands already, or was decided later here, is left.
  @discardableResult
  package func file(
    _ rescued: [RescuedDecision], from source: RescueSource, at time: String
  ) throws(CasebookError) -> RescueFiled {
    let rescued = Self.newest(of: rescued)
    let todo = try read { db in try self.todo(rescued, db) }
    if todo.decisions.isEmpty { return todo.counts }
    return try write { db in
      // Others may have decided in between.
      let (counts, decisions) = try self.todo(rescued, db)
      if !decisions.isEmpty { try fileRescued(decisions, from: source, at: time, db) }
      return counts
    }
  }

  /// The last decision on each verdict and note, in order.
  private static func newest(of rescued: [RescuedDecision]) -> [RescuedDecision] {
    struct Slot: Hashable {
      let key: ListingKey
      let action: String
    }
    var seen: Set<Slot> = []
    let last = rescued.reversed().filter {
      seen.insert(Slot(key: $0.decision.key, action: $0.decision.part.action.rawValue)).inserted
    }
    return last.reversed()
  }

  private func todo(
    _ rescued: [RescuedDecision], _ db: Database
  ) throws -> (counts: RescueFiled, decisions: [RescuedDecision]) {
    let table = try StandingTable(db)
    let names = try NameTable(db)
    let lastTime = try db.cachedStatement(
      sql: """
        SELECT time FROM event WHERE object IN \(NameTable.keys(db)) AND action = :action ORDER BY number DESC LIMIT 1
        """)
    var counts = RescueFiled()
    let decisions = try rescued.filter { rescued in
      let (key, part) = (try names.current(StoredText.column(rescued.decision.key)), rescued.decision.part)
      if try table.standing(key).standing.part(like: part) == part {
        counts.alreadyThere += 1
        return false
      }
      let last = try String.fetchOne(lastTime, arguments: ["key": key, "action": part.action.rawValue])
      if let last, last > rescued.time {
        counts.decidedSince += 1
        return false
      }
      counts.filed += 1
      return true
    }
    return (counts, decisions)
  }

  private func fileRescued(
    _ rescued: [RescuedDecision], from source: RescueSource, at time: String, _ db: Database
  ) throws {
    var writer = try ActWriter(db, analyst: analyst, time: time)
    let (table, names) = (try StandingTable(db), try NameTable(db))
    for rescued in rescued {
      let (key, part) = (try names.current(rescued.decision.key), rescued.decision.part)
      let column = StoredText.column(key)
      var now = try table.standing(column)
      var data = part.data
      data["before"] = .map(now.standing.part(like: part).data)
      data["rescued"] = .map([
        "by": .text(source.analyst), "casebook": .text(source.token), "decided": .text(rescued.time),
      ])
      let event = try writer.append(part.action, object: key.text, column: column, data: data)
      now.set(part, by: analyst)
      try table.set(column, now, event: event, time: time, analyst: analyst)
    }
    let parts = rescued.map(\.decision.part)
    let same = parts.allSatisfy { $0 == parts[0] } ? parts[0] : nil
    try writer.close(.change, part: same, listings: Set(rescued.map(\.decision.key)).count)
    try keep(rescued.compactMap(\.seen), at: time, db)
  }
}
