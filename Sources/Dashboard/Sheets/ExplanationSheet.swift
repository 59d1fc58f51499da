import Casework
import CodeWords
import Filters
import Listings
import Sentences
import TerminalIO
import TextCells

/// Why a listing is where it is: which conditions of the filter it meets and by what, how its risk came about, what was
/// decided, where it stands in the order, and for what its line stands.
package struct ExplanationSheet: Sheet {
  let row: Int
  /// Of the filter that is explained.
  let generation: Generation
  /// What the listing meets of the filter; nil while it is being looked up.
  private(set) var conditions: [ClauseExplanation]?
  var list = ListPosition()

  static let name = "why a listing is here"
  var mode: Mode { .explanation(self) }
  var kind: Mode.Kind { .explanation }

  init(row: Int, generation: Generation) { (self.row, self.generation) = (row, generation) }

  static let keys: [SheetKey<ExplanationSheet>] =
    [
      SheetKey(
        [.escape, .enter, .left, .character("h"), .character("q"), .character("Y"), .control("c")], Sentence("close"),
        hint: Sentence("close")
      ) { _, _ in .close() }
    ]
    + SheetKey.moving(spaceTurns: true) { sheet, step, state in
      sheet.list.move(step, rows: Self.rows(state), count: sheet.lines(state, width: Self.width(state)).count)
    }

  mutating func show(_ found: [ClauseExplanation]) { conditions = found }

  mutating func settle(_ state: State) {
    list.settle(rows: Self.rows(state), count: lines(state, width: Self.width(state)).count)
  }

  private static func rows(_ state: State) -> Int { max(1, state.layout.middle.insideBorder.rows) }
  private static func width(_ state: State) -> Int { max(8, state.layout.middle.insideBorder.columns - 2) }

  // MARK: What it says

  private struct SaidLine {
    let text: String
    let role: Role
  }

  private func lines(_ state: State, width: Int) -> [SaidLine] {
    var lines: [SaidLine] = []
    func add(_ heading: String, _ said: [SaidLine]) {
      if said.isEmpty { return }
      if !lines.isEmpty { lines.append(SaidLine(text: "", role: .text)) }
      lines.append(SaidLine(text: heading, role: .columnHeadingSorted))
      lines += said
    }
    add(localized("The filter"), filterLines(state))
    add(localized("The place"), placeLines(state))
    add(localized("The risk"), riskLines(state))
    add(localized("The verdict"), verdictLines(state))
    return lines.flatMap { line -> [SaidLine] in
      let indent = String(line.text.prefix { $0 == " " })
      let pieces = SafeText(line.text.trimmed).wrapped(to: max(8, width - indent.count))
      return pieces.map { SaidLine(text: indent + $0.text, role: line.role) }
    }
  }

  private func filterLines(_ state: State) -> [SaidLine] {
    guard let conditions else { return [SaidLine(text: "  " + localized("being looked up …"), role: .faint)] }
    if conditions.isEmpty {
      return [SaidLine(text: "  " + localized("none is set: all listings are shown"), role: .text)]
    }
    return conditions.map { one in
      let indent = String(repeating: " ", count: 2 + 2 * one.depth)
      let found = state.value(askedBy: one.clause, at: row)
      return SaidLine(
        text: "\(indent)\(one.holds ? "✓" : "✗") \(one.text)" + (found.isEmpty ? "" : " · \(found)"),
        role: one.holds ? .text : .faint)
    }
  }

  private func placeLines(_ state: State) -> [SaidLine] {
    var said: [SaidLine] = []
    func add(_ text: String) { said.append(SaidLine(text: "  " + text, role: .text)) }
    if let place = state.order.position(of: row) {
      let (line, count, order) = (place + 1, state.order.count, state.sort.subject.label)
      add(
        state.sort == .file
          ? localized("line \(grouped: line) of \(grouped: count), in the order of the files")
          : state.sort.isDescending
            ? localized("line \(grouped: line) of \(grouped: count), by \(order), from the highest")
            : localized("line \(grouped: line) of \(grouped: count), by \(order), from the lowest"))
    }
    let rows = state.shownRows(ofListingAt: row)
    if rows.count > 1 {
      let sources =
        rows.prefix(9).map { state.sourceWords(of: $0) }.joined(separator: ", ") + (rows.count > 9 ? " …" : "")
      add(localized("stands for \(grouped: rows.count) sightings of the listing, the newest first: \(sources)"))
    } else {
      add(localized("from \(state.sourceWords(of: row))"))
    }
    if state.isEarlierSighting(row) { add(localized("it is an earlier sighting: the listing was seen again since")) }
    if let copies = state.snapshot.duplicates?.size(ofGroupOf: row) {
      let others = counted(copies - 1, "other listing")
      let (marking, folding) = (state.key("mark-copies"), state.key("fold-copies"))
      add(localized("one advert with \(others) · \(marking) marks them, \(folding) folds them"))
    }
    return said
  }

  private func riskLines(_ state: State) -> [SaidLine] {
    guard state.hasLexicons else { return [] }
    guard let reading = state.reading(of: row) else {
      return [SaidLine(text: "  " + localized("not read yet"), role: .faint)]
    }
    guard let risk = reading.risk else {
      return [
        SaidLine(text: "  " + localized("no lexicon can read the text, which does not make it benign"), role: .unsure)
      ]
    }
    let brief = reading.reasonsInBrief(state.flags.lexicons, ListingText(of: row, in: state.dataset))
    let total = SaidLine(text: "  " + localized("\(risk.value) of 100"), role: TableColumn.role(.value(risk.value)))
    let nothing = SaidLine(text: "  " + localized("no word of the lexicons counts in it"), role: .faint)
    if brief.speaking.isEmpty, brief.against.isEmpty { return [total, nothing] }
    let speaking = localized("for", context: "what speaks for a risk")
    let against = localized("against", context: "what speaks against a risk")
    let column = max(SafeText(speaking).width, SafeText(against).width) + 2
    func said(_ label: String, _ reason: String) -> SaidLine {
      let blanks = String(repeating: " ", count: column - SafeText(label).width)
      return SaidLine(text: "  \(label)\(blanks)\(reason)", role: .text)
    }
    return [total] + brief.speaking.map { said(speaking, $0) } + brief.against.map { said(against, $0) }
  }

  private func verdictLines(_ state: State) -> [SaidLine] {
    let key = state.snapshot.key(of: row)
    var said: [SaidLine] = []
    func add(_ text: String, _ role: Role = .text) { said.append(SaidLine(text: "  " + text, role: role)) }
    let filing = state.decisions[key]
    let status = filing?.status ?? .none
    guard let verdict = status.verdict else {
      add(localized("none: nobody decided it in \(state.casebook.name)"))
      return said
    }
    var words =
      status.reason.map { localized("\(verdict.screenLabel), because: \($0.screenLabel)") } ?? verdict.screenLabel
    switch filing {
    case .saved(_, let number): words += " · " + localized("event \(grouped: number) of \(state.casebook.name)")
    case .saving: words += " · " + localized("being saved")
    case .refused(_, let why): words += " · " + localized("not saved: \(why)")
    case nil: break
    }
    add(words, VerdictMark.role(verdict))
    if state.snapshot.reviews?.byOthers.contains(row) == true {
      add(localized("another analyst gave one, too; pane 6 has both"))
    }
    if let note = status.note { add(localized("note: \(note)")) }
    for line in DescriptionLines(status.description).lines { add(line) }
    if state.snapshot.changes?.rows.contains(row) == true {
      add(localized("the listing changed since: \(state.key("keep-verdict")) keeps the verdict"), .flagged)
    }
    return said
  }

  // MARK: Its nodes

  func node(_ state: State, in room: Size) -> Node? {
    let title = state.dataset.bytes(of: .title, at: row)
    let name = SafeText(localized("Why:") + " ") + SafeText(utf8: title, clippedTo: max(0, room.columns - 16))
    return .sheet(name, in: room, columns: room.columns, rows: room.rows) { inside in
      let lines = lines(state, width: max(8, inside.columns - 2))
      let top = max(0, min(list.top, lines.count - inside.rows))
      return lines.enumerated().dropFirst(top).prefix(inside.rows).map { index, line in
        .line(
          [Piece(SafeText(line.text).clipped(to: inside.columns - 1), line.role, .value("reason"), at: 1)],
          .row(index), hasCursor: index == list.cursor)
      }
    }
  }
}

// MARK: - From the dashboard

extension State {
  mutating func startExplaining() -> [Effect] {
    guard let row = table.row else { return [] }
    mode = .explanation(ExplanationSheet(row: row, generation: generation))
    return [.explain(evaluation, row: row)]
  }

  mutating func show(_ lines: [ClauseExplanation], of row: Int, _ explained: Generation) -> [Effect] {
    guard case .explanation(var sheet) = mode, sheet.row == row, sheet.generation == explained else { return [] }
    sheet.show(lines)
    mode = .explanation(sheet)
    return []
  }

  /// `week47.csv row 6`.
  func sourceWords(of row: Int) -> String {
    localized(
      "\(dataset.source(of: row).name.lastPart) row \(grouped: dataset.sourceRow(of: row))",
      context: "a file and the number of a row")
  }

  /// What a listing has where a condition looks: `Larets` for one about the platform; empty where the condition says it all.
  func value(askedBy clause: Clause, at row: Int) -> String {
    switch clause {
    case .not(let inner): return value(askedBy: inner, at: row)
    case .field(let field, _):
      let text = dataset.shownText(of: field, at: row)
      return text.isEmpty ? localized("there is none") : localized("it is \(text)")
    case .column(let name, _):
      let text = dataset.cells(of: row).first { $0.name == name }?.text ?? ""
      return text.isEmpty ? localized("there is none") : localized("it is \(text)")
    case .price, .currency:
      let price = TableColumn.price(dataset, row)
      guard price != "–" else { return localized("no price is given") }
      let dollars = dataset.usDollars[row]
      let isForeign = dataset.price(at: row).currency.map { $0 != "USD" } ?? false
      guard isForeign, dollars > Dataset.noAmount else { return localized("it is \(price)") }
      let amount = TableColumn.amount(Amount(tenThousandths: dollars))
      return localized("it is \(price), about \(amount) USD")
    case .time(let field, _):
      return dataset.time(of: field, at: row).map { localized("it is \(TimeSpan.text($0))") }
        ?? localized("no date is given")
    case .week: return dataset.week(at: row).map { localized("it is \($0.text)") } ?? localized("no date is given")
    case .file: return localized("it is \(dataset.source(of: row).name)")
    case .risk:
      return flags.risk(at: row).value.map { localized("it is \($0)") } ?? localized("its risk is unknown")
    case .term:
      let labels = flags.terms(at: row).map { flags.lexicons.labels[Int($0.number)] }
      return labels.isEmpty
        ? localized("no term counts") : localized("these count: \(labels.joined(separator: ", "))")
    case .reason:
      return decisions.status(before: snapshot.key(of: row)).reason.map { localized("it is \($0.screenLabel)") }
        ?? localized("none was given")
    case .note:
      return decisions.status(before: snapshot.key(of: row)).note.map { localized("it says: \($0)") }
        ?? localized("there is none")
    case .described(let aspect, _):
      let stated = decisions.status(before: snapshot.key(of: row)).description[aspect]
      return stated.map { localized("stated: \(aspect.screenPhrase($0.value)), by \($0.by)") }
        ?? localized("nothing was stated")
    case .words(let words): return fieldWords(having: words, at: row)
    default: return ""
    }
  }

  private func foundWords(_ fields: [Field]) -> String {
    let names = fields.map(\.filterName)
    return switch names.count {
    case 1: localized("in the \(names[0])")
    case 2: localized("in the \(names[0]) and the \(names[1])")
    case 3: localized("in the \(names[0]) and the \(names[1]) and the \(names[2])")
    default: localized("in the \(names[0]) and the \(names[1]) and the \(names[2]) and the \(names[3])")
    }
  }

  /// In which of the searched fields words are.
  private func fieldWords(having words: String, at row: Int) -> String {
    guard let search = TextSearch(words) else { return "" }
    var scratch: [UInt8] = []
    let fields = [Field.title, .description, .species, .sellerAlias].filter {
      search.occurs(in: dataset.bytes(of: $0, at: row), scratch: &scratch)
    }
    return fields.isEmpty ? "" : foundWords(fields)
  }
}
