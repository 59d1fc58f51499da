import CodeWords
import Listings

/// One value of a field with how many listings have it.
package struct FacetValue: Equatable, Sendable {
  /// The value; empty for listings without one.
  package let name: String
  package let count: Int
  /// What a term stands for; empty in other facets.
  package let meaning: String
  /// How often it was right, among the listings decided so far; nil in other facets.
  package let record: TermRecord?

  package init(name: String, count: Int, meaning: String = "", record: TermRecord? = nil) {
    self.name = name
    self.count = count
    self.meaning = meaning
    self.record = record
  }
}

/// How the listings in which a term counts were decided, in the whole dataset.
package struct TermRecord: Equatable, Sendable {
  package let confirmed: Int
  package let falsePositive: Int

  package init(confirmed: Int, falsePositive: Int) {
    self.confirmed = confirmed
    self.falsePositive = falsePositive
  }

  package var decided: Int { confirmed + falsePositive }
  /// Of 100 decided, how many were confirmed; nil while none is decided.
  package var confirmedShare: Int? { decided == 0 ? nil : (confirmed * 100 + decided / 2) / decided }
}

/// A field broken into its values, counted under the filter without the clauses about this very field, so that
/// choosing one value does not make the others vanish.
///
/// Shape:  values by falling count, then by name; values without any listing are left out.
package struct Facet: Equatable, Sendable {
  package let subject: FacetSubject
  package let values: [FacetValue]
  /// Listings counted; with several values per cell, less than the sum of the counts.
  package let total: Int

  package init(_ subject: FacetSubject, values: [FacetValue], total: Int) {
    self.subject = subject
    self.values = values
    self.total = total
  }

  /// The facet of a dictionary field among `rows`.
  package init(of field: Field, in dataset: Dataset, among rows: RowSet) {
    let names = FacetNames(of: field, in: dataset)
    self.init(of: names, cells: Self.cells(of: field, in: dataset, among: rows), total: rows.count)
  }

  /// Listings among `rows` by the code of their cell; not complete when cancelled.
  static func cells(
    of field: Field, in dataset: Dataset, among rows: RowSet, _ cancellation: Cancellation? = nil
  ) -> [Int] {
    ValueCounts.counts(
      of: dataset.codes(of: field), valueCount: dataset.valueCount(of: field), among: rows, cancellation)
  }

  /// The facet of cells that were counted before, with names that were worked out before.
  init(of names: FacetNames, cells: [Int], total: Int) {
    let counts = names.counts(of: cells)
    subject = .field(names.field)
    self.total = total
    // Count and place in the order of names in one number: greater counts first, then the names as they follow.
    var ranked: [UInt64] = []
    for (rank, place) in names.byName.enumerated() where counts[Int(place)] > 0 {
      ranked.append(UInt64(~UInt32(counts[Int(place)])) << 32 | UInt64(rank))
    }
    ranked.sort()
    values = ranked.map { key in
      let place = Int(names.byName[Int(key & 0xFFFF_FFFF)])
      return FacetValue(name: names.names[place], count: counts[place])
    }
  }
}

/// The facets that are always on the screen, and the rows of the filter, answered together.
package struct FilterAnswer: Sendable {
  package let rows: RowSet
  package let facets: [FacetSubject: Facet]
  package let prices: PriceHistogram
  /// How many rows there are.
  package let count: Int

  /// What the panes count as long as nobody chose otherwise.
  package static let usualSubjects: [FacetSubject] = Dimension.firstOfPanes.compactMap { $0.subject(nil) }
}

extension FilterEvaluation {
  /// Rows and facets of a filter in one go; nil when cancelled.
  ///
  /// Cost:  a facet whose rows are those of one of the last answers is not counted again: a choice in one pane leaves
  ///        that pane's own counts as they are.
  package mutating func answer(
    _ filter: Filter, in subject: FilterSubject, counting subjects: [FacetSubject] = FilterAnswer.usualSubjects,
    _ cancellation: Cancellation? = nil
  ) -> FilterAnswer? {
    guard let rows = rows(of: filter, in: subject, cancellation) else { return nil }
    var facets: [FacetSubject: Facet] = [:]
    for about in subjects {
      guard let among = self.rows(of: filter.without(about), in: subject, cancellation) else { return nil }
      switch about {
      case .field(let field): facets[about] = facet(of: field, in: subject.dataset, among: among, cancellation)
      case .term: facets[about] = terms(of: subject, among: among, cancellation)
      case .risk: facets[about] = Facet(riskOf: subject, among: among)
      case .verdict: facets[about] = Facet(verdictsOf: subject, among: among)
      case .taxon, .protection: facets[about] = taxa(by: about, of: subject, among: among, cancellation)
      }
      if facets[about] == nil { return nil }
    }
    guard let priced = self.rows(of: filter.withoutPrices, in: subject, cancellation),
      let prices = prices(in: subject.dataset, among: priced, cancellation)
    else { return nil }
    return FilterAnswer(rows: rows, facets: facets, prices: prices, count: rows.count)
  }
}
