import Listings
import SmallFormats

/// A casebook in memory, for work that must not outlive the program.
///
/// Law:    `Casebook` writes the same lines, byte for byte, for the same changes. A test holds the two together.
/// Cost:   O(listings of the change) per transaction. Undo and redo find their events by number.
package struct Ledger: Equatable, Sendable {
  /// In the order of the chain.
  package private(set) var events: [Event] = []
  /// What replaying the events gives.
  package private(set) var statuses = ReviewStatuses()
  private var transactions: [Transaction] = []
  /// The hash of the last line.
  private var head = AuditLine.noPrevious

  package init() {}

  /// The undo history of an analyst.
  package func history(of analyst: String) -> History { History(of: analyst, transactions: transactions) }

  /// Writes a transaction that changes no status, such as an export.
  @discardableResult
  package mutating func record(
    _ action: Action, object: String, data: [String: JSONValue] = [:], by analyst: String, at time: String
  ) -> EventNumber {
    let start = events.count
    append(
      action, object, data.merging(["act": .number(transactions.count + 1)]) { _, transaction in transaction }, analyst,
      time)
    closeTransaction(from: start)
    return events.count
  }

  /// Applies a change. Returns the events written; nil where there is nothing to undo, redo or decide.
  @discardableResult
  package mutating func apply(
    _ change: Change, by analyst: String, at time: String, seen: [ListingSnapshot] = []
  ) -> [Event]? {
    guard let plan = plan(change, by: analyst, seen)?.renamed(statuses.names.current) else { return nil }
    let start = events.count
    let transaction = transactions.count + 1
    var done: Set<ListingKey> = []
    var left: Set<ListingKey> = []
    for step in plan.steps {
      let now = statuses.byKey[step.key] ?? AttributedStatus()
      guard let data = plan.data(of: step, transaction: transaction, analyst: analyst, now: now) else {
        left.insert(step.key)
        continue
      }
      append(step.becomes.action, step.key.text, data, analyst, time)
      done.insert(step.key)
    }
    if let closing = plan.closing(transaction: transaction, listings: done.count, left: left.count) {
      append(closing.action, closing.object, closing.data, analyst, time)
    }
    closeTransaction(from: start)
    return Array(events[start...])
  }

  /// Gives listings other keys, in one transaction.
  package mutating func rename(
    _ renamed: [ListingKey: ListingKey], by analyst: String, at time: String
  ) {
    let start = events.count
    for (old, new) in renamed.sorted(by: { $0.key < $1.key }) {
      let (from, to) = (statuses.names.current(old), statuses.names.current(new))
      guard from != to else { continue }
      let data: [String: JSONValue] = ["act": .number(transactions.count + 1), "listing": .text(to.text)]
      append(.renameListing, from.text, data, analyst, time)
    }
    closeTransaction(from: start)
  }

  /// The plan of a change; nil where there is nothing to do.
  private func plan(_ change: Change, by analyst: String, _ seen: [ListingSnapshot]) -> TransactionPlan? {
    if let (parts, keys) = change.decision {
      return keys.isEmpty || parts.isEmpty ? nil : .change(parts, for: keys, seen: seen)
    }
    let history = history(of: analyst)
    if change == .undo {
      return history.nextUndo.map { .undo($0, events: events(of: $0)) }
    }
    return history.nextRedo.map { .redo($0, events: events(of: $0)) }
  }

  /// The events of a transaction, by its range.
  private func events(of transaction: Transaction) -> [Event] {
    Array(events[(transaction.events.lowerBound - 1)...(transaction.events.upperBound - 1)])
  }

  /// Appends one event to the chain.
  private mutating func append(
    _ action: Action, _ object: String, _ data: [String: JSONValue], _ analyst: String, _ time: String
  ) {
    var data = data
    data.noteClock(time, after: events.last?.time ?? "")
    let line = AuditLine(
      action: action.rawValue, actor: analyst, data: data, object: object, previous: head,
      sequence: events.count + 1, time: time)
    guard let event = Event(line) else { preconditionFailure("An event was composed without its transaction number") }
    head = line.hash
    events.append(event)
    statuses.apply(event)
  }

  /// Summarises the events since `start`.
  private mutating func closeTransaction(from start: Int) {
    if let transaction = Transaction(events[start...]) { transactions.append(transaction) }
  }
}

/// One analyst's undo and redo, unlimited and across restarts: it is derived from the chain, not stored beside it.
///
/// Shape:  two stacks of transactions. A change is pushed onto the first and empties the second; undo moves the top of the
///         first to the second, redo moves it back. Transactions of others are skipped: a colleague's work is never undone.
/// Cost:   O(transactions) to build, O(1) per further one.
package struct History: Equatable, Sendable {
  package let analyst: String
  /// Changes that are in force, the latest last.
  private var undoable: [Transaction] = []
  /// Changes that were taken back, the latest last.
  private var redoable: [Transaction] = []

  /// The history that transactions tell, in order.
  package init(of analyst: String, transactions: some Sequence<Transaction> = []) {
    self.analyst = analyst
    for transaction in transactions { append(transaction) }
  }

  /// The history that events tell. They must be whole transactions, in order.
  package init(of analyst: String, events: [Event]) {
    self.init(of: analyst)
    var start = 0
    while start < events.count {
      let end = events[start...].firstIndex { $0.transaction != events[start].transaction } ?? events.count
      if let transaction = Transaction(events[start..<end]) { append(transaction) }
      start = end
    }
  }

  /// The transaction that undo would take back.
  package var nextUndo: Transaction? { undoable.last }
  /// The transaction that redo would restore.
  package var nextRedo: Transaction? { redoable.last }

  /// Adds the next transaction of the chain.
  package mutating func append(_ transaction: Transaction) {
    guard transaction.analyst == analyst else { return }
    switch transaction.kind {
    case .change:
      undoable.append(transaction)
      redoable = []
    case .undo(let other):
      if undoable.last?.number == other { redoable.append(undoable.removeLast()) }
    case .redo(let other):
      if redoable.last?.number == other { undoable.append(redoable.removeLast()) }
    case .other: break
    }
  }
}
