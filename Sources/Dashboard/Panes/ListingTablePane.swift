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
    let headingRows = headingRows(in: inside.rows)
    if headingRows > 0 { drawHeading(state, columns, inside, into: &frame) }
    let search = state.searchedWords
    for line in 0..<max(0, inside.rows - headingRows) {
      let place = state.table.top + line
      guard place < state.order.count else { break }
      let spot = Spot(column: inside.column, row: inside.row + headingRows + line)
      drawListing(state, place, columns, search, at: spot, width: inside.columns, isFocused, into: &frame)
    }
    if state.order.count == 0 {
      let spot = Spot(column: inside.column + 1, row: inside.row + headingRows)
      drawEmpty(state, spot, inside.columns - 1, into: &frame)
      if isFocused { frame.cursor = spot }
    }
  }

  /// A heading is worth a line where three are left for listings.
  static func headingRows(in rows: Int) -> Int { rows >= 4 ? 1 : 0 }

  private static func sortText(_ state: State) -> String {
    guard state.sort != .file else { return "" }
    return "\(state.sort.subject.name) \(state.sort.isDescending ? "↓" : "↑")"
      + (state.unfinished == nil ? "" : " so far")
  }

  private static func drawHeading(
    _ state: State, _ columns: [TableColumn], _ inside: Area, into frame: inout Frame
  ) {
    for column in columns {
      let isSorted = column.dimension.order?.subject == state.sort.subject
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
    let lineGround = state.ground(of: row, place: place, isCursor: isCursor && !state.isMovingOn, isFocused: isFocused)
    frame.fill(Area(column: spot.column, row: spot.row, columns: width, rows: 1), on: lineGround)
    let beginning = columns.count > 1 ? columns[1].start : width
    frame.fill(Area(column: spot.column, row: spot.row, columns: beginning, rows: 1), on: ground)
    if isCursor, isFocused { frame.cursor = spot }
    let mark = VerdictMark(state, row)
    frame.write(mark.glyph, at: spot, as: mark.role, on: ground)
    if state.marked.contains(row) {
      frame.write("*", at: Spot(column: spot.column + 1, row: spot.row), as: .flagged, on: ground)
    }
    for column in columns {
      let ground = column.start < beginning ? ground : lineGround
      let text = column.text(state, row, width: column.width)
      let clipped = text.clipped(to: column.width)
      let shift = column.isRightAligned ? column.width - clipped.width : 0
      let at = Spot(column: spot.column + column.start + shift, row: spot.row)
      frame.write(clipped, at: at, as: column.role(state, row), on: ground)
      guard let field = column.searchedField(state.dataset, row) else { continue }
      let bytes = state.dataset.bytes(of: field, at: row)
      if column.cell == .title {
        HitPainter.paint(state.shownReadings.titles[row] ?? [], in: bytes, at: at, width: clipped.width, into: &frame)
      }
      HitPainter.paint(search, in: bytes, at: at, width: clipped.width, into: &frame)
    }
  }

  private static func drawEmpty(_ state: State, _ spot: Spot, _ width: Int, into frame: inout Frame) {
    let text: SafeText =
      if let awaited = state.awaitedAnswer {
        SafeText(awaited.sentence)
      } else if state.dataset.rowCount == 0 {
        "the files hold no listings"
      } else {
        "no listing matches; / changes the filter, 0 takes it away"
      }
    frame.write(text.clipped(to: width), at: spot, as: .faint)
  }
}

/// The mark before a listing: what was decided, and whether it is on disk.
struct VerdictMark {
  let glyph: SafeText
  let role: Role

  init(_ state: State, _ row: Int) {
    switch state.decisions.unsettled(at: row, of: state.dataset) {
    case .refused: (glyph, role) = ("!", .failure)
    case .saving(let status): (glyph, role) = (Self.letter(status.verdict), .saving)
    case .saved, nil:
      let verdict = state.verdicts.verdict(at: row)
      // What an earlier day decided is still shown; that it is saved is not.
      let isGone = state.casebookTrouble?.kind == .lost
      (glyph, role) = (Self.glyph(verdict), isGone ? .faint : Self.role(verdict))
    }
  }

  /// The key that was pressed stands for the verdict until it is on disk, also where there are no colours.
  private static func letter(_ verdict: Verdict?) -> SafeText {
    switch verdict {
    case .confirmed: "c"
    case .falsePositive: "x"
    case .unsure: "s"
    case nil: "·"
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
}
