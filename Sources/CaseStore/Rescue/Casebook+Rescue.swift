import Casework
import GRDB
import Listings

/// The outcome of filing rescued decisions.
package struct RescueFiled: Equatable, Sendable {
  /// Decisions that were filed now.
  package internal(set) var filed = 0
  /// Decisions that were in force already.
  package internal(set) var alreadyThere = 0
  /// Decisions that yielded to a later one in this casebook.
  package internal(set) var decidedSince = 0

  /// `3 decisions filed, 1 there already`.
  package var sentence: String {
    var parts = ["\(filed) decision\(filed == 1 ? "" : "s") filed"]
    if alreadyThere > 0 { parts.append("\(alreadyThere) there already") }
    if decidedSince > 0 { parts.append("\(decidedSince) left, as they were decided again since") }
    return parts.joined(separator: ", ")
  }
}

extension Casebook {
  /// Files decisions from a lost casebook, in one transaction, which undo takes back. Each event says when the decision was
  /// made and for which casebook. Decisions that are in force already, or were made later here, are left out.
  @discardableResult
  package func file(
    _ rescued: [RescuedDecision], from source: RescueSource, at time: String
  ) throws(CasebookError) -> RescueFiled {
    let rescued = Self.newest(of: rescued)
    let todo = try read { db in try self.todo(rescued, db) }
    if todo.decisions.isEmpty { return todo.counts }
    return try write { db in
      // Others may have decided since.
      let (counts, decisions) = try self.todo(rescued, db)
      if !decisions.isEmpty { try fileRescued(decisions, from: source, at: time, db) }
      return counts
    }
  }

  /// The last decision on each part of a listing's status, in order.
  private static func newest(of rescued: [RescuedDecision]) -> [RescuedDecision] {
    struct Slot: Hashable {
      let key: ListingKey
      let part: StatusPart.Slot
    }
    var seen: Set<Slot> = []
    let last = rescued.reversed().filter {
      seen.insert(Slot(key: $0.decision.key, part: $0.decision.part.slot)).inserted
    }
    return last.reversed()
  }

  /// The decisions to file, and the counts.
  private func todo(
    _ rescued: [RescuedDecision], _ db: Database
  ) throws -> (counts: RescueFiled, decisions: [RescuedDecision]) {
    let table = try StatusTable(db)
    let names = try NameTable(db)
    let lastTime = try db.cachedStatement(
      sql: """
        SELECT time FROM event WHERE object IN \(NameTable.keys(db)) AND action = :action
          AND json_extract(line, '$.data.aspect') IS :aspect ORDER BY number DESC LIMIT 1
        """)
    let timeElsewhere =
      try MergedEvents.areAny(db)
      ? db.cachedStatement(
        sql: """
          SELECT max(time) FROM merged_event WHERE object IN \(NameTable.keys(db)) AND action = :action
            AND json_extract(line, '$.data.aspect') IS :aspect
          """) : nil
    var counts = RescueFiled()
    let decisions = try rescued.filter { rescued in
      let (key, part) = (try names.current(StoredText.column(rescued.decision.key)), rescued.decision.part)
      if try table.status(key).status.part(like: part) == part {
        counts.alreadyThere += 1
        return false
      }
      let about: StatementArguments = [
        "key": key, "action": part.action.rawValue, "aspect": part.data["aspect"]?.asText,
      ]
      let last = try String.fetchOne(lastTime, arguments: about)
      let elsewhere = try timeElsewhere.flatMap { try String.fetchOne($0, arguments: about) }
      if max(last ?? "", elsewhere ?? "") > rescued.time {
        counts.decidedSince += 1
        return false
      }
      counts.filed += 1
      return true
    }
    return (counts, decisions)
  }

  /// Writes the events.
  private func fileRescued(
    _ rescued: [RescuedDecision], from source: RescueSource, at time: String, _ db: Database
  ) throws {
    var writer = try TransactionWriter(db, analyst: analyst, time: time)
    let (table, names) = (try StatusTable(db), try NameTable(db))
    for rescued in rescued {
      let (key, part) = (try names.current(rescued.decision.key), rescued.decision.part)
      let column = StoredText.column(key)
      var now = try table.status(column)
      var data = part.data(seen: rescued.seen?.content)
      data["before"] = .map(now.status.part(like: part).data(seen: now.seen))
      data["rescued"] = .map([
        "by": .text(source.analyst), "casebook": .text(source.token), "decided": .text(rescued.time),
      ])
      let event = try writer.append(part.action, object: key.text, column: column, data: data)
      now.set(part, seen: rescued.seen?.content, by: analyst)
      try table.set(column, now, event: event, time: time, analyst: analyst)
    }
    let parts = rescued.map(\.decision.part)
    let same = parts.allSatisfy { $0 == parts[0] } ? parts[0] : nil
    try writer.close(.change, part: same, listings: Set(rescued.map(\.decision.key)).count)
    try keep(rescued.compactMap(\.seen), at: time, db)
  }
}

/// The decisions since the casebook was opened, the newest for each part of each listing's status: what is kept when the
/// casebook is lost.
///
/// Cost:   a few hundred bytes per listing decided since the log was last folded in, about a hundred per earlier one.
struct SessionLedger: Sendable {
  /// A part of a listing's status.
  private struct Slot: Hashable {
    let key: ListingKey
    let part: StatusPart.Slot

    init(_ decision: Decision) {
      key = decision.key
      part = decision.part.slot
    }
  }

  /// The newest decision per slot, and the order in which they came.
  private var decided: [Slot: (RescuedDecision, order: Int)] = [:]
  /// What no casebook holds.
  private var unsaved: Set<Slot> = []
  /// How many transactions there were.
  private var count = 0
  /// How many of them the main file alone holds.
  private var foldedUpTo = 0

  /// Listings with a decision that no casebook holds.
  var unsavedKeys: [ListingKey] { Set(unsaved.map(\.key)).sorted() }

  /// The decisions that no casebook holds, in order.
  var unsavedDecisions: [RescuedDecision] { inOrder(unsaved) }

  /// Adds decisions that were filed.
  mutating func save(_ decisions: [Decision], at time: String, seen: [ListingSnapshot]) {
    for slot in add(decisions, at: time, seen: seen) { unsaved.remove(slot) }
  }

  /// Adds decisions that the casebook refused, and returns them in the form in which they are kept.
  mutating func refuse(_ decisions: [Decision], at time: String, seen: [ListingSnapshot]) -> [RescuedDecision] {
    let slots = add(decisions, at: time, seen: seen)
    unsaved.formUnion(slots)
    return inOrder(slots)
  }

  /// Notes that the main file alone now holds all that was filed.
  mutating func fold() {
    guard foldedUpTo < count else { return }
    foldedUpTo = count
    for slot in decided.keys where !unsaved.contains(slot) { decided[slot]?.0.seen = nil }
  }

  /// Marks as unsaved what a lost casebook held of this session; if only its log was lost, what only the log held.
  mutating func lose(_ loss: CasebookLoss) {
    let first = loss == .logLost ? foldedUpTo : 0
    for (slot, (_, order)) in decided where order > first { unsaved.insert(slot) }
  }

  /// Notes that a casebook holds everything again.
  mutating func settle() { unsaved = [] }

  /// Adds one transaction's decisions, and returns their slots.
  private mutating func add(_ decisions: [Decision], at time: String, seen: [ListingSnapshot]) -> Set<Slot> {
    let words = Dictionary(seen.map { ($0.key, $0) }) { first, _ in first }
    count += 1
    var slots: Set<Slot> = []
    for decision in decisions {
      let slot = Slot(decision)
      let before = decided[slot]?.0.seen
      decided[slot] = (
        RescuedDecision(decision: decision, time: time, seen: words[decision.key] ?? before), count
      )
      slots.insert(slot)
    }
    return slots
  }

  /// The decisions of some slots, oldest first.
  private func inOrder(_ slots: Set<Slot>) -> [RescuedDecision] {
    slots.compactMap { slot in decided[slot].map { (slot, $0) } }
      .sorted { ($0.1.order, $0.0.key, $0.0.part) < ($1.1.order, $1.0.key, $1.0.part) }
      .map(\.1.0)
  }
}
