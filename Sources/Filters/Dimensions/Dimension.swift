import CodeWords
import Listings
import Taxa

/// One way of looking at listings, described once: what its values are and how they are counted, how a filter asks for
/// them, how listings are sorted by it, which column shows it, and in which pane its values are listed.
///
/// Panes, their cycle, the table, the choice of orders, completion in the filter and `linsang stats` read `Dimension.all`.
/// A new one is a file beside this one and a place in that list.
package struct Dimension: Sendable {
  /// What it is remembered and asked for by, the same for good: `platform`, `genus`.
  package let id: String
  /// Above its pane: `Platform`.
  package let title: String
  /// The clause that asks for its values: `platform` in `platform:ebay`.
  package let filterName: String
  package var pane: PaneSlot?
  package var order: Order?
  package var column: Column?
  /// Its values where these are always the same ones, as a filter spells them.
  package var words: [String]?
  /// What its values are counted from; nil where they are not, or not without taxon tables.
  package let subject: @Sendable (TaxonTable?) -> FacetSubject?
  /// What has to be known of all listings before its counts are.
  package var needs: Set<Need> = []

  package init(
    _ id: String, title: String, filterName: String? = nil,
    subject: @escaping @Sendable (TaxonTable?) -> FacetSubject? = { _ in nil }
  ) {
    self.id = id
    self.title = title
    self.filterName = filterName ?? id
    self.subject = subject
  }

  /// The values of a counted field.
  package init(_ field: Field, title: String) {
    self.init(field.rawValue, title: title, filterName: field.filterName) { _ in .field(field) }
    self.field = field
  }

  /// The field whose values it counts; nil where it counts something else.
  package private(set) var field: Field?

  /// A place on the screen where values are listed. Several dimensions may share one: a key goes from one to the next.
  package enum PaneSlot: Hashable, Sendable { case platform, species, price, seller, term, risk }

  package enum Need: Hashable, Sendable { case codeWords, taxa, verdicts }

  /// How listings are sorted by it.
  package struct Order: Sendable {
    package let subject: SortOrder.Subject
    /// In the choice of orders: `seller alias`.
    package let label: String
    /// Its place in that choice.
    package let rank: Int
    /// Whether the greatest comes first when it is chosen: risks, prices and dates are wanted from the top down.
    package let isDescendingFirst: Bool

    package init(_ subject: SortOrder.Subject, _ label: String, rank: Int, isDescendingFirst: Bool = false) {
      self.subject = subject
      self.label = label
      self.rank = rank
      self.isDescendingFirst = isDescendingFirst
    }
  }

  /// Its column in the table of listings.
  package struct Column: Sendable {
    /// What stands in a cell.
    package enum Cell: Hashable, Sendable { case field(Field), risk, price, day, title }

    package let heading: String
    package let cell: Cell
    /// Cells that the column takes, from so many cells of the table on: the widest that applies.
    package let widths: [(from: Int, width: Int)]
    /// Its place from the left.
    package let rank: Int

    package init(_ heading: String, _ cell: Cell, rank: Int, widths: [(from: Int, width: Int)]) {
      self.heading = heading
      self.cell = cell
      self.rank = rank
      self.widths = widths
    }

    /// Nil where there is no room for it.
    package func width(in columns: Int) -> Int? { widths.last { $0.from <= columns }?.width }
  }
}

extension Dimension: Equatable {
  package static func == (a: Dimension, b: Dimension) -> Bool { a.id == b.id }
}

extension Dimension {
  /// All dimensions. Those that share a pane come in the order in which a key goes through them; statistics are listed
  /// in this order too.
  package static let all: [Dimension] =
    [
      file, risk, verdict, price, platform, species, seller, posted, title, country, language, category, flagReason,
      intent, term,
    ] + taxonRanks + [appendix, chinaLevel]

  package static subscript(id: String) -> Dimension? { all.first { $0.id == id } }

  /// Those that share a pane, in the order of its cycle.
  package static func inPane(_ slot: PaneSlot) -> [Dimension] { all.filter { $0.pane == slot } }

  /// What each pane shows as long as nobody chose otherwise.
  package static let firstOfPanes: [Dimension] = {
    var seen: Set<PaneSlot> = []
    return all.filter { $0.pane.map { seen.insert($0).inserted } ?? false }
  }()

  /// The columns of the table from the left.
  package static let columns: [Dimension] = all.filter { $0.column != nil }.sorted {
    ($0.column?.rank ?? 0) < ($1.column?.rank ?? 0)
  }

  /// The orders that can be chosen.
  package static let orders: [Order] = all.compactMap(\.order).sorted { $0.rank < $1.rank }
}

extension SortOrder.Subject {
  /// What it is called in the choice of orders.
  package var label: String { Dimension.orders.first { $0.subject == self }?.label ?? name }
}
