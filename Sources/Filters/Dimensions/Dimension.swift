import CodeWords
import Listings
import Sentences
import Taxa

/// One way of looking at listings, described once: its values and how they are counted, its clause in the filter, its sort
/// order, its column, and the pane that lists its values.
///
/// Panes, their cycle, the table, the choice of orders, completion in the filter and `linsang stats` read `Dimension.all`. To
/// add one, write a file beside this one and put it into that list.
package struct Dimension: Sendable {
  /// A permanent name, by which sessions remember it: `platform`, `genus`.
  package let id: String
  private let name: ShownName
  /// The name of its clause: `platform` in `platform:ebay`.
  package let filterName: String
  /// The pane that lists its values; nil where none does.
  package var pane: PaneSlot?
  /// How listings are sorted by it; nil where they are not.
  package var order: Order?
  /// Its column in the table; nil where it has none.
  package var column: Column?
  /// Its values as a filter spells them, where they are always the same.
  package var words: [String]?
  /// What a facet of it counts; nil where it has no facet, or none without taxon tables.
  package let subject: @Sendable (TaxonTable?) -> FacetSubject?
  /// What must be known about all listings before its counts are complete.
  package var needs: Set<Need> = []

  /// - Parameters:
  ///   - filterName: nil uses the id.
  ///   - subject: what a facet counts, given the taxon tables if they are loaded.
  package init(
    _ id: String, title: Sentence, filterName: String? = nil,
    subject: @escaping @Sendable (TaxonTable?) -> FacetSubject? = { _ in nil }
  ) {
    self.id = id
    name = .ours(title)
    self.filterName = filterName ?? id
    self.subject = subject
  }

  /// A dimension of a column of the files, which gives it its name.
  package init(_ id: String, ofColumn name: String, subject: @escaping @Sendable (TaxonTable?) -> FacetSubject?) {
    self.id = id
    self.name = .theirs(name)
    filterName = name
    self.subject = subject
  }

  /// A dimension of the values of a dictionary field.
  package init(_ field: Field, title: Sentence) {
    self.init(field.rawValue, title: title, filterName: field.filterName) { _ in .field(field) }
    self.field = field
  }

  /// The heading of its pane: `Platform`.
  package var title: String { name.text }

  /// A name on the screen: one of ours, which can be translated, or as the files have it.
  fileprivate enum ShownName: Sendable {
    case ours(Sentence), theirs(String)

    var text: String {
      switch self {
      case .ours(let sentence): localized(sentence)
      case .theirs(let name): name
      }
    }
  }

  /// The field whose values it counts; nil for other dimensions.
  package private(set) var field: Field?

  /// A pane that lists values. Several dimensions may share one, and a key cycles through them.
  package enum PaneSlot: Hashable, Sendable { case platform, species, price, seller, term, risk }

  /// Work that must be finished before counts are complete.
  package enum Need: Hashable, Sendable { case codeWords, taxa, verdicts, earlierScrapes, duplicates, changes }

  /// How listings are sorted by a dimension.
  package struct Order: Sendable {
    /// What rows are sorted by.
    package let subject: SortOrder.Subject
    private let name: Sentence
    /// The label in the choice of orders: `seller alias`.
    package var label: String { localized(name) }
    /// Its position in that choice.
    package let rank: Int
    /// Whether it starts with the greatest value: risks, prices and dates are read from the top down.
    package let isDescendingFirst: Bool

    package init(_ subject: SortOrder.Subject, _ label: Sentence, rank: Int, isDescendingFirst: Bool = false) {
      self.subject = subject
      name = label
      self.rank = rank
      self.isDescendingFirst = isDescendingFirst
    }
  }

  /// The column of a dimension in the table of listings.
  package struct Column: Sendable {
    /// What a cell shows.
    package enum Cell: Hashable, Sendable {
      case field(Field), risk, price, day, title, since, copies
      /// Values that have a column only where the analyst wants one.
      case column(String), week, tags, reason, verdict
    }

    private let name: ShownName
    /// Above the column.
    package var heading: String { name.text }
    package let cell: Cell
    /// The width in cells, by the width of the table from which it applies, ascending.
    package let widths: [(from: Int, width: Int)]
    /// Its position from the left.
    package let rank: Int

    package init(_ heading: Sentence, _ cell: Cell, rank: Int, widths: [(from: Int, width: Int)]) {
      self.init(.ours(heading), cell, rank: rank, widths: widths)
    }

    fileprivate init(_ name: ShownName, _ cell: Cell, rank: Int, widths: [(from: Int, width: Int)]) {
      self.name = name
      self.cell = cell
      self.rank = rank
      self.widths = widths
    }

    /// Its width in a table of so many cells; nil where there is no room for it.
    package func width(in columns: Int) -> Int? { widths.last { $0.from <= columns }?.width }
  }
}

extension Dimension {
  /// The column that the table can show of it, also where none is shown unasked; nil where there is none.
  package var possibleColumn: Column? {
    if let column { return column }
    let widths = [(from: 0, width: 12)]
    if let field { return Column(.theirs(title.lowercased()), .field(field), rank: 90, widths: widths) }
    if let name = Self.columnName(ofID: id) { return Column(.theirs(name), .column(name), rank: 90, widths: widths) }
    switch id {
    case Self.week.id: return Column(Sentence("week"), .week, rank: 90, widths: [(0, 8)])
    case Self.tag.id: return Column(Sentence("tags"), .tags, rank: 90, widths: widths)
    case Self.reason.id: return Column(Sentence("reason"), .reason, rank: 90, widths: widths)
    case Self.verdict.id: return Column(Sentence("verdict"), .verdict, rank: 90, widths: [(0, 14)])
    default: return nil
    }
  }
}

extension Dimension: Equatable {
  /// By id, which is unique.
  package static func == (a: Dimension, b: Dimension) -> Bool { a.id == b.id }
}

extension Dimension {
  /// All dimensions. Those that share a pane are in the order of its cycle; statistics use this order too.
  package static let all: [Dimension] =
    [
      file, risk, verdict, price, platform, species, seller, posted, title, sinceLastTime, copies, country, language,
      currency,
      category,
      flagReason,
      intent, week, tag, reason, analyst, term, contact, payment, shipping,
    ] + taxonRanks + [appendix, chinaLevel]

  /// The dimension with an id.
  package static subscript(id: String) -> Dimension? {
    columnName(ofID: id).map { column($0) } ?? all.first { $0.id == id }
  }

  /// The dimensions of a pane, in the order of its cycle.
  package static func inPane(_ slot: PaneSlot) -> [Dimension] { all.filter { $0.pane == slot } }

  /// The dimension that each pane shows at first.
  package static let firstOfPanes: [Dimension] = {
    var seen: Set<PaneSlot> = []
    return all.filter { $0.pane.map { seen.insert($0).inserted } ?? false }
  }()

  /// The columns of the table from the left.
  package static let columns: [Dimension] = all.filter { $0.column != nil }.sorted {
    ($0.column?.rank ?? 0) < ($1.column?.rank ?? 0)
  }

  /// The orders to choose from.
  package static let orders: [Order] = all.compactMap(\.order).sorted { $0.rank < $1.rank }
}

extension SortOrder.Subject {
  /// Its label in the choice of orders.
  package var label: String { Dimension.orders.first { $0.subject == self }?.label ?? name }
}
