import Listings

/// The problems of one kind, in one file, with one field.
///
/// Shape:  the unit in which problems are counted, limited and listed.
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
  /// The group in which this problem is counted.
  package var group: ProblemGroup { ProblemGroup(kind, file: file, field: field) }
}

/// The problems of a load: every one counted by group, every affected row marked, and the first of each group kept.
///
/// Cost:   O(1) per problem; at most `totalLimit` problems and one bit per row.
package struct IntakeProblems: Equatable, Sendable {
  /// The first problems of each group, in row order.
  package private(set) var kept: [IntakeProblem] = []
  /// All problems, kept or not.
  package private(set) var count = 0
  /// The groups in the order of their first problem, each with the number of its problems.
  package private(set) var groups: [(group: ProblemGroup, count: Int)] = []
  /// Where each group is in `groups`.
  private var groupIndices: [ProblemGroup: Int] = [:]
  /// One bit per row that has a problem, laid out as in `RowSet`.
  private var rowWords: [UInt64] = []

  /// How many problems of one group are kept in full: more than people read, yet small beside the columns of listings.
  package static let limit = 1_000
  /// How many are kept altogether, since hostile input can create groups without end.
  static let totalLimit = 100_000

  package init() {}

  package var isEmpty: Bool { count == 0 }

  /// How many problems have this kind, in all files.
  package func count(of kind: IntakeProblem.Kind) -> Int {
    groups.reduce(0) { $0 + ($1.group.kind == kind ? $1.count : 0) }
  }

  /// The rows that have a problem, whether or not the problem itself was kept.
  ///
  /// - Parameter rowCount: how many rows the dataset has; rows beyond are ignored.
  package func rows(of rowCount: Int) -> RowSet {
    var words = Array(rowWords.prefix((rowCount + 63) / 64))
    words += Array(repeating: 0, count: (rowCount + 63) / 64 - words.count)
    return RowSet(words: words, rowCount: rowCount)
  }

  /// Whether the next problem of this group would be kept.
  func hasRoom(for group: ProblemGroup) -> Bool {
    kept.count < Self.totalLimit && (groupIndices[group].map { groups[$0].count } ?? 0) < Self.limit
  }

  /// Counts a problem, marks its row, and keeps it if there is room.
  mutating func add(_ problem: IntakeProblem) {
    if hasRoom(for: problem.group) { kept.append(problem) }
    count(1, in: problem.group)
    if let row = problem.row { mark(row) }
  }

  /// Counts problems that are not kept in full.
  mutating func count(_ number: Int, in group: ProblemGroup) {
    guard number > 0 else { return }
    count += number
    if let index = groupIndices[group] {
      groups[index].count += number
    } else {
      groupIndices[group] = groups.count
      groups.append((group, number))
    }
  }

  /// Marks a row as having a problem.
  mutating func mark(_ row: Int) {
    let word = row >> 6
    if word >= rowWords.count { rowWords += Array(repeating: 0, count: max(word + 1 - rowWords.count, rowWords.count)) }
    rowWords[word] |= 1 << UInt64(row & 63)
  }

  /// The same problems in the same groups; rows beyond those of kept problems do not matter.
  package static func == (a: IntakeProblems, b: IntakeProblems) -> Bool {
    a.kept == b.kept && a.groupIndices == b.groupIndices && a.groups.map(\.count) == b.groups.map(\.count)
  }
}

/// The problems of one piece, positioned by byte. Lines and rows are computed when the piece is appended.
///
/// Cost:   O(1) per problem; at most `limit` of each group in full, and one number per further row.
struct PieceProblems {
  /// One problem, before its line and row of the dataset are known.
  ///
  /// Shape:  the dataset's row and the line follow once the piece is appended.
  struct Found {
    /// In bytes from the beginning of the file.
    let offset: Int
    /// The row within the piece; nil where the problem belongs to no row.
    let row: Int?
    let field: Field?
    let what: IntakeProblem.What
    let excerpt: String
  }

  /// The unit in which problems are counted within one file.
  struct Group: Hashable {
    let kind: IntakeProblem.Kind
    let field: Field?
  }

  /// The first problems of each group.
  private(set) var found: [Found] = []
  /// How many more there are of each group.
  private(set) var further: [Group: Int] = [:]
  /// The rows of `further`, within the piece, ascending.
  private(set) var furtherRows: [Int] = []
  /// How many of each group are kept in full so far.
  private var foundCounts: [Group: Int] = [:]
  /// How many of each group are kept in full.
  private let limit: Int

  /// Characters of text that an excerpt shows.
  private static let excerptLength = 60

  /// - Parameter keepsAll: whether the caller wants every single problem.
  init(keepsAll: Bool = false) { limit = keepsAll ? .max : IntakeProblems.limit }

  var isEmpty: Bool { found.isEmpty }

  /// Adds a problem, or counts it where its group is full.
  ///
  /// Shape:  a row is marked even where its problem is only counted.
  mutating func add(
    at offset: Int, row: Int?, field: Field? = nil, _ what: IntakeProblem.What, excerpt: UnsafeRawBufferPointer
  ) {
    let group = Group(kind: IntakeProblem(file: "", what: what).kind, field: field)
    if foundCounts[group, default: 0] >= limit {
      further[group, default: 0] += 1
      if let row, furtherRows.last != row { furtherRows.append(row) }
      return
    }
    foundCounts[group, default: 0] += 1
    // A few bytes more than characters, so that a character cut in half does not show.
    let text = String(decoding: excerpt.prefix(4 * Self.excerptLength), as: UTF8.self)
    let cut = String(text.prefix(Self.excerptLength))
    found.append(
      Found(
        offset: offset, row: row, field: field, what: what,
        excerpt: cut.utf8.count < excerpt.count ? cut + "…" : cut))
  }
}
