import Listings

/// The values of a dimension that are known beforehand and few: verdicts, bands of risk, currencies. Each is what one
/// clause of the filter asks for, so that a dimension of this kind needs no code of its own to be counted.
///
/// Cost:   a facet answers one clause per value; meant for dozens of values, not thousands.
package struct ListedValues: Sendable {
  /// Identifies the dimension; two with the same id are equal.
  package let id: String
  /// Whether the facet lists values as given here; otherwise by falling count.
  let isOrdered: Bool
  /// The values that may occur; the empty text is "no value".
  let values: @Sendable (FilterSubject) -> [String]
  /// The clause that asks for some of the values.
  let clause: @Sendable ([ValuePattern]) -> Clause
  /// The values that a clause asks for; nil for clauses about something else.
  let asked: @Sendable (Clause) -> [ValuePattern]?
  /// A value as people read it.
  package let shownName: @Sendable (String) -> String
  /// Counts all values at once, in their order, where that is faster than a clause for each; nil when cancelled.
  var counts: (@Sendable (FilterSubject, RowSet, Cancellation?) -> [Int]?)?

  init(
    _ id: String, isOrdered: Bool = true, shownName: @escaping @Sendable (String) -> String = { $0 },
    values: @escaping @Sendable (Dataset) -> [String], clause: @escaping @Sendable ([ValuePattern]) -> Clause,
    asked: @escaping @Sendable (Clause) -> [ValuePattern]?
  ) {
    self.init(
      id, isOrdered: isOrdered, shownName: shownName, valuesOfSubject: { values($0.dataset) }, clause: clause,
      asked: asked)
  }

  init(
    _ id: String, isOrdered: Bool = true, shownName: @escaping @Sendable (String) -> String = { $0 },
    valuesOfSubject values: @escaping @Sendable (FilterSubject) -> [String],
    clause: @escaping @Sendable ([ValuePattern]) -> Clause,
    asked: @escaping @Sendable (Clause) -> [ValuePattern]?
  ) {
    self.id = id
    self.isOrdered = isOrdered
    self.values = values
    self.clause = clause
    self.asked = asked
    self.shownName = shownName
  }

  /// Whether listings of a dataset may have any of the values.
  package func mayOccur(in dataset: Dataset) -> Bool { !values(FilterSubject(dataset)).isEmpty }
}

extension ListedValues: Hashable {
  package static func == (a: ListedValues, b: ListedValues) -> Bool { a.id == b.id }
  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

extension FilterEvaluation {
  /// The facet of listed values over rows; values without rows are left out; nil when cancelled.
  mutating func facet(
    of listed: ListedValues, in subject: FilterSubject, among rows: RowSet, _ cancellation: Cancellation?
  ) -> Facet? {
    if let counts = listed.counts, subject.listingsCounted == nil {
      guard let counts = counts(subject, rows, cancellation) else { return nil }
      let values = zip(listed.values(subject), counts).filter { $0.1 > 0 }.map { FacetValue(name: $0, count: $1) }
      return Facet(.listed(listed), values: values, total: rows.count)
    }
    var values: [FacetValue] = []
    for name in listed.values(subject) {
      let clause = listed.clause([name.isEmpty ? .missing : .exactly(name)])
      guard let having = uncachedRows(of: clause, in: subject, cancellation) else { return nil }
      let count = subject.count(of: having.intersection(rows))
      if count > 0 { values.append(FacetValue(name: name, count: count)) }
    }
    if !listed.isOrdered { values.sort { ($1.count, $0.name) < ($0.count, $1.name) } }
    return Facet(.listed(listed), values: values, total: subject.count(of: rows))
  }
}
