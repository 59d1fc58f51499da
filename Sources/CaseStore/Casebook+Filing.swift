import Casework
import GRDB
import Hashing
import Listings
import Sentences
import SmallFormats

/// The outcome of a transaction that is on disk.
package struct Applied: Equatable, Sendable {
  /// Its number in the casebook.
  package let transaction: TransactionNumber
  /// Its first and last event.
  package let events: ClosedRange<EventNumber>
  /// The new status of each listing that the transaction changed.
  package let statuses: [ListingKey: FiledStatus]
  /// Listings that undo or redo left alone, because they were decided again since.
  package let left: [ListingKey]
  /// What the transaction set for each listing it changed.
  package let decisions: [Decision]
  /// What others had decided meanwhile; both decisions are kept.
  package let conflicts: [DecisionConflict]
  /// For the notice: "12 listings confirmed", "undid: 12 listings confirmed".
  package let sentence: String
}

extension Casebook {
  /// Writes one transaction. When this returns, it is on disk.
  ///
  /// - Parameter seen: the listings as the analyst saw them: their words, for later readers of the log, and what tells
  ///   whether they change.
  /// Cost:   one sync; 100,000 listings in one transaction.
  /// Fails:  throws `nothingToDecide`, `nothingToUndo` or `nothingToRedo` if there is nothing to do.
  /// Limits: listings are filed under their current keys, whatever keys `change` has.
  @discardableResult
  package func apply(
    _ change: Change, at time: String, seen: [ListingSnapshot] = []
  ) throws(CasebookError) -> Applied {
    let (applied, refreshed) = try write { db in
      let refreshed = try refreshedHistory(db)
      let (plan, about) = try plan(change, seen, history: refreshed.history, db)
      let names = try NameTable(db)
      let applied = try write(plan.renamed(names.current), about: about, at: time, db)
      try keep(seen, at: time, db)
      return (applied, refreshed)
    }
    remember(refreshed)
    return applied
  }

  /// Takes back this analyst's latest transaction.
  ///
  /// Shape:  listings decided again since stay as they are, and are named in `left`.
  /// Fails:  throws `nothingToUndo` where this analyst has nothing left to take back.
  /// Limits: other analysts' transactions are never taken back. Undoing appends events; it deletes none.
  @discardableResult
  package func undo(at time: String) throws(CasebookError) -> Applied { try apply(.undo, at: time) }

  /// Restores the transaction that this analyst took back last.
  ///
  /// Shape:  listings decided again since stay as they are, and are named in `left`.
  /// Fails:  throws `nothingToRedo` where this analyst has taken nothing back.
  @discardableResult
  package func redo(at time: String) throws(CasebookError) -> Applied { try apply(.redo, at: time) }

  /// Writes a transaction that changes no status, such as the opening of a dataset. `data` gets its number.
  ///
  /// Cost:   one event in one SQL transaction, on disk when this returns.
  /// Limits: traps for `fileVerdict`, `writeNote` and `describe`, which only `apply` may write.
  @discardableResult
  package func record(
    _ action: Action, object: String, data: [String: JSONValue] = [:], at time: String
  ) throws(CasebookError) -> EventNumber {
    try write { db in try self.record(action, object: object, data: data, at: time, db) }
  }

  /// The same within an SQL transaction.
  func record(
    _ action: Action, object: String, data: [String: JSONValue], at time: String, _ db: Database
  ) throws -> EventNumber {
    precondition(
      ![.fileVerdict, .writeNote, .describe].contains(action), "Statuses are changed by apply, not by record")
    var writer = try TransactionWriter(db, analyst: analyst, time: time)
    let number = try writer.append(action, object: object, data: data)
    try writer.close(.other, part: nil, listings: 0)
    return number
  }

  // MARK: Planning

  /// The plan, and for undo and redo the transaction that it reverses.
  ///
  /// Cost:   undo and redo read the events of the transaction that they reverse; a change reads nothing.
  /// Fails:  throws where there is nothing to decide, to undo or to redo.
  private func plan(
    _ change: Change, _ seen: [ListingSnapshot], history: History, _ db: Database
  ) throws -> (TransactionPlan, about: Transaction?) {
    if let (parts, keys) = change.decision {
      if keys.isEmpty || parts.isEmpty { throw CasebookError.nothingToDecide }
      return (.change(parts, for: keys, seen: seen), nil)
    }
    if change == .undo {
      guard let transaction = history.nextUndo else { throw CasebookError.nothingToUndo }
      return try Self.reversal(of: transaction, db) { .undo($0, events: $1) }
    }
    guard let transaction = history.nextRedo else { throw CasebookError.nothingToRedo }
    return try Self.reversal(of: transaction, db) { .redo($0, events: $1) }
  }

  /// The plan that reverses a transaction, and the transaction as its events tell it: the table does not say what was described.
  private static func reversal(
    of transaction: Transaction, _ db: Database, _ plan: (Transaction, [Event]) -> TransactionPlan
  ) throws -> (TransactionPlan, about: Transaction?) {
    let events = try Event.fetch(db, transaction.events)
    var about = transaction
    if transaction.part == nil, let told = Transaction(events), told.number == transaction.number { about = told }
    return (plan(transaction, events), about)
  }

  /// Carries a plan out: one event per listing that may be changed.
  ///
  /// Shape:  `decisions` and `left` have the order of the plan's steps. Of a listing that was described, some aspects may be
  ///         changed and others left.
  /// Cost:   per listing one lookup, one event and one upsert.
  private func write(_ plan: TransactionPlan, about: Transaction?, at time: String, _ db: Database) throws -> Applied {
    var writer = try TransactionWriter(db, analyst: analyst, time: time)
    let table = try StatusTable(db)
    let isMerged = try MergedEvents.areAny(db)
    var statuses: [ListingKey: FiledStatus] = [:]
    statuses.reserveCapacity(plan.steps.count)
    var decisions: [Decision] = []
    decisions.reserveCapacity(plan.steps.count)
    var left: [ListingKey] = []
    var isLeft: Set<ListingKey> = []
    var conflicts: [DecisionConflict] = []
    for step in plan.steps {
      let column = StoredText.column(step.key)
      var (now, last) = try table.statusAndEvent(column)
      // Undo and redo leave alone what came by merging since.
      if isMerged, let about,
        try MergedEvents.broughtDecision(on: column, step.becomes.action, after: about.events.upperBound, db)
      {
        if isLeft.insert(step.key).inserted { left.append(step.key) }
        continue
      }
      guard let data = plan.data(of: step, transaction: writer.transaction, analyst: analyst, now: now) else {
        if isLeft.insert(step.key).inserted { left.append(step.key) }
        continue
      }
      if let conflict = plan.conflict(of: step, with: now, last: last, by: analyst) { conflicts.append(conflict) }
      let event = try writer.append(step.becomes.action, object: step.key.text, column: column, data: data)
      now.set(step.becomes, seen: step.seen, by: analyst)
      try table.set(column, now, event: event, time: time, analyst: analyst)
      statuses[step.key] = FiledStatus(now.status, event, seen: now.seen)
      decisions.append(Decision(key: step.key, part: step.becomes))
    }
    if let closing = plan.closing(transaction: writer.transaction, listings: statuses.count, left: left.count) {
      try writer.append(closing.action, object: closing.object, data: closing.data)
    }
    let part =
      about == nil && plan.steps.allSatisfy { $0.becomes == plan.steps[0].becomes } ? plan.steps[0].becomes : nil
    try writer.close(plan.kind, part: part, listings: statuses.count)
    let transaction = Transaction(
      number: writer.transaction, analyst: analyst, kind: plan.kind, part: part, listings: statuses.count,
      events: writer.events)
    return Applied(
      transaction: transaction.number, events: transaction.events, statuses: statuses, left: left, decisions: decisions,
      conflicts: conflicts, sentence: Self.sentence(for: transaction, about: about, left: left.count))
  }

  /// The sentence for the notice.
  private static func sentence(for transaction: Transaction, about: Transaction?, left: Int) -> String {
    guard let about else { return transaction.sentence }
    let isRedo = if case .redo = transaction.kind { true } else { false }
    let kept =
      left == 0
      ? ""
      : "; " + localized(left, one: "\(left) kept: decided again since", other: "\(left) kept: decided again since")
    guard transaction.listings > 0 else {
      let sentence = about.sentence
      return (isRedo ? localized("redid nothing of: \(sentence)") : localized("undid nothing of: \(sentence)")) + kept
    }
    let done = Transaction(
      number: about.number, analyst: about.analyst, kind: about.kind, part: about.part, listings: transaction.listings,
      events: about.events)
    return (isRedo ? localized("redid: \(done.sentence)") : localized("undid: \(done.sentence)")) + kept
  }
}

/// Appends the events of one transaction to the chain. It must be used under the write lock, inside one SQL transaction.
///
/// Cost:   one hash and one insert per event.
struct TransactionWriter {
  /// The number of the transaction.
  let transaction: TransactionNumber
  private let db: Database
  private let analyst: String
  private let time: String
  private let first: EventNumber
  /// The end of the chain, the events written so far included.
  private var head: ChainHead
  /// The time of the event before the next one; empty for none.
  private var lastTime: String
  private let insert: Statement

  /// Begins a transaction after the chain's last event.
  ///
  /// Cost:   three lookups, each of a table's last row.
  init(_ db: Database, analyst: String, time: String) throws {
    self.db = db
    self.analyst = analyst
    self.time = time
    transaction = try (Int.fetchOne(db, sql: "SELECT max(number) FROM act") ?? 0) + 1
    head = try ChainHead(lastOf: db)
    lastTime = try String.fetchOne(db, sql: "SELECT time FROM event ORDER BY number DESC LIMIT 1") ?? ""
    first = head.sequence + 1
    insert = try db.cachedStatement(
      sql: """
        INSERT INTO event (number, line, hash, act, action, object, time, analyst, form)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, \(KeyForm.current))
        """)
  }

  /// The events written so far.
  ///
  /// Limits: while `hasEvents` is false, the number that the first event would get.
  var events: ClosedRange<EventNumber> { first...max(first, head.sequence) }

  /// Whether anything was written.
  var hasEvents: Bool { head.sequence >= first }

  /// Appends an event, bound to the one before it.
  ///
  /// - Parameter column: the object in column form, if the caller has it already.
  /// Shape:  returns the event's number. Its `data` also gets `act`, the number of the transaction, and a note where the clock
  ///         is behind the event before.
  /// Cost:   one SHA-256 of the line, one insert.
  /// Fails:  throws where a trigger of the table rejects the event, as after a line appended by another program.
  @discardableResult
  mutating func append(
    _ action: Action, object: String, column: String? = nil, data: [String: JSONValue]
  ) throws -> EventNumber {
    var data = data
    data["act"] = .number(transaction)
    data.noteClock(time, after: lastTime)
    lastTime = time
    let number = head.sequence + 1
    let line = AuditLine(
      action: action.rawValue, actor: analyst, data: data, object: object, previous: head.hash, sequence: number,
      time: time)
    let bytes = line.bytes
    let hash = SHA256Digest(of: bytes).hex
    try insert.execute(arguments: [
      number, String(decoding: bytes, as: UTF8.self), hash, transaction, action.rawValue,
      column ?? StoredText.column(ListingKey(object)), time,
      StoredText.column(analyst),
    ])
    head = ChainHead(sequence: number, hash: hash)
    return number
  }

  /// Writes the summary. There must be at least one event.
  ///
  /// Fails:  throws where no event was written, since the summary refers to the first and the last.
  func close(_ kind: Transaction.Kind, part: StatusPart?, listings: Int) throws {
    try Transaction(number: transaction, analyst: analyst, kind: kind, part: part, listings: listings, events: events)
      .insert(db)
  }
}

extension ChainHead {
  /// The current end of the casebook's chain.
  ///
  /// Shape:  `.empty` for a chain without events.
  /// Cost:   one lookup by primary key.
  init(lastOf db: Database) throws {
    let row = try Row.fetchOne(db, sql: "SELECT number, hash FROM event ORDER BY number DESC LIMIT 1")
    self = row.map { ChainHead(sequence: $0[0], hash: $0[1]) } ?? .empty
  }
}

extension Transaction {
  /// The columns of its table.
  static let columns = [
    "number", "analyst", "kind", "reverses", "part", "verdict", "reason", "listings", "first_event", "last_event",
  ]

  /// The summary, in the order of `columns`.
  ///
  /// Limits: of a note only whether there is one is kept; its words are in the event.
  var values: [(any DatabaseValueConvertible)?] {
    let (kindName, reverses): (String, TransactionNumber?) =
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
      // What was described is in the events: the table has no column for it.
      case .described: (nil, nil, nil)
      case nil: (nil, nil, nil)
      }
    return [
      number, StoredText.column(analyst), kindName, reverses, partName, verdict?.rawValue, reason?.rawValue, listings,
      events.lowerBound, events.upperBound,
    ]
  }

  /// Inserts the summary into its table.
  func insert(_ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO act (\(Self.columns.joined(separator: ", "))) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, arguments: StatementArguments(values))
  }

  /// The analyst's transactions after the one numbered `last`, in order. The words of notes are left out.
  ///
  /// Cost:   found by the index on analysts: O(transactions returned).
  static func transactions(of analyst: String, after last: TransactionNumber, in db: Database) throws -> [Transaction] {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT * FROM act WHERE analyst = ? AND number > ? ORDER BY number",
      arguments: [StoredText.column(analyst), last])
    var transactions: [Transaction] = []
    while let row = try rows.next() { transactions.append(Transaction(row, analyst: analyst)) }
    return transactions
  }

  /// A row of the table `transaction`.
  private init(_ row: Row, analyst: String) {
    let reverses: Int? = row["reverses"]
    let kind: Kind =
      switch (row["kind"] as String, reverses) {
      case ("change", _): .change
      case ("undo", let other?): .undo(of: other)
      case ("redo", let other?): .redo(of: other)
      default: .other
      }
    let part: StatusPart? =
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
  /// The verdict of a column; nil for NULL and for unknown words.
  init?(column: String?) { self.init(rawValue: column ?? "") }
}

extension Reason {
  /// The reason of a column; nil for NULL and for unknown words.
  init?(column: String?) { self.init(rawValue: column ?? "") }
}
