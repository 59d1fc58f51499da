import Filters
import Listings
import Sentences
import Taxa
import TerminalIO
import TextCells

/// The facet panes: a dimension each, broken into its values with live counts.
package struct FacetPanes: Sendable {
  /// What a pane counts, where that is not the first of its dimensions.
  package internal(set) var chosen: [Pane: String] = [:]
  /// What the values of a dimension are sorted by, where that is not their count.
  package internal(set) var orders: [String: ValueOrder] = [:]
  /// How far the listings with each value are decided.
  var reviews: FacetReviews = [:]
  /// Whether that is being counted again, and whether it has to be once more.
  var (isCountingReviews, mustCountReviews) = (false, false)
  /// Where the cursor is among the values.
  package internal(set) var positions: [FacetSubject: FacetPosition] = [:]
  /// What is listed; kept, because a facet can have a hundred thousand values.
  fileprivate var lists: [FacetSubject: [FacetValue]] = [:]
  /// The greatest count of a named value in a list: the full length of its bars.
  fileprivate var maxima: [FacetSubject: Int] = [:]
}

/// The position in a facet pane, and what is searched for in it.
package struct FacetPosition: Equatable, Sendable {
  package var list = ListPosition()
  package var find = ""
  /// The value that the cursor was put on: it stays there when counts change.
  var name: String?
}

// MARK: - What is listed

extension State {
  /// The values that a facet's pane lists: those with a listing, the chosen ones, and of these those found.
  package func shownValues(of subject: FacetSubject) -> [FacetValue] { facets.lists[subject] ?? [] }

  /// Updates the lists after a new answer or choice. The cursor stays on its value.
  mutating func relistFacets() {
    for subject in facetSubjects { relist(subject) }
  }

  private mutating func relist(_ subject: FacetSubject) {
    var position = facets.positions[subject] ?? FacetPosition()
    let values = listedValues(of: subject)
    facets.lists[subject] = values
    // Listings without a value are no measure for those with one.
    facets.maxima[subject] = values.reduce(0) { $1.name.isEmpty ? $0 : max($0, $1.count) }
    let cursor = position.list.cursor
    let isStillThere = values.indices.contains(cursor) && values[cursor].name == position.name
    if let name = position.name, !isStillThere, let moved = values.firstIndex(where: { $0.name == name }) {
      position.list.top += moved - cursor
      position.list.cursor = moved
    }
    position.list.cursor = max(0, min(position.list.cursor, values.count - 1))
    position.list.top = max(0, min(position.list.top, position.list.cursor))
    facets.positions[subject] = position
  }

  private func listedValues(of subject: FacetSubject) -> [FacetValue] {
    var values = answer?.facets[subject]?.values ?? []
    // A value that was chosen stays visible even when no listing has it any more.
    for name in filter.chosenNames(in: subject) where !values.contains(where: { $0.name == name }) {
      values.append(FacetValue(name: name, count: 0))
    }
    guard let search = TextSearch(facets.positions[subject]?.find ?? "") else { return values }
    var scratch: [UInt8] = []
    func isFound(_ text: String) -> Bool {
      var text = text
      return text.withUTF8 { search.occurs(in: UnsafeRawBufferPointer($0), scratch: &scratch) }
    }
    return values.filter { isFound($0.name) || isFound($0.meaning) }
  }

  /// Whether any term is listed yet.
  var hasListedTerms: Bool { facets.lists[.term]?.isEmpty == false }

  /// Values of the pane on the screen.
  private func facetRows(of pane: Pane) -> Int { max(1, layout.facets[pane]?.insideBorder.rows ?? 0) }

  mutating func moveFacet(_ step: Step) {
    guard let subject = facetSubject(of: focus) else { return }
    var position = facets.positions[subject] ?? FacetPosition()
    let values = shownValues(of: subject)
    position.list.move(step, rows: facetRows(of: focus), count: values.count)
    position.name = values.isEmpty ? nil : values[position.list.cursor].name
    facets.positions[subject] = position
  }

  private mutating func keepFacetCursorVisible(_ subject: FacetSubject) {
    guard let pane = Pane.allCases.first(where: { facetSubject(of: $0) == subject }) else { return }
    let (rows, count) = (facetRows(of: pane), shownValues(of: subject).count)
    facets.positions[subject]?.list.settle(rows: rows, count: count)
  }
}

// MARK: - Choosing

extension State {
  private var valueUnderCursor: (FacetSubject, String)? {
    guard let subject = facetSubject(of: focus) else { return nil }
    let values = shownValues(of: subject)
    let cursor = facets.positions[subject]?.list.cursor ?? 0
    return values.indices.contains(cursor) ? (subject, values[cursor].name) : nil
  }

  mutating func toggleValue() -> [Effect] {
    if focus == .price { return togglePrice() }
    guard let (subject, name) = valueUnderCursor else { return [] }
    return set(filter.toggling(name, in: subject))
  }

  mutating func excludeValue() -> [Effect] {
    guard let (subject, name) = valueUnderCursor else {
      return say(
        .warned,
        localized(
          "Prices are narrowed by a range: \(key("range-from")) and \(key("range-to")) set its ends, \(key("choose")) "
            + "begins one"))
    }
    return set(filter.togglingExclusion(name, in: subject))
  }

  mutating func clearFacet() -> [Effect] {
    if focus == .price {
      price.anchor = nil
      return set(filter.pricing(nil))
    }
    guard let subject = facetSubject(of: focus) else { return [] }
    find("", in: subject)
    return set(filter.without(subject))
  }

  mutating func startFinding() -> [Effect] {
    guard let subject = facetSubject(of: focus) else { return [] }
    mode = .valueLine(ValueLine(subject: subject, editor: LineEditor(facets.positions[subject]?.find ?? "")))
    return []
  }

  /// Lists only the values of a facet that contain a text.
  mutating func find(_ text: String, in subject: FacetSubject) {
    var position = facets.positions[subject] ?? FacetPosition()
    guard position.find != text else { return }
    position.find = text
    // A shorter list begins at its top; given up, it goes back to the value that was found.
    if !text.isEmpty {
      (position.list, position.name) = (ListPosition(), nil)
    } else {
      let values = shownValues(of: subject)
      position.name = values.indices.contains(position.list.cursor) ? values[position.list.cursor].name : nil
    }
    facets.positions[subject] = position
    relist(subject)
    if text.isEmpty { keepFacetCursorVisible(subject) }
  }
}

/// The text that is searched for among the values of a facet, typed into its pane's title.
package struct ValueLine: Sheet {
  let subject: FacetSubject
  var editor: LineEditor

  static let name = "the find line of a facet"
  var mode: Mode { .valueLine(self) }
  var kind: Mode.Kind { .valueLine }

  static let keys: [SheetKey<ValueLine>] =
    [
      .saying(Sentence("type to find")),
      SheetKey([.enter], Sentence("keep the shorter list"), hint: Sentence("keep")) { _, _ in .close() },
      SheetKey([.escape, .control("c")], Sentence("cancel: all values again"), hint: Sentence("cancel")) {
        line, state in
        state.find("", in: line.subject)
        return .close()
      },
    ]
    // The line stays open: the letters that follow are still text.
    + SheetKey.walking(hint: Sentence("move")) { _, lines, state in state.move(.line(lines)) }

  mutating func type(_ key: Key, _ state: inout State) -> SheetStep {
    if editor.take(key) { state.find(editor.text, in: subject) }
    return .stay()
  }

  mutating func paste(_ text: String, _ state: inout State) -> SheetStep? {
    editor.insert(text)
    state.find(editor.text, in: subject)
    return .stay()
  }

  func node(_ state: State, in room: Size) -> Node? { nil }
}

// MARK: - Its nodes

extension State {
  /// A facet pane with as many values as there is room for.
  func facetNode(_ pane: Pane, in size: Size) -> Node? {
    guard let subject = facetSubject(of: pane) else { return nil }
    let values = shownValues(of: subject)
    let position = facets.positions[subject] ?? FacetPosition()
    let isFocused = focus == pane && mode.showsFocus
    let line: ValueLine? = if case .valueLine(let line) = mode, line.subject == subject { line } else { nil }
    let title = facetTitle(pane, position, line)
    let border = Border(
      title,
      right: facetCount(
        values, dimension(of: pane).flatMap { facets.orders[$0.id] }, unfinished(pane), beside: title, in: size),
      isFocused: isFocused,
      cursor: line.map { SafeText(heading(of: pane, localized("find: \($0.editor.beforeCursor)"))).width })
    let inside = Area(size).insideBorder
    guard !inside.isEmpty else { return Node(.pane(pane), .bordered(border, .stack([]))) }
    return Node(
      .pane(pane),
      .bordered(border, .stack(facetLines(pane, subject, values, position, inside, isFocused: isFocused))))
  }

  private func facetLines(
    _ pane: Pane, _ subject: FacetSubject, _ values: [FacetValue], _ position: FacetPosition, _ inside: Area,
    isFocused: Bool
  ) -> [Node] {
    if values.isEmpty {
      let awaited = unfinished(pane) ?? (isEvaluating || answer == nil ? .answer : nil)
      let none = position.find.isEmpty ? localized("nothing here") : localized("nothing like it")
      let text = awaited?.sentence(in: inside.columns - 2) ?? SafeText(none)
      return [.line([Piece(text, .faint, at: 2)], hasCursor: isFocused)]
    }
    let cursor = position.list.cursor
    let top = State.scrolled(position.list.top, to: cursor, rows: inside.rows)
    // The last line says how many more there are, unless the cursor is at the very end.
    let hidden = values.count - top - inside.rows
    let count = hidden > 0 && cursor - top < inside.rows - 1 ? inside.rows - 1 : inside.rows
    let painter = FacetValuePainter(
      subject: subject, taxa: taxa, reviews: facets.reviews[subject] ?? [:], maximum: facets.maxima[subject] ?? 0,
      width: inside.columns)
    var nodes = values.indices.dropFirst(top).prefix(count).map { index in
      let isCursor = isFocused && index == cursor
      return Node.line(
        painter.pieces(values[index], filter.choice(of: values[index].name, in: subject)), .row(index),
        on: isCursor ? .cursor : nil, hasCursor: isCursor)
    }
    if count < inside.rows {
      nodes.append(.text(SafeText("  … " + counted(hidden + 1, "more", "more")), .faint, at: 0))
    }
    return nodes
  }

  private func facetTitle(_ pane: Pane, _ position: FacetPosition, _ line: ValueLine?) -> SafeText {
    if let line { return SafeText(heading(of: pane, localized("find: \(line.editor.text)"))) }
    // Its counts are of rows, which is said where listings are fewer.
    let title =
      heading(of: pane, dimension(of: pane)?.title ?? "") + (unitOfRows.isEmpty ? "" : ", " + localized("rows"))
    if !position.find.isEmpty { return SafeText("\(title) ~ \(position.find)") }
    guard let subject = facetSubject(of: pane), facets.reviews[subject]?.isEmpty == false else {
      return SafeText(title)
    }
    return SafeText(title + ", " + localized("left/all"))
  }

  private func facetCount(
    _ values: [FacetValue], _ order: ValueOrder?, _ unfinished: Unfinished?, beside title: SafeText, in size: Size
  ) -> SafeText {
    if unfinished != nil { return Border.soFar(beside: title, in: size) }
    let count = values.count > 1 ? grouped(values.count) : ""
    let room = Border.room(in: size.columns) - title.width - 2
    let texts = [order.map { "\($0.words) · \(count)" }, order?.words, count].compactMap { $0 }
    return texts.map { SafeText($0) }.first { $0.width <= room } ?? ""
  }
}

extension ValueOrder {
  /// `by name`.
  var words: String {
    switch self {
    case .count: localized("by count")
    case .name: localized("by name")
    case .newest: localized("by newest listing")
    case .undecided: localized("by number left to decide")
    case .confirmed: localized("by share confirmed")
    }
  }
}

/// A value of a facet as a line: a mark, its name, its count, and a bar.
private struct FacetValuePainter {
  let subject: FacetSubject
  let taxa: TaxonTable?
  /// By value, how many listings are decided.
  let reviews: [String: ValueReviews]
  /// The count with the longest bar.
  let maximum: Int
  let width: Int

  func pieces(_ value: FacetValue, _ choice: Choice) -> [Piece] {
    let mark: SafeText = choice == .chosen ? "●" : choice == .excluded ? "⊘" : " "
    let role: Role = choice == .chosen ? .facetChosen : choice == .excluded ? .facetExcluded : .facetValue
    var pieces = [Piece(mark, role, .decoration, at: 0)]
    let count = SafeText(countText(value))
    // How often a term was right says more than a bar; without a verdict there is neither.
    let share = subject == .term ? SafeText(value.record?.confirmedShare.map { "\($0)%✓" } ?? "") : ""
    // Names of taxa are long, and an appendix follows them.
    let maximumBar = TaxonValue.hasAppendices(subject, taxa) ? 4 : 8
    // What is left to decide takes its room from the bar, not from the name.
    let room = min(maximumBar, width - 20) - (count.width - SafeText(grouped(value.count)).width)
    let barWidth = subject == .term ? (share.width > 0 ? 5 : 0) : width >= 26 && room >= 2 ? room : 0
    let nameWidth = width - 2 - count.width - 1 - (barWidth > 0 ? barWidth + 1 : 0)
    let appendix = SafeText(TaxonValue.appendix(of: value.name, in: subject, taxa).map { " " + $0 } ?? "")
    let name = SafeText(shownName(value)).clipped(to: max(0, nameWidth - appendix.width))
    pieces.append(
      Piece(name, value.name.isEmpty && role == .facetValue ? .faint : role, .value("value"), at: 2))
    pieces.append(Piece(appendix, .faint, .value("appendix"), width: max(0, nameWidth - name.width)))
    if !value.meaning.isEmpty, nameWidth - name.width >= 6 {
      pieces.append(
        Piece(
          SafeText(" " + value.meaning).clipped(to: nameWidth - name.width), .faint, .value("meaning"),
          at: 2 + name.width))
    }
    let countColumn = width - count.width - (barWidth > 0 ? barWidth + 1 : 0)
    pieces.append(Piece(count, .facetCount, .value("count"), at: countColumn))
    let barColumn = countColumn + count.width + 1
    if share.width > 0 {
      pieces.append(Piece(share, .confirmed, .value("confirmed"), at: barColumn + barWidth - share.width))
    } else if barWidth > 0, !value.name.isEmpty {
      pieces.append(Piece(Bar.lying(value.count, of: maximum, width: barWidth), .facetBar, .decoration, at: barColumn))
    }
    return pieces
  }

  /// How many listings have the value; where some of them are decided, `left/all`.
  private func countText(_ value: FacetValue) -> String {
    guard let review = reviews[value.name], review.decided > 0 else { return grouped(value.count) }
    return "\(grouped(max(0, value.count - review.decided)))/\(grouped(value.count))"
  }

  private func shownName(_ value: FacetValue) -> String {
    if value.name.isEmpty { return localized("(none given)") }
    return TaxonValue.name(of: value.name, in: subject) ?? value.name
  }
}

/// Bars of eighths of a cell.
enum Bar {
  static func lying(_ count: Int, of maximum: Int, width: Int) -> SafeText {
    guard maximum > 0, count > 0 else { return "" }
    let eighths = max(1, min(width * 8, count * width * 8 / maximum))
    var glyphs = Array(repeating: Glyph("█"), count: eighths / 8)
    if eighths % 8 > 0 { glyphs.append(Glyph(Unicode.Scalar(0x2590 - UInt32(eighths % 8))!)) }
    return SafeText(glyphs: glyphs)
  }

  /// A cell of an upright bar, filled from below.
  static func upright(_ eighths: Int) -> Glyph {
    Glyph(eighths <= 0 ? " " : Unicode.Scalar(0x2580 + UInt32(min(8, eighths)))!)
  }
}
