import CodeWords
import LexiconWork
import Listings
import Sentences
import TextCells

// The list, the lexicon or term under the cursor in full, and the trial of a change.

extension LexiconSheet {
  func node(_ state: State, in room: Size) -> Node? {
    if case .none = trial {} else { return trialNode(state, in: room) }
    let listed = ListedLexicons(known: state.lexicons, sheet: self)
    return .sheet(
      title(listed) + unfinished(state), in: room, columns: room.columns, rows: room.rows,
      foot: findLine(columns: room.columns)
    ) { inside in
      let rows = listRows(inside.rows)
      let headingRows = inside.rows < 2 ? 0 : 1
      let columns = ListColumns(opened == nil ? Self.lexiconColumns : Self.termColumns, in: inside.columns)
      // Where there is room for one line, it is for a lexicon.
      var nodes = [Node.line(columns.headings(sorted: sortedColumn), .headings, hasCursor: true)]
      if headingRows == 0 { nodes = [] }
      let shown = level.lines.indices.dropFirst(level.list.top).prefix(max(0, rows - headingRows))
      nodes += shown.map { line in
        let texts = listed.term(at: line).map { Self.texts(of: $0, listed) } ?? Self.texts(ofLexiconAt: line, listed)
        let isCursor = line == level.list.cursor
        return .line(columns.pieces(texts), .row(line), on: isCursor ? .cursor : nil, hasCursor: isCursor)
      }
      if level.lines.isEmpty, rows > 1 { nodes.append(.text(SafeText(localized("nothing like it")), .faint)) }
      nodes += Array(repeating: .blank, count: max(0, rows - nodes.count))
      return nodes + foot(listed, problemsBy: state.key("problems"), width: inside.columns, rows: inside.rows - rows)
    }
  }

  /// Lines of the list on the screen.
  func listRows(_ state: State) -> Int { max(1, listRows(state.layout.middle.insideBorder.rows) - 1) }

  /// The list and its heading have more room than the foot, of which a term needs more than a lexicon.
  private func listRows(_ rows: Int) -> Int {
    let isTerm = opened != nil
    return rows - (rows >= 24 ? (isTerm ? 8 : 5) : rows >= 14 ? (isTerm ? 6 : 4) : rows >= 9 ? 3 : 0)
  }

  private func title(_ listed: ListedLexicons) -> SafeText {
    let find =
      (level.find.isEmpty ? "" : " ~ \(level.find)") + ", " + localized("by \(level.order.label)", context: "an order")
    if let opened = listed.opened {
      let state = opened.isOn ? "" : ", " + localized("off", context: "a lexicon")
      return SafeText("\(opened.name)\(state): \(Self.termCount(opened))\(find)")
    }
    let all = listed.known.overview.lexicons
    let inForce = all.reduce(0) { $0 + $1.inForce.count }
    let on = all.count(where: \.isOn)
    let parts = [
      counted(all.count, "lexicon"), localized(on, one: "\(on) on", other: "\(on) on"),
      localized(inForce, one: "\(grouped: inForce) active row", other: "\(grouped: inForce) active rows"),
    ]
    return SafeText(parts.joined(separator: ", ") + find)
  }

  /// What the counts of listings wait for.
  private func unfinished(_ state: State) -> SafeText {
    state.unfinished([.codeWords]).map { SafeText(" · \($0.sentence)") } ?? ""
  }

  private static func termCount(_ lexicon: InstalledLexicon) -> String {
    lexicon.inForce.count == lexicon.terms.count
      ? counted(lexicon.terms.count, "row")
      : localized("\(grouped: lexicon.inForce.count) of \(counted(lexicon.terms.count, "row")) active")
  }

  private var sortedColumn: Int {
    switch level.order {
    case .name: 0
    case .listings: opened == nil ? 2 : 1
    case .share: opened == nil ? 3 : 2
    case .weight: 5
    }
  }

  /// What is under the cursor, whole.
  private func foot(_ listed: ListedLexicons, problemsBy key: String, width: Int, rows: Int) -> [Node] {
    guard rows > 1 else { return [] }
    let cursor = level.list.cursor
    let lines =
      listed.term(at: cursor).map { LexiconWords.lines(of: $0, listed) }
      ?? listed.lexicon(at: cursor).map {
        LexiconWords.lines(of: $0, switched: switched[$0.name], problemsBy: key)
      } ?? []
    let nodes = lines.flatMap { Node.wrapped(SafeText($0.text), $0.role, width: max(4, width - 2)) }
    return [.rule(width)] + nodes.prefix(rows - 1)
  }

  // MARK: Lines

  private static var lexiconColumns: [ListColumns.Column] {
    [
      .init(heading: localized("lexicon"), width: 20, rank: 0), .init(heading: "", width: 5, rank: 0),
      .init(heading: localized("listings"), width: 9, isRight: true, rank: 1),
      .init(heading: localized("confirmed"), width: 10, rank: 2),
      .init(heading: localized("rows"), width: 5, isRight: true, rank: 4),
      .init(heading: localized("from", context: "heading of a column: whence a lexicon comes"), width: 7, rank: 5),
      .init(heading: localized("languages"), width: 16, rank: 6),
    ]
  }

  private static func texts(ofLexiconAt line: Int, _ listed: ListedLexicons) -> [(text: SafeText, role: Role)] {
    guard let lexicon = listed.lexicon(at: line) else { return lexiconColumns.map { _ in ("", .text) } }
    let switched = listed.sheet.switched[lexicon.name]
    let isOn = switched ?? lexicon.isOn
    let mark =
      (switched == nil ? "" : "→ ")
      + (isOn ? localized("on", context: "a lexicon") : localized("off", context: "a lexicon"))
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

  private static var termColumns: [ListColumns.Column] {
    [
      .init(heading: localized("term"), width: 16, rank: 0),
      .init(heading: localized("listings"), width: 8, isRight: true, rank: 1),
      .init(heading: localized("confirmed"), width: 10, rank: 2),
      .init(heading: localized("in", context: "heading of a column: the language of a term"), width: 3, rank: 3),
      .init(heading: localized("kind"), width: 15, rank: 5),
      .init(heading: localized("weight"), width: 6, isRight: true, rank: 4),
      .init(
        heading: localized("source", context: "heading of a column: by which a term is proved"), width: 11, rank: 7),
      .init(heading: localized("denotes"), width: 12, rank: 6),
    ]
  }

  private static func texts(of term: Term, _ listed: ListedLexicons) -> [(text: SafeText, role: Role)] {
    let count = listed.count(of: term)
    let isInForce = listed.opened?.inForce.contains(term.location) == true
    return [
      (SafeText(term.name), isInForce ? term.kind.role : .faint), (listings(count), .facetCount),
      (SafeText(count?.share.words ?? ""), .text), (SafeText(term.language), .faint),
      (SafeText(term.kind.screenLabel), .fieldName),
      (SafeText(term.kind == .context ? "" : String(term.weight)), .text),
      (
        SafeText(term.source.isEmpty ? localized("none", context: "a source") : term.source),
        term.isSourced ? .faint : .warning
      ),
      (SafeText(term.denotes), .text),
    ]
  }

  // MARK: The trial

  private func trialNode(_ state: State, in room: Size) -> Node {
    .sheet(trialTitle, in: room, columns: min(room.columns, 96), rows: room.rows) { inside in
      guard case .tried(let backTest) = trial else {
        let sentence = localized(
          "reading \(counted(state.dataset.rowCount, "listing")) as they would then be flagged …")
        return [
          .line(
            [Piece(SafeText(sentence).clipped(to: inside.columns - 1), .progress, at: 1)], hasCursor: true)
        ]
      }
      return BackTestLines.nodes(
        BackTestLines.nodes(backTest, state, width: inside.columns),
        asking: localized("Make the switch permanent? y yes · n back, nothing is switched"), width: inside.columns,
        rows: inside.rows)
    }
  }

  private var trialTitle: SafeText {
    func names(_ isOn: Bool) -> String {
      let names = switched.filter { $0.value == isOn }.keys.sorted()
      if names.isEmpty { return "" }
      let list = names.joined(separator: ", ")
      return isOn ? localized("\(list) on") : localized("\(list) off")
    }
    let switches = [names(false), names(true)].filter { !$0.isEmpty }.joined(separator: "; ")
    return SafeText(localized("Trial: \(switches)"))
  }
}

extension TermKind {
  /// As its hits are marked in a listing.
  fileprivate var role: Role {
    switch self {
    case .benign: .hitBenign
    case .transactionCue: .hitCue
    case .context: .hitWeak
    default: .hitTerm
    }
  }
}

extension Term {
  var isSourced: Bool { !source.isEmpty && source != Term.unverified }
}
