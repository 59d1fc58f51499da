import Listings
import SmallFormats

/// A casebook without a disk: the same events from the same acts, for what must not outlive the program.
///
/// `Casebook` writes byte for byte the same lines for the same acts; that is a test.
/// Cost:   O(listings of the change) per act; undo and redo find their act's events by number.
package struct Ledger: Equatable, Sendable {
  package private(set) var events: [Event] = []
  package private(set) var standings = Standings()
  private var acts: [Act] = []
  private var head = AuditLine.noPrevious

  package init() {}

  package func history(of analyst: String) -> History { History(of: analyst, acts: acts) }

  /// Writes an act that changes no standing, such as an export.
  @discardableResult
  package mutating func record(
    _ action: Action, object: String, data: [String: JSONValue] = [:], by analyst: String, at time: String
  ) -> EventNumber {
    let start = events.count
    append(action, object, data.merging(["act": .number(acts.count + 1)]) { _, act in act }, analyst, time)
    closeAct(from: start)
    return events.count
  }

  /// Does what the analyst asks; the events written, or nil where there is nothing to undo, redo or decide.
  @discardableResult
  package mutating func apply(_ change: Change, by analyst: String, at time: String) -> [Event]? {
    guard let plan = plan(change, by: analyst)?.renamed(standings.names.current) else { return nil }
    let start = events.count
    let act = acts.count + 1
    for step in plan.steps {
      let now = standings.byKey[step.key] ?? AttributedStanding()
      guard let data = plan.data(of: step, act: act, analyst: analyst, now: now) else { continue }
      append(step.becomes.action, step.key.text, data, analyst, time)
    }
    let done = events.count - start
    if let closing = plan.closing(act: act, listings: done, left: plan.steps.count - done) {
      append(closing.action, closing.object, closing.data, analyst, time)
    }
    closeAct(from: start)
    return Array(events[start...])
  }

  /// Gives listings other keys, as one act.
  package mutating func rename(
    _ renamed: [ListingKey: ListingKey], by analyst: String, at time: String
  ) {
    let start = events.count
    for (old, new) in renamed.sorted(by: { $0.key < $1.key }) {
      let (from, to) = (standings.names.current(old), standings.names.current(new))
      guard from != to else { continue }
      let data: [String: JSONValue] = ["act": .number(acts.count + 1), "listing": .text(to.text)]
      append(.renameListing, from.text, data, analyst, time)
    }
    closeAct(from: start)
  }

  private func plan(_ change: Change, by analyst: String) -> ActPlan? {
    if let (part, keys) = change.decision {
      return keys.isEmpty ? nil : .change(part, for: keys)
    }
    let history = history(of: analyst)
    if change == .undo {
      return history.nextUndo.map { .undo($0, events: events(of: $0)) }
    }
    return history.nextRedo.map { .redo($0, events: events(of: $0)) }
  }

  private func events(of act: Act) -> [Event] {
    Array(events[(act.events.lowerBound - 1)...(act.events.upperBound - 1)])
  }

  private mutating func append(
    _ action: Action, _ object: String, _ data: [String: JSONValue], _ analyst: String, _ time: String
  ) {
    let line = AuditLine(
      action: action.rawValue, actor: analyst, data: data, object: object, previous: head,
      sequence: events.count + 1, time: time)
    guard let event = Event(line) else { preconditionFailure("An event was composed without its act number") }
    head = line.hash
    events.append(event)
    standings.apply(event)
  }

  private mutating func closeAct(from start: Int) {
    if let act = Act(events[start...]) { acts.append(act) }
  }
}
