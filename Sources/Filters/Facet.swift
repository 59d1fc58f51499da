import Listings

/// One value of a field with how many listings have it.
package struct FacetValue: Equatable, Sendable {
  /// The value; empty for listings without one.
  package let name: String
  package let count: Int

  package init(name: String, count: Int) {
    self.name = name
    self.count = count
  }
}

/// A field broken into its values, counted under the filter without the clauses about this very field, so that
/// choosing one value does not make the others vanish.
///
/// Shape:  values by falling count, then by name; values without any listing are left out.
package struct Facet: Equatable, Sendable {
  package let field: Field
  package let values: [FacetValue]
  /// Listings counted; with several values per cell, less than the sum of the counts.
  package let total: Int

  package init(field: Field, values: [FacetValue], total: Int) {
    self.field = field
    self.values = values
    self.total = total
  }

  /// The facet of a dictionary field among `rows`.
  package init(of field: Field, in dataset: Dataset, among rows: RowSet) {
    self.init(of: FacetNames(of: field, in: dataset), in: dataset, among: rows)
  }

  /// The same, with names that were worked out before.
  init(of names: FacetNames, in dataset: Dataset, among rows: RowSet) {
    let counts = ValueCounts.counts(
      of: dataset.codes(of: names.field), valueCount: dataset.valueCount(of: names.field), among: rows)
    var perName = [Int](repeating: 0, count: names.names.count)
    for (code, count) in counts.enumerated() where count > 0 {
      for name in names.members[code] { perName[Int(name)] += count }
    }
    field = names.field
    total = rows.count
    values = zip(names.names, perName).filter { $0.1 > 0 }
      .sorted { $0.1 == $1.1 ? $0.0 < $1.0 : $0.1 > $1.1 }
      .map { FacetValue(name: $0.0, count: $0.1) }
  }
}

/// The values of a field as a facet counts them: spellings that a filter cannot tell apart (`eBay`, `EBAY`) are one
/// value under the spelling met first, so that choosing a value finds as many listings as stand beside it.
///
/// Shape:  `members[code]` are places in `names`, each once.
struct FacetNames: Sendable {
  let field: Field
  private(set) var names: [String] = []
  private(set) var members: [[UInt32]] = []

  init(of field: Field, in dataset: Dataset) {
    self.field = field
    let table = dataset.values(of: field)
    let lists = dataset.speciesLists
    let isList = field == .species
    let spellings =
      isList ? lists.names : (0..<dataset.valueCount(of: field)).map { table.string(UInt32($0)) }
    var places: [String: UInt32] = [:]
    let placeOfSpelling = spellings.map { spelling in
      // Marks alone fold to nothing, and are yet no missing value.
      let folded = Folding.folded(spelling)
      let key = folded.isEmpty ? spelling : folded
      if let place = places[key] { return place }
      let place = UInt32(names.count)
      places[key] = place
      names.append(spelling)
      return place
    }
    guard isList else {
      members = placeOfSpelling.map { [$0] }
      return
    }
    members = lists.members.prefix(dataset.valueCount(of: field)).map { cell in
      var seen: [UInt32] = []
      for name in cell where !seen.contains(placeOfSpelling[Int(name)]) { seen.append(placeOfSpelling[Int(name)]) }
      return seen
    }
  }
}

/// The facets that are always on the screen, and the rows of the filter, answered together.
package struct FilterAnswer: Sendable {
  package let rows: RowSet
  package let facets: [Field: Facet]
  package let prices: PriceHistogram
  /// How many rows there are.
  package let count: Int

  /// The fields with a pane of their own.
  package static let facetFields: [Field] = [.platform, .species, .sellerAlias]
}

extension FilterEvaluation {
  /// Rows and facets of a filter in one go; nil when cancelled.
  package mutating func answer(
    _ filter: Filter, in subject: FilterSubject, _ cancellation: Cancellation? = nil
  ) -> FilterAnswer? {
    guard let rows = rows(of: filter, in: subject, cancellation) else { return nil }
    var facets: [Field: Facet] = [:]
    for field in FilterAnswer.facetFields {
      guard let among = self.rows(of: filter.without(field), in: subject, cancellation) else { return nil }
      facets[field] = Facet(of: names(of: field, in: subject.dataset), in: subject.dataset, among: among)
    }
    guard let priced = self.rows(of: filter.without(.price), in: subject, cancellation) else { return nil }
    return FilterAnswer(
      rows: rows, facets: facets, prices: PriceHistogram(of: subject.dataset, among: priced), count: rows.count)
  }
}
