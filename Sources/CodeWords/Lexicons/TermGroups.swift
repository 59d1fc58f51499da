/// What `@name` stands for in the conditions of terms: `harmless` and `context` rows of that group, and a group of
/// exclusions of that name. Under `unless` both count; under `needs` the rows only.
///
/// Why: a group of exclusions is resolved into its words before lexicons are compiled, so that hits, reasons, citations and
/// what a change can reach are those of rows that list the words.
struct TermGroups {
  private let exclusions: [String: [Condition]]
  private let ofTerms: Set<String>

  init(_ terms: some Sequence<Term>, _ exclusions: [String: ExclusionGroup]) {
    self.exclusions = exclusions.mapValues { $0.words.map(Condition.word) }
    ofTerms = Set(terms.compactMap(\.group))
  }

  /// The term with the words of groups of exclusions in the place of their names.
  func resolved(_ term: Term) -> Term {
    guard term.unless.contains(where: { words(of: $0) != nil }) else { return term }
    var resolved = term
    resolved.unless = term.unless.flatMap { condition -> [Condition] in
      guard let words = words(of: condition) else { return [condition] }
      return isOfTerms(condition) ? [condition] + words : words
    }
    return resolved
  }

  /// Groups that a row names and that are not there.
  func problems(of term: Term) -> [LexiconProblem] {
    var unknown: [LexiconProblem.What] = []
    for case .group(let group) in term.needs where !ofTerms.contains(group) {
      unknown.append(exclusions[group] == nil ? .unknownGroup(group) : .neededGroupExcludes(group))
    }
    for case .group(let group) in term.unless where !ofTerms.contains(group) && exclusions[group] == nil {
      unknown.append(.unknownGroup(group))
    }
    return unknown.map {
      LexiconProblem(file: term.place.file, line: term.place.line, term: String(term.name.prefix(60)), what: $0)
    }
  }

  private func words(of condition: Condition) -> [Condition]? {
    if case .group(let group) = condition { exclusions[group] } else { nil }
  }

  private func isOfTerms(_ condition: Condition) -> Bool {
    if case .group(let group) = condition { ofTerms.contains(group) } else { false }
  }
}
