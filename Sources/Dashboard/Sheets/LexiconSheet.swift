import CodeWords
import Filters
import Listings
import TextCells

/// The lexicons, or the terms of one, with what each finds; the one under the cursor in full at the foot.
///
/// Cost:   only the lines on the screen are looked at, however many terms there are.
enum LexiconSheet {
  static func draw(_ state: State, _ place: LexiconsPlace, _ area: Area, into frame: inout Frame) {
    if case .none = place.trial {} else { return TrialSheet.draw(state, place, area, into: &frame) }
    let listed = ListedLexicons(known: state.lexicons, place: place)
    let inside = Sheets.open(
      area, columns: area.columns, rows: area.rows, title: title(listed, place) + unfinished(state), into: &frame)
    guard !inside.isEmpty else { return }
    let (lines, foot) = inside.cut(top: listRows(inside.rows, place))
    let columns = SheetColumns(place.opened == nil ? lexiconColumns : termColumns, in: lines.columns)
    columns.writeHeadings(
      Area(column: lines.column, row: lines.row, columns: lines.columns, rows: 1),
      sorted: sortedColumn(place), into: &frame)
    frame.cursor = Spot(column: inside.column, row: inside.row)
    for offset in 0..<max(0, lines.rows - 1) {
      let line = place.level.top + offset
      guard line < place.level.lines.count else { break }
      let area = Area(column: lines.column, row: lines.row + 1 + offset, columns: lines.columns, rows: 1)
      let ground: Ground = line == place.level.cursor ? .cursor : .sheet
      frame.fill(area, on: ground)
      if ground == .cursor { frame.cursor = Spot(column: area.column, row: area.row) }
      let texts = listed.term(at: line).map { Self.texts(of: $0, listed) } ?? Self.texts(ofLexiconAt: line, listed)
      columns.write(texts, area, on: ground, into: &frame)
    }
    if place.level.lines.isEmpty, lines.rows > 1 {
      frame.write("nothing like it", at: Spot(column: lines.column + 1, row: lines.row + 1), as: .faint, on: .sheet)
    }
    drawFoot(listed, place, foot, into: &frame)
    if let editor = place.editor { drawFind(editor, area, into: &frame) }
  }

  /// The keys of the sheet, for the hint line.
  static func keys(_ place: LexiconsPlace) -> String {
    switch place.trial {
    case .trying: return "Esc gives up"
    case .tried: return "y switches them for good · n Esc back"
    case .none: break
    }
    if place.editor != nil { return "type to find · Enter keep · Esc give up · ↑↓ walk" }
    if place.opened != nil { return "Enter its listings · Esc back · / find · S order" }
    let pending = place.switched.count
    if pending > 0 {
      return "w try \(counted(pending, "change")) · Esc leave all as it was · Space switch · Enter terms"
    }
    return "Space on/off · Enter terms · / find · S order · Esc back"
  }

  // MARK: The room

  /// Lines of the list on the screen.
  static func rows(_ state: State, _ place: LexiconsPlace) -> Int {
    max(1, listRows(state.layout.middle.insideBorder.rows, place) - 1)
  }

  /// The list and its heading have more room than the foot, of which a term needs more than a lexicon.
  private static func listRows(_ rows: Int, _ place: LexiconsPlace) -> Int {
    let isTerm = place.opened != nil
    return rows - (rows >= 24 ? (isTerm ? 8 : 5) : rows >= 14 ? (isTerm ? 6 : 4) : rows >= 9 ? 3 : 0)
  }

  private static func title(_ listed: ListedLexicons, _ place: LexiconsPlace) -> SafeText {
    let find = (place.level.find.isEmpty ? "" : " ~ \(place.level.find)") + ", by \(place.level.order.label)"
    if let opened = listed.opened {
      let state = opened.isOn ? "" : ", off"
      return SafeText("\(opened.name)\(state): \(termCount(opened))\(find)")
    }
    let all = listed.known.overview.lexicons
    let inForce = all.reduce(0) { $0 + $1.inForce.count }
    return SafeText(
      "\(counted(all.count, "lexicon")), \(all.count(where: \.isOn)) on, \(counted(inForce, "row")) in force\(find)")
  }

  /// What the counts of listings wait for.
  private static func unfinished(_ state: State) -> SafeText {
    let unfinished = state.loading.isComplete ? state.unfinishedFlags : .listings(percent: state.readPercent)
    return unfinished.map { SafeText(" · \($0.sentence)") } ?? ""
  }

  private static func termCount(_ lexicon: InstalledLexicon) -> String {
    lexicon.inForce.count == lexicon.terms.count
      ? counted(lexicon.terms.count, "row")
      : "\(grouped(lexicon.inForce.count)) of \(counted(lexicon.terms.count, "row")) in force"
  }

  private static func sortedColumn(_ place: LexiconsPlace) -> Int {
    switch place.level.order {
    case .name: 0
    case .listings: place.opened == nil ? 2 : 1
    case .share: place.opened == nil ? 3 : 2
    case .weight: 5
    }
  }

  /// The line in which what to look for is typed, in the sheet's lower border.
  private static func drawFind(_ editor: LineEditor, _ area: Area, into frame: inout Frame) {
    let row = area.endRow - 1
    let label = frame.write(" find ", at: Spot(column: area.column + 1, row: row), as: .keyHint, on: .sheet)
    InputLine.draw(
      editor, at: Spot(column: area.column + 1 + label, row: row), width: area.columns - label - 2, as: .input,
      on: .sheet, into: &frame)
  }

  /// What is under the cursor, whole.
  private static func drawFoot(
    _ listed: ListedLexicons, _ place: LexiconsPlace, _ area: Area, into frame: inout Frame
  ) {
    guard area.rows > 1 else { return }
    let line = SafeText(glyphs: Array(repeating: Glyph("─"), count: area.columns))
    frame.write(line, at: Spot(column: area.column, row: area.row), as: .border, on: .sheet)
    let told =
      listed.term(at: place.level.cursor).map { LexiconWords.lines(of: $0, listed) }
      ?? listed.lexicon(at: place.level.cursor).map { LexiconWords.lines(of: $0, switched: place.switched[$0.name]) }
      ?? []
    let width = max(4, area.columns - 2)
    let lines = told.flatMap { text, role in SafeText(text).wrapped(to: width).map { ($0, role) } }
    for (offset, line) in lines.prefix(area.rows - 1).enumerated() {
      frame.write(
        line.0, at: Spot(column: area.column + 1, row: area.row + 1 + offset), width: width, as: line.1, on: .sheet)
    }
  }

  // MARK: Lines

  private static let lexiconColumns: [SheetColumns.Column] = [
    .init(heading: "lexicon", width: 20, rank: 0), .init(heading: "", width: 5, rank: 0),
    .init(heading: "listings", width: 9, isRight: true, rank: 1), .init(heading: "confirmed", width: 10, rank: 2),
    .init(heading: "rows", width: 5, isRight: true, rank: 4), .init(heading: "from", width: 7, rank: 5),
    .init(heading: "languages", width: 16, rank: 6),
  ]

  private static func texts(ofLexiconAt line: Int, _ listed: ListedLexicons) -> [(text: SafeText, role: Role)] {
    guard let lexicon = listed.lexicon(at: line) else { return lexiconColumns.map { _ in ("", .text) } }
    let switched = listed.place.switched[lexicon.name]
    let isOn = switched ?? lexicon.isOn
    let mark = (switched == nil ? "" : "→ ") + (isOn ? "on" : "off")
    let count = listed.count(of: lexicon)
    let problems = lexicon.problems.isEmpty ? "" : "! "
    return [
      (SafeText(problems + lexicon.name), !problems.isEmpty ? .warning : isOn ? .title : .faint),
      (SafeText(mark), switched != nil ? .notice : isOn ? .confirmed : .faint), (listings(count), .facetCount),
      (SafeText(count?.share.words ?? ""), .text), (SafeText(grouped(lexicon.inForce.count)), .text),
      (SafeText(LexiconWords.from(lexicon)), .faint), (SafeText(lexicon.languages.joined(separator: " ")), .faint),
    ]
  }

  private static func listings(_ count: LexiconTally.Count?) -> SafeText {
    SafeText(count.map { grouped($0.listings) } ?? "–")
  }

  private static let termColumns: [SheetColumns.Column] = [
    .init(heading: "term", width: 16, rank: 0), .init(heading: "listings", width: 8, isRight: true, rank: 1),
    .init(heading: "confirmed", width: 10, rank: 2), .init(heading: "in", width: 3, rank: 3),
    .init(heading: "kind", width: 15, rank: 5), .init(heading: "weight", width: 6, isRight: true, rank: 4),
    .init(heading: "source", width: 11, rank: 7), .init(heading: "denotes", width: 12, rank: 6),
  ]

  private static func texts(of term: Term, _ listed: ListedLexicons) -> [(text: SafeText, role: Role)] {
    let count = listed.count(of: term)
    let isInForce = listed.opened?.inForce.contains(term.location) == true
    return [
      (SafeText(term.name), isInForce ? term.kind.role : .faint), (listings(count), .facetCount),
      (SafeText(count?.share.words ?? ""), .text), (SafeText(term.language), .faint),
      (SafeText(term.kind.rawValue), .fieldName), (SafeText(term.kind == .context ? "" : String(term.weight)), .text),
      (SafeText(term.source.isEmpty ? "none" : term.source), term.isSourced ? .faint : .warning),
      (SafeText(term.denotes), .text),
    ]
  }
}

extension TermKind {
  /// As its hits are marked in a listing.
  fileprivate var role: Role {
    switch self {
    case .benign: .hitHarmless
    case .transactionCue: .hitCue
    case .context: .hitWeak
    default: .hitTerm
    }
  }
}

extension Term {
  var isSourced: Bool { !source.isEmpty && source != Term.unverified }
}
