import Filters
import Listings
import TextCells

/// A field broken into its values with live counts: platform, species, seller.
enum FacetPane {
  static func draw(_ state: State, _ pane: Pane, _ area: Area, into frame: inout Frame) {
    guard let subject = state.facetSubject(of: pane) else { return }
    let values = state.shownValues(of: subject)
    let place = state.facetPlaces[subject] ?? FacetPlace()
    let isFinding = if case .findingValue(subject, _) = state.mode { true } else { false }
    let isFocused = state.focus == pane && state.mode.isBrowsing
    PaneBorder.draw(
      area, title: title(state, pane, place), right: SafeText(count(values, state.unfinished(pane))),
      isFocused: isFocused, into: &frame)
    let inside = area.insideBorder
    guard !inside.isEmpty else { return }
    if isFocused { frame.cursor = Spot(column: inside.column, row: inside.row) }
    let largest = state.facetMaxima[subject] ?? 0
    let top = State.scrolled(place.top, to: place.cursor, rows: inside.rows)
    // The last line says how many more there are, unless the cursor stands on the very end.
    let hidden = values.count - top - inside.rows
    let lines = hidden > 0 && place.cursor - top < inside.rows - 1 ? inside.rows - 1 : inside.rows
    for line in 0..<lines where top + line < values.count {
      let spot = Spot(column: inside.column, row: inside.row + line)
      let isCursor = isFocused && top + line == place.cursor
      drawValue(
        state, subject, values[top + line], largest, at: spot, width: inside.columns, isCursor: isCursor, into: &frame)
      if isCursor { frame.cursor = spot }
    }
    if isFinding { frame.cursor = findCursor(state, pane, place, area) }
    if lines < inside.rows {
      frame.write(
        SafeText("  … \(grouped(hidden + 1)) more"), at: Spot(column: inside.column, row: inside.endRow - 1),
        width: inside.columns, as: .faint)
    }
    if values.isEmpty { drawEmpty(state, pane, place, inside, into: &frame) }
  }

  private static func title(_ state: State, _ pane: Pane, _ place: FacetPlace) -> SafeText {
    let name = state.dimension(of: pane)?.title ?? ""
    if case .findingValue(let subject, let editor) = state.mode, subject == state.facetSubject(of: pane) {
      return SafeText("\(pane.rawValue) find: \(editor.text)")
    }
    // Its counts are of rows, which is said where listings are fewer.
    let title = "\(pane.rawValue) \(name)" + (state.hasRepeats ? ", rows" : "")
    return SafeText(place.find.isEmpty ? title : "\(title) ~ \(place.find)")
  }

  /// Where the text that is being looked for goes on.
  private static func findCursor(_ state: State, _ pane: Pane, _ place: FacetPlace, _ area: Area) -> Spot {
    guard case .findingValue(_, let editor) = state.mode else { return Spot(column: area.column, row: area.row) }
    let before = SafeText("\(pane.rawValue) find: \(editor.beforeCursor)").width
    return Spot(column: area.column + 2 + min(before, max(0, area.columns - 4)), row: area.row)
  }

  private static func count(_ values: [FacetValue], _ unfinished: Unfinished?) -> String {
    guard unfinished == nil else { return "so far" }
    return values.count > 1 ? grouped(values.count) : ""
  }

  private static func drawValue(
    _ state: State, _ subject: FacetSubject, _ value: FacetValue, _ largest: Int, at spot: Spot, width: Int,
    isCursor: Bool,
    into frame: inout Frame
  ) {
    let choice = state.filter.choice(of: value.name, in: subject)
    let ground: Ground = isCursor ? .cursor : .plain
    frame.fill(Area(column: spot.column, row: spot.row, columns: width, rows: 1), on: ground)
    let mark: SafeText = choice == .chosen ? "●" : choice == .excluded ? "⊘" : " "
    let role: Role = choice == .chosen ? .facetChosen : choice == .excluded ? .facetExcluded : .facetValue
    frame.write(mark, at: spot, as: role, on: ground)
    let count = SafeText(grouped(value.count))
    // How often a term was right says more than a bar; without a verdict there is neither.
    let share = subject == .term ? SafeText(value.record?.confirmedShare.map { "\($0)%✓" } ?? "") : ""
    // Names of taxa are long, and an appendix stands behind them.
    let mostBar = TaxonValue.hasAppendices(subject, state.taxa) ? 4 : 8
    let barWidth = subject == .term ? (share.width > 0 ? 5 : 0) : width >= 26 ? min(mostBar, width - 20) : 0
    let nameWidth = width - 2 - count.width - 1 - (barWidth > 0 ? barWidth + 1 : 0)
    let appendix = SafeText(TaxonValue.appendix(of: value.name, in: subject, state.taxa).map { " " + $0 } ?? "")
    let name = SafeText(shownName(value, subject)).clipped(to: max(0, nameWidth - appendix.width))
    frame.write(
      name, at: Spot(column: spot.column + 2, row: spot.row),
      as: value.name.isEmpty && role == .facetValue ? .faint : role, on: ground)
    frame.write(
      appendix, at: Spot(column: spot.column + 2 + name.width, row: spot.row), width: max(0, nameWidth - name.width),
      as: .faint, on: ground)
    if !value.meaning.isEmpty, nameWidth - name.width >= 6 {
      frame.write(
        SafeText(" " + value.meaning).clipped(to: nameWidth - name.width),
        at: Spot(column: spot.column + 2 + name.width, row: spot.row), as: .faint, on: ground)
    }
    var column = spot.column + width - count.width - (barWidth > 0 ? barWidth + 1 : 0)
    frame.write(count, at: Spot(column: column, row: spot.row), as: .facetCount, on: ground)
    column += count.width + 1
    if share.width > 0 {
      let right = column + barWidth - share.width
      frame.write(share, at: Spot(column: right, row: spot.row), as: .confirmed, on: ground)
    } else if barWidth > 0, !value.name.isEmpty {
      frame.write(
        bar(value.count, of: largest, width: barWidth), at: Spot(column: column, row: spot.row), as: .facetBar,
        on: ground)
    }
  }

  private static func shownName(_ value: FacetValue, _ subject: FacetSubject) -> String {
    guard !value.name.isEmpty else { return "(none given)" }
    if let name = TaxonValue.name(of: value.name, in: subject) { return name }
    if subject == .verdict { return value.name.replacing("-", with: " ") }
    guard subject == .risk else { return value.name }
    return value.name == "unknown" ? "not readable by text" : value.name.replacing("..", with: " to ")
  }

  /// A bar of eighths of a cell.
  static func bar(_ count: Int, of largest: Int, width: Int) -> SafeText {
    guard largest > 0, count > 0 else { return "" }
    let eighths = max(1, min(width * 8, count * width * 8 / largest))
    var glyphs = Array(repeating: Glyph("█"), count: eighths / 8)
    if eighths % 8 > 0 { glyphs.append(Glyph(Unicode.Scalar(0x2590 - UInt32(eighths % 8))!)) }
    return SafeText(glyphs: glyphs)
  }

  private static func drawEmpty(
    _ state: State, _ pane: Pane, _ place: FacetPlace, _ inside: Area, into frame: inout Frame
  ) {
    let awaited = state.unfinished(pane) ?? (state.isEvaluating || state.answer == nil ? .answer : nil)
    let text = awaited?.sentence ?? (place.find.isEmpty ? "nothing here" : "nothing like it")
    frame.write(
      SafeText(text), at: Spot(column: inside.column + 2, row: inside.row), width: inside.columns - 2, as: .faint)
  }
}

extension Mode {
  /// Whether the panes have the keyboard.
  var isBrowsing: Bool {
    switch self {
    case .browsing, .findingValue: true
    default: false
    }
  }
}
