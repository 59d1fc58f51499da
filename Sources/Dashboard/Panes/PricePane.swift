import Filters
import Listings
import TextCells

/// Prices in US dollars on a logarithmic scale, with the range in force, and the prices that have no place on it.
enum PricePane {
  static func draw(_ state: State, _ area: Area, into frame: inout Frame) {
    let isFocused = state.focus == .price && state.mode.isBrowsing
    PaneBorder.draw(
      area, title: title(state, width: area.columns - 4), right: state.unfinished(.price) == nil ? "" : "so far",
      isFocused: isFocused, into: &frame)
    let inside = area.insideBorder
    if isFocused { frame.cursor = Spot(column: inside.column, row: inside.row) }
    guard inside.rows > 0, inside.columns > 4 else { return }
    guard let prices = state.answer?.prices else {
      let text = (state.unfinished(.price) ?? .answer).sentence
      frame.write(
        SafeText(text), at: Spot(column: inside.column + 2, row: inside.row), width: inside.columns - 2, as: .faint)
      return
    }
    let tailRows = inside.rows >= 4 ? 2 : inside.rows >= 3 ? 1 : 0
    let axisRows = inside.rows >= 2 ? 1 : 0
    let barRows = inside.rows - tailRows - axisRows
    drawBars(
      state, prices, Area(column: inside.column, row: inside.row, columns: inside.columns, rows: barRows), isFocused,
      into: &frame)
    if axisRows > 0 {
      drawAxis(state, Spot(column: inside.column, row: inside.row + barRows), inside.columns, isFocused, into: &frame)
    }
    guard tailRows > 0 else { return }
    drawTail(state, prices, inside, tailRows, isFocused, into: &frame)
  }

  /// The range in force stands in the title, however narrow the pane.
  private static func title(_ state: State, width: Int) -> SafeText {
    guard let range = state.filter.priceRange else {
      return state.hasRepeats ? "3 Price, USD, rows" : "3 Price, USD"
    }
    let text =
      switch (range.low, range.high) {
      case (let low?, let high?): "\(short(low))–\(shortTop(high))"
      case (let low?, nil): "from \(short(low))"
      case (nil, let high?): "to \(shortTop(high))"
      case (nil, nil): "any"
      }
    let full = SafeText("3 Price, USD: \(text)")
    return full.width <= width ? full : SafeText("3 USD \(text)")
  }

  /// Buckets as upright bars; those within the range in force stand out.
  private static func drawBars(
    _ state: State, _ prices: PriceHistogram, _ area: Area, _ isFocused: Bool, into frame: inout Frame
  ) {
    let span = shownSpan(state, area.columns)
    let width = barWidth(span, area.columns)
    let largest = prices.buckets.max() ?? 0
    for bucket in span {
      let column = area.column + (bucket - span.lowerBound) * width
      guard column + width <= area.endColumn else { break }
      let count = prices.buckets[bucket]
      // A bucket with a single listing must not look empty.
      let eighths = largest > 0 && count > 0 ? max(1, count * area.rows * 8 / largest) : 0
      let isCursor = isFocused && state.pricePlace.line == .histogram && bucket == state.pricePlace.bucket
      let role: Role = isChosen(bucket, state) ? .facetChosen : .facetBar
      for row in 0..<area.rows {
        let filled = max(0, min(8, eighths - (area.rows - 1 - row) * 8))
        let glyph = Glyph(filled == 0 ? " " : Unicode.Scalar(0x2580 + UInt32(filled))!)
        frame.write(
          SafeText(glyphs: Array(repeating: glyph, count: width)), at: Spot(column: column, row: area.row + row),
          as: role, on: isCursor ? .cursor : .plain)
      }
      if isCursor { frame.cursor = Spot(column: column, row: area.endRow - 1) }
    }
  }

  /// The bands there is room for, those around the cursor where not all fit.
  private static func shownSpan(_ state: State, _ columns: Int) -> ClosedRange<Int> {
    let span = state.priceSpan
    guard span.count > columns, columns > 0 else { return span }
    let start = max(span.lowerBound, min(state.pricePlace.bucket - columns / 2, span.upperBound - columns + 1))
    return start...start + columns - 1
  }

  private static func barWidth(_ span: ClosedRange<Int>, _ columns: Int) -> Int { max(1, min(3, columns / span.count)) }

  private static func isChosen(_ bucket: Int, _ state: State) -> Bool {
    guard let range = state.filter.priceRange else { return false }
    let low = range.low?.tenThousandths ?? 0
    let high = range.high?.tenThousandths ?? .max
    return PriceHistogram.edges[bucket] >= low && PriceHistogram.edges[bucket] <= high
  }

  /// Under the bars: the band under the cursor with its count, else the ends of the scale.
  private static func drawAxis(
    _ state: State, _ spot: Spot, _ columns: Int, _ isFocused: Bool, into frame: inout Frame
  ) {
    let span = shownSpan(state, columns)
    if isFocused, state.pricePlace.line == .histogram {
      let bands = state.pricedBands
      let count = state.answer?.prices.buckets[bands].reduce(0, +) ?? 0
      let upper = PriceHistogram.edges[bands.upperBound + 1]
      let top = upper == .max ? "" : short(Amount(tenThousandths: upper))
      let sign = state.pricePlace.anchor == nil ? "" : "↔ "
      frame.write(
        SafeText("\(sign)\(short(PriceHistogram.edge(bands.lowerBound)))–\(top): \(grouped(count))"), at: spot,
        width: columns, as: .facetCount)
      return
    }
    let width = barWidth(span, columns)
    var free = spot.column
    for bucket in span where PriceHistogram.edges[bucket] % 10_000 == 0 || bucket == span.lowerBound {
      let label = SafeText(short(PriceHistogram.edge(bucket)))
      let column = spot.column + (bucket - span.lowerBound) * width
      guard isDecade(bucket) || bucket == span.lowerBound, column >= free,
        column + label.width <= spot.column + columns
      else { continue }
      frame.write(label, at: Spot(column: column, row: spot.row), as: .faint)
      free = column + label.width + 1
    }
  }

  private static func isDecade(_ bucket: Int) -> Bool { bucket % 3 == 0 }

  private static func drawTail(
    _ state: State, _ prices: PriceHistogram, _ inside: Area, _ rows: Int, _ isFocused: Bool, into frame: inout Frame
  ) {
    let lines: [(PricePlace.Line, String, Int, PriceTest)] = [
      (.missing, "no price", prices.missing, .missing), (.unread, "not read", prices.unread, .unread),
    ]
    let shown = rows == 2 ? lines : [lines[state.pricePlace.line == .missing ? 0 : 1]]
    for (offset, (line, name, count, test)) in shown.enumerated() {
      let row = inside.endRow - rows + offset
      let isCursor = isFocused && state.pricePlace.line == line
      let ground: Ground = isCursor ? .cursor : .plain
      let isOn = state.filter.clauses.contains(.price([test]))
      frame.fill(Area(column: inside.column, row: row, columns: inside.columns, rows: 1), on: ground)
      frame.write(
        SafeText((isOn ? "● " : "  ") + name), at: Spot(column: inside.column, row: row),
        as: isOn ? .facetChosen : .priceUnread, on: ground)
      let text = SafeText(grouped(count))
      frame.write(
        text, at: Spot(column: inside.endColumn - text.width, row: row), as: .facetCount, on: ground)
      if isCursor { frame.cursor = Spot(column: inside.column, row: row) }
    }
  }

  /// The end of a range, as the edge it lies the smallest step below.
  private static func shortTop(_ amount: Amount) -> String {
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
