import CodeWords
import Listings
import Sentences

/// How far the listings with a value are decided.
package struct ValueReviews: Equatable, Sendable {
  /// Listings with a verdict that is not to be given again.
  package var decided: Int
  /// Those of them that are confirmed.
  package var confirmed: Int
  /// Those of them that are false positives; the others are unsure.
  package var falsePositive: Int

  package init(decided: Int = 0, confirmed: Int = 0, falsePositive: Int = 0) {
    (self.decided, self.confirmed, self.falsePositive) = (decided, confirmed, falsePositive)
  }
}

/// By dimension and value; values without decided listings are left out.
package typealias FacetReviews = [FacetSubject: [String: ValueReviews]]

/// What the values of a pane are sorted by.
package enum ValueOrder: String, CaseIterable, Sendable {
  /// By falling count, or as the dimension has them: bands of risk from the highest down.
  case count
  case name
  /// By the newest listing that has the value.
  case newest
  /// By how many listings are left to decide.
  case undecided
  /// By the share of decided listings that are confirmed.
  case confirmed

  package var label: String {
    switch self {
    case .count: localized("count", context: "an order of values")
    case .name: localized("name", context: "an order of values")
    case .newest: localized("newest listing", context: "an order of values")
    case .undecided: localized("left to decide", context: "an order of values")
    case .confirmed: localized("share confirmed", context: "an order of values")
    }
  }
}

extension FilterEvaluation {
  /// How far the listings with each value of some dimensions are decided, under the filter without what it asks of that
  /// dimension; nil when cancelled.
  ///
  /// Cost:   a step for each decided row and dimension. Nothing is kept, since every verdict changes it.
  package mutating func reviews(
    _ filter: Filter, in subject: FilterSubject, counting subjects: [FacetSubject], _ cancellation: Cancellation? = nil
  ) -> FacetReviews? {
    var reviews: FacetReviews = [:]
    let decided = subject.reviewed.subtracting(subject.changed)
    guard !decided.isEmpty else { return reviews }
    for about in subjects where about != .verdict {
      guard let among = rows(of: filter.without(about), in: subject, cancellation) else { return nil }
      let these = decided.intersection(among)
      guard !these.isEmpty else { continue }
      guard let all = facet(about, in: subject, among: these, cancellation),
        let right = facet(about, in: subject, among: these.intersection(subject.confirmed), cancellation),
        let wrong = facet(about, in: subject, among: these.intersection(subject.falsePositive), cancellation)
      else { return nil }
      var values: [String: ValueReviews] = [:]
      for value in all.values { values[value.name, default: ValueReviews()].decided = value.count }
      for value in right.values { values[value.name, default: ValueReviews()].confirmed = value.count }
      for value in wrong.values { values[value.name, default: ValueReviews()].falsePositive = value.count }
      reviews[about] = values
    }
    return reviews
  }

  /// A facet that is counted once and not kept; nil when cancelled.
  private mutating func facet(
    _ about: FacetSubject, in subject: FilterSubject, among rows: RowSet, _ cancellation: Cancellation?
  ) -> Facet? {
    switch about {
    case .field(let field): return passingFacet(of: field, in: subject, among: rows, cancellation)
    case .term:
      let counts = subject.flags.counts(among: rows, subject.listingsCounted, cancellation)
      let labels = subject.flags.lexicons.labels
      let values = counts.map { FacetValue(name: labels[Int($0.term.number)], count: $0.count) }
      return cancellation?.isCancelled == true ? nil : Facet(.term, values: values, total: rows.count)
    case .listed(let listed): return facet(of: listed, in: subject, among: rows, cancellation)
    case .taxon, .protection: return taxa(by: about, of: subject, among: rows, keeps: false, cancellation)
    case .coded(let dimension):
      return coded(dimension, subject, cancellation)?.facet(in: subject, among: rows, cancellation)
    }
  }

  /// The newest date among the listings with each value; nil when cancelled.
  ///
  /// Units:  seconds since 1970.
  /// Limits: fields, columns and weeks; terms, taxa and listed values have no dates here.
  mutating func newestDates(
    _ about: FacetSubject, in subject: FilterSubject, among rows: RowSet, _ cancellation: Cancellation?
  ) -> [String: Int64]? {
    var dates: [String: Int64] = [:]
    func note(_ name: String, _ time: Int64) { dates[name] = max(dates[name] ?? .min, time) }
    let dataset = subject.dataset
    switch about {
    case .field(let field):
      let names = names(of: field, in: dataset)
      var newest = [Int64](repeating: .min, count: names.names.count)
      let codes = dataset.codes(of: field)
      rows.forEach { row in
        guard let time = dataset.time(at: row) else { return }
        names.forEachName(ofCode: Int(codes[row])) { newest[$0] = max(newest[$0], time) }
      }
      for (index, time) in newest.enumerated() where time != .min { dates[names.names[index]] = time }
    case .coded(let dimension):
      guard let coded = coded(dimension, subject, cancellation) else { return nil }
      rows.forEach { row in if let time = dataset.time(at: row) { note(coded.names[Int(coded.codes[row])], time) } }
    case .term:
      let labels = subject.flags.lexicons.labels
      rows.forEach { row in
        guard let time = dataset.time(at: row) else { return }
        subject.flags.forEachTerm(of: row) { note(labels[$0], time) }
      }
    case .listed(let listed):
      for name in listed.values(subject) {
        let clause = listed.clause([name.isEmpty ? .missing : .exactly(name)])
        guard let having = uncachedRows(of: clause, in: subject, cancellation) else { return nil }
        having.intersection(rows).forEach { row in if let time = dataset.time(at: row) { note(name, time) } }
      }
    case .taxon, .protection:
      return taxonDates(about, of: subject, among: rows, cancellation)
    }
    return cancellation?.isCancelled == true ? nil : dates
  }
}

extension Facet {
  /// The same values in another order; those that are equal in it stay as they are.
  func sorted(by order: ValueOrder, _ reviews: [String: ValueReviews], _ dates: [String: Int64]) -> Facet {
    func key(_ value: FacetValue) -> Int64 {
      let review = reviews[value.name] ?? ValueReviews()
      switch order {
      case .count, .name: return 0
      case .newest: return dates[value.name] ?? .min
      case .undecided: return Int64(value.count - review.decided)
      // Without a decision there is no share; of two equal shares the one of more decisions is better founded.
      case .confirmed:
        return review.decided == 0
          ? -1
          : Int64(review.confirmed) * 1_000_000 / Int64(review.decided) * 100_000_000
            + Int64(min(review.decided, 99_999_999))
      }
    }
    let sorted: [FacetValue]
    switch order {
    case .count: return self
    case .name:
      sorted = values.map { (Array($0.name.utf8), $0) }.sorted { $0.0.lexicographicallyPrecedes($1.0) }.map(\.1)
    default:
      sorted = values.enumerated().map { ($0.offset, key($0.element), $0.element) }.sorted { a, b in
        a.1 != b.1 ? a.1 > b.1 : a.0 < b.0
      }.map(\.2)
    }
    return Facet(subject, values: sorted, total: total)
  }
}
