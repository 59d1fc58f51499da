import Listings
import Sentences
import TextCells

/// The top line: what is open, how much of it is read, what was decided, who decides.
///
/// What matters most stays on the narrowest screen; the rest comes with width, first in its short form.
enum TitleBar {
  static func node(_ state: State, columns: Int) -> Node {
    let chosen = fitting(parts(state), in: columns - 2)
    let left = chosen.filter { !$0.part.isRight }
    let right = chosen.filter(\.part.isRight)
    let width = right.reduce(0) { $0 + $1.form.width } + 2 * max(0, right.count - 1)
    let line = Line(
      pieces(left, from: 1) + pieces(right, from: columns - 1 - width), on: .bar, as: .titleBar)
    return Node(.titleBar, .line(line))
  }

  /// Something the bar says, the longest form first.
  private struct Part {
    let rank: Int
    let isRight: Bool
    let forms: [Form]
  }

  private struct Form {
    let pieces: [(text: SafeText, role: Role)]
    var width: Int { pieces.reduce(0) { $0 + $1.text.width } }

    init(_ text: String, _ role: Role = .titleBar) { pieces = [(SafeText(text), role)] }
    init(pieces: [(String, Role)]) { self.pieces = pieces.map { (SafeText($0.0), $0.1) } }
  }

  /// Everything the bar could say, in the order of the screen.
  private static func parts(_ state: State) -> [Part] {
    var parts: [Part] = []
    func add(_ rank: Int, right: Bool = false, _ forms: Form...) {
      parts.append(Part(rank: rank, isRight: right, forms: forms))
    }
    add(4, Form("linsang", .titleBarStrong))
    let widest = max(12, state.size.columns / 4)
    add(5, Form(clipped(state.title, to: widest)), Form(clipped(state.title, to: 12)))
    addTotal(state, &parts)
    if !state.loading.isComplete {
      let percent = state.readPercent ?? 0
      add(0, Form(localized("reading \(percent) %"), .progress), Form("\(percent) %", .progress))
    }
    if state.loading.isComplete { addFlagging(state, &parts) }
    if !state.filter.clauses.isEmpty {
      let count = state.isEvaluating ? "…" : grouped(state.shownCount)
      let shown =
        state.countsRows
        ? localized(state.shownCount, one: "\(count) row shown", other: "\(count) rows shown")
        : localized(state.shownCount, one: "\(count) shown", other: "\(count) shown")
      add(9, Form(state.unfinished == nil ? shown : localized("\(shown) so far")))
    }
    let problems = state.allProblemCount
    if problems > 0 {
      let (words, key) = (counted(problems, "problem"), state.key("problems"))
      add(1, Form(words + " (\(key))"), Form(words), Form("\(key) \(grouped(problems))"))
    }
    if let missing = state.missingText {
      let key = state.key("columns")
      add(
        0, Form(localized("\(missing): \(key) says which column it is"), .warning),
        Form(missing + " (\(key))", .warning),
        Form(localized("NO TITLE") + " (\(key))", .warning))
    }
    if let change = changes(state) {
      add(
        3, Form(change, .warning), Form(localized("changed", context: "files") + " (\(state.key("reopen")))", .warning))
    }
    if state.collaboration.isBlind {
      add(1, Form(localized("BLIND REVIEW"), .warning), Form(localized("BLIND"), .warning))
    }
    let disagreements = state.counts.disagreements
    if disagreements > 0 {
      add(
        5, Form(counted(disagreements, "disagree", "disagree") + " (\(state.key("disagreements")))", .warning),
        Form("≠\(grouped(disagreements))", .warning))
    }
    let marked = state.counts.marked
    if marked > 0 { add(6, Form(counted(marked, "marked", "marked")), Form("*\(grouped(marked))")) }
    if let trouble = state.casebook.trouble { add(0, right: true, Form(trouble.short.uppercased(), .failure)) }
    let refused = state.decisions.refusedCount
    if refused > 0 {
      add(0, right: true, Form(counted(refused, "NOT SAVED", "NOT SAVED"), .failure), Form("!\(refused)", .failure))
    }
    let saving = state.decisions.savingCount
    if saving > 0 { add(3, right: true, Form(counted(saving, "saving", "saving"), .saving)) }
    add(2, right: true, decisions(state, between: "  ", before: " "), decisions(state, between: " ", before: ""))
    add(7, right: true, Form("\(state.analyst.prefix(16)) · \(state.casebook.name.prefix(24))"))
    return parts
  }

  /// A title in some cells; that there are more files than the one it names is never cut off: `DERIVED_li… +1`.
  private static func clipped(_ title: String, to width: Int) -> String {
    let whole = SafeText(title)
    guard whole.width > width, let plus = title.lastIndex(of: "+"),
      title[title.index(after: plus)...].allSatisfy(\.isNumber)
    else { return whole.clipped(to: width).text }
    let more = String(title[plus...])
    let name = SafeText(String(title[..<plus]).trimmed)
    return name.clipped(to: max(4, width - more.count - 1)).text + " " + more
  }

  /// How many listings there are; until it is known which rows are of one listing, rows.
  private static func addTotal(_ state: State, _ parts: inout [Part]) {
    let rows = counted(state.dataset.rowCount, "row")
    let listings = state.listings.map { counted($0.count, "listing") }
    let total =
      listings.map { Form(state.hasRepeats ? localized("\($0) in \(rows)", context: "listings in rows") : $0) }
      ?? Form(rows)
    let short = listings.map { Form($0) } ?? Form(rows)
    parts.append(Part(rank: 8, isRight: false, forms: state.hasRepeats ? [total, short] : [total]))
  }

  /// How far reading code words has come; what is shown may wait for it.
  private static func addFlagging(_ state: State, _ parts: inout [Part]) {
    let isAwaited = if case .codeWords = state.unfinished { true } else { false }
    let forms: [Form]
    switch state.unfinishedFlags {
    case .codeWords(let percent?):
      forms = [
        Form(localized("reading code words \(percent) %"), .progress), Form(localized("words \(percent) %"), .progress),
      ]
    case .codeWords(nil) where isAwaited:
      forms = [Form(localized("reading the lexicons"), .progress), Form(localized("lexicons…"), .progress)]
    default: return
    }
    parts.append(Part(rank: isAwaited ? 1 : 6, isRight: false, forms: forms))
  }

  /// What became of the files, in a few words.
  private static func changes(_ state: State) -> String? {
    switch state.session.reading {
    case .opening: break
    case .rereading, .awaitingTurn: return localized("reading again")
    case .changingColumns: return localized("changing columns")
    }
    guard let first = state.files.changed.first(where: \.change.isHarmful) ?? state.files.changed.first else {
      return nil
    }
    let count = state.files.changed.count
    let change =
      count > 1
      ? localized(count, one: "\(grouped: count) file changed", other: "\(grouped: count) files changed")
      : first.change.short(of: String(first.name.suffix(24)))
    return change + " (R)"
  }

  private static func decisions(_ state: State, between: String, before: String) -> Form {
    // Until the casebook has been read and its verdicts have their rows, so many are decided at least.
    let isKnown = state.unfinished([.verdicts]) == nil
    func number(_ count: Int) -> String { (count == 0 && !isKnown ? "" : grouped(count)) + (isKnown ? "" : "…") }
    return Form(pieces: [
      (number(state.counts.confirmed) + before + "✓", .confirmed), (between, .titleBar),
      (number(state.counts.falsePositive) + before + "✗", .falsePositive), (between, .titleBar),
      (number(state.counts.unsure) + before + "?", .unsure),
    ])
  }

  /// The parts there is room for: what is wanted in its shortest form, then longer, then the rest.
  private static func fitting(_ parts: [Part], in width: Int) -> [(part: Part, form: Form)] {
    var chosen: [Int?] = Array(repeating: nil, count: parts.count)
    func used() -> Int {
      parts.indices.reduce(0) { sum, index in sum + (chosen[index].map { parts[index].forms[$0].width + 2 } ?? 0) } - 2
    }
    let byRank = parts.indices.sorted { (parts[$0].rank, $0) < (parts[$1].rank, $1) }
    let (wanted, welcome) = (byRank.filter { parts[$0].rank <= 6 }, byRank.filter { parts[$0].rank > 6 })
    for index in wanted {
      chosen[index] = parts[index].forms.count - 1
      if used() > width { chosen[index] = nil }
    }
    for index in wanted {
      guard let now = chosen[index] else { continue }
      for longer in 0..<now {
        chosen[index] = longer
        if used() <= width { break }
        chosen[index] = now
      }
    }
    for index in welcome {
      for form in parts[index].forms.indices where chosen[index] == nil {
        chosen[index] = form
        if used() > width { chosen[index] = nil }
      }
    }
    return parts.indices.compactMap { index in chosen[index].map { (parts[index], parts[index].forms[$0]) } }
  }

  private static func pieces(_ chosen: [(part: Part, form: Form)], from start: Int) -> [Piece] {
    var pieces: [Piece] = []
    var column = start
    for (_, form) in chosen {
      for (text, role) in form.pieces {
        pieces.append(Piece(text, role, at: column))
        column += text.width
      }
      column += 2
    }
    return pieces
  }
}

extension State {
  /// "NO TITLE in week47.csv": a file of which neither title nor description is known, so that no lexicon reads it; nil:
  /// there is none.
  fileprivate var missingText: String? {
    let files = dataset.sources.filter { !$0.rows.isEmpty && !$0.hasText }
    guard let first = files.first else { return nil }
    let others = files.count > 1 ? " +\(files.count - 1)" : ""
    return dataset.sources.count > 1
      ? localized("NO TITLE in \(first.name.lastPart.suffix(24) + others)") : localized("NO TITLE")
  }
}

extension SourceFile {
  /// Whether title or description is known.
  fileprivate var hasText: Bool { reader.fields.contains { $0 == .title || $0 == .description } }
}
