import Filters
import Listings
import Sentences
import TextCells

/// The position in the price pane: a band of the histogram, or one of the two lines below it.
package struct PricePosition: Equatable, Sendable {
  package enum Line: Int, Sendable { case histogram, missing, unread }
  package var line = Line.histogram
  package var bucket = 18
  /// Where a range that is being moved began.
  package var anchor: Int?
  /// The bands that are asked for.
  package var scale = PriceScale.standard
}

// MARK: - The range

extension State {
  /// The bands that the pane draws: from the first to the last in which any listing has its price.
  package var priceSpan: ClosedRange<Int> {
    let scale = shownScale
    return scale.shown(answer?.prices.occupied) ?? (scale.edges.count > 22 ? 6...21 : 0...scale.edges.count - 2)
  }

  /// The bands that are counted now; a new scale is shown once it is.
  var shownScale: PriceScale { answer?.prices.scale ?? .standard }

  /// The cursor begins where most prices are.
  mutating func settlePriceCursor() {
    guard let buckets = answer?.prices.buckets, let largest = buckets.max(), largest > 0,
      buckets[price.bucket] == 0, price.anchor == nil
    else { return }
    price.bucket = buckets.firstIndex(of: largest) ?? price.bucket
  }

  /// In other bands the cursor is where most prices are.
  mutating func goToMostPrices() {
    let buckets = answer?.prices.buckets ?? []
    let span = priceSpan.filter { buckets.indices.contains($0) }
    price.bucket = span.max { buckets[$0] < buckets[$1] } ?? priceSpan.lowerBound
  }

  mutating func movePriceLine(_ step: Step) {
    let lines: [PricePosition.Line] = [.histogram, .missing, .unread]
    let now = lines.firstIndex(of: price.line) ?? 0
    price.line = lines[Self.moved(now, step, page: 3, count: 3)]
  }

  mutating func movePrice(_ direction: Int) -> [Effect] {
    guard price.line == .histogram else { return [] }
    let span = priceSpan
    price.bucket = max(span.lowerBound, min(price.bucket + direction, span.upperBound))
    return price.anchor == nil ? [] : set(filter.pricing(anchoredTest))
  }

  /// Enter: begins a range at the band under the cursor, and ends it.
  mutating func togglePrice() -> [Effect] {
    switch price.line {
    case .missing: return togglePriceTest(.missing)
    case .unread: return togglePriceTest(.unread)
    case .histogram:
      if price.anchor != nil {
        price.anchor = nil
        return say(
          .info,
          localized(
            "Range kept; \(key("range-from")) and \(key("range-to")) move its ends, \(key("clear-facet")) removes it"
          ))
      }
      price.anchor = price.bucket
      return say(.info, localized("← → widen the range, \(key("choose")) keeps it")) + set(filter.pricing(anchoredTest))
    }
  }

  private mutating func togglePriceTest(_ test: PriceTest) -> [Effect] {
    price.anchor = nil
    let isOn = filter.clauses.contains(.price([test]))
    return set(filter.pricing(isOn ? nil : test))
  }

  enum PriceEnd { case low, high }

  /// Puts one end of the range at the band under the cursor; the other end stays unless it would cross.
  mutating func setPriceEnd(_ end: PriceEnd) -> [Effect] {
    guard price.line == .histogram else {
      return say(.warned, localized("Move up to the bars to set an end of the range"))
    }
    price.anchor = nil
    let band = band(price.bucket)
    var (low, high) = filter.priceRange ?? (nil, nil)
    switch end {
    case .low:
      low = band.low
      if let top = high, top < band.low { high = nil }
    case .high:
      high = band.high
      if let top = band.high, let bottom = low, top < bottom { low = nil }
    }
    guard low != nil || high != nil else { return set(filter.pricing(nil)) }
    return set(filter.pricing(.range(low: low, high: high, currency: nil)))
  }

  /// The bands of the range that is being moved, else the band under the cursor.
  private var pricedBands: ClosedRange<Int> {
    let other = price.anchor ?? price.bucket
    return min(other, price.bucket)...max(other, price.bucket)
  }

  private var anchoredTest: PriceTest {
    let bands = pricedBands
    return .range(low: band(bands.lowerBound).low, high: band(bands.upperBound).high, currency: nil)
  }

  /// Lowest and highest amount of a band in US dollars; the last band is open.
  func band(_ bucket: Int) -> (low: Amount, high: Amount?) {
    let edges = shownScale.edges
    let bucket = max(0, min(bucket, edges.count - 2))
    let top = edges[bucket + 1]
    return (Amount(tenThousandths: edges[bucket]), top == .max ? nil : Amount(tenThousandths: top - 1))
  }
}

// MARK: - The scale

extension State {
  /// Shows the range in force in finer bands, or else what lies around the band under the cursor.
  mutating func zoomPrices() -> [Effect] {
    let scale = shownScale
    let around = max(priceSpan.lowerBound, price.bucket - 1)...min(priceSpan.upperBound, price.bucket + 1)
    let range = filter.priceRange
    let low = range.flatMap { $0.low }.map { $0.tenThousandths } ?? (range == nil ? scale.edges[around.lowerBound] : 0)
    let top = scale.edges[(range == nil ? around : priceSpan).upperBound + 1]
    // Of a band without an end so much is shown.
    let end = top == .max ? scale.edges[scale.edges.count - 2] * 10 : top
    let high = range.flatMap { $0.high }.map { $0.tenThousandths + 1 } ?? end
    func shown(_ dollars: Int64) -> Int64 { Int64((Double(dollars) / scale.rate).rounded()) }
    guard high > low, let finer = scale.zoomed(into: shown(low)...shown(high)) else {
      return say(.info, localized("The bands are as fine as they get; \(key("unzoom-prices")) shows all prices"))
    }
    let words = localized("Finer bands; \(key("unzoom-prices")) shows all prices again")
    return showPrices(in: finer) + say(.info, words)
  }

  /// Shows all prices in bands of the usual width.
  mutating func showAllPrices() -> [Effect] {
    guard price.scale.isZoomed else { return say(.info, localized("All prices are shown")) }
    let currency = price.scale.currency
    return showPrices(in: currency == "USD" ? .standard : PriceScale(currency: currency, rate: price.scale.rate))
  }

  private mutating func showPrices(in scale: PriceScale) -> [Effect] {
    (price.scale, price.anchor, price.line) = (scale, nil, .histogram)
    return evaluate()
  }

  /// Shows the bands in the next of the currencies that the listings have; the filter goes on being in US dollars.
  mutating func showPricesInNextCurrency() -> [Effect] {
    let rates = currencyRates
    let codes = ["USD"] + rates.keys.filter { $0 != "USD" }.sorted()
    guard codes.count > 1 else {
      return say(.info, soFar(localized("The listings have no other currency to show prices in")))
    }
    let next = codes[((codes.firstIndex(of: price.scale.currency) ?? 0) + 1) % codes.count]
    let scale = next == "USD" ? .standard : PriceScale(currency: next, rate: rates[next] ?? 1)
    let words =
      next == "USD"
      ? localized("Prices in \(next)") : localized("Prices in \(next), at the rates that come with Linsang")
    return showPrices(in: scale) + say(.info, words)
  }

  /// So many rows are looked at for the currencies that there are.
  private static let rowsLookedAt = 300_000

  /// What a unit of each currency is worth in US dollars, by the listing with the largest amount in it: there the rounding of
  /// the amount in dollars matters least.
  private var currencyRates: [String: Double] {
    var largest: [String: (amount: Int64, dollars: Int64)] = [:]
    for row in 0..<min(dataset.rowCount, Self.rowsLookedAt) {
      let price = dataset.price(at: row)
      guard let code = price.currency, let amount = price.amount?.tenThousandths,
        let dollars = price.usDollars?.tenThousandths, dollars > 0, amount > largest[code]?.amount ?? 0
      else { continue }
      largest[code] = (amount, dollars)
    }
    return largest.mapValues { Double($0.dollars) / Double($0.amount) }
  }
}

// MARK: - Its nodes

extension State {
  /// Prices in US dollars on a logarithmic scale, with the range in force, and the prices that have no place on it.
  func priceNode(in size: Size) -> Node {
    let isFocused = focus == .price && mode.showsFocus
    let title = priceTitle(width: size.columns - 4)
    let border = Border(
      title, right: unfinished(.price) == nil ? "" : Border.soFar(beside: title, in: size), isFocused: isFocused)
    let inside = Area(size).insideBorder
    return Node(.pane(.price), .bordered(border, .stack(priceLines(inside, isFocused: isFocused))))
  }

  private func priceLines(_ inside: Area, isFocused: Bool) -> [Node] {
    guard inside.rows > 0, inside.columns > 4 else { return [.line([], hasCursor: isFocused)] }
    guard let prices = answer?.prices else {
      let text = (unfinished(.price) ?? .answer).sentence(in: inside.columns - 2)
      return [.line([Piece(text, .faint, at: 2)], hasCursor: isFocused)]
    }
    let tailRows = inside.rows >= 4 ? 2 : inside.rows >= 3 ? 1 : 0
    let axisRows = inside.rows >= 2 ? 1 : 0
    let bands = ShownBands(self, columns: inside.columns, isFocused: isFocused)
    var nodes = bands.bars(prices, rows: inside.rows - tailRows - axisRows, self)
    if let first = nodes.first { nodes[0] = .line(first, hasCursor: isFocused) }
    if axisRows > 0 { nodes.append(.line(bands.axis(self))) }
    return nodes + tail(prices, columns: inside.columns, rows: tailRows, isFocused: isFocused)
  }

  /// The range in force is part of the title, however narrow the pane.
  private func priceTitle(width: Int) -> SafeText {
    let scale = shownScale
    guard let range = filter.priceRange else {
      var words = [localized("Price, \(scale.currency)")]
      if scale.isZoomed { words.append(localized("finer", context: "bands of prices")) }
      if !unitOfRows.isEmpty { words.append(localized("rows")) }
      return SafeText(heading(of: .price, words.joined(separator: ", ")))
    }
    func shown(_ amount: Amount) -> Amount {
      scale.currency == "USD" ? amount : ShownBands.amount(amount, in: scale)
    }
    let text =
      switch (range.low, range.high) {
      case (let low?, let high?): "\(ShownBands.short(shown(low)))–\(ShownBands.shortTop(shown(high)))"
      case (let low?, nil):
        if let above = low.justAbove {
          localized("over \(ShownBands.short(shown(above)))", context: "a price")
        } else {
          localized("from \(ShownBands.short(shown(low)))", context: "a price")
        }
      case (nil, let high?): localized("to \(ShownBands.shortTop(shown(high)))", context: "a price")
      case (nil, nil): localized("any", context: "a price")
      }
    let full = SafeText(heading(of: .price, localized("Price, \(scale.currency): \(text)")))
    return full.width <= width ? full : SafeText(heading(of: .price, "\(scale.currency) \(text)"))
  }

  /// The listings whose prices are on no band.
  private func tail(_ prices: PriceHistogram, columns: Int, rows: Int, isFocused: Bool) -> [Node] {
    guard rows > 0 else { return [] }
    let lines: [(PricePosition.Line, String, Int, PriceTest)] = [
      (.missing, localized("no price"), prices.missing, .missing),
      (.unread, localized("unclear", context: "prices"), prices.unread, .unread),
    ]
    let shown = rows == 2 ? lines : [lines[price.line == .missing ? 0 : 1]]
    return shown.map { line, name, count, test in
      let isCursor = isFocused && price.line == line
      let isOn = filter.clauses.contains(.price([test]))
      let text = SafeText(count == 0 && unfinished(.price) != nil ? "…" : grouped(count))
      return .line(
        [
          Piece(SafeText((isOn ? "● " : "  ") + name), isOn ? .facetChosen : .priceUnread, .value("value")),
          Piece(text, .facetCount, .value("count"), at: columns - text.width),
        ], .row(line.rawValue), on: isCursor ? .cursor : nil, hasCursor: isCursor)
    }
  }

  fileprivate var axisBands: ClosedRange<Int> { pricedBands }
}

/// The bands of the histogram that there is room for, those around the cursor where not all fit.
private struct ShownBands {
  let span: ClosedRange<Int>
  /// Cells of a band's bar.
  let barWidth: Int
  let columns: Int
  let isFocused: Bool
  let scale: PriceScale

  init(_ state: State, columns: Int, isFocused: Bool) {
    scale = state.shownScale
    let all = state.priceSpan
    if all.count > columns {
      let start = max(all.lowerBound, min(state.price.bucket - columns / 2, all.upperBound - columns + 1))
      span = start...start + columns - 1
    } else {
      span = all
    }
    barWidth = max(1, min(3, columns / span.count))
    self.columns = columns
    self.isFocused = isFocused && state.price.line == .histogram
  }

  private func column(_ bucket: Int) -> Int { (bucket - span.lowerBound) * barWidth }

  /// Upright bars; those within the range in force are highlighted.
  func bars(_ prices: PriceHistogram, rows: Int, _ state: State) -> [Node] {
    // What is outside of what was zoomed into is no measure for what is inside.
    let largest = prices.buckets[span].max() ?? 0
    let shown = span.filter { column($0) + barWidth <= columns }
    return (0..<rows).map { row in
      .line(
        shown.map { bucket in
          let count = prices.buckets[bucket]
          // A band with a single listing must not look empty.
          let eighths = largest > 0 && count > 0 ? max(1, count * rows * 8 / largest) : 0
          let isCursor = isFocused && bucket == state.price.bucket
          return Piece(
            SafeText(repeating: Bar.upright(eighths - (rows - 1 - row) * 8), count: barWidth),
            isChosen(bucket, state) ? .facetChosen : .facetBar, .band(bucket), at: column(bucket),
            on: isCursor ? .cursor : nil, cursor: isCursor && row == rows - 1 ? 0 : nil)
        })
    }
  }

  private func isChosen(_ bucket: Int, _ state: State) -> Bool {
    guard let range = state.filter.priceRange else { return false }
    let low = range.low?.tenThousandths ?? 0
    let high = range.high?.tenThousandths ?? .max
    return scale.edges[bucket] >= low && scale.edges[bucket] <= high
  }

  /// Under the bars: the band under the cursor with its count, else the ends of the scale.
  func axis(_ state: State) -> [Piece] {
    if isFocused {
      let bands = state.axisBands
      let buckets = state.answer?.prices.buckets ?? []
      let count = bands.filter { buckets.indices.contains($0) }.reduce(0) { $0 + buckets[$1] }
      let upper = scale.labels[min(bands.upperBound + 1, scale.labels.count - 1)]
      let top = upper == .max ? "" : Self.short(Amount(tenThousandths: upper))
      let sign = state.price.anchor == nil ? "" : "↔ "
      let low = Self.short(Amount(tenThousandths: scale.labels[min(bands.lowerBound, scale.labels.count - 2)]))
      return [Piece(SafeText("\(sign)\(low)–\(top): \(grouped(count))"), .facetCount, .value("band"))]
    }
    var pieces: [Piece] = []
    var free = 0
    for bucket in span where scale.labels[bucket] % 100 == 0 || bucket == span.lowerBound {
      let label = SafeText(Self.short(Amount(tenThousandths: scale.labels[bucket])))
      // Of the usual bands every third begins a decade.
      let isWorthALabel = scale == .standard ? bucket % 3 == 0 && scale.labels[bucket] % 10_000 == 0 : true
      guard isWorthALabel || bucket == span.lowerBound, column(bucket) >= free, column(bucket) + label.width <= columns
      else { continue }
      pieces.append(Piece(label, .faint, .decoration, at: column(bucket)))
      free = column(bucket) + label.width + 1
    }
    return pieces
  }

  /// An amount of US dollars in the currency of a scale: as a label where it is an edge, else to three digits.
  static func amount(_ dollars: Amount, in scale: PriceScale) -> Amount {
    let exact = dollars.tenThousandths
    if let edge = scale.edges.firstIndex(where: { $0 == exact || $0 == exact + 1 }), scale.labels[edge] != .max {
      return Amount(tenThousandths: scale.labels[edge])
    }
    var units = Int64((Double(exact) / scale.rate).rounded())
    var size: Int64 = 1
    while units / size >= 1000 { size *= 10 }
    units = (units + size / 2) / size * size
    return Amount(tenThousandths: units)
  }

  /// The end of a range, as the edge it lies the smallest step below.
  static func shortTop(_ amount: Amount) -> String {
    short(amount.tenThousandths % 10 == 9 ? Amount(tenThousandths: amount.tenThousandths + 1) : amount)
  }

  /// An edge of the scale in few letters: `0.5`, `200`, `10k`, `2M`.
  static func short(_ amount: Amount) -> String {
    let units = amount.tenThousandths / 10_000
    guard amount.tenThousandths % 10_000 == 0 else { return amount.description }
    if units >= 1_000_000 { return units % 1_000_000 == 0 ? "\(units / 1_000_000)M" : "\(units / 1000)k" }
    return units >= 1000 && units % 1000 == 0 ? "\(units / 1000)k" : "\(units)"
  }
}
