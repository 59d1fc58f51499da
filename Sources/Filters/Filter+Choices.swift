import Listings

// A choice in a facet edits the filter's clauses, and the typed text shows it.

/// What the filter says about a value of a facet.
package enum Choice: Equatable, Sendable {
  /// `open`: nothing.
  case open, chosen, excluded
}

extension Filter {
  /// The filter without its own clauses about a subject, under which that subject's facet is counted.
  ///
  /// Shape:  clauses inside brackets or alternatives stay, since they are about more than one subject.
  package func without(_ subject: FacetSubject) -> Filter { Filter(clauses.filter { !$0.isAbout(subject) }) }

  /// The filter without its price clauses, under which the histogram is counted.
  package var withoutPrices: Filter { Filter(clauses.filter { !$0.isAboutPrice }) }

  /// The filter without what flagging can change: it holds for every row for which the whole one can hold some day.
  var withoutFlags: Filter { Filter(clauses.compactMap(\.withoutFlags)) }

  /// What the filter says about a value.
  ///
  /// Shape:  the first clause that names the value decides.
  /// Limits: case, width and accents make no difference; the empty name means listings without a value.
  package func choice(of name: String, in subject: FacetSubject) -> Choice {
    for clause in clauses {
      if clause.values(of: subject)?.contains(where: { $0.means(name) }) == true { return .chosen }
      if clause.excludedValues(of: subject)?.contains(where: { $0.means(name) }) == true { return .excluded }
    }
    return .open
  }

  /// The values that are chosen or excluded by exact name.
  ///
  /// Shape:  in the order of the clauses, as spelt there; the empty name stands for listings without a value.
  package func chosenNames(in subject: FacetSubject) -> [String] {
    clauses.flatMap { $0.values(of: subject) ?? $0.excludedValues(of: subject) ?? [] }.compactMap { pattern in
      switch pattern {
      case .exactly(let name): name
      case .missing: ""
      case .containing, .glob, .listed: nil
      }
    }
  }

  /// The filter with a value chosen, or no longer chosen if it was.
  ///
  /// Shape:  a value that was excluded becomes chosen. It joins the first clause that chooses values of the subject,
  ///         else a new clause at the end.
  package func toggling(_ name: String, in subject: FacetSubject) -> Filter {
    setting(choice(of: name, in: subject) == .chosen ? .open : .chosen, of: name, in: subject)
  }

  /// The filter with a value excluded, or no longer excluded if it was.
  ///
  /// Shape:  a value that was chosen becomes excluded. It joins the first clause that excludes values of the subject,
  ///         else a new clause at the end.
  package func togglingExclusion(_ name: String, in subject: FacetSubject) -> Filter {
    setting(choice(of: name, in: subject) == .excluded ? .open : .excluded, of: name, in: subject)
  }

  /// The filter with a value open, chosen or excluded. Clauses about the same subject are extended where there are some.
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

  /// The price range in US dollars, if the filter has exactly one.
  ///
  /// Shape:  nil where no clause is one range in US dollars; a nil bound is open.
  /// Limits: of several such clauses the first; negated clauses do not count.
  package var priceRange: (low: Amount?, high: Amount?)? {
    for clause in clauses {
      if case .price(let tests) = clause, tests.count == 1, case .range(let low, let high, nil) = tests[0] {
        return (low, high)
      }
    }
    return nil
  }

  /// The filter with one price clause in place of all others; nil removes them.
  ///
  /// Shape:  the new clause comes last.
  package func pricing(_ test: PriceTest?) -> Filter {
    var result = withoutPrices
    if let test { result.clauses.append(.price([test])) }
    return result
  }
}

extension Clause {
  /// Whether the clause, negated or not, is about one subject alone.
  func isAbout(_ subject: FacetSubject) -> Bool {
    if case .not(let clause) = self { clause.isAbout(subject) } else { values(of: subject) != nil }
  }

  /// Whether the clause, negated or not, is about prices.
  var isAboutPrice: Bool {
    switch self {
    case .price: true
    case .not(let clause): clause.isAboutPrice
    default: false
    }
  }

  /// The part that flagging cannot change, which holds wherever the clause can; nil where there is none.
  fileprivate var withoutFlags: Clause? {
    guard asksAboutFlags else { return self }
    guard case .all(let clauses) = self else { return nil }
    let rest = clauses.compactMap(\.withoutFlags)
    return rest.isEmpty ? nil : .all(rest)
  }

  /// The values that a negated clause excludes; nil for other clauses.
  func excludedValues(of subject: FacetSubject) -> [ValuePattern]? {
    if case .not(let clause) = self { clause.values(of: subject) } else { nil }
  }

  /// The clause without a value; nil when no value is left.
  ///
  /// Shape:  a clause about something else, or without the value, comes back as it is.
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
  /// Whether the pattern asks for exactly this value, in any spelling.
  ///
  /// Shape:  false for parts and patterns with `*`, even if the value satisfies them.
  func means(_ name: String) -> Bool {
    switch self {
    case .missing: name.isEmpty
    case .exactly(let value): value.isEmpty == name.isEmpty && Folding.folded(value) == Folding.folded(name)
    case .containing, .glob, .listed: false
    }
  }
}
