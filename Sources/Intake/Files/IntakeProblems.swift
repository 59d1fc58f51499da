import Listings

/// Problems of one kind, in one file, about one field.
package struct ProblemGroup: Hashable, Sendable {
  package let kind: IntakeProblem.Kind
  package let file: String
  package let field: Field?

  package init(_ kind: IntakeProblem.Kind, file: String, field: Field?) {
    self.kind = kind
    self.file = file
    self.field = field
  }
}

extension IntakeProblem {
  package var group: ProblemGroup { ProblemGroup(kind, file: file, field: field) }
}

/// The problems of a load: all counted, by group, and the rows they are about; the first ones of each group kept.
package struct IntakeProblems: Equatable, Sendable {
  /// The first problems of each group, in the order of the rows.
  package private(set) var kept: [IntakeProblem] = []
  package private(set) var count = 0
  /// The groups in the order of their first problem, with their counts.
  package private(set) var groups: [(group: ProblemGroup, count: Int)] = []
  private var places: [ProblemGroup: Int] = [:]
  /// A bit for each row that has a problem, as in `RowSet`.
  private var rowWords: [UInt64] = []

  /// How many problems of a group are kept with their place: more than people read, few beside the listings' columns.
  package static let limit = 1_000
  /// How many are kept in all: hostile input may have groups without end.
  static let limitOfAll = 100_000

  package init() {}

  package var isEmpty: Bool { count == 0 }

  package func count(of kind: IntakeProblem.Kind) -> Int {
    groups.reduce(0) { $0 + ($1.group.kind == kind ? $1.count : 0) }
  }

  /// The rows of a dataset that have a problem; all of them, kept or not.
  package func rows(of rowCount: Int) -> RowSet {
    var words = Array(rowWords.prefix((rowCount + 63) / 64))
    words += Array(repeating: 0, count: (rowCount + 63) / 64 - words.count)
    return RowSet(words: words, rowCount: rowCount)
  }

  /// Whether a further problem of a group would be kept.
  func hasRoom(for group: ProblemGroup) -> Bool {
    kept.count < Self.limitOfAll && (places[group].map { groups[$0].count } ?? 0) < Self.limit
  }

  mutating func add(_ problem: IntakeProblem) {
    if hasRoom(for: problem.group) { kept.append(problem) }
    count(1, in: problem.group)
    if let row = problem.row { mark(row) }
  }

  mutating func count(_ number: Int, in group: ProblemGroup) {
    guard number > 0 else { return }
    count += number
    if let place = places[group] {
      groups[place].count += number
    } else {
      places[group] = groups.count
      groups.append((group, number))
    }
  }

  /// Remembers that a row has a problem.
  mutating func mark(_ row: Int) {
    let word = row >> 6
    if word >= rowWords.count { rowWords += Array(repeating: 0, count: max(word + 1 - rowWords.count, rowWords.count)) }
    rowWords[word] |= 1 << UInt64(row & 63)
  }

  package static func == (a: IntakeProblems, b: IntakeProblems) -> Bool {
    a.kept == b.kept && a.places == b.places && a.groups.map(\.count) == b.groups.map(\.count)
  }
}
