import CodeWords
import Filters
import Listings
import TextCells
import SmallFormats

/// A column of the listings table on a screen of a certain width.
struct TableColumn {
  let subject: SortOrder.Subject
  let heading: String
  let start: Int
  let width: Int
  var isRightAligned: Bool { subject == .price || subject == .risk }

  /// The columns for `width` cells: the mark stands in the first two, the title takes what is left.
  ///
  /// What a screen has no room for is in the detail pane. Columns without any value are left out.
  static func chosen(for width: Int, _ state: State) -> [TableColumn] {
    var wanted: [(SortOrder.Subject, String, Int)] = []
    func want(_ subject: SortOrder.Subject, _ heading: String, _ columns: Int, from minimum: Int) {
      if width >= minimum { wanted.append((subject, heading, columns)) }
    }
    let isWide = width >= 110
    if state.hasLexicons { want(.risk, "risk", 4, from: 40) }
    want(.posted, isWide ? "posted" : "date", isWide ? 10 : 5, from: 62)
    if state.hasValues(.platform) { want(.platform, "platform", isWide ? 14 : 10, from: 46) }
    if state.hasValues(.species) { want(.species, "species", isWide ? 22 : width >= 90 ? 18 : 13, from: 54) }
    want(.price, "price", isWide ? 16 : width >= 80 ? 14 : width >= 46 ? 12 : 9, from: 26)
    if state.hasValues(.sellerAlias) { want(.seller, "seller", isWide ? 16 : 12, from: 80) }
    var start = 3
    var columns: [TableColumn] = []
    for (subject, heading, size) in wanted {
      columns.append(TableColumn(subject: subject, heading: heading, start: start, width: size))
      start += size + (subject == .price ? 2 : 1)
    }
    return columns + [TableColumn(subject: .title, heading: "title", start: start, width: max(0, width - start))]
  }

  func text(_ state: State, _ row: Int, width: Int) -> SafeText {
    let dataset = state.dataset
    switch subject {
    case .risk: return Self.risk(state.flags.risk(at: row))
    case .posted: return SafeText(Self.day(dataset, row, isShort: width < 10))
    case .platform: return cell(dataset, .platform, row)
    case .species: return cell(dataset, .species, row)
    case .seller: return cell(dataset, .sellerAlias, row)
    case .price: return SafeText(Self.price(dataset, row, width: width))
    case .title: return title(dataset, row)
    case .file, .verdict: return ""
    }
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
    let dataset = state.dataset
    return switch subject {
    case .risk: Self.role(state.flags.risk(at: row))
    case .posted: .date
    case .platform: .platform
    case .species: .species
    case .seller: .seller
    case .price: dataset.price(at: row).state.remark == nil ? .price : .priceUnread
    case .title, .file, .verdict: .title
    }
  }

  private func cell(_ dataset: Dataset, _ field: Field, _ row: Int) -> SafeText {
    SafeText(utf8: dataset.bytes(of: field, at: row), limit: width + 1)
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
    switch subject {
    case .title: Self.fieldOfTitle(dataset, row)
    case .species: .species
    case .seller: .sellerAlias
    default: nil
    }
  }

  /// The field that stands in the cell of the title.
  static func fieldOfTitle(_ dataset: Dataset, _ row: Int) -> Field {
    dataset.bytes(of: .title, at: row).count > 0 ? .title : .description
  }

  /// The price as read with its currency; what could not be read stands as advertised.
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
}
