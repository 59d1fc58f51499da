// What has to be known before a filter can be answered, and what makes its answer old.

extension Filter {
  /// Whether verdicts, notes or marks change its answer.
  package var asksAboutDecisions: Bool { clauses.contains(where: \.asksAboutDecisions) }

  /// Whether it asks for what comes while rows are being flagged: risks, terms, the taxa of terms.
  package var asksAboutFlags: Bool { clauses.contains(where: \.asksAboutFlags) }

  /// Whether it asks for taxa, or where they stand: nothing is found before the tables are read.
  package var asksAboutTaxa: Bool { clauses.contains(where: \.asksAboutTaxa) }
}

extension Clause {
  /// Whether the answer changes with verdicts, notes and marks, not with the dataset alone.
  package var asksAboutDecisions: Bool { asks { if case .state = $0 { true } else { false } } }

  /// Whether the answer changes while rows are being flagged, and with the lexicons.
  package var asksAboutFlags: Bool {
    asks {
      switch $0 {
      case .risk, .term, .taxon, .protection: true
      case .state(let states): states.contains(.unreadable)
      default: false
      }
    }
  }

  /// Whether the answer changes with the tables of taxa.
  package var asksAboutTaxa: Bool {
    asks {
      switch $0 {
      case .taxon, .protection: true
      default: false
      }
    }
  }

  private func asks(_ about: (Clause) -> Bool) -> Bool {
    switch self {
    case .not(let clause): clause.asks(about)
    case .all(let clauses), .any(let clauses): clauses.contains { $0.asks(about) }
    default: about(self)
    }
  }
}
