import Listings

/// Finds the rows for which a filter holds.
///
/// Keeps the rows of clauses it has answered, since one key press changes one clause of several.
/// Cost:  a counted field, price or time is 1-2 ms at a million rows; a word reads all titles and descriptions.
package struct FilterEvaluation: Sendable {
  private var known: [Clause: RowSet] = [:]
  // Held on to, so that no later dataset can take its address and be mistaken for it.
  private var knownFor: Dataset?
  private var knownNames: [Field: FacetNames] = [:]

  package init() {}

  /// The rows for which every clause holds; nil when cancelled.
  package mutating func rows(
    of filter: Filter, in subject: FilterSubject, _ cancellation: Cancellation? = nil
  ) -> RowSet? {
    var result = RowSet(allOf: subject.dataset.rowCount)
    for clause in filter.clauses {
      guard let rows = rows(of: clause, in: subject, cancellation) else { return nil }
      result.formIntersection(rows)
    }
    return result
  }

  /// The rows for which one clause holds, remembered unless it asks about decisions.
  mutating func rows(of clause: Clause, in subject: FilterSubject, _ cancellation: Cancellation?) -> RowSet? {
    turn(to: subject.dataset)
    if let rows = known[clause] { return rows }
    guard let rows = answer(clause, subject, cancellation) else { return nil }
    if !clause.asksAboutDecisions {
      // A dozen clauses is more than a person types; beyond that the oldest answers are not worth keeping.
      if known.count >= 24 { known = [:] }
      known[clause] = rows
    }
    return rows
  }

  /// The values of a field as facets count them, folded once per dataset.
  mutating func names(of field: Field, in dataset: Dataset) -> FacetNames {
    turn(to: dataset)
    if let names = knownNames[field] { return names }
    let names = FacetNames(of: field, in: dataset)
    knownNames[field] = names
    return names
  }

  private mutating func turn(to dataset: Dataset) {
    guard knownFor !== dataset else { return }
    known = [:]
    knownNames = [:]
    knownFor = dataset
  }

  private mutating func answer(_ clause: Clause, _ subject: FilterSubject, _ cancellation: Cancellation?) -> RowSet? {
    let dataset = subject.dataset
    switch clause {
    case .words(let words): return ClauseRows(dataset, cancellation).words(words)
    case .regex(let pattern): return ClauseRows(dataset, cancellation).regex(pattern)
    case .field(let field, let values): return ClauseRows(dataset, cancellation).field(field, values)
    case .column(let name, let values): return ClauseRows(dataset, cancellation).column(name, values)
    case .price(let tests): return ClauseRows(dataset, cancellation).price(tests)
    case .currency(let values): return ClauseRows(dataset, cancellation).currency(values)
    case .time(let field, let tests): return ClauseRows(dataset, cancellation).time(field, tests)
    case .file(let values): return ClauseRows(dataset, cancellation).file(values)
    case .state(let states):
      return states.reduce(RowSet(noneOf: dataset.rowCount)) { $0.union(subject.rows(in: $1)) }
    case .not(let inner): return rows(of: inner, in: subject, cancellation)?.complement
    case .all(let clauses):
      var result = RowSet(allOf: dataset.rowCount)
      for clause in clauses {
        guard let rows = rows(of: clause, in: subject, cancellation) else { return nil }
        result.formIntersection(rows)
      }
      return result
    case .any(let clauses):
      var result = RowSet(noneOf: dataset.rowCount)
      for clause in clauses {
        guard let rows = rows(of: clause, in: subject, cancellation) else { return nil }
        result.formUnion(rows)
      }
      return result
    }
  }
}

extension FilterSubject {
  func rows(in state: ListingState) -> RowSet {
    switch state {
    case .confirmed: confirmed
    case .falsePositive: falsePositive
    case .unsure: unsure
    case .unreviewed: reviewed.complement
    case .reviewed: reviewed
    case .marked: marked
    case .noted: noted
    }
  }
}

extension Clause {
  /// Whether the answer changes with verdicts, notes and marks, not with the dataset alone.
  package var asksAboutDecisions: Bool {
    switch self {
    case .state: true
    case .not(let clause): clause.asksAboutDecisions
    case .all(let clauses), .any(let clauses): clauses.contains(where: \.asksAboutDecisions)
    default: false
    }
  }
}
