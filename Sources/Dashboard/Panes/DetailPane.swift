import Casework
import Filters
import Listings
import TextCells

/// Everything known about the listing under the cursor, wrapped, safe.
enum DetailPane {
  static func draw(_ state: State, _ area: Area, into frame: inout Frame) {
    let isFocused = state.focus == .detail && state.mode.isBrowsing
    let position =
      state.order.count > 0
      ? "6 Listing \(grouped(state.table.cursor + 1)) of \(grouped(state.order.count))" : "6 Listing"
    PaneBorder.draw(area, title: SafeText(position), isFocused: isFocused, into: &frame)
    let inside = area.insideBorder
    guard let row = state.table.row, !inside.isEmpty else { return }
    let lines = DetailLines.lines(state, row, width: inside.columns)
    for offset in 0..<inside.rows where state.detailTop + offset < lines.count {
      let line = lines[state.detailTop + offset]
      var column = inside.column
      for (text, role) in line.pieces {
        column += frame.write(
          text, at: Spot(column: column, row: inside.row + offset), width: max(0, inside.endColumn - column), as: role)
      }
    }
    if isFocused { frame.cursor = Spot(column: inside.column, row: inside.row) }
    let hidden = lines.count - state.detailTop - inside.rows
    if hidden > 0 {
      let more = SafeText(" \(hidden) more lines ")
      frame.write(
        more, at: Spot(column: max(area.column + 1, area.endColumn - more.width - 2), row: area.endRow - 1),
        width: area.columns - 2, as: .faint)
    }
  }
}

/// The detail pane's text as lines.
enum DetailLines {
  struct Line {
    var pieces: [(SafeText, Role)]
  }

  /// Text beyond this is told, not drawn: a listing of megabytes must not stall the screen.
  private static let longestText = 16_384

  static func lines(_ state: State, _ row: Int, width: Int) -> [Line] {
    guard width > 8 else { return [] }
    let dataset = state.dataset
    let cells = dataset.cells(of: row)
    var lines = wrapped(dataset.text(of: .title, at: row), width, .title)
    lines += standing(state, row, width)
    lines += facts(dataset, row, width)
    let description = dataset.text(of: .description, at: row)
    if !description.isEmpty { lines += [Line(pieces: [])] + wrapped(description, width, .text) + [Line(pieces: [])] }
    for cell in cells where !cell.text.isEmpty && !shown.contains(cell.field) {
      lines += named(cell.field?.rawValue ?? cell.name, cell.text, width, .text)
    }
    return lines + origin(dataset, row, width)
  }

  /// Fields with a line of their own above.
  private static let shown: Set<Field?> = [
    .title, .description, .platform, .species, .price, .currency, .sellerAlias, .postedAt,
  ]

  private static func standing(_ state: State, _ row: Int, _ width: Int) -> [Line] {
    guard let filing = state.filings[state.dataset.key(at: row)] else { return [] }
    let standing = filing.standing
    guard standing != .none || filing.needsTelling else { return [] }
    var words = standing.verdict.map(\.label) ?? "unreviewed"
    if let reason = standing.reason { words += " (\(reason.label))" }
    switch filing {
    case .saving: words += " · being saved"
    case .saved(_, let number): words += " · on disk, event \(grouped(number))"
    case .refused(_, let why): words += " · NOT SAVED: \(why)"
    }
    let role: Role = if case .refused = filing { .failure } else { VerdictMark.role(standing.verdict) }
    var lines = named("verdict", words, width, role)
    if let note = standing.note { lines += named("note", note, width, .notice) }
    return lines
  }

  private static func facts(_ dataset: Dataset, _ row: Int, _ width: Int) -> [Line] {
    var lines: [Line] = []
    let platform = dataset.text(of: .platform, at: row)
    if !platform.isEmpty { lines += named("platform", platform, width, .platform) }
    let species = dataset.text(of: .species, at: row)
    if !species.isEmpty { lines += named("species", species, width, .species) }
    lines += named("price", price(dataset, row), width, .price)
    let seller = dataset.text(of: .sellerAlias, at: row)
    if !seller.isEmpty { lines += named("seller", seller, width, .seller) }
    if dataset.time(of: .postedAt, at: row) != nil {
      lines += named("posted", TableColumn.day(dataset, row, isShort: false), width, .date)
    }
    return lines
  }

  /// As advertised, as read, and about how much that is.
  private static func price(_ dataset: Dataset, _ row: Int) -> String {
    let price = dataset.price(at: row)
    let advertised = dataset.text(of: .price, at: row)
    switch price.state {
    case .missing: return advertised.isEmpty ? "none given" : "none given (\(advertised))"
    case .unreadable: return "\(advertised) · could not be read as an amount"
    case .withoutCurrency: return "\(advertised) · read as \(TableColumn.price(dataset, row)), currency unknown"
    case .read:
      let dollars = price.usDollars.map { ", about \(TableColumn.amount($0)) USD" } ?? ""
      return "\(advertised) · read as \(TableColumn.price(dataset, row)) (currency \(price.basis.label))\(dollars)"
    }
  }

  private static func origin(_ dataset: Dataset, _ row: Int, _ width: Int) -> [Line] {
    let source = dataset.source(of: row)
    return named("from", "\(source.name), row \(grouped(dataset.sourceRow(of: row)))", width, .faint)
      + named("key", dataset.key(at: row).text, width, .faint)
  }

  private static func named(_ name: String, _ text: String, _ width: Int, _ role: Role) -> [Line] {
    let label = SafeText(name).clipped(to: min(16, width / 3))
    let indent = max(10, label.width + 1)
    let blank = SafeText(glyphs: Array(repeating: Glyph(" "), count: indent))
    let padded = label + SafeText(glyphs: Array(repeating: Glyph(" "), count: indent - label.width))
    return wrapped(text, width - indent, role).enumerated().map { index, line in
      Line(pieces: [(index == 0 ? padded : blank, .fieldName)] + line.pieces)
    }
  }

  private static func wrapped(_ text: String, _ width: Int, _ role: Role) -> [Line] {
    var seen = text.utf8.count > longestText ? String(text.prefix(longestText)) : text
    var lines = seen.withUTF8 { SafeText.lines(utf8: UnsafeRawBufferPointer($0), width: width) }
      .map { Line(pieces: [($0, role)]) }
    if seen.utf8.count < text.utf8.count {
      lines.append(Line(pieces: [(SafeText("… \(grouped(text.utf8.count)) bytes in all"), .faint)]))
    }
    return lines
  }
}

extension Filing {
  /// Whether more is to be said than what stands.
  fileprivate var needsTelling: Bool { if case .saved = self { false } else { true } }
}

extension State {
  var detailLineCount: Int {
    table.row.map { DetailLines.lines(self, $0, width: layout.detail.insideBorder.columns).count } ?? 0
  }
}

extension CurrencyBasis {
  /// Completes "currency …".
  package var label: String {
    switch self {
    case .none: "unknown"
    case .besideAmount: "beside the amount"
    case .currencyField: "from its own field"
    case .platform: "usual on the platform"
    case .country: "of the listing's country"
    case .columnName: "named by the column"
    }
  }
}
