import Casework
import Filters
import Listings
import TextCells

/// The listings in order: a line each, columns chosen by the width there is.
enum ListingTablePane {
  static func draw(_ state: State, _ area: Area, into frame: inout Frame) {
    let isFocused = state.focus == .listings && state.mode.isBrowsing
    PaneBorder.draw(
      area, title: "5 Listings", right: SafeText(sortText(state)), isFocused: isFocused, into: &frame)
    let inside = area.insideBorder
    guard inside.rows > 0 else { return }
    let columns = TableColumn.chosen(for: inside.columns, state)
    drawHeading(state, columns, inside, into: &frame)
    let search = state.searchedWords
    for line in 0..<max(0, inside.rows - 1) {
      let place = state.table.top + line
      guard place < state.order.count else { break }
      let spot = Spot(column: inside.column, row: inside.row + 1 + line)
      drawListing(state, place, columns, search, at: spot, width: inside.columns, isFocused, into: &frame)
    }
    if state.order.count == 0, inside.rows > 1 { drawEmpty(state, inside, into: &frame) }
  }

  private static func sortText(_ state: State) -> String {
    state.sort.subject == .file && !state.sort.isDescending
      ? "" : "\(state.sort.subject.rawValue) \(state.sort.isDescending ? "↓" : "↑")"
  }

  private static func drawHeading(
    _ state: State, _ columns: [TableColumn], _ inside: Area, into frame: inout Frame
  ) {
    for column in columns {
      let isSorted = column.subject == state.sort.subject
      let text = SafeText(column.heading)
      let shift = column.isRightAligned ? max(0, column.width - text.width) : 0
      frame.write(
        text, at: Spot(column: inside.column + column.start + shift, row: inside.row), width: column.width - shift,
        as: isSorted ? .columnHeadingSorted : .columnHeading)
    }
  }

  private static func drawListing(
    _ state: State, _ place: Int, _ columns: [TableColumn], _ search: [TextSearch], at spot: Spot, width: Int,
    _ isFocused: Bool, into frame: inout Frame
  ) {
    let row = state.order[place]
    let isCursor = place == state.table.cursor
    let ground = state.ground(of: row, place: place, isCursor: isCursor, isFocused: isFocused)
    frame.fill(Area(column: spot.column, row: spot.row, columns: width, rows: 1), on: ground)
    if isCursor { frame.cursor = spot }
    let mark = VerdictMark(state, row)
    frame.write(mark.glyph, at: spot, as: mark.role, on: ground)
    if state.marked.contains(row) {
      frame.write("*", at: Spot(column: spot.column + 1, row: spot.row), as: .flagged, on: ground)
    }
    for column in columns {
      let text = column.text(state.dataset, row, width: column.width)
      let clipped = text.clipped(to: column.width)
      let shift = column.isRightAligned ? column.width - clipped.width : 0
      let at = Spot(column: spot.column + column.start + shift, row: spot.row)
      frame.write(clipped, at: at, as: column.role(state.dataset, row), on: ground)
      if column.subject == .title {
        HitPainter.paint(
          search, in: state.dataset.bytes(of: .title, at: row), at: at, width: clipped.width, ground, into: &frame)
      }
    }
  }

  private static func drawEmpty(_ state: State, _ inside: Area, into frame: inout Frame) {
    let text: SafeText =
      if state.isEvaluating || !state.loading.isComplete {
        "reading …"
      } else if state.dataset.rowCount == 0 {
        "the files hold no listings"
      } else {
        "no listing matches the filter; / changes it, 0 takes it away"
      }
    frame.write(
      text.clipped(to: inside.columns - 2), at: Spot(column: inside.column + 2, row: inside.row + 1), as: .faint)
  }
}

/// The mark before a listing: what was decided, and whether it is on disk.
struct VerdictMark {
  let glyph: SafeText
  let role: Role

  init(_ state: State, _ row: Int) {
    let isReviewed = state.verdicts.isReviewed(row)
    // The key costs a look into the record; without decisions under way the row sets say all.
    let filing =
      state.saving.isEmpty && !isReviewed && !state.isRefusing ? nil : state.filings[state.dataset.key(at: row)]
    switch filing {
    case .refused: (glyph, role) = ("!", .failure)
    case .saving(let standing): (glyph, role) = (Self.glyph(standing.verdict), .saving)
    case .saved(let standing, _): (glyph, role) = (Self.glyph(standing.verdict), Self.role(standing.verdict))
    case nil: (glyph, role) = ("·", .unreviewed)
    }
  }

  static func glyph(_ verdict: Verdict?) -> SafeText {
    switch verdict {
    case .confirmed: "✓"
    case .falsePositive: "✗"
    case .unsure: "?"
    case nil: "·"
    }
  }

  static func role(_ verdict: Verdict?) -> Role {
    switch verdict {
    case .confirmed: .confirmed
    case .falsePositive: .falsePositive
    case .unsure: .unsure
    case nil: .unreviewed
    }
  }
}

extension State {
  func ground(of row: Int, place: Int, isCursor: Bool, isFocused: Bool) -> Ground {
    if isCursor { return isFocused ? .cursor : .cursorUnfocused }
    if let anchor = rangeAnchor, rangePlaces(from: anchor).contains(place) { return .marked }
    return marked.contains(row) ? .marked : .plain
  }

  /// The bare words of the filter, to be shown where they stand.
  var searchedWords: [TextSearch] {
    filter.clauses.compactMap { clause in
      if case .words(let words) = clause { TextSearch(words) } else { nil }
    }
  }
}

/// Marks where the filter's words stand in a text that was just drawn.
enum HitPainter {
  static func paint(
    _ search: [TextSearch], in text: UnsafeRawBufferPointer, at spot: Spot, width: Int, _ ground: Ground,
    into frame: inout Frame
  ) {
    guard !search.isEmpty else { return }
    // A title of any length is drawn only as far as the pane is wide.
    let drawn = PlacedText(utf8: text, limit: width + 1)
    let seen = UnsafeRawBufferPointer(rebasing: text.prefix(Int(drawn.offsets.last ?? 0)))
    for range in search.flatMap({ $0.ranges(in: seen) }) {
      for column in drawn.columns(showing: range) where column < width {
        frame[spot.column + column, spot.row].role = .hit
      }
    }
  }
}
