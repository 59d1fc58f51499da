import Listings
import Sentences

/// Decides whether the first records of a file name its columns, and what is above them, from all sampled records.
///
/// Shape:  header cells differ from those below: they are words where numbers, prices, addresses or times follow, they
///         are known names, and they are not values of their own column. All evidence for a header is weighed against
///         all evidence for a listing. In doubt the record is a listing, since a listing taken for a header is lost.
///         Lines above a header are only skipped where a header was found below them.
/// Cost:   classifies every sampled cell of up to `maximumColumnCount` columns.
struct HeaderEvidence {
  /// What was decided, and why.
  struct Decision: Equatable {
    /// The record that names the columns, from 0; nil where none does.
    var header: Int?
    /// How many records above the header are not listings.
    var preamble: Int { header ?? 0 }
    /// In words for people: "line 1 names the columns: title, price and url are known names".
    var why: Sentence
  }

  /// How many records above a header are considered.
  static let maximumPreamble = 20

  private let mapping: ColumnMapping

  init(mapping: ColumnMapping) { self.mapping = mapping }

  /// The decision for a file.
  ///
  /// Shape:  the first record, unless it is too narrow to be one and a record below it is a header beyond doubt.
  ///
  /// - Parameter records: the first records of the file, the last of which may be cut.
  func decision(of records: [[String]]) -> Decision {
    guard let first = records.first else { return Decision(header: nil, why: "") }
    let width = Self.usualWidth(records)
    let atTop = weigh(first, over: Array(records.dropFirst()))
    // Titles and notes fill only a cell or two of a line.
    func isFull(_ record: [String]) -> Bool { record.count == width && 2 * Self.filled(record) >= min(width, 12) }
    if width < 2 || isFull(first) { return decision(atTop, index: 0) }
    guard let index = records.prefix(Self.maximumPreamble + 1).firstIndex(where: isFull) else {
      return decision(atTop, index: 0)
    }
    let below = weigh(records[index], over: Array(records.dropFirst(index + 1)))
    return below.isHeader && below.speaks ? decision(below, index: index) : decision(atTop, index: 0)
  }

  /// Evidence from outside the texts, such as bold type in a sheet: points, and the reason.
  typealias Hint = (points: Int, why: Sentence)

  /// Whether one record names the columns of those below it.
  ///
  /// - Parameter name: how the reason refers to it.
  func judge(_ record: [String], over rest: [[String]], named name: Sentence, hints: [Hint]) -> Decision {
    var weight = weigh(record, over: rest)
    for hint in hints { weight.header(hint.points, hint.why) }
    return decision(weight, index: 0, named: name)
  }

  /// How many cells have content.
  private static func filled(_ record: [String]) -> Int { record.count { !$0.allSatisfy(\.isWhitespace) } }

  /// Turns a weight into a decision with its sentence.
  ///
  /// - Parameter name: how the sentence refers to the record; by default, by its number.
  private func decision(_ weighed: Weight, index: Int, named name: Sentence? = nil) -> Decision {
    let line = name ?? (index == 0 ? Sentence("the first record") : Sentence("record \(index + 1)"))
    let why = weighed.reasons(isHeader: weighed.isHeader)
    return weighed.isHeader
      ? Decision(header: index, why: Sentence("\(line) names the columns: \(why, by: "; ")"))
      : Decision(header: nil, why: Sentence("\(line) is a listing: \(why, by: "; ")"))
  }

  /// The number of cells that most records have; the larger one in a tie.
  static func usualWidth(_ records: [[String]]) -> Int {
    var tally: [Int: Int] = [:]
    for record in records { tally[record.count, default: 0] += 1 }
    return tally.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
  }

  // MARK: Weighing

  /// The evidence for a header and for a listing, in points, with reasons.
  struct Weight {
    private(set) var header = 0
    private(set) var listing = 0
    private var forHeader: [Sentence] = []
    private var forListing: [Sentence] = []
    /// The decision where there is no evidence at all.
    var isHeaderInDoubt = false

    /// Adds evidence for a header.
    mutating func header(_ points: Int, _ why: Sentence) {
      header += points
      if !forHeader.contains(why) { forHeader.append(why) }
    }

    /// Adds evidence for a listing.
    mutating func listing(_ points: Int, _ why: Sentence) {
      listing += points
      if !forListing.contains(why) { forListing.append(why) }
    }

    var speaks: Bool { header + listing > 0 }
    var isHeader: Bool { speaks ? header > listing : isHeaderInDoubt }

    /// The first two reasons for what was decided.
    func reasons(isHeader: Bool) -> [Sentence] {
      let said = isHeader ? forHeader : forListing
      if said.isEmpty {
        return [isHeader ? Sentence("its cells are short words") : Sentence("nothing in it speaks for a header")]
      }
      return Array(said.prefix(2))
    }
  }

  /// What a single cell looks like.
  private enum Kind: String { case empty, number, price, address, time, text }

  /// What a cell looks like, disregarding marks for missing values.
  private func kind(_ cell: String) -> Kind { kind(ofValue: ColumnSample.value(cell)) }

  /// The same for a cell without blanks at its ends.
  ///
  /// Shape:  numbers, times and prices have a digit or a character beyond ASCII.
  private func kind(ofValue value: String) -> Kind {
    if value.isEmpty { return .empty }
    let traits = mapping.values.facts(of: value).traits
    if !traits.isDisjoint(with: [.address, .path]) { return .address }
    guard value.utf8.contains(where: { $0.isDigit || $0 >= 0x80 }) else { return .text }
    if traits.contains(.number) { return .number }
    if traits.contains(.time) { return .time }
    return traits.contains(.markedAmount) ? .price : .text
  }

  /// Further columns are ignored: they would say the same.
  private static let maximumColumnCount = 400

  /// Weighs one record against those below it, column by column.
  ///
  /// Shape:  known names weigh most, then columns of one kind below a word. Without evidence, short cells decide.
  private func weigh(_ whole: [String], over rest: [[String]]) -> Weight {
    var weight = Weight()
    let first = Array(whole.prefix(Self.maximumColumnCount))
    let body = rest.filter { $0 != whole }.map { Array($0.prefix(Self.maximumColumnCount)) }
    weighNames(first, &weight)
    for column in first.indices {
      weighColumn(first[column], body.compactMap { column < $0.count ? $0[column] : nil }, column + 1, &weight)
    }
    if body.isEmpty {
      weight.isHeaderInDoubt = !first.contains { kind($0) != .text && kind($0) != .empty }
    } else {
      weight.isHeaderInDoubt = isShort(first, beside: body)
    }
    return weight
  }

  /// Weighs known column names, and those that `--map` mentions.
  ///
  /// Shape:  3 points per known name up to 12, and 9 for a name in `--map`.
  private func weighNames(_ cells: [String], _ weight: inout Weight) {
    let chosen = Set(mapping.chosen.values.map(FieldNames.plain))
    if let named = cells.first(where: { chosen.contains(FieldNames.plain($0)) }) {
      weight.header(9, Sentence("--map names “\(named.prefix(24))”"))
    }
    let known = cells.filter { cell in
      guard kind(cell) == .text, let claim = mapping.names.claim(of: cell) else { return false }
      return claim.rank <= FieldNames.lastCertainRank
    }
    guard !known.isEmpty else { return }
    let names = Set(known).sorted().prefix(3).map { "“\($0.prefix(24))”" }.joined(separator: ", ")
    weight.header(
      3 * min(4, Set(known).count),
      known.count == 1 ? Sentence("\(names) is a known name") : Sentence("\(names) are known names"))
  }

  /// Weighs one cell of the record against the values below it.
  ///
  /// Shape:  a value that resembles those below, or occurs among them, speaks for a listing; a word above numbers, prices,
  ///         addresses or times for a header. So does a word above values of a single other length.
  private func weighColumn(_ cell: String, _ below: [String], _ number: Int, _ weight: inout Weight) {
    let kind = kind(cell)
    guard kind != .empty else { return }
    let values = below.map { ColumnSample.value($0) }.filter { !$0.isEmpty }
    let usual = usualKind(values)
    if kind != .text {
      let isLike = usual.map { Self.areAlike(kind, $0) } ?? false
      let shown = cell.prefix(24)
      weight.listing(
        isLike ? 3 : 2,
        isLike
          ? Sentence("“\(shown)” is \(Self.name(kind)), as below it") : Sentence("“\(shown)” is \(Self.name(kind))"))
    } else if let usual, usual != .text, values.count >= 2 {
      weight.header(2, Sentence("column \(number) holds \(Self.names(usual)) below “\(cell.prefix(24))”"))
    } else if let length = values.first?.count, values.count >= 12, cell.count != length,
      values.allSatisfy({ $0.count == length }), Set(values.prefix(12)).count > 2
    {
      weight.header(2, Sentence("all below “\(cell.prefix(24))” are \(length) characters long"))
    } else if Self.occurs(ColumnSample.value(cell), in: values) {
      weight.listing(3, Sentence("“\(cell.prefix(24))” is also a value below it"))
    }
    if cell.utf8.count > 120 || cell.split(whereSeparator: \.isWhitespace).count > 9 {
      weight.listing(2, Sentence("a cell holds a long text"))
    }
  }

  /// Whether a cell occurs among the first 400 values below it.
  private static func occurs(_ cell: String, in values: [String]) -> Bool { values.prefix(400).contains(cell) }

  /// The kind of four out of five values; nil where they differ.
  private func usualKind(_ values: [String]) -> Kind? {
    guard !values.isEmpty else { return nil }
    var tally: [Kind: Int] = [:]
    for value in values { tally[kind(ofValue: value), default: 0] += 1 }
    // Prices are written with and without their currency.
    let amounts = tally[.number, default: 0] + tally[.price, default: 0]
    if amounts * 5 >= values.count * 4 { return tally[.price, default: 0] > 0 ? .price : .number }
    return tally.first { $0.value * 5 >= values.count * 4 }?.key
  }

  /// Whether two kinds may occur in one column: prices come with and without their currency.
  private static func areAlike(_ one: Kind, _ other: Kind) -> Bool {
    one == other || [.number, .price].contains(one) && [.number, .price].contains(other)
  }

  /// Whether the cells are short compared to the texts below them, as names are.
  private func isShort(_ first: [String], beside body: [[String]]) -> Bool {
    func mean(_ records: [[String]]) -> Double {
      let cells = records.joined().filter { kind($0) == .text }
      return cells.isEmpty ? 0 : Double(cells.reduce(0) { $0 + $1.count }) / Double(cells.count)
    }
    return first.allSatisfy { $0.count <= 30 } && 2 * mean([first]) <= mean(Array(body.prefix(50)))
  }

  /// A kind in the singular, for sentences.
  private static func name(_ kind: Kind) -> Sentence {
    switch kind {
    case .address: Sentence("an address")
    case .number: Sentence("a number")
    case .price: Sentence("a price")
    case .time: Sentence("a time")
    case .empty, .text: Sentence("a text")
    }
  }

  /// A kind in the plural, for sentences.
  private static func names(_ kind: Kind) -> Sentence {
    switch kind {
    case .address: Sentence("addresses")
    case .number: Sentence("numbers")
    case .price: Sentence("prices")
    case .time: Sentence("times")
    case .empty, .text: Sentence("texts")
    }
  }
}
