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

  private(set) var found: [Found] = []
  private(set) var further = Array(repeating: 0, count: IntakeProblem.Kind.allCases.count)

  /// More than these need not be told apart: they are counted.
  private static let limit = IntakeProblems.limit
  private static let excerptLength = 60

  var isEmpty: Bool { found.isEmpty }

  mutating func add(
    at offset: Int, row: Int?, field: Field? = nil, _ what: IntakeProblem.What, excerpt: UnsafeRawBufferPointer
  ) {
    if found.count >= Self.limit {
      further[IntakeProblem(file: "", what: what).kind.rawValue] += 1
      return
    }
    // A few bytes more than characters, so that one character cut in the middle does not show.
    let text = String(decoding: excerpt.prefix(4 * Self.excerptLength), as: UTF8.self)
    let cut = String(text.prefix(Self.excerptLength))
    found.append(
      Found(
        offset: offset, row: row, field: field, what: what,
        excerpt: cut.utf8.count < excerpt.count ? cut + "…" : cut))
  }
}
