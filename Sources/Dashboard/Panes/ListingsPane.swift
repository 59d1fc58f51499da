import Casework
import Filters
import Listings
import Sentences
import TextCells

/// The listings in order: a line each, columns chosen by the width there is.
extension State {
  func listingsNode(in size: Size) -> Node {
    let isFocused = focus == .listings && mode.showsFocus
    let title = SafeText(heading(of: .listings, localized("Listings")))
    let room = Border.room(in: size.columns) - title.width - 2
    let texts = (queueTexts ?? [sortText]).map { SafeText($0) }
    let right = texts.first { $0.width <= room } ?? ""
    let border = Border(title, right: right, isFocused: isFocused)
    let inside = Area(size).insideBorder
    return Node(.pane(.listings), .bordered(border, .stack(listingLines(inside, isFocused: isFocused))))
  }

  private func listingLines(_ inside: Area, isFocused: Bool) -> [Node] {
    guard inside.rows > 0 else { return [] }
    let columns = TableColumn.chosen(for: inside.columns, self)
    let headingRows = Self.headingRows(in: inside.rows)
    var nodes = headingRows > 0 ? [headings(columns)] : []
    if order.count == 0 {
      let text = SafeText(emptySentence).clipped(to: inside.columns - 1)
      return nodes + [.line([Piece(text, .faint, at: 1, cursor: isFocused ? 0 : nil)])]
    }
    let painter = ListingPainter(self, columns, width: inside.columns, isFocused: isFocused)
    for position in table.top..<max(table.top, min(order.count, table.top + inside.rows - headingRows)) {
      nodes.append(painter.line(at: position))
    }
    return nodes
  }

  /// A heading is worth a line where three are left for listings.
  static func headingRows(in rows: Int) -> Int { rows >= 4 ? 1 : 0 }

  private var sortText: String {
    guard sort != .file else { return "" }
    // Names are as they are typed, in English; other languages have the words of the choice.
    let name = ScreenLanguage.inUse == nil ? sort.subject.name : sort.subject.label
    let text = "\(name) \(sort.isDescending ? "↓" : "↑")"
    return unfinished == nil ? text : localized("\(text) so far")
  }

  private func headings(_ columns: [TableColumn]) -> Node {
    .line(
      columns.map { column in
        let text = SafeText(column.heading)
        let shift = column.isRightAligned ? max(0, column.width - text.width) : 0
        return Piece(
          text, column.dimension.order?.subject == sort.subject ? .columnHeadingSorted : .columnHeading, .label,
          at: column.start + shift, width: column.width - shift)
      }, .headings)
  }

  private var emptySentence: String {
    if let awaitedAnswer { return awaitedAnswer.sentence }
    if dataset.rowCount == 0 { return localized("no listings: the files are empty, or only name their columns") }
    if isQueueShown, filter.clauses.count == 1 {
      return localized("everything is decided; \(key("queue")) shows all listings")
    }
    if filter.clauses == [.state([.disagreement])] {
      return localized("no disagreement is open; \(key("disagreements")) shows all listings")
    }
    if filter.asksAboutEarlierScrapes, snapshot.since?.isKnown == false {
      return localized("not compared with earlier scrapes; linsang weeks does it")
    }
    let elsewhere = snapshot.since?.goneElsewhere.count ?? 0
    if filter.asksForGone, elsewhere > 0 {
      return localized(
        elsewhere, one: "\(grouped: elsewhere) listing gone, none in an open file; linsang weeks --gone lists them",
        other: "\(grouped: elsewhere) listings gone, none in an open file; linsang weeks --gone lists them")
    }
    if let words = wordsOnlyInTerms {
      return localized(
        "no text has “\(words)”; \(Filter([.term([.containing(words)])]).text) finds the code words for it")
    }
    return localized("no listing matches; \(key("filter")) changes the filter, \(key("clear-filter")) clears it")
  }

  fileprivate func backdrop(of row: Int, position: Int, isCursor: Bool, isFocused: Bool) -> Backdrop {
    if isCursor { return isFocused ? .cursor : .cursorUnfocused }
    return isInRange(position) || marked.contains(row) ? .marked : .plain
  }

  /// Whether a line is in the range that was begun.
  fileprivate func isInRange(_ position: Int) -> Bool {
    rangeAnchor.map { rangePositions(from: $0).contains(position) } ?? false
  }
}

/// A listing as a line of the table.
private struct ListingPainter {
  let state: State
  let columns: [TableColumn]
  let search: [TextSearch]
  let isFocused: Bool
  /// The width of the highlight at the start of the cursor's line, up to the second column. Highlighting the whole line
  /// would repaint two lines on every step, which is most of what a step writes.
  let beginning: Int

  init(_ state: State, _ columns: [TableColumn], width: Int, isFocused: Bool) {
    self.state = state
    self.columns = columns
    self.isFocused = isFocused
    search = state.searchedWords
    beginning = columns.count > 1 ? columns[1].start : width
  }

  func line(at position: Int) -> Node {
    let row = state.order[position]
    let isCursor = position == state.table.cursor
    let backdrop = state.backdrop(of: row, position: position, isCursor: isCursor, isFocused: isFocused)
    let lineBackdrop = state.backdrop(of: row, position: position, isCursor: false, isFocused: isFocused)
    var start = Piece("", .text, .decoration, at: 0, width: beginning, on: backdrop)
    start.fills = true
    let behind = state.folding.rows(behind: row)
    let mark = VerdictMark(state, row, behind)
    var pieces = [start, Piece(mark.glyph, mark.role, .value("verdict"), at: 0, on: backdrop)]
    if state.snapshot.changes?.rows.contains(row) == true, mark.isSaved {
      pieces.append(Piece("~", .flagged, .value("changed"), at: 1, on: backdrop))
    }
    if let disagreed = state.snapshot.reviews?.disagreed, mark.isSaved,
      disagreed.contains(row) || behind.contains(where: { disagreed.contains(Int($0)) })
    {
      pieces.append(Piece("≠", .flagged, .value("disagreement"), at: 1, on: backdrop))
    }
    let markedCount = behind.count { state.marked.contains(Int($0)) }
    if state.isInRange(position) {
      pieces.append(Piece("*", .flagged, .value("in the range"), at: 1, on: backdrop))
    } else if markedCount < behind.count ? markedCount > 0 : state.marked.contains(row) {
      // Of copies behind a line, all or some.
      let sign: SafeText = markedCount < behind.count ? "+" : "*"
      pieces.append(Piece(sign, .flagged, .value("marked"), at: 1, on: backdrop))
    }
    if isCursor { pieces.append(Piece("▸", .text, .decoration, at: 2, on: backdrop)) }
    for column in columns {
      let backdrop = column.start < beginning ? backdrop : lineBackdrop
      let lead = column.cell == .title ? state.copiesLead(of: row) : ""
      if lead.width > 0, lead.width < column.width {
        pieces.append(Piece(lead, .columnHeadingSorted, .value("copies folded"), at: column.start, on: backdrop))
        pieces.append(cell(column.indented(by: lead.width), row, on: backdrop))
      } else {
        pieces.append(cell(column, row, on: backdrop))
      }
    }
    return .line(pieces, .row(position), on: lineBackdrop, hasCursor: isCursor && isFocused)
  }

  private func cell(_ column: TableColumn, _ row: Int, on backdrop: Backdrop) -> Piece {
    let text = column.text(state, row, width: column.width).clipped(to: column.width)
    let shift = column.isRightAligned ? column.width - text.width : 0
    var piece = Piece(
      text, column.role(state, row), .value(column.dimension.id), at: column.start + shift, on: backdrop)
    guard let field = column.searchedField(state.dataset, row) else { return piece }
    let bytes = state.dataset.bytes(of: field, at: row)
    if column.cell == .title {
      piece.marks = HitMarks.cells(of: state.shownReadings.titles[row] ?? [], in: bytes, width: text.width)
    }
    piece.marks += HitMarks.cells(of: search, in: bytes, width: text.width)
    return piece
  }
}

/// The mark before a listing: what was decided, and whether it is on disk.
struct VerdictMark {
  let glyph: SafeText
  let role: Role
  /// Whether what it shows is on disk, or nothing is to be.
  private(set) var isSaved = false

  /// What is shown of a listing.
  private enum Standing: Equatable {
    case refused
    case saving(Verdict?)
    case saved(Verdict?)

    init(_ state: State, _ row: Int) {
      switch state.decisions.unsettled(at: row, of: state.snapshot) {
      case .refused: self = .refused
      case .saving(let status): self = .saving(status.verdict)
      case .saved, nil: self = .saved(state.verdicts.verdict(at: row))
      }
    }
  }

  /// - Parameter rows: all rows that the line stands for; none for a line of its own.
  init(_ state: State, _ row: Int, _ rows: ArraySlice<UInt32> = []) {
    let own = Standing(state, row)
    // What could not be saved must be seen, whichever of the copies it is.
    let others = rows.lazy.map { Standing(state, Int($0)) }
    if own == .refused || state.decisions.refusedCount > 0 && others.contains(.refused) {
      (glyph, role) = ("!", .failure)
    } else if others.contains(where: { $0 != own }) {
      (glyph, role) = ("÷", .unsure)
    } else if case .saving(let verdict) = own {
      (glyph, role) = (Self.letter(verdict), .saving)
    } else {
      isSaved = true
      let verdict = state.verdicts.verdict(at: row)
      // What an earlier day decided is still shown; that it is saved is not.
      let isGone = state.casebook.trouble?.kind == .lost
      (glyph, role) = (Self.glyph(verdict), isGone ? .faint : Self.role(verdict))
    }
  }

  /// Until the verdict is on disk, the letter of its key is shown, which needs no colours.
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
