import Listings

/// Whether a listing meets a condition of the filter.
package struct ClauseExplanation: Equatable, Sendable {
  package let clause: Clause
  /// As a person would type it.
  package let text: String
  /// Whether the condition holds for the row.
  package let holds: Bool
  /// How many conditions it is a part of: 0 for one of the filter's own.
  package let depth: Int
}

extension FilterEvaluation {
  /// Whether a row meets each condition of a filter, and each part of those that have parts; nil when cancelled.
  ///
  /// Cost:   as much as the filter; what was answered before is looked up.
  package mutating func explanation(
    of filter: Filter, at row: Int, in subject: FilterSubject, _ cancellation: Cancellation? = nil
  ) -> [ClauseExplanation]? {
    var lines: [ClauseExplanation] = []
    for clause in filter.clauses {
      guard explain(clause, row, 0, subject, cancellation, &lines) else { return nil }
    }
    return lines
  }

  /// - Returns: false when cancelled.
  private mutating func explain(
    _ clause: Clause, _ row: Int, _ depth: Int, _ subject: FilterSubject, _ cancellation: Cancellation?,
    _ lines: inout [ClauseExplanation]
  ) -> Bool {
    guard let rows = rows(of: clause, in: subject, cancellation) else { return false }
    lines.append(
      ClauseExplanation(
        clause: clause, text: clause.text(inGroup: false), holds: rows.contains(row), depth: depth))
    let parts: [Clause]
    switch clause {
    case .any(let inner), .all(let inner): parts = inner
    case .not(.any(let inner)), .not(.all(let inner)): parts = inner
    default: parts = []
    }
    for part in parts {
      guard explain(part, row, depth + 1, subject, cancellation, &lines) else { return false }
    }
    return true
  }
}
