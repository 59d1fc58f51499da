import Listings
import Sentences
import Sightings
import TextCells

/// What became of a listing since last time, and its earlier sightings, as lines of the detail pane.
///
/// Shape:  what is different now, each with its old and its new value; then the days on which it was seen, and its prices.
///         Nothing where no scrape was before.
/// Limits: of a recorded scrape only the price is known, not the words.
struct HistoryLines {
  /// The lines with their roles.
  private(set) var lines: [(text: String, role: Role)] = []

  init(of row: Int, _ since: SinceLastTime?) {
    guard let since, let sightings = since.sightings else { return }
    let history = sightings.history(of: row)
    if since.gone.contains(row) { lines.append((localized("gone: not in the newest scrape of its platform"), .unsure)) }
    switch since.kind(of: row) {
    case .new?: lines.append((localized("new: in no earlier scrape of its platform"), .text))
    case .seen?: lines.append((localized("seen before, and unchanged"), .faint))
    case .reappeared?:
      let last = sightings.earlier(of: row).flatMap { sightings.scrape(of: $0)?.name }
      let back =
        last.map { localized("back: not in the scrape before; last seen in the scrape \($0)") }
        ?? localized("back: not in the scrape before; last seen in an earlier one")
      lines.append((back, .text))
      addChanges(of: row, sightings)
    case .changed?: addChanges(of: row, sightings)
    case nil: break
    }
    guard history.count > 1 else { return }
    let (first, last) = (history[0].scrape.name, history[history.count - 1].scrape.name)
    lines.append((localized("\(history.count) sightings, \(first) to \(last)"), .faint))
    addPrices(history, sightings)
  }

  /// What is different from the sighting before: `price: 12,500 ZAR → 9,900 ZAR`.
  private mutating func addChanges(of row: Int, _ sightings: Sightings) {
    guard let earlier = sightings.earlier(of: row) else { return }
    for cell in sightings.state(at: row).changed.cells {
      let new = Self.value(of: cell, at: .row(row), sightings) ?? ""
      if let old = Self.value(of: cell, at: earlier, sightings) {
        lines.append(("\(cell.label): \(Self.shown(old)) → \(Self.shown(new))", .unsure))
      } else {
        let words = localized("\(cell.label) changed; of the earlier one only a fingerprint was recorded")
        lines.append((words, .unsure))
      }
    }
  }

  /// A cell of a sighting; nil where only its fingerprint is known.
  private static func value(of cell: ComparedCell, at place: SightingPlace, _ sightings: Sightings) -> String? {
    switch place {
    case .row(let row): return sightings.dataset.shownText(of: cell.field, at: row)
    case .recorded:
      guard cell == .price else { return nil }
      return sightings.price(at: place).map { TableColumn.amount($0.amount) + ($0.currency.map { " " + $0 } ?? "") }
    }
  }

  /// A value as a change quotes it: its beginning where it is long.
  private static func shown(_ value: String) -> String {
    if value.isEmpty { return localized("nothing", context: "an empty value") }
    let beginning = value.prefix(quotedLength)
    return beginning.utf8.count < value.utf8.count ? beginning + "…" : value
  }

  /// More characters of a value are not quoted.
  private static let quotedLength = 60

  /// The prices of all sightings as a small chart, if they ever differ.
  private mutating func addPrices(_ history: [PastSighting], _ sightings: Sightings) {
    let prices = history.map { sightings.price(at: $0.place) }
    let amounts = prices.compactMap { $0?.amount.tenThousandths }
    guard let low = amounts.min(), let high = amounts.max(), low < high else { return }
    // Prices in several currencies have no common height.
    guard Set(prices.compactMap { $0.map { $0.currency ?? "" } }).count == 1 else { return }
    let levels = Array("▁▂▃▄▅▆▇█")
    let chart = prices.suffix(Self.chartedSightings).map { price -> Character in
      guard let amount = price?.amount.tenThousandths else { return "·" }
      // In floating point: the product of two amounts may be too large for an integer.
      return levels[min(7, Int(8 * Double(amount - low) / Double(high - low)))]
    }
    let currency = prices.compactMap { $0?.currency }.first.map { " " + $0 } ?? ""
    let (least, most) = (Self.amount(low), Self.amount(high) + currency)
    lines.append((localized("prices \(String(chart)) \(least) to \(most)"), .price))
  }

  private static func amount(_ tenThousandths: Int64) -> String {
    TableColumn.amount(Amount(tenThousandths: tenThousandths))
  }

  /// More sightings are not charted, the newest are.
  private static let chartedSightings = 40
}

extension ComparedCell {
  /// The raw value as the screen has it.
  var label: String {
    switch self {
    case .title: localized("title")
    case .price: localized("price")
    case .text: localized("text")
    case .seller: localized("seller")
    }
  }
}
