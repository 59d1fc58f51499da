import Listings
import SmallFormats

/// The places of a listing, each with whose it is. They are never put together: where the seller is says nothing of where the
/// goods are.
package struct CasePlaces: Equatable, Sendable {
  package var seller: PlaceFacts?
  package var goods: PlaceFacts?
  /// Where the goods can be sent, or where a buyer is.
  package var delivery: PlaceFacts?
  /// Where the platform does business.
  package var platform: PlaceFacts?
  /// A place of which the file does not say whose it is.
  package var unnamed: PlaceFacts?

  package init() {}

  /// Whose places there can be, by the names under which `packet.json` has them.
  package static let roles: [(name: String, place: WritableKeyPath<CasePlaces, PlaceFacts?> & Sendable)] = [
    ("seller", \.seller), ("goods", \.goods), ("delivery", \.delivery), ("platform", \.platform),
    ("unnamed", \.unnamed),
  ]
}

/// One place, who says so, and where that was read.
package struct PlaceFacts: Equatable, Sendable {
  /// ISO 3166-1 alpha-2, or whatever the row's country cell says.
  package var country: String?
  /// As the row writes it.
  package var text: String?
  package var basis = LocationFacts.Basis.unknown
  /// The columns, or the table and the row of it.
  package var source = ""

  package init(
    country: String? = nil, text: String? = nil, basis: LocationFacts.Basis = .unknown, source: String = ""
  ) {
    (self.country, self.text, self.basis, self.source) = (country, text, basis, source)
  }
}

/// Why a table of columns of places cannot be used.
package struct PlaceColumnsProblem: Error, Equatable, Sendable {
  package let file: String
  package let line: Int
  package let why: String

  /// File, line, what is wrong, and what follows.
  package var sentence: String {
    "\(file), line \(line): \(why). No packet is written until that is mended: a place could be taken for another's."
  }
}

/// Which columns hold whose place.
package struct PlaceColumns: Equatable, Sendable {
  /// Whose place a column can hold.
  package enum Role: String, Sendable { case seller, goods, delivery }

  private var roles: [String: Role] = [:]

  package init() {}

  /// Adds the names of a file: TOML with a table for each role, `names` in each.
  ///
  /// Fails:  at the first thing that is unknown.
  package mutating func add(_ text: String, file: String) throws(PlaceColumnsProblem) {
    let content = SettingLines(text)
    if let first = content.problems.first {
      throw PlaceColumnsProblem(file: file, line: first.line, why: first.why)
    }
    for entry in content.entries where entry.value != .table {
      guard entry.path.count == 2, entry.path[1] == "names", let role = Role(rawValue: entry.path[0]),
        case .list(let names) = entry.value
      else {
        throw PlaceColumnsProblem(file: file, line: entry.line, why: "expected names of seller, goods or delivery")
      }
      for name in names { roles[Self.folded(name)] = role }
    }
  }

  /// Whose place a column holds; nil where its name does not say.
  package func role(of column: String) -> Role? { roles[Self.folded(column)] }

  /// A name as the tables of columns compare it.
  private static func folded(_ name: String) -> String {
    Folding.folded(name).filter { !$0.isWhitespace && !"_-.".contains($0) }
  }
}

extension CasePlaces {
  /// The places of a row.
  ///
  /// Shape:  of several cells of one role, those that are fields as the dataset has them come first; their texts are joined.
  ///
  /// - Parameter country: the country as the dataset keeps it.
  init(of cells: [RecordCell], country: String?, _ columns: PlaceColumns) {
    for cell in cells where !cell.text.isEmpty {
      let isPlace = cell.field == .country || cell.field == .location
      guard let role = columns.role(of: cell.name) else {
        if isPlace { take(cell, country, at: \.unnamed) }
        continue
      }
      // A column that a person gave another meaning keeps that.
      guard isPlace || cell.field == nil else { continue }
      switch role {
      case .seller: take(cell, country, at: \.seller)
      case .goods: take(cell, country, at: \.goods)
      case .delivery: take(cell, country, at: \.delivery)
      }
    }
  }

  private mutating func take(
    _ cell: RecordCell, _ country: String?, at place: WritableKeyPath<CasePlaces, PlaceFacts?>
  ) {
    var facts = self[keyPath: place] ?? PlaceFacts()
    let isCountry = cell.field == .country || Folding.folded(cell.name).contains("country") || Self.isCode(cell.text)
    if isCountry, facts.country == nil {
      facts.country = cell.field == .country ? country ?? cell.text : cell.text
    } else {
      facts.text = [facts.text, cell.text].compactMap { $0 }.joined(separator: "; ")
    }
    facts.source = facts.source.isEmpty ? "column \(cell.name)" : facts.source + ", column \(cell.name)"
    self[keyPath: place] = facts
  }

  private static func isCode(_ text: String) -> Bool {
    text.utf8.count == 2 && text.utf8.allSatisfy { (0x41...0x5a).contains($0) }
  }
}
