import CodeWords
import Filters
import Listings
import Sentences
import Sightings
import TextCells
import SmallFormats

/// A column of the listings table on a screen of a certain width.
struct TableColumn {
  let dimension: Dimension
  let cell: Dimension.Column.Cell
  let heading: String
  let start: Int
  let width: Int
  var isRightAligned: Bool { cell == .price || cell == .risk }

  /// The columns for `width` cells: the mark takes the first two, the title what is left. Columns that are known late are
  /// behind the title, so that the others keep their places when these come.
  ///
  /// What a screen has no room for is in the detail pane. Columns without any value are left out.
  static func chosen(for width: Int, _ state: State) -> [TableColumn] {
    state.habits.columns.map { arranged($0, in: width, state) } ?? automatic(for: width, state)
  }

  /// A dimension with its cell and its width in the table.
  private typealias Wanted = (dimension: Dimension, cell: Dimension.Column.Cell, width: Int)

  /// The columns that the analyst chose, in that order; the title is always there. Where they do not all fit, the last ones
  /// are left out.
  private static func arranged(_ chosen: [ChosenColumn], in width: Int, _ state: State) -> [TableColumn] {
    var wanted = chosen.compactMap { one -> Wanted? in
      guard let dimension = Dimension[one.id], let column = dimension.possibleColumn else { return nil }
      if let name = Dimension.columnName(ofID: one.id), !state.columnNames.contains(name) { return nil }
      return (dimension, column.cell, one.width ?? column.width(in: width) ?? column.widths.first?.width ?? 12)
    }
    if let title = Dimension["title"], !wanted.contains(where: { $0.cell == .title }) {
      wanted.append((title, .title, 0))
    }
    func used() -> Int { wanted.reduce(3) { $0 + ($1.cell == .title ? 0 : $1.width + ($1.cell == .price ? 2 : 1)) } }
    while width - used() < min(leastTitle, width / 2), let last = wanted.lastIndex(where: { $0.cell != .title }) {
      wanted.remove(at: last)
    }
    return placed(wanted, in: width)
  }

  /// A title is worth so many cells.
  private static let leastTitle = 16

  /// The columns that the screen has room for.
  static func automatic(for width: Int, _ state: State) -> [TableColumn] {
    let shown = Dimension.columns.compactMap { dimension -> Wanted? in
      guard let column = dimension.column, let width = column.width(in: width), state.isShown(column.cell) else {
        return nil
      }
      return (dimension, column.cell, width)
    }
    return placed(shown, in: width)
  }

  private static func placed(_ shown: [Wanted], in width: Int) -> [TableColumn] {
    let title = shown.firstIndex { $0.cell == .title } ?? shown.count
    let behind = shown[min(title + 1, shown.count)...].reduce(0) { $0 + $1.width + ($1.cell == .price ? 2 : 1) }
    var start = 3
    return shown.map { dimension, cell, wanted in
      let size = cell == .title ? max(0, width - start - behind) : wanted
      // A price ends where the next column would begin.
      defer { start += size + (cell == .price ? 2 : 1) }
      return TableColumn(
        dimension: dimension, cell: cell, heading: heading(of: dimension, cell, width: size), start: start, width: size)
    }
  }

  private static func heading(of dimension: Dimension, _ cell: Dimension.Column.Cell, width: Int) -> String {
    switch cell {
    case .day where width >= 10: localized("posted")
    case .since where width < 5: "±"
    case .copies where width < 6: "×"
    default: dimension.possibleColumn?.heading ?? ""
    }
  }

  /// The column without its first cells.
  func indented(by cells: Int) -> TableColumn {
    TableColumn(dimension: dimension, cell: cell, heading: heading, start: start + cells, width: width - cells)
  }

  func text(_ state: State, _ row: Int, width: Int) -> SafeText {
    let dataset = state.dataset
    switch cell {
    case .risk: return Self.risk(state.risk(of: row))
    case .day: return SafeText(Self.day(dataset, row, isShort: width < 10))
    case .field(let field): return SafeText(utf8: dataset.bytes(of: field, at: row), limit: self.width + 1)
    case .price: return SafeText(Self.price(dataset, row, width: width))
    case .title: return title(dataset, row)
    case .since: return Self.since(state.snapshot.since, row, width: width)
    case .copies: return state.snapshot.duplicates?.size(ofGroupOf: row).map { SafeText("×\($0)") } ?? ""
    case .column(let name): return SafeText(dataset.cells(of: row).first { $0.name == name }?.text ?? "")
    case .week: return SafeText(dataset.week(at: row)?.text ?? "–")
    case .tags: return SafeText(state.tags(of: row).replacing(",", with: " "))
    case .reason: return SafeText(state.decisions.status(before: state.snapshot.key(of: row)).reason?.screenLabel ?? "")
    case .verdict: return SafeText(state.verdicts.verdict(at: row)?.screenLabel ?? "")
    }
  }

  /// What a listing is since last time, in a word or a sign; nothing for one that is as it was.
  static func since(_ since: SinceLastTime?, _ row: Int, width: Int) -> SafeText {
    guard let since else { return "" }
    if since.gone.contains(row) { return width < 4 ? "−" : SafeText(localized("gone", context: "a listing")) }
    if since.overTime?.newest.contains(row) == false {
      return width < 4 ? "‹" : SafeText(localized("before", context: "a listing"))
    }
    switch since.kind(of: row) {
    case .new?: return width < 4 ? "+" : SafeText(localized("new", context: "a listing"))
    case .reappeared?: return width < 4 ? "↺" : SafeText(localized("back", context: "a listing"))
    case .changed?:
      let cells = ComparedCell.allCases.filter { since.rows(changed: $0).contains(row) }
      return width < 4 ? "~" : SafeText(cells.count == 1 ? cells[0].label : localized("several", context: "changes"))
    case .seen?, nil: return ""
    }
  }

  private static func sinceRole(_ since: SinceLastTime?, _ row: Int) -> Role {
    guard let since, !since.gone.contains(row) else { return .faint }
    return since.kind(of: row) == .changed ? .unsure : .text
  }

  /// `?` is not readable by text, `·` not read yet.
  static func risk(_ risk: RowRisk) -> SafeText {
    switch risk {
    case .value(let value): SafeText("\(value)")
    case .noText, .notCovered: "?"
    case .pending: "·"
    }
  }

  static func role(_ risk: RowRisk) -> Role {
    switch risk {
    case .value(60...): .flagged
    case .value(20...): .text
    case .noText, .notCovered: .unsure
    case .value, .pending: .faint
    }
  }

  func role(_ state: State, _ row: Int) -> Role {
    switch cell {
    case .risk: Self.role(state.risk(of: row))
    case .day: .date
    case .field(.platform): .platform
    case .field(.species): .species
    case .field(.sellerAlias): .seller
    case .field: .text
    case .price: state.dataset.price(at: row).state.remark == nil ? .price : .priceUnread
    case .title: .title
    case .since: Self.sinceRole(state.snapshot.since, row)
    case .copies: .faint
    case .column, .tags, .reason: .text
    case .week: .date
    case .verdict: VerdictMark.role(state.verdicts.verdict(at: row))
    }
  }

  /// A listing without a title is known by its description, and without both by whatever else its record says.
  private func title(_ dataset: Dataset, _ row: Int) -> SafeText {
    let title = dataset.bytes(of: .title, at: row)
    if title.count > 0 { return SafeText(utf8: title, limit: width + 1) }
    let description = dataset.bytes(of: .description, at: row)
    if description.count > 0 { return SafeText(utf8: description, limit: width + 1) }
    var words = ""
    for cell in dataset.shownCells(of: row) where !Self.hasPlaceOfItsOwn(cell.field) {
      var text = String(cell.text.prefix(width))
      guard !text.withUTF8({ MissingMark.isMissing(UnsafeRawBufferPointer($0)) }) else { continue }
      words += words.isEmpty ? text : " · " + text
      if words.utf8.count > 4 * width { break }
    }
    return SafeText(words)
  }

  private static func hasPlaceOfItsOwn(_ field: Field?) -> Bool {
    switch field {
    case .platform, .species, .price, .currency, .sellerAlias, .postedAt, .capturedAt: true
    default: false
    }
  }

  /// The field in which a word of the filter can be shown, if the column shows one.
  func searchedField(_ dataset: Dataset, _ row: Int) -> Field? {
    switch cell {
    case .title: Self.fieldOfTitle(dataset, row)
    case .field(.species): .species
    case .field(.sellerAlias): .sellerAlias
    case .field, .risk, .price, .day, .since, .copies, .column, .week, .tags, .reason, .verdict: nil
    }
  }

  /// The field that the title cell shows.
  static func fieldOfTitle(_ dataset: Dataset, _ row: Int) -> Field {
    dataset.bytes(of: .title, at: row).count > 0 ? .title : .description
  }

  /// The price as read with its currency; what could not be read, as advertised.
  static func price(_ dataset: Dataset, _ row: Int) -> String {
    let price = dataset.price(at: row)
    switch price.state {
    case .missing: return "–"
    case .unreadable, .placeholder, .free, .onRequest, .exchange: return dataset.shownText(of: .price, at: row)
    case .withoutCurrency: return price.amount.map { Self.amount($0) } ?? "–"
    case .read: return (price.amount.map { Self.amount($0) } ?? "–") + " " + (price.currency ?? "")
    }
  }

  /// The price in few cells: where it does not fit in full, rounded to thousands or millions.
  static func price(_ dataset: Dataset, _ row: Int, width: Int) -> String {
    let full = price(dataset, row)
    let read = dataset.price(at: row)
    guard full.count > width, let amount = read.amount else { return full }
    let whole = Int(amount.tenThousandths / 10_000)
    let short = whole >= 1_000_000 ? "\(grouped(whole / 1_000_000)).\(whole / 100_000 % 10)M" : grouped(whole)
    return "~" + short + (read.currency.map { " " + $0 } ?? "")
  }

  /// An amount with its thousands apart and at most two decimals.
  static func amount(_ amount: Amount) -> String {
    let whole = Int(amount.tenThousandths / 10_000)
    let hundredths = Int(amount.tenThousandths % 10_000) / 100
    guard hundredths != 0 else { return grouped(whole) }
    return "\(grouped(whole)).\(hundredths < 10 ? "0" : "")\(hundredths)"
  }

  /// `2026-11-20`, or `11-20` where there is little room.
  static func day(_ dataset: Dataset, _ row: Int, isShort: Bool) -> String {
    guard let time = dataset.time(of: .postedAt, at: row) ?? dataset.time(of: .capturedAt, at: row) else { return "–" }
    let rest = ((time % CalendarDay.seconds) + CalendarDay.seconds) % CalendarDay.seconds
    let day = CalendarDay(daysSince1970: Int((time - rest) / CalendarDay.seconds)).description
    return isShort ? String(day.suffix(5)) : day
  }
}

extension State {
  /// Whether any listing has a value in a counted field.
  func hasValues(_ field: Field) -> Bool { dataset.valueCount(of: field) > 1 }

  /// Whether a column has anything to show for these listings.
  fileprivate func isShown(_ cell: Dimension.Column.Cell) -> Bool {
    switch cell {
    case .field(let field): hasValues(field)
    case .risk: hasLexicons || lexicons.areExpected && session.newestLexicons == nil
    case .since: snapshot.since?.hasEarlier == true
    case .copies: (snapshot.duplicates?.count ?? 0) > 0
    case .price, .day, .title, .column, .week, .tags, .reason, .verdict: true
    }
  }
}
