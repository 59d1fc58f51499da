import Listings

/// What is wrong with a file as a whole, by what its columns were taken for.
enum FileProblems {
  /// Rules:  a file of which no column is known is told so; so is one that has neither title nor description, since no
  ///         lexicon can read it.
  static func ofColumns(_ findings: [ColumnFinding], file: String) -> [IntakeProblem] {
    let offered = findings.first(where: \.isOffered)?.name
    if !findings.isEmpty, findings.allSatisfy({ $0.field == nil }) {
      return [IntakeProblem(file: file, what: .noKnownColumn(offered: offered))]
    }
    let hasText = findings.contains { $0.field == .title || $0.field == .description }
    return hasText || findings.isEmpty ? [] : [IntakeProblem(file: file, what: .noTextColumn(offered: offered))]
  }
}
