import Casework
import Filters
import Listings
import TextCells

/// Everything known about a listing as lines: what was decided, what it says, where it comes from.
///
/// Cost:   the record is decoded once; of very long texts only a beginning is laid out.
struct DetailText {
  struct Line {
    var pieces: [(SafeText, Role)]
  }

  private(set) var lines: [Line] = []
  private let state: State
  private let dataset: Dataset
  private let row: Int
  private let width: Int
  private let indent: Int
  private let cells: [RecordCell]
  private let search: [TextSearch]

  /// Cells beyond this are told, not drawn: a listing of megabytes must not stall the screen.
  private static let longestText = 16_384

  init(_ state: State, _ row: Int, width: Int) {
    self.state = state
    self.row = row
    self.width = width
    dataset = state.dataset
    indent = width < 26 ? 9 : width < 48 ? 10 : 12
    search = state.searchedWords
    guard width > 8 else {
      cells = []
      return
    }
    cells = state.dataset.shownCells(of: row)
    addAll()
  }

  private mutating func addAll() {
    let key = dataset.key(at: row)
    add(dataset.bytes(of: .title, at: row), .title)
    addStanding(key)
    addFacts()
    let description = dataset.bytes(of: .description, at: row)
    if description.count > 0 {
      lines.append(Line(pieces: []))
      add(description, .text)
      lines.append(Line(pieces: []))
    }
    for cell in cells where !cell.text.isEmpty && !Self.hasLineOfItsOwn(cell.field) {
      add(cell.field?.rawValue ?? cell.name, cell.text, .text)
    }
    let source = dataset.source(of: row)
    add("from", "\(source.name), row \(grouped(dataset.sourceRow(of: row)))", .faint)
    if dataset.isGiant(row) {
      add("record", "\(grouped(dataset.record(at: row).count)) bytes: only its texts' beginnings are shown", .warning)
    }
    for conversion in source.reader.conversions { add("read", conversion.sentence, .faint) }
    add("key", key.text, .faint)
  }

  private static func hasLineOfItsOwn(_ field: Field?) -> Bool {
    switch field {
    case .title, .description, .platform, .species, .price, .currency, .sellerAlias, .postedAt: true
    default: false
    }
  }

  private mutating func addStanding(_ key: ListingKey) {
    if let draft = state.noteDrafts[key] { add("draft", draft + " · not filed; n goes on", .warning) }
    guard let filing = state.decisions[key] else { return }
    let standing = filing.standing
    guard standing != .none || filing.needsTelling else { return }
    var words = standing.verdict.map(\.label) ?? "unreviewed"
    if let reason = standing.reason { words += " (\(reason.label))" }
    switch filing {
    case .saving: words += " · being saved"
    case .saved(_, let number): words += " · on disk, event \(grouped(number))"
    case .refused(_, let why): words += " · NOT SAVED: \(why)"
    }
    let role: Role = if case .refused = filing { .failure } else { VerdictMark.role(standing.verdict) }
    add("verdict", words, role)
    if let note = standing.note { add("note", note, .notice) }
  }

  private mutating func addFacts() {
    add("platform", dataset.bytes(of: .platform, at: row), .platform)
    add("species", dataset.bytes(of: .species, at: row), .species, marksHits: true)
    add("price", price, .price)
    add("seller", dataset.bytes(of: .sellerAlias, at: row), .seller, marksHits: true)
    if dataset.time(of: .postedAt, at: row) != nil {
      add("posted", TableColumn.day(dataset, row, isShort: false), .date)
    }
  }

  /// As advertised, as read, and about how much that is.
  private var price: String {
    let price = dataset.price(at: row)
    let advertised = cells.first { $0.field == .price && !$0.text.isEmpty }?.text ?? ""
    switch price.state {
    case .missing: return advertised.isEmpty ? "none given" : "none given (\(advertised))"
    case .unreadable: return "\(advertised) · could not be read as an amount"
    case .withoutCurrency: return "\(advertised) · read as \(TableColumn.price(dataset, row)), currency unknown"
    case .read:
      let isDollars = price.currency == "USD"
      let dollars = price.usDollars.map { isDollars ? "" : ", about \(TableColumn.amount($0)) USD" } ?? ""
      return "\(advertised) · read as \(TableColumn.price(dataset, row)) (currency \(price.basis.label))\(dollars)"
    }
  }

  // MARK: Lines

  private mutating func add(_ name: String, _ text: String, _ role: Role) {
    var text = text
    text.withUTF8 { add(name, UnsafeRawBufferPointer($0), role) }
  }

  /// A named value, its further lines under its first; nothing where there is no value.
  private mutating func add(_ name: String, _ text: UnsafeRawBufferPointer, _ role: Role, marksHits: Bool = false) {
    guard text.count > 0 else { return }
    let label = SafeText(name).clipped(to: width / 2 - 1)
    let first = label.padded(to: max(indent, label.width + 1))
    // A long name of a column shortens its first line only: the values stay in one column.
    let isLong = first.width > indent
    if isLong { lines.append(Line(pieces: [(label, .fieldName)])) }
    let blank = SafeText(repeating: Glyph(" "), count: indent)
    for (index, line) in wrapped(text, width - indent, role, marksHits).enumerated() {
      lines.append(Line(pieces: [(index == 0 && !isLong ? first : blank, .fieldName)] + line.pieces))
    }
  }

  private mutating func add(_ text: UnsafeRawBufferPointer, _ role: Role) {
    lines += wrapped(text, width, role, true)
  }

  private func wrapped(_ text: UnsafeRawBufferPointer, _ width: Int, _ role: Role, _ marksHits: Bool) -> [Line] {
    let placed = PlacedText.lines(utf8: text, width: width, limit: Self.longestText)
    let end = Int(placed.last?.offsets.last ?? 0)
    let hits = marksHits ? hits(in: UnsafeRawBufferPointer(rebasing: text.prefix(end))) : []
    var lines = placed.map { Line(pieces: Self.pieces(of: $0, hits, role)) }
    if end < text.count { lines.append(Line(pieces: [(SafeText("… \(grouped(text.count)) bytes in all"), .faint)])) }
    return lines
  }

  private func hits(in text: UnsafeRawBufferPointer) -> [Range<Int>] {
    search.flatMap { $0.ranges(in: text) }
  }

  /// A line in pieces: what holds a word of the filter stands out.
  private static func pieces(of line: PlacedText, _ hits: [Range<Int>], _ role: Role) -> [(SafeText, Role)] {
    let glyphs = line.text.glyphs
    var isHit = Array(repeating: false, count: glyphs.count)
    for hit in hits { for glyph in line.glyphs(showing: hit) { isHit[glyph] = true } }
    var pieces: [(SafeText, Role)] = []
    var start = 0
    for index in glyphs.indices where index + 1 == glyphs.count || isHit[index + 1] != isHit[start] {
      pieces.append((SafeText(glyphs: Array(glyphs[start...index])), isHit[start] ? .hit : role))
      start = index + 1
    }
    return pieces
  }
}

extension Filing {
  /// Whether more is to be said than what stands.
  fileprivate var needsTelling: Bool { if case .saved = self { false } else { true } }
}
