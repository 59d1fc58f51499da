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
    let counts = ValueCounts.counts(
      of: dataset.codes(of: field), valueCount: dataset.valueCount(of: field), among: rows)
    let named: [(name: String, count: Int)]
    if field == .species {
      let lists = dataset.speciesLists
      var perName = [Int](repeating: 0, count: lists.names.count)
      for (cell, count) in counts.enumerated() where count > 0 {
        for name in lists.members[cell] { perName[Int(name)] += count }
      }
      named = perName.enumerated().filter { $0.element > 0 }.map { (lists.names[$0.offset], $0.element) }
    } else {
      let table = dataset.values(of: field)
      named = counts.enumerated().filter { $0.element > 0 }.map { (table.string(UInt32($0.offset)), $0.element) }
    }
    self.field = field
    total = rows.count
    values = named.sorted { $0.count == $1.count ? $0.name < $1.name : $0.count > $1.count }
      .map { FacetValue(name: $0.name, count: $0.count) }
  }
}

/// The facets that are always on the screen, and the rows of the filter, answered together.
package struct FilterAnswer: Sendable {
  package let rows: RowSet
  package let facets: [Field: Facet]
  package let prices: PriceHistogram
  /// Rows per state under the filter without its `is:` clauses.
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
      facets[field] = Facet(of: field, in: subject.dataset, among: among)
    }
    guard let priced = self.rows(of: filter.without(.price), in: subject, cancellation) else { return nil }
    return FilterAnswer(
      rows: rows, facets: facets, prices: PriceHistogram(of: subject.dataset, among: priced), count: rows.count)
  }
}
