import Listings

/// Problems of one piece, by their byte; lines and rows are counted when the piece is taken in.
struct PieceProblems {
  struct Found {
    /// From the beginning of the file.
    let offset: Int
    /// The row within the piece; nil where no row came of it.
    let row: Int?
    let field: Field?
    let what: IntakeProblem.What
    let excerpt: String
  }

  /// What problems are counted by within one file.
  struct Group: Hashable {
    let kind: IntakeProblem.Kind
    let field: Field?
  }

  private(set) var found: [Found] = []
  /// Those that need not be told apart: they are counted.
  private(set) var further: [Group: Int] = [:]
  /// The rows of `further`, within the piece, in ascending order.
  private(set) var furtherRows: [Int] = []
  private var foundCounts: [Group: Int] = [:]
  /// How many of each group are told apart.
  private let limit: Int

  private static let excerptLength = 60

  /// - Parameter keepsAll: whether somebody wants every single one.
  init(keepsAll: Bool = false) { limit = keepsAll ? .max : IntakeProblems.limit }

  var isEmpty: Bool { found.isEmpty }

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
    // A few bytes more than characters, so that one character cut in the middle does not show.
    let text = String(decoding: excerpt.prefix(4 * Self.excerptLength), as: UTF8.self)
    let cut = String(text.prefix(Self.excerptLength))
    found.append(
      Found(
        offset: offset, row: row, field: field, what: what,
        excerpt: cut.utf8.count < excerpt.count ? cut + "…" : cut))
  }
}
