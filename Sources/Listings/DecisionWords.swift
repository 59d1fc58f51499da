/// What decisions say in words, by row: why listings are false positives, and the notes on them.
///
/// Cost:   a set of rows for each reason, of which there are few, and an entry for each note, which people write.
package struct DecisionWords: Equatable, Sendable {
  /// Rows of false positives by their reason, as filters write it: `other-material`.
  package private(set) var reasons: [String: RowSet] = [:]
  /// Notes by row.
  package private(set) var notes: [Int: String] = [:]

  package init() {}

  /// The reasons that filters know, as they write them.
  package static let reasonNames = [
    "replica", "other-material", "wanted-advert", "legal-with-papers", "other-species", "not-wildlife", "duplicate",
  ]

  /// A reason as filters write it.
  package static func name(ofReason reason: String) -> String { reason.replacing("_", with: "-") }

  /// Replaces what is known of a row.
  package mutating func set(reason: String?, note: String?, at row: Int, of rowCount: Int) {
    for known in reasons.keys { reasons[known]?.remove(row) }
    if let reason { reasons[Self.name(ofReason: reason), default: RowSet(noneOf: rowCount)].insert(row) }
    notes[row] = note
  }

  /// The same after rows moved: sets by one function, single rows by the other, which gives nil for those that are gone.
  package func moved(_ sets: (RowSet) -> RowSet, _ row: (Int) -> Int?) -> DecisionWords {
    var moved = DecisionWords()
    moved.reasons = reasons.mapValues(sets)
    for (old, note) in notes { if let new = row(old) { moved.notes[new] = note } }
    return moved
  }
}
