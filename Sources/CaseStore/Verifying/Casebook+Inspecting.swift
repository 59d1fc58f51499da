import Casework
import GRDB
import Listings

/// How much of a casebook is checked.
struct InspectionDepth {
  /// Whether statuses and names are replayed, which takes memory.
  var statuses = true
  /// Whether all kept sightings are hashed.
  var sightings = true
  /// Whether everything else is checked that says nothing about what may be filed: indices, words of listings, all pages.
  var all = true

  /// Everything.
  static let whole = InspectionDepth()
}

extension Casebook {
  /// Checks everything in the casebook that can be checked: pages, schema, chain, and every table against the events.
  ///
  /// - Parameter knownHead: a head kept elsewhere. Without it a chain that was wholly written anew, or cut, may not show.
  /// Cost:   one pass over the file on two cores; a hash per event, and some hundred bytes of memory per decided listing.
  /// Fails:  throws where the file cannot be read at all. Damage and differences are findings, not errors.
  package func inspect(knownHead: ChainHead? = nil) throws(CasebookError) -> CasebookInspection {
    try read { db in try inspect(db, knownHead: knownHead, .whole) }
  }

  /// The same within a read.
  func inspect(_ db: Database, knownHead: ChainHead?, _ depth: InspectionDepth) throws -> CasebookInspection {
    var inspector = CasebookInspector(depth)
    do {
      try inspector.inspect(db, knownHead: knownHead)
    } catch let error as DatabaseError where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode) {
      guard depth.all else { throw error }
      inspector.addDamage(error.message ?? "SQLite cannot read it")
    }
    return inspector.inspection
  }
}

/// Checks a casebook from the outside in: its pages, its schema, its lines, its tables.
///
/// Limits: a table is compared only where the schema is as it was made and all lines are whole.
struct CasebookInspector {
  let depth: InspectionDepth
  var inspection = CasebookInspection()
  /// What the events say.
  var said = SaidByEvents()

  init(_ depth: InspectionDepth) { self.depth = depth }

  /// All checks.
  mutating func inspect(_ db: Database, knownHead: ChainHead?) throws {
    let version = try Schema.version(of: db)
    if depth.all { try inspectPages(db) }
    let areTablesAsMade = try !depth.all || inspectSchema(db, version)
    try inspectLines(db, version: version, knownHead: knownHead, comparingActs: areTablesAsMade)
    guard case .whole(let head) = inspection.chain else { return }
    guard areTablesAsMade else { return }
    if let beyond = try Self.lastEventNamed(db, version), beyond > head.sequence {
      inspection.chain = .broken(line: head.sequence + 1, why: .missing(next: nil))
      return
    }
    inspection.token = said.token
    if version >= Schema.versionOfMerging { try inspectMergedChains(db) }
    try inspectTables(db, version: version)
  }

  /// Adds damage to the pages of the file.
  mutating func addDamage(_ why: String) {
    inspection.add(TableFinding(table: "file", key: "", event: nil, what: .wrong("a page of it is damaged (\(why))")))
  }

  /// What SQLite finds wrong with the pages, the indices and the references between rows.
  ///
  /// Source: sqlite.org/pragma.html#pragma_integrity_check and #pragma_foreign_key_check.
  private mutating func inspectPages(_ db: Database) throws {
    for message in try String.fetchAll(db, sql: "PRAGMA integrity_check(20)") where message != "ok" {
      addDamage(message)
    }
    for row in try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").prefix(20) {
      let (table, parent) = (row[0] as String? ?? "", row[2] as String? ?? "")
      inspection.add(
        TableFinding(
          table: table, key: "", event: nil, what: .wrong("a row refers to a row of table \(parent) that is not there"))
      )
    }
  }

  /// How the schema differs from that of its version.
  ///
  /// - Returns: whether all tables are as they were made.
  private mutating func inspectSchema(_ db: Database, _ version: Int) throws -> Bool {
    let problems = try SchemaCheck.problems(db, version: version, indices: true)
    for problem in problems {
      inspection.add(TableFinding(table: "schema", key: "", event: nil, what: .wrong(problem)))
    }
    return !problems.contains { $0.contains("table ") }
  }

  /// The last event that any table refers to.
  private static func lastEventNamed(_ db: Database, _ version: Int) throws -> EventNumber? {
    var columns = ["last_event FROM act", "event FROM standing", "event FROM packet"]
    if version >= Schema.versionOfNames { columns += ["event FROM key_form", "event FROM renamed"] }
    if version >= Schema.versionOfSightings { columns.append("event FROM scrape_file") }
    if version >= Schema.versionOfMerging { columns.append("merge FROM merged_event") }
    var last: EventNumber?
    for column in columns {
      guard let found = try Int.fetchOne(db, sql: "SELECT max(\(column.replacing(" FROM", with: ") FROM"))") else {
        continue
      }
      last = max(last ?? 0, found)
    }
    return last
  }
}

/// What the events say about all tables but that of transactions, which is compared as they pass.
struct SaidByEvents {
  var replay = CasebookReplay()
  /// The token of the casebook, by its first event.
  var token: String?
  var scrapes: [EventNumber: ScrapeFile] = [:]
  /// Those of chains that came by merging.
  var mergedScrapes: [(merge: EventNumber, file: ScrapeFile)] = []
  /// What merges brought, with their events.
  var merges: [(event: EventNumber, chain: MergedChain)] = []
  var packets: [PacketExported] = []
  /// What became of packets, in all chains.
  var cases = PacketCases()
  /// The forms of keys, with the event from which on keys have them.
  var keyForms: [(form: Int, event: EventNumber)] = []

  /// A packet as its event states it.
  struct PacketExported {
    let id: String
    let version: Int
    let event: Event
    let listings: [ListingKey]
  }

  /// Takes what an event says.
  mutating func take(_ event: Event, hash: String, replaying: Bool) {
    cases.apply(event, hash: hash)
    switch event.action {
    case .createCasebook where event.number == 1:
      if let token = event.data["casebook"]?.asText, CasebookStamp.isToken(token) {
        self.token = token
        replay = CasebookReplay(token: token)
      }
    case .exportPacket:
      guard let version = event.data["version"]?.asNumber else { return }
      let listings = event.data["listings"]?.asList?.compactMap(\.asText).map { ListingKey($0) } ?? []
      packets.append(PacketExported(id: event.object, version: version, event: event, listings: listings))
    case .mergeCasebooks:
      merges += event.mergedChains.map { (event.number, $0) }
      if replaying { replay.apply(event, hash: hash) }
    case .recordScrape: scrapes[event.number] = ScrapeFile(event)
    case .changeKeyForm:
      if let form = event.data["form"]?.asNumber { keyForms.append((form, event.number)) }
    default: if replaying { replay.apply(event, hash: hash) }
    }
  }

  /// Takes what an event of another chain says.
  mutating func takeMerged(
    _ event: Event, hash: String, of token: String, broughtBy merge: EventNumber, replaying: Bool
  ) {
    cases.apply(event, hash: hash, of: token)
    if let file = ScrapeFile(event) { mergedScrapes.append((merge, file)) }
    if replaying { replay.apply(event, hash: hash, of: token, broughtBy: merge) }
  }
}
