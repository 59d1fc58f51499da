import CodeWords
import Listings
import Taxa

/// What a facet breaks the listings into.
package enum FacetSubject: Hashable, Sendable {
  /// The values of a field.
  case field(Field)
  /// The terms of the lexicons that count.
  case term
  /// Bands of risk.
  case risk
  /// Taxa of a rank.
  case taxon(TaxonGrouping)
  /// The levels of a list of protected taxa.
  case protection(ProtectionList)
  /// What was decided.
  case verdict

  // The fields that have a pane of their own.
  package static let platform = FacetSubject.field(.platform)
  package static let species = FacetSubject.field(.species)
  package static let sellerAlias = FacetSubject.field(.sellerAlias)

  /// The clause that asks for some of its values.
  func clause(_ values: [ValuePattern]) -> Clause {
    switch self {
    case .field(let field): .field(field, values)
    case .term: .term(values)
    case .risk: .risk(values.compactMap { RiskBand.test(of: $0) })
    case .taxon: .taxon(values.compactMap { TaxonGrouping.test(of: $0) })
    case .protection(let list): .protection(list, values.compactMap { list.test(of: $0) })
    case .verdict: .state(values.compactMap { VerdictValues.state(of: $0) })
    }
  }
}

extension Clause {
  /// The values that a clause asks for, if it is about this subject and nothing else.
  func values(of subject: FacetSubject) -> [ValuePattern]? {
    switch (self, subject) {
    case (.field(let asked, let values), .field(let field)) where asked == field: values
    case (.term(let values), .term): values
    case (.risk(let tests), .risk): tests.map { .exactly($0.text) }
    case (.taxon(let tests), .taxon(let grouping)): Self.all(tests.map { grouping.value(of: $0) })
    case (.protection(let asked, let tests), .protection(let list)) where asked == list:
      tests.map { list.value(of: $0) }
    case (.state(let states), .verdict): Self.all(states.map { VerdictValues.value(of: $0) })
    default: nil
    }
  }

  /// Nil where one of them is.
  private static func all(_ values: [ValuePattern?]) -> [ValuePattern]? {
    let known = values.compactMap { $0 }
    return known.count == values.count ? known : nil
  }
}

/// The bands in which risks are counted.
enum RiskBand {
  static let tests: [RiskTest] = [
    .range(80...100), .range(60...79), .range(40...59), .range(20...39), .range(1...19), .range(0...0), .unknown,
  ]

  static func test(of value: ValuePattern) -> RiskTest? {
    if case .exactly(let text) = value { RiskTest(typed: text) } else { nil }
  }
}

/// In how many listings of a row set a term counts.
struct TermCount: Sendable {
  let term: TermID
  let count: Int
}

extension Facet {
  /// The terms that count among rows, with how often each was right.
  init(_ counts: [TermCount], of subject: FilterSubject, among rows: RowSet) {
    let flags = subject.flags
    let confirmed = flags.listingCounts(among: subject.confirmed, subject.listings)
    let falsePositive = flags.listingCounts(among: subject.falsePositive, subject.listings)
    let values = counts.map { counted in
      FacetValue(
        name: flags.lexicons.labels[Int(counted.term.number)], count: counted.count,
        meaning: flags.lexicons[counted.term].denotes,
        record: TermRecord(
          confirmed: confirmed[Int(counted.term.number)], falsePositive: falsePositive[Int(counted.term.number)]))
    }
    self.init(.term, values: values, total: rows.count)
  }

  /// Bands of risk from the highest down, then the listings that are not readable by text; bands without any left out.
  init(riskOf subject: FilterSubject, among rows: RowSet) {
    let values = RiskBand.tests.map { test in
      FacetValue(
        name: test.text, count: subject.flags.rows([test], of: subject.dataset.rowCount).intersection(rows).count)
    }
    self.init(.risk, values: values.filter { $0.count > 0 }, total: rows.count)
  }
}
