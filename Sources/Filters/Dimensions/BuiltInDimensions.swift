import CodeWords
import Listings
import Taxa

// Dimensions of fields.

extension Dimension {
  /// The platform or shop that shows the listing.
  static let platform = Dimension(.platform, title: "Platform", pane: .platform, order: ("platform", 40))
    .with(Column("platform", .field(.platform), rank: 30, widths: [(46, 10), (110, 14)]))

  /// The species cell as written; `taxonRanks` are about what it means.
  static let species = Dimension(.species, title: "Species", pane: .species, order: ("species", 50))
    .with(Column("species", .field(.species), rank: 40, widths: [(54, 13), (90, 18), (110, 22)]))

  /// The seller's alias.
  static let seller = Dimension(.sellerAlias, title: "Seller", pane: .seller, order: ("seller alias", 60))
    .with(Column("seller", .field(.sellerAlias), rank: 60, widths: [(80, 12), (110, 16)]))

  /// The language that the file gives for the listing.
  static let language = Dimension(.language, title: "Language", pane: .platform)
  /// The platform's category.
  static let category = Dimension(.category, title: "Category", pane: .platform)
  /// Why the scraper collected the listing, if it says so.
  static let flagReason = Dimension(.flagReason, title: "Flag reason", pane: .platform)
  /// Whether the advert sells or wants, if the file says so.
  static let intent = Dimension(.intent, title: "Intent", pane: .platform)

  /// A dimension of a field, listed in a pane.
  init(_ field: Field, title: String, pane: PaneSlot, order: (label: String, rank: Int)? = nil) {
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
    var dimension = Dimension("price", title: "Price")
    dimension.order = Order(.price, "price in US dollars", rank: 30, isDescendingFirst: true)
    dimension.column = Column("price", .price, rank: 50, widths: [(26, 9), (46, 12), (80, 14), (110, 16)])
    return dimension
  }()

  /// The date of the advert.
  static let posted = {
    var dimension = Dimension("posted", title: "Posted")
    dimension.order = Order(.posted, "date posted", rank: 70, isDescendingFirst: true)
    dimension.column = Column("date", .day, rank: 20, widths: [(62, 5), (110, 10)])
    return dimension
  }()

  /// The title, which always has a column.
  static let title = {
    var dimension = Dimension("title", title: "Title")
    dimension.order = Order(.title, "title", rank: 80)
    dimension.column = Column("title", .title, rank: 100, widths: [(0, 0)])
    return dimension
  }()

  /// The file and the row in it.
  static let file = {
    var dimension = Dimension("file", title: "File")
    dimension.order = Order(.file, "file order", rank: 10)
    return dimension
  }()
}

// What the lexicons say about a listing.

extension Dimension {
  /// Bands of risk.
  static let risk = {
    var dimension = Dimension("risk", title: "Risk") { _ in .risk }
    dimension.pane = .risk
    dimension.order = Order(.risk, "risk", rank: 90, isDescendingFirst: true)
    dimension.column = Column("risk", .risk, rank: 10, widths: [(40, 4)])
    dimension.needs = [.codeWords]
    return dimension
  }()

  /// The terms that count.
  static let term = {
    var dimension = Dimension("term", title: "Terms") { _ in .term }
    dimension.pane = .term
    dimension.needs = [.codeWords]
    return dimension
  }()
}

// The taxa that a listing's species cell and code words name, and how they are protected.

extension Dimension {
  /// The accepted species, and the ranks above it, as facets of the pane of species.
  static let taxonRanks: [Dimension] = [
    ("accepted-species", "Accepted species", .species), ("genus", "Genus", .genus), ("family", "Family", .family),
    ("order", "Order", .order), ("class", "Class", .class),
  ].map { (id: String, title: String, rank: TaxonRank) in
    var dimension = Dimension(id, title: title, filterName: "taxon") { table in
      table.map { .taxon(TaxonGrouping(rank, in: $0)) }
    }
    dimension.pane = .species
    dimension.needs = [.codeWords, .taxa]
    return dimension
  }

  /// The CITES appendix of its taxa.
  static let appendix = protection(.cites, title: "CITES appendix", words: ["I", "II", "III", "none", "unknown"]) {
    $0.pane = .species
  }

  /// The level of its taxa in China's list of protected wild animals.
  static let chinaLevel = protection(.china, title: "Level in China", words: ["1", "2", "none", "unknown"])

  /// A dimension of a list of protected taxa.
  private static func protection(
    _ list: ProtectionList, title: String, words: [String], _ further: (inout Dimension) -> Void = { _ in }
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
    var dimension = Dimension("verdict", title: "Verdict", filterName: "is") { _ in .verdict }
    dimension.pane = .risk
    dimension.order = Order(.verdict, "verdict", rank: 20)
    dimension.words = ListingState.allCases.map(\.rawValue)
    dimension.needs = [.verdicts]
    return dimension
  }()
}

/// Verdicts as values of a facet: each listing has exactly one.
enum VerdictValues {
  /// In the order in which the facet lists them.
  static let states: [ListingState] = [.confirmed, .falsePositive, .unsure, .unreviewed]

  /// The value of a verdict; nil for other states, such as `marked`.
  static func value(of state: ListingState) -> ValuePattern? { states.contains(state) ? .exactly(state.rawValue) : nil }

  /// The verdict of a value; nil for other values.
  static func state(of value: ValuePattern) -> ListingState? {
    guard case .exactly(let name) = value else { return nil }
    return ListingState(rawValue: name).flatMap { states.contains($0) ? $0 : nil }
  }
}

extension Facet {
  /// How many rows have each verdict, in a fixed order; verdicts without rows are left out.
  init(verdictsOf subject: FilterSubject, among rows: RowSet) {
    let values = VerdictValues.states.map { state in
      FacetValue(name: state.rawValue, count: subject.rows(in: state).intersection(rows).count)
    }
    self.init(.verdict, values: values.filter { $0.count > 0 }, total: rows.count)
  }
}
