import CodeWords
import Listings
import Sentences
import Taxa

// Dimensions of fields.

extension Dimension {
  /// The platform or shop that shows the listing.
  static let platform = Dimension(
    .platform, title: Sentence("Platform"), pane: .platform, order: (Sentence("platform"), 40)
  )
  .with(Column(Sentence("platform"), .field(.platform), rank: 30, widths: [(46, 10), (110, 14)]))

  /// The species cell as written; `taxonRanks` are about what it means.
  static let species = Dimension(.species, title: Sentence("Species"), pane: .species, order: (Sentence("species"), 50))
    .with(Column(Sentence("species"), .field(.species), rank: 40, widths: [(96, 13), (104, 18), (120, 22)]))

  /// The seller's alias.
  static let seller = Dimension(
    .sellerAlias, title: Sentence("Seller"), pane: .seller, order: (Sentence("seller alias"), 60)
  )
  .with(Column(Sentence("seller"), .field(.sellerAlias), rank: 60, widths: [(88, 12), (110, 16)]))

  /// The language that the file gives for the listing.
  static let language = Dimension(.language, title: Sentence("Language"), pane: .platform)
  /// The platform's category.
  static let category = Dimension(.category, title: Sentence("Category"), pane: .platform)
  /// Why the scraper collected the listing, if it says so.
  static let flagReason = Dimension(.flagReason, title: Sentence("Flag reason"), pane: .platform)
  /// Whether the advert sells or wants, if the file says so.
  static let intent = Dimension(.intent, title: Sentence("Intent"), pane: .platform)

  /// A dimension of a field, listed in a pane.
  init(_ field: Field, title: Sentence, pane: PaneSlot, order: (label: Sentence, rank: Int)? = nil) {
    self.init(field, title: title)
    self.pane = pane
    self.order = order.map { Order(.field(field), $0.label, rank: $0.rank) }
  }

  /// The dimension with a column.
  func with(_ column: Column) -> Dimension {
    var dimension = self
    dimension.column = column
    return dimension
  }
}

// Dimensions with too many values to list one by one: they have an order, a column and a clause.

extension Dimension {
  /// The price in US dollars. Its pane is a histogram.
  static let price = {
    var dimension = Dimension("price", title: Sentence("Price"))
    dimension.order = Order(.price, Sentence("price in US dollars"), rank: 30, isDescendingFirst: true)
    dimension.column = Column(Sentence("price"), .price, rank: 50, widths: [(26, 9), (46, 12), (80, 14), (110, 16)])
    return dimension
  }()

  /// The date of the advert.
  static let posted = {
    var dimension = Dimension("posted", title: Sentence("Posted"))
    dimension.order = Order(.posted, Sentence("date posted"), rank: 70, isDescendingFirst: true)
    dimension.column = Column(Sentence("date"), .day, rank: 20, widths: [(62, 5), (110, 10)])
    return dimension
  }()

  /// The title, which always has a column.
  static let title = {
    var dimension = Dimension("title", title: Sentence("Title"))
    dimension.order = Order(.title, Sentence("title"), rank: 80)
    dimension.column = Column(Sentence("title"), .title, rank: 100, widths: [(0, 0)])
    return dimension
  }()

  /// The file and the row in it.
  static let file = {
    var dimension = Dimension("file", title: Sentence("File"))
    dimension.order = Order(.file, Sentence("file order"), rank: 10)
    return dimension
  }()
}

// What the lexicons say about a listing.

extension Dimension {
  /// Bands of risk.
  static let risk = {
    var dimension = Dimension("risk", title: Sentence("Risk")) { _ in .listed(.riskBands) }
    dimension.pane = .risk
    dimension.order = Order(.risk, Sentence("risk"), rank: 90, isDescendingFirst: true)
    dimension.column = Column(Sentence("risk"), .risk, rank: 10, widths: [(40, 4)])
    dimension.needs = [.codeWords]
    return dimension
  }()

  /// The terms that count.
  static let term = {
    var dimension = Dimension("term", title: Sentence("Terms")) { _ in .term }
    dimension.pane = .term
    dimension.needs = [.codeWords]
    return dimension
  }()
}

// The taxa that a listing's species cell and code words name, and how they are protected.

extension Dimension {
  /// The accepted species, and the ranks above it, as facets of the pane of species.
  static let taxonRanks: [Dimension] = [
    ("accepted-species", Sentence("Accepted species"), .species), ("genus", Sentence("Genus"), .genus),
    ("family", Sentence("Family"), .family),
    ("order", Sentence("Order"), .order), ("class", Sentence("Class"), .class),
  ].map { (id: String, title: Sentence, rank: TaxonRank) in
    var dimension = Dimension(id, title: title, filterName: "taxon") { table in
      table.map { .taxon(TaxonGrouping(rank, in: $0)) }
    }
    dimension.pane = .species
    dimension.needs = [.codeWords, .taxa]
    return dimension
  }

  /// The CITES appendix of its taxa.
  static let appendix = protection(
    .cites, title: Sentence("CITES appendix"), words: ["I", "II", "III", "none", "unknown"]
  ) {
    $0.pane = .species
  }

  /// The level of its taxa in China's list of protected wild animals.
  static let chinaLevel = protection(.china, title: Sentence("Level in China"), words: ["1", "2", "none", "unknown"])

  /// A dimension of a list of protected taxa.
  private static func protection(
    _ list: ProtectionList, title: Sentence, words: [String], _ further: (inout Dimension) -> Void = { _ in }
  ) -> Dimension {
    var dimension = Dimension(list.filterName, title: title) { table in table.map { _ in .protection(list) } }
    dimension.words = words
    dimension.needs = [.codeWords, .taxa]
    further(&dimension)
    return dimension
  }
}

extension Dimension {
  /// The analysts' verdicts.
  static let verdict = {
    var dimension = Dimension("verdict", title: Sentence("Verdict"), filterName: "is") { _ in .listed(.verdicts) }
    dimension.pane = .risk
    dimension.order = Order(.verdict, Sentence("verdict"), rank: 20)
    dimension.words = ListingState.allCases.map(\.rawValue)
    dimension.needs = [.verdicts]
    return dimension
  }()
}

extension ListedValues {
  /// Bands of risk from the highest down, then unknown risks.
  package static let riskBands: ListedValues = {
    let tests: [RiskTest] = [
      .range(80...100), .range(60...79), .range(40...59), .range(20...39), .range(1...19), .range(0...0), .unknown,
    ]
    var bands = ListedValues(
      "risk",
      shownName: { text in
        if text == "unknown" { return localized("not readable by text") }
        let ends = text.split(separator: ".")
        return ends.count == 2 ? localized("\(ends[0]) to \(ends[1])", context: "a band of risks") : text
      },
      values: { _ in tests.map(\.text) },
      clause: { .risk($0.compactMap { if case .exactly(let text) = $0 { RiskTest(typed: text) } else { nil } }) },
      asked: { if case .risk(let tests) = $0 { tests.map { .exactly($0.text) } } else { nil } })
    bands.counts = { subject, rows, cancellation in
      guard let counts = subject.flags.riskCounts(among: rows, cancellation) else { return nil }
      return tests.map { test in
        if case .range(let range) = test { counts.values[range].reduce(0, +) } else { counts.unreadable }
      }
    }
    return bands
  }()

  /// Verdicts: each listing has exactly one.
  package static let verdicts: ListedValues = {
    let states: [ListingState] = [.confirmed, .falsePositive, .unsure, .unreviewed]
    return ListedValues(
      "verdict", shownName: ListingState.shownName, values: { _ in states.map(\.rawValue) },
      clause: { patterns in
        .state(
          patterns.compactMap { pattern in states.first { pattern == .exactly($0.rawValue) } })
      },
      asked: { clause in
        guard case .state(let asked) = clause else { return nil }
        // `marked` and the like are states, but no verdicts.
        return ValuePattern.all(asked.map { states.contains($0) ? .exactly($0.rawValue) : nil })
      })
  }()
}

extension FacetSubject {
  package static let risk = FacetSubject.listed(.riskBands)
  package static let verdict = FacetSubject.listed(.verdicts)
}
