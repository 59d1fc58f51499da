import Casework
import Filters
import Listings
import Sentences
import TerminalIO
import TextCells

/// The listings shown week by week, by verdict: a bar for each week, from the first to the last, those without a listing included.
package struct WeekChartSheet: Sheet {
  var list = ListPosition()

  static let name = "the weeks"
  var mode: Mode { .weekChart(self) }
  var kind: Mode.Kind { .weekChart }

  static let subject = FacetSubject.coded(.week)

  static let keys: [SheetKey<WeekChartSheet>] =
    [
      SheetKey(
        [.enter, .right, .character("l")], Sentence("show the listings of that week alone"),
        hint: Sentence("filter by it")
      ) {
        sheet, state in
        let weeks = state.chartedWeeks
        guard weeks.indices.contains(sheet.list.cursor) else { return .close() }
        return .close(
          state.set(state.filter.without(Self.subject).toggling(weeks[sheet.list.cursor].name, in: Self.subject)))
      },
      SheetKey(
        [.escape, .left, .character("h"), .character("q"), .character("F"), .control("c")], Sentence("close"),
        hint: Sentence("close")
      ) { _, _ in .close() },
    ]
    + SheetKey.moving(spaceTurns: true) { sheet, step, state in
      sheet.list.move(step, rows: Self.rows(state), count: state.chartedWeeks.count)
    }

  mutating func settle(_ state: State) { list.settle(rows: Self.rows(state), count: state.chartedWeeks.count) }

  private static func rows(_ state: State) -> Int { max(1, state.layout.middle.insideBorder.rows - 2) }

  // MARK: Its nodes

  func node(_ state: State, in room: Size) -> Node? {
    let title = SafeText(localized("Week by week, by the date posted, or else collected"))
    return .sheet(title.clipped(to: max(0, room.columns - 6)), in: room, columns: room.columns, rows: room.rows) {
      inside in
      let weeks = state.chartedWeeks
      guard !weeks.isEmpty else {
        let words = state.isEvaluating ? localized("being counted …") : localized("no listing is shown")
        return [.line([Piece(SafeText(words), .faint, at: 1)], hasCursor: true)]
      }
      let most = weeks.map(\.count).max() ?? 0
      let lines = weeks.indices.dropFirst(list.top).prefix(max(1, inside.rows - 2)).map { index in
        line(index, weeks[index], most: most, width: inside.columns)
      }
      let blanks = Array(repeating: Node.blank, count: max(0, inside.rows - 2 - lines.count))
      return lines + blanks + [.blank, legend(width: inside.columns)]
    }
  }

  /// Verdicts are told apart by the pattern of the bar, not by its colour alone.
  private static let parts: [(glyph: Unicode.Scalar, role: Role, label: Sentence)] = [
    ("█", .confirmed, Sentence("confirmed")), ("▓", .falsePositive, Sentence("false positive")),
    ("▒", .unsure, Sentence("unsure")), ("░", .facetBar, Sentence("left to decide")),
  ]

  private func line(_ index: Int, _ week: ChartedWeek, most: Int, width: Int) -> Node {
    let isCursor = index == list.cursor
    var pieces = [Piece(SafeText(week.name.isEmpty ? localized("no date") : week.name), .date, .value("week"), at: 1)]
    let counts = week.counts
    let words = SafeText(
      grouped(week.count)
        + (counts[3] == week.count ? "" : "  ✓\(grouped(counts[0])) ✗\(grouped(counts[1])) ?\(grouped(counts[2]))"))
    let room = max(0, min(width - 12 - 26, 60))
    let length = most > 0 ? (week.count * room + most - 1) / most : 0
    // The parts share the bar so that together they are as long as it.
    var (start, sum) = (11, 0)
    for (part, count) in zip(Self.parts, counts) where week.count > 0 {
      let end = (sum + count) * length / week.count
      let cells = end - sum * length / week.count
      sum += count
      if cells > 0 {
        pieces.append(
          Piece(SafeText(glyphs: Array(repeating: Glyph(part.glyph), count: cells)), part.role, .decoration, at: start))
      }
      start += cells
    }
    pieces.append(Piece(words.clipped(to: max(0, width - 13 - room)), .facetCount, .value("count"), at: 12 + room))
    return .line(pieces, .row(index), on: isCursor ? .cursor : nil, hasCursor: isCursor)
  }

  private func legend(width: Int) -> Node {
    var pieces: [Piece] = []
    var start = 1
    for part in Self.parts {
      let label = SafeText(localized(part.label))
      guard start + 2 + label.width < width else { break }
      pieces.append(Piece(SafeText(glyphs: [Glyph(part.glyph)]), part.role, .decoration, at: start))
      pieces.append(Piece(label, .faint, .label, at: start + 2))
      start += label.width + 4
    }
    return .line(pieces)
  }
}

/// A week with the listings in it.
struct ChartedWeek: Equatable {
  /// `2026-W47`; empty for listings without a date.
  let name: String
  let count: Int
  let review: ValueReviews

  /// Confirmed, false positive, unsure, left to decide.
  var counts: [Int] {
    let unsure = review.decided - review.confirmed - review.falsePositive
    return [review.confirmed, review.falsePositive, unsure, count - review.decided]
  }
}

extension State {
  /// A week without listings is as telling as one with many; but a single wrong date must not make a list of centuries.
  private static let longestGap = 26

  /// The weeks of the listings shown, from the first to the last, then those without a date.
  var chartedWeeks: [ChartedWeek] {
    guard let facet = answer?.facets[WeekChartSheet.subject] else { return [] }
    let reviews = facets.reviews[WeekChartSheet.subject] ?? [:]
    func charted(_ name: String, _ count: Int) -> ChartedWeek {
      ChartedWeek(name: name, count: count, review: reviews[name] ?? ValueReviews())
    }
    let dated = facet.values.compactMap { value in Week(value.name).map { (week: $0, value: value) } }
      .sorted { $0.week < $1.week }
    var weeks: [ChartedWeek] = []
    var last: Week?
    for (week, value) in dated {
      if let last, week.number - last.number <= Self.longestGap {
        weeks += (last.number + 1..<max(last.number + 1, week.number)).map { charted(Week(number: $0).text, 0) }
      }
      weeks.append(charted(value.name, value.count))
      last = week
    }
    return weeks + facet.values.filter { $0.name.isEmpty }.map { charted("", $0.count) }
  }

  mutating func startWeekChart() -> [Effect] {
    mode = .weekChart(WeekChartSheet())
    return evaluate()
  }
}
