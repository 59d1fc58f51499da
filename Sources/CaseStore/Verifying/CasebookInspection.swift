import Casework

/// What a check of a whole casebook found.
///
/// Shape:  `chain` speaks of the lines alone; `findings` of everything else in the file, in the order of the checks. Both
///         whole and empty means that the file is as the events say. Findings are looked for only where all lines are whole.
package struct CasebookInspection: Equatable, Sendable {
  /// The casebook's own chain.
  package internal(set) var chain = ChainCheckResult.whole(.empty)
  /// The first of what differs from the events; at most `maximumFindings`.
  package internal(set) var findings: [TableFinding] = []
  /// How many there are in all.
  package internal(set) var findingCount = 0
  /// Events that were written while the clock was behind that of the event before, the first of them first.
  package internal(set) var clockBehind: [EventNumber] = []
  /// How many those are in all.
  package internal(set) var clockBehindCount = 0
  /// The chains that came by merging and are whole, in the order of their tokens.
  package internal(set) var chains: [Chain] = []
  /// The token of the casebook, by its first event; nil where that has none.
  package internal(set) var token: String?
  /// Rows for which nothing in the events speaks, for or against.
  package internal(set) var unprovable = Unprovable()

  /// So many findings are kept.
  static let maximumFindings = 100

  /// A chain of another casebook, up to its end.
  package struct Chain: Equatable, Sendable {
    package let token: String
    package let head: ChainHead
  }

  /// What the events say nothing about.
  package struct Unprovable: Equatable, Sendable {
    /// Listings of which title, address and place in a file are kept beside the chain, to name them.
    package var words = 0
    /// Packet numbers that were given out and never used.
    package var reservedPackets = 0
    /// Pieces of sightings left of a recording that was interrupted.
    package var leftPieces = 0
    /// Positions in files.
    package var positions = 0
  }

  /// Whether everything is as the events say.
  package var isWhole: Bool { chain.isWhole && findingCount == 0 }

  /// The end of the casebook's own chain; nil where it is broken.
  package var head: ChainHead? {
    if case .whole(let head) = chain { head } else { nil }
  }

  /// Adds a finding.
  mutating func add(_ finding: TableFinding) {
    findingCount += 1
    if findings.count < Self.maximumFindings { findings.append(finding) }
  }

  /// Notes an event whose time is before that of the one before it.
  mutating func noteClockBehind(_ event: EventNumber) {
    clockBehindCount += 1
    if clockBehind.count < 5 { clockBehind.append(event) }
  }

  /// The same as the outcome of checking a chain: the first thing that is wrong.
  var asChainCheck: ChainCheckResult {
    // What an event is about comes before the rules that should have kept it.
    guard case .whole(let head) = chain,
      let first = findings.first(where: { $0.table != "schema" && $0.table != "file" }) ?? findings.first
    else { return chain }
    return .broken(line: first.event ?? head.sequence, why: .indexDiffers(first.subject))
  }
}

/// A place at which a casebook differs from what its events say.
package struct TableFinding: Equatable, Sendable {
  /// The kinds of difference.
  package enum What: Equatable, Sendable {
    /// The row is missing.
    case missing
    /// No event speaks of the row.
    case surplus
    /// A column says something else.
    case differs(column: String, found: String, expected: String)
    /// The row breaks a rule that every such row keeps; the sentence says which.
    case wrong(String)
  }

  /// The table; `file` for the pages, `schema` for its tables, triggers and indices.
  package let table: String
  /// The row's key, for people; empty where there is none.
  package let key: String
  /// The event that it should follow from; nil for none.
  package let event: EventNumber?
  package let what: What

  /// Table and row in a few words.
  package var subject: String { key.isEmpty ? table : "\(table) of \(key)" }

  /// One sentence: where, and what.
  package var sentence: String {
    let place = "table \(table)" + (key.isEmpty ? "" : ", \(key)") + (event.map { " (event \($0))" } ?? "")
    return switch what {
    case .missing: "\(place): the row is missing"
    case .surplus: "\(place): no event speaks of this row"
    case .differs(let column, let found, let expected):
      "\(place), column \(column): it says \(found), the events say \(expected)"
    case .wrong(let why): table == "file" || table == "schema" ? why : "\(place): \(why)"
    }
  }
}
