import Casework
import GRDB
import Listings
import SmallFormats

/// What an act came to, and that it is on the disk.
package struct Applied: Equatable, Sendable {
  package let act: ActNumber
  package let events: ClosedRange<EventNumber>
  /// What stands now for each listing that the act touched.
  package let standings: [ListingKey: FiledStanding]
  /// Listings that undo or redo left alone, because somebody decided them since.
  package let left: [ListingKey]
  /// What the act made of each listing it touched.
  package let decisions: [Decision]
  /// "12 listings confirmed", "undid: 12 listings confirmed".
  package let sentence: String
}

extension Casebook {
  /// Writes one act. When it returns, the act is on the disk.
  ///
  /// - Parameter seen: the listings' words as the analyst saw them, for whoever reads the log later.
  /// Cost:   one sync; 100,000 listings in one transaction.
  @discardableResult
  package func apply(
    _ change: Change, at time: String, seen: [ListingSnapshot] = []
  ) throws(CasebookError) -> Applied {
    let (applied, refreshed) = try write { db in
      let refreshed = try refreshedHistory(db)
      let (plan, about) = try plan(change, history: refreshed.history, db)
      let names = try NameTable(db)
      let applied = try write(plan.renamed(names.current), about: about, at: time, db)
      try keep(seen, at: time, db)
      return (applied, refreshed)
    }
    remember(refreshed)
    return applied
  }

  /// Takes back this analyst's latest act.
  @discardableResult
  package func undo(at time: String) throws(CasebookError) -> Applied { try apply(.undo, at: time) }

  /// Does again what this analyst took back last.
  @discardableResult
  package func redo(at time: String) throws(CasebookError) -> Applied { try apply(.redo, at: time) }

  /// Writes an act that changes no standing, such as that a dataset was opened. `data` gets the act's number.
  @discardableResult
  package func record(
    _ action: Action, object: String, data: [String: JSONValue] = [:], at time: String
  ) throws(CasebookError) -> EventNumber {
    try write { db in try self.record(action, object: object, data: data, at: time, db) }
  }

  func record(
    _ action: Action, object: String, data: [String: JSONValue], at time: String, _ db: Database
  ) throws -> EventNumber {
    precondition(action != .fileVerdict && action != .writeNote, "Standings are changed by apply, not by record")
    var writer = try ActWriter(db, analyst: analyst, time: time)
    let number = try writer.append(action, object: object, data: data)
    try writer.close(.other, part: nil, listings: 0)
    return number
  }

  // MARK: Planning

  /// The plan, and for undo and redo the act that it is about.
  private func plan(_ change: Change, history: History, _ db: Database) throws -> (ActPlan, about: Act?) {
    if let (part, keys) = change.decision {
      if keys.isEmpty { throw CasebookError.nothingToDecide }
      return (.change(part, for: keys), nil)
    }
    if change == .undo {
      guard let act = history.nextUndo else { throw CasebookError.nothingToUndo }
      return (.undo(act, events: try Event.fetch(db, act.events)), act)
    }
    guard let act = history.nextRedo else { throw CasebookError.nothingToRedo }
    return (.redo(act, events: try Event.fetch(db, act.events)), act)
  }

  private func write(_ plan: ActPlan, about: Act?, at time: String, _ db: Database) throws -> Applied {
    var writer = try ActWriter(db, analyst: analyst, time: time)
    let table = try StandingTable(db)
    var standings: [ListingKey: FiledStanding] = [:]
    standings.reserveCapacity(plan.steps.count)
    var decisions: [Decision] = []
    decisions.reserveCapacity(plan.steps.count)
    var left: [ListingKey] = []
    for step in plan.steps {
      let column = StoredText.column(step.key)
      var now = try table.standing(column)
      guard let data = plan.data(of: step, act: writer.act, analyst: analyst, now: now) else {
        left.append(step.key)
        continue
      }
      let event = try writer.append(step.becomes.action, object: step.key.text, column: column, data: data)
      now.set(step.becomes, by: analyst)
      try table.set(column, now, event: event, time: time, analyst: analyst)
      standings[step.key] = FiledStanding(now.standing, event)
      decisions.append(Decision(key: step.key, part: step.becomes))
    }
    if let closing = plan.closing(act: writer.act, listings: standings.count, left: left.count) {
      try writer.append(closing.action, object: closing.object, data: closing.data)
    }
    let part = about == nil ? plan.steps[0].becomes : nil
    try writer.close(plan.kind, part: part, listings: standings.count)
    let act = Act(
      number: writer.act, analyst: analyst, kind: plan.kind, part: part, listings: standings.count,
      events: writer.events)
    return Applied(
      act: act.number, events: act.events, standings: standings, left: left, decisions: decisions,
      sentence: Self.sentence(for: act, about: about, left: left.count))
  }

  private static func sentence(for act: Act, about: Act?, left: Int) -> String {
    guard let about else { return act.sentence }
    let verb = if case .redo = act.kind { "redid" } else { "undid" }
    let kept = left == 0 ? "" : "; \(left) left as somebody decided since"
    guard act.listings > 0 else { return "\(verb) nothing of: \(about.sentence)\(kept)" }
    let done = Act(
      number: about.number, analyst: about.analyst, kind: about.kind, part: about.part, listings: act.listings,
      events: about.events)
    return "\(verb): \(done.sentence)\(kept)"
  }
}
