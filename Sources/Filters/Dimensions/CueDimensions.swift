import Cues
import Listings
import Sentences

extension Dimension {
  /// How the seller is reached, by the words of the advert.
  static let contact = cues(.contact, title: Sentence("Contact"))
  /// How the seller is paid.
  static let payment = cues(.payment, title: Sentence("Payment"))
  /// How the goods are sent.
  static let shipping = cues(.shipping, title: Sentence("Shipping"))

  private static func cues(_ kind: CueWords.Kind, title: Sentence) -> Dimension {
    var dimension = Dimension(kind.rawValue, title: title) { _ in .listed(.cues(kind)) }
    dimension.pane = .term
    return dimension
  }
}

extension ListedValues {
  /// The cues of one kind, the most frequent first.
  fileprivate static func cues(_ kind: CueWords.Kind) -> ListedValues {
    ListedValues(
      kind.rawValue, isOrdered: false,
      valuesOfSubject: { [""] + $0.cues.names.filter { $0.kind == kind }.map(\.text) }, clause: { .cue(kind, $0) },
      asked: { clause in
        guard case .cue(kind, let values) = clause else { return nil }
        return values
      })
  }
}

extension RowCues {
  /// The rows with one of the cues of a kind that some patterns name; for `none`, without any of the kind.
  func rows(with patterns: [ValuePattern], of kind: CueWords.Kind, among rowCount: Int) -> RowSet {
    let tests = patterns.filter { $0 != .missing }.map(ValueTest.init)
    var (wanted, ofKind): (UInt64, UInt64) = (0, 0)
    for (bit, name) in words.names.enumerated() where name.kind == kind {
      ofKind |= 1 << UInt64(bit)
      if tests.contains(where: { $0.holds(for: name.text) }) { wanted |= 1 << UInt64(bit) }
    }
    let some = rows(withAnyOf: wanted, among: rowCount)
    return patterns.contains(.missing) ? some.union(rows(withNoneOf: ofKind, among: rowCount)) : some
  }
}
