import Listings

// A choice in a facet is an edit of the filter's clauses; the typed text shows it.

/// How a facet's value stands in the filter.
package enum Choice: Equatable, Sendable {
  case open, chosen, excluded
}

extension Filter {
  /// The filter without its own clauses about a facet's subject, as that facet is counted.
  package func without(_ subject: FacetSubject) -> Filter { Filter(clauses.filter { !$0.isAbout(subject) }) }

  var withoutPrices: Filter { Filter(clauses.filter { !$0.isAboutPrice }) }

  /// How a value of a facet stands.
  package func choice(of name: String, in subject: FacetSubject) -> Choice {
    for clause in clauses {
      if clause.values(of: subject)?.contains(where: { $0.means(name) }) == true { return .chosen }
      if clause.excludedValues(of: subject)?.contains(where: { $0.means(name) }) == true { return .excluded }
    }
    return .open
  }

  /// The values that are chosen or excluded by their exact name.
  package func chosenNames(in subject: FacetSubject) -> [String] {
    clauses.flatMap { $0.values(of: subject) ?? $0.excludedValues(of: subject) ?? [] }.compactMap { pattern in
      switch pattern {
      case .exactly(let name): name
      case .missing: ""
      case .containing, .glob: nil
      }
    }
  }

  /// Chooses a value, or lets it go if it was chosen.
  package func toggling(_ name: String, in subject: FacetSubject) -> Filter {
    setting(choice(of: name, in: subject) == .chosen ? .open : .chosen, of: name, in: subject)
  }

  /// Excludes a value, or lets it be if it was excluded.
  package func togglingExclusion(_ name: String, in subject: FacetSubject) -> Filter {
    setting(choice(of: name, in: subject) == .excluded ? .open : .excluded, of: name, in: subject)
  }

  private func setting(_ choice: Choice, of name: String, in subject: FacetSubject) -> Filter {
    let pattern: ValuePattern = name.isEmpty ? .missing : .exactly(name)
    var result = Filter(clauses.compactMap { $0.removing(name, from: subject) })
    switch choice {
    case .open: return result
    case .chosen:
      if let index = result.clauses.firstIndex(where: { $0.values(of: subject) != nil }) {
        result.clauses[index] = subject.clause((result.clauses[index].values(of: subject) ?? []) + [pattern])
      } else {
        result.clauses.append(subject.clause([pattern]))
      }
    case .excluded:
      if let index = result.clauses.firstIndex(where: { $0.excludedValues(of: subject) != nil }) {
        let values = (result.clauses[index].excludedValues(of: subject) ?? []) + [pattern]
        result.clauses[index] = .not(subject.clause(values))
      } else {
        result.clauses.append(.not(subject.clause([pattern])))
      }
    }
    return result
  }

  /// The price range in US dollars that is in force, if the filter has exactly one.
  package var priceRange: (low: Amount?, high: Amount?)? {
    for clause in clauses {
      if case .price(let tests) = clause, tests.count == 1, case .range(let low, let high, nil) = tests[0] {
        return (low, high)
      }
    }
    return nil
  }

  /// The filter with one price clause in place of all it had; nil takes them away.
  package func pricing(_ test: PriceTest?) -> Filter {
    var result = withoutPrices
    if let test { result.clauses.append(.price([test])) }
    return result
  }
}

extension Clause {
  /// Whether the clause, negated or not, asks about one subject and nothing else.
  func isAbout(_ subject: FacetSubject) -> Bool {
    if case .not(let clause) = self { clause.isAbout(subject) } else { values(of: subject) != nil }
  }

  var isAboutPrice: Bool {
    switch self {
    case .price: true
    case .not(let clause): clause.isAboutPrice
    default: false
    }
  }

  /// The values that a negated clause excludes.
  func excludedValues(of subject: FacetSubject) -> [ValuePattern]? {
    if case .not(let clause) = self { clause.values(of: subject) } else { nil }
  }

  /// The clause without one value; nil when nothing is left of it.
  func removing(_ name: String, from subject: FacetSubject) -> Clause? {
    if let values = values(of: subject) {
      let rest = values.filter { !$0.means(name) }
      return rest.isEmpty ? nil : rest.count == values.count ? self : subject.clause(rest)
    }
    guard let values = excludedValues(of: subject) else { return self }
    let rest = values.filter { !$0.means(name) }
    return rest.isEmpty ? nil : rest.count == values.count ? self : .not(subject.clause(rest))
  }
}

extension ValuePattern {
  /// Whether the pattern asks for exactly this value, in whatever spelling.
  func means(_ name: String) -> Bool {
    switch self {
    case .missing: name.isEmpty
    case .exactly(let value): value.isEmpty == name.isEmpty && Folding.folded(value) == Folding.folded(name)
    case .containing, .glob: false
    }
  }
}
