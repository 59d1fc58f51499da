import Listings
import NearDuplicates
import Sentences

extension Dimension {
  /// How many listings are the same advert: under other aliases, on other platforms, at other prices.
  static let copies = {
    var dimension = Dimension("copies", title: Sentence("Copies"), filterName: "group")
    dimension.order = Order(.copies, Sentence("number of copies"), rank: 110, isDescendingFirst: true)
    dimension.column = Column(Sentence("copies"), .copies, rank: 120, widths: [(60, 4), (110, 6)])
    dimension.needs = [.duplicates]
    return dimension
  }()
}

extension FilterSubject {
  /// The rows of listings that are one advert with others.
  var duplicateRows: RowSet {
    guard let duplicates else { return RowSet(noneOf: dataset.rowCount) }
    return RowSet((0..<dataset.rowCount).lazy.filter { duplicates.group(of: $0) != nil }, of: dataset.rowCount)
  }

  /// The rows of the groups that one of some patterns names; for `none`, of listings in no group.
  func rows(inGroups patterns: [ValuePattern]) -> RowSet {
    guard let duplicates else { return RowSet(noneOf: dataset.rowCount) }
    let tests = patterns.map(ValueTest.init)
    let wanted = (0..<duplicates.count).map { group in
      let name = duplicates.name(of: group)
      return tests.contains { $0.holds(for: name) }
    }
    let wantsNone = patterns.contains(.missing)
    return RowSet(
      (0..<dataset.rowCount).lazy.filter { row in duplicates.group(of: row).map { wanted[$0] } ?? wantsNone },
      of: dataset.rowCount)
  }
}

extension DuplicateGroups {
  /// How many listings are one advert with that of a row; nil for a listing by itself.
  package func size(ofGroupOf row: Int) -> Int? { group(of: row).map { listings(of: $0).count } }
}
