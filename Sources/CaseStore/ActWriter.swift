import Casework
import GRDB
import Hashing
import Listings
import SmallFormats

/// Appends one act's events to the chain, inside a transaction that holds the write lock.
struct ActWriter {
  let act: ActNumber
  private let db: Database
  private let analyst: String
  private let time: String
  private let first: EventNumber
  private var head: ChainHead
  private let insert: Statement

  init(_ db: Database, analyst: String, time: String) throws {
    self.db = db
    self.analyst = analyst
    self.time = time
    act = try (Int.fetchOne(db, sql: "SELECT max(number) FROM act") ?? 0) + 1
    head = try ChainHead(lastOf: db)
    first = head.sequence + 1
    insert = try db.cachedStatement(
      sql: """
        INSERT INTO event (number, line, hash, act, action, object, time, analyst, form)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, \(KeyForm.current))
        """)
  }

  /// The events written so far.
  var events: ClosedRange<EventNumber> { first...max(first, head.sequence) }

  var hasEvents: Bool { head.sequence >= first }

  /// - Parameter column: the object as its column holds it, where the caller has that already.
  @discardableResult
  mutating func append(
    _ action: Action, object: String, column: String? = nil, data: [String: JSONValue]
  ) throws -> EventNumber {
    var data = data
    data["act"] = .number(act)
    let number = head.sequence + 1
    let line = AuditLine(
      action: action.rawValue, actor: analyst, data: data, object: object, previous: head.hash, sequence: number,
      time: time)
    let bytes = line.bytes
    let hash = SHA256Digest(of: bytes).hex
    try insert.execute(arguments: [
      number, String(decoding: bytes, as: UTF8.self), hash, act, action.rawValue,
      column ?? StoredText.column(ListingKey(object)), time,
      StoredText.column(analyst),
    ])
    head = ChainHead(sequence: number, hash: hash)
    return number
  }

  /// Sums the act up. It must have at least one event.
  func close(_ kind: Act.Kind, part: StandingPart?, listings: Int) throws {
    try Act(number: act, analyst: analyst, kind: kind, part: part, listings: listings, events: events).insert(db)
  }
}

extension ChainHead {
  /// Where the casebook's chain ends now.
  init(lastOf db: Database) throws {
    let row = try Row.fetchOne(db, sql: "SELECT number, hash FROM event ORDER BY number DESC LIMIT 1")
    self = row.map { ChainHead(sequence: $0[0], hash: $0[1]) } ?? .empty
  }
}
