import Listings

// A choice in a facet is an edit of the filter's clauses; the typed text shows it.

/// How a facet's value stands in the filter.
package enum Choice: Equatable, Sendable {
  case open, chosen, excluded
}

extension Filter {
  /// The filter without its own clauses about a field, as its facet is counted.
  package func without(_ field: Field) -> Filter { Filter(clauses.filter { !$0.isAbout(field) }) }

  /// How a value of a field stands.
  package func choice(of name: String, in field: Field) -> Choice {
    for clause in clauses {
      if case .field(field, let values) = clause, values.contains(where: { $0.means(name) }) { return .chosen }
      if case .not(.field(field, let values)) = clause, values.contains(where: { $0.means(name) }) { return .excluded }
    }
    return .open
  }

  /// Chooses a value, or lets it go if it was chosen.
  package func toggling(_ name: String, in field: Field) -> Filter {
    setting(choice(of: name, in: field) == .chosen ? .open : .chosen, of: name, in: field)
  }

  /// Excludes a value, or lets it be if it was excluded.
  package func togglingExclusion(_ name: String, in field: Field) -> Filter {
    setting(choice(of: name, in: field) == .excluded ? .open : .excluded, of: name, in: field)
  }

  private func setting(_ choice: Choice, of name: String, in field: Field) -> Filter {
    let pattern = Self.pattern(name)
    var result = Filter(clauses.compactMap { $0.removing(name, from: field) })
    switch choice {
    case .open: return result
    case .chosen:
      if let index = result.clauses.firstIndex(where: { $0.isChoice(in: field) }),
        case .field(_, let values) = result.clauses[index]
      {
        result.clauses[index] = .field(field, values + [pattern])
      } else {
        result.clauses.append(.field(field, [pattern]))
      }
    case .excluded:
      if let index = result.clauses.firstIndex(where: { $0.isExclusion(in: field) }),
        case .not(.field(_, let values)) = result.clauses[index]
      {
        result.clauses[index] = .not(.field(field, values + [pattern]))
      } else {
        result.clauses.append(.not(.field(field, [pattern])))
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
    var result = without(.price)
    if let test { result.clauses.append(.price([test])) }
    return result
  }

  private static func pattern(_ name: String) -> ValuePattern { name.isEmpty ? .missing : .exactly(name) }
}

extension Clause {
  /// Whether the clause, negated or not, asks about one field and nothing else.
  func isAbout(_ field: Field) -> Bool {
    switch self {
    case .field(let asked, _), .time(let asked, _): asked == field
    case .price: field == .price
    case .not(let clause): clause.isAbout(field)
    default: false
    }
  }

  func isChoice(in field: Field) -> Bool {
    if case .field(field, _) = self { true } else { false }
  }

  func isExclusion(in field: Field) -> Bool {
    if case .not(.field(field, _)) = self { true } else { false }
  }

  /// The clause without one value; nil when nothing is left of it.
  func removing(_ name: String, from field: Field) -> Clause? {
    switch self {
    case .field(field, let values):
      let rest = values.filter { !$0.means(name) }
      return rest.isEmpty ? nil : .field(field, rest)
    case .not(.field(field, let values)):
      let rest = values.filter { !$0.means(name) }
      return rest.isEmpty ? nil : .not(.field(field, rest))
    default: return self
    }
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
