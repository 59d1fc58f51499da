import CodeWords
import Listings
import TextCells

/// Bytes of a text that stand out.
struct MarkedRange: Equatable {
  let bytes: Range<Int>
  let role: Role
}

/// How the hits of a listing are marked in its text.
enum HitMarks {
  /// The hits of a field, those that matter most last, so that they are drawn over the others.
  static func ranges(of reading: ListingReading, in field: Field, _ lexicons: CompiledLexicons) -> [MarkedRange] {
    reading.hits.filter { $0.field == field }
      .map { hit in (role: role(of: hit, lexicons[hit.term].kind), bytes: hit.bytes) }
      .sorted { (rank($0.role), $0.bytes.count) < (rank($1.role), $1.bytes.count) }
      .map { MarkedRange(bytes: $0.bytes, role: $0.role) }
  }

  static func role(of hit: Hit, _ kind: TermKind) -> Role {
    switch kind {
    case .benign: .hitHarmless
    case .transactionCue: .hitCue
    default: hit.status.isCounted ? .hitTerm : .hitWeak
    }
  }

  private static func rank(_ role: Role) -> Int {
    [.hitWeak, .hitCue, .hitHarmless, .hitTerm].firstIndex(of: role) ?? 0
  }
}

extension State {
  /// What the lexicons say of a listing; nil where there are none, or where its text is too long to be read on the way
  /// to the screen.
  func reading(of row: Int) -> ListingReading? {
    if let known = shownReadings.detail, known.row == row, shownReadings.areValid(self) { return known.reading }
    return readAnew(row)
  }

  /// The same, whether or not it was read before.
  func readAnew(_ row: Int) -> ListingReading? {
    guard hasLexicons, !dataset.isGiant(row) else { return nil }
    return flags.lexicons.reading(of: row, in: dataset)
  }

  func readText(of row: Int) -> ListingText { ListingText(of: row, in: dataset) }
}
