import Filters
import Listings
import Sentences
import TerminalIO
import TextCells

/// The filter being typed: the listings follow with every letter.
package struct FilterLine: Sheet {
  package var editor: LineEditor
  /// The filter that comes back on Esc.
  let before: Filter
  /// The text that was last read.
  private var lastRead = ""
  /// Why the text is no filter yet; the last good one stays in force.
  package var problem: FilterProblem?

  static var name: String { localized("the filter line") }
  var mode: Mode { .filterLine(self) }
  var kind: Mode.Kind { .filterLine }

  static let keys: [SheetKey<FilterLine>] =
    [
      SheetKey([.enter], Sentence("keep the filter and go to the listings"), hint: Sentence("keep")) { line, state in
        // What cannot be read is mended here, not left behind.
        if line.problem != nil { return .stay() }
        let noted = state.noteFilter(line.editor.text)
        if !state.isEvaluating { state.returning.beforeTyping = nil }
        return .close(noted + state.focus(on: .listings))
      },
      SheetKey(
        [.escape, .control("c")], Sentence("cancel: the earlier filter comes back"), hint: Sentence("cancel")
      ) { line, state in
        let effects = state.set(line.before)
        if effects.isEmpty, !state.isEvaluating { state.returning.beforeTyping = nil }
        return .close(effects)
      },
    ]
    // The listings can be walked while the filter is being typed.
    + SheetKey.walking(hint: Sentence("move")) { _, lines, state in state.walkWhileTyping(lines) }
    + [
      SheetKey([.tab], Sentence("complete a field name or a value"), hint: Sentence("complete")) {
        line, state in
        .stay(line.complete(&state))
      },
      SheetKey([.control("r")], Sentence("the filters used before, to choose one"), hint: Sentence("earlier")) {
        line, state in
        guard !state.habits.filters.isEmpty else {
          return .stay(state.say(.info, localized("No filter has been typed yet")))
        }
        let effects = state.set(line.before)
        return .close(effects + state.startFilterHistory())
      },
    ]

  mutating func type(_ key: Key, _ state: inout State) -> SheetStep {
    .stay(editor.take(key) ? read(&state) : [])
  }

  mutating func paste(_ text: String, _ state: inout State) -> SheetStep? {
    editor.insert(text)
    return .stay(read(&state))
  }

  init(editor: LineEditor, before: Filter) {
    (self.editor, self.before) = (editor, before)
    lastRead = editor.text
  }

  /// Takes the typed text as the filter, unless it cannot be read. Then the last good one stays, without what the name of a
  /// condition was read as before its colon came: `is` of `is:confrm` is no word that anybody looks for.
  mutating func read(_ state: inout State) -> [Effect] {
    do {
      let filter = try state.readFilter(editor.text)
      (problem, lastRead) = (nil, editor.text)
      return state.set(filter)
    } catch {
      problem = error
      let asked = state.requestList(error)
      guard FilterSyntax.condition(at: error.range.lowerBound, of: lastRead).contains(":") == false else {
        return asked
      }
      let rest = FilterSyntax.withoutCondition(at: error.range.lowerBound, of: editor.text)
      let filter = try? state.readFilter(rest)
      return asked + (filter.map { state.set($0) } ?? [])
    }
  }

  func hint(_ state: State) -> Piece? {
    if let problem { return Piece(SafeText(localized("not applied yet: \(sentence(problem, state))")), .filterError) }
    let keys = Self.keys.compactMap { row in row.hint(self).map { row.label + " " + $0 } }.joined(separator: " · ")
    let syntax = localized("words  field:value  -not  price:100..500  a OR b")
    return Piece(SafeText(keys + " · " + syntax), .keyHint)
  }

  /// What is wrong; a file that is still being read may have the column.
  private func sentence(_ problem: FilterProblem, _ state: State) -> String {
    guard case .unknownField = problem.what else { return state.sentence(problem) }
    return state.soFar(problem.sentence, until: state.unfinished([]))
  }

  /// It has a line of its own below the panes.
  func node(_ state: State, in room: Size) -> Node? { nil }
}

extension State {
  mutating func startFilter() -> [Effect] {
    rememberBeforeTyping()
    let text = filter.text
    // A blank behind what is there, so that typing goes on with a new word.
    mode = .filterLine(FilterLine(editor: LineEditor(text.isEmpty ? "" : text + " "), before: filter))
    return []
  }

  private mutating func rememberBeforeTyping() {
    returning.beforeTyping = table.row.map { PositionBeforeTyping(row: $0, cursor: table.cursor, order: order) }
  }

  fileprivate mutating func walkWhileTyping(_ lines: Int) -> [Effect] {
    let pane = focus
    focus = .listings
    let effects = move(.line(lines))
    focus = pane
    rememberBeforeTyping()
    return effects
  }

  /// The columns of the opened files, by their own names.
  var columnNames: Set<String> { dataset.columnNames }
}

// MARK: - Completion

extension FilterLine {
  /// Tab: the name of a field, or a value of it that occurs in the listings.
  fileprivate mutating func complete(_ state: inout State) -> [Effect] {
    let completion = FilterCompletion(before: editor.beforeCursor)
    guard !completion.typed.isEmpty || completion.field != nil else {
      return state.say(.info, localized("Tab completes a field name and, after its colon, a value"))
    }
    let matches = completion.matching(state.candidates(for: completion.field))
    switch matches.count {
    case 0:
      if let field = completion.field, Self.isOfNumbers(field) {
        return state.say(
          .info, localized("Numbers and ranges of \(field) are typed in full: there is nothing to complete"))
      }
      let sentence =
        completion.field.map { localized("No value of \($0) begins with “\(completion.typed)”") }
        ?? localized("No field name begins with “\(completion.typed)”")
      return state.say(.info, state.soFar(sentence, until: completion.field.flatMap { state.unfinishedValues(of: $0) }))
    case 1: editor.replace(last: completion.length, with: completion.text(for: matches[0]))
    default:
      if let shared = completion.shared(by: matches) { editor.replace(last: completion.length, with: shared) }
      let counts = completion.field.map { state.counts(ofValuesOf: $0) } ?? [:]
      state.notice = Notice(.info, Self.choices(matches, counts))
    }
    return read(&state)
  }

  /// Whether values of a field are amounts, days or numbers.
  private static func isOfNumbers(_ name: String) -> Bool {
    if name.lowercased() == "risk" { return true }
    switch Field.named(name)?.storage {
    case .price, .time: return Field.named(name) != .currency
    default: return false
    }
  }

  /// The first candidates, and how many more there are.
  ///
  /// - Parameter counts: how many listings have each, as far as that is counted.
  private static func choices(_ matches: [String], _ counts: [String: Int]) -> String {
    let maximum = 8
    let more = matches.count > maximum ? " · " + counted(matches.count - maximum, "more", "more") : ""
    let named = matches.prefix(maximum).map { name in counts[name].map { "\(name) \(grouped($0))" } ?? name }
    return named.joined(separator: " · ") + more
  }
}

extension State {
  /// What may take the place of the typed text; values in the order of the panes, the most frequent first.
  fileprivate func candidates(for name: String?) -> [String] {
    guard let name else { return FilterCompletion.names }
    if let words = FilterCompletion.words(of: name) { return words }
    if name.lowercased() == "term" { return names(in: .term) }
    if name.lowercased() == "tag" { return knownTags + ["none"] }
    if name.lowercased() == "by" {
      return ["me", "none"] + (snapshot.reviews?.decided.keys.sorted() ?? []).filter { $0 != analyst }
    }
    if name.lowercased() == "week" { return ["newest"] + names(in: .coded(.week)) }
    if name.lowercased() == "file" { return dataset.sources.map(\.name) }
    guard let field = Field.named(name) else { return [] }
    if field == .currency { return dataset.currencyCodes.filter { $0.count == 3 } }
    let counted = names(in: .field(field))
    guard counted.isEmpty, field.storage == .dictionary else { return counted }
    let values = dataset.values(of: field)
    return (1..<max(1, dataset.valueCount(of: field))).map { values.string(UInt32($0)) }
  }

  /// What the values of a field wait for: they are those that were counted, or read.
  fileprivate func unfinishedValues(of name: String) -> Unfinished? {
    if FilterCompletion.words(of: name) != nil { return nil }
    return unfinished(name.lowercased() == "term" ? [.codeWords] : []) ?? awaitedAnswer
  }

  /// How many listings have each value of a field, where a pane counts it.
  fileprivate func counts(ofValuesOf name: String) -> [String: Int] {
    let name = name.lowercased()
    let named = Field.named(name)
    let dimension = Dimension.all.first { $0.filterName == name || named != nil && $0.field == named }
    guard let subject = dimension?.subject(taxa), let facet = answer?.facets[subject] else { return [:] }
    return Dictionary(facet.values.map { ($0.name, $0.count) }) { first, _ in first }
  }

  private func names(in subject: FacetSubject) -> [String] {
    (answer?.facets[subject]?.values ?? []).map(\.name).filter { !$0.isEmpty }
  }
}

// MARK: - Its line

extension State {
  /// The filter in force, whole and editable, with how many listings it shows.
  func filterNode(columns: Int) -> Node {
    let isNarrow = columns < 48
    let count = SafeText(shownCount(isNarrow))
    let countColumn = max(0, columns - count.width - 1)
    let label: SafeText = isNarrow ? " / " : SafeText(" " + localized("filter", context: "the name of the line") + "  ")
    var pieces = [Piece(label, .keyHint, .label)]
    let line: FilterLine? = if case .filterLine(let line) = mode { line } else { nil }
    // What is typed matters more than a number on a screen that has no room for both.
    let hasCount = line == nil || countColumn - label.width > 16
    if hasCount { pieces.append(Piece(count, .statusLine, at: countColumn)) }
    let width = (hasCount ? countColumn : columns) - label.width - 1
    if width > 0 {
      if let line {
        pieces.append(
          .input(line.editor, at: label.width, width: width, as: line.problem == nil ? .input : .filterError))
      } else {
        let isEverything = filter.clauses.isEmpty
        let text = SafeText(isEverything ? localized("(all listings)") : filter.text).clipped(to: width)
        pieces.append(
          Piece(text, isEverything ? .faint : .filterText, .value("filter"), at: label.width))
        // A hint has what room is left, or none.
        if mode == .browsing, let hint {
          let words = SafeText(localized("hint: \(self.words(of: hint))"))
          if text.width + 3 + words.width <= width {
            pieces.append(Piece(words, .keyHint, .label, at: label.width + text.width + 3))
          }
        }
      }
    }
    return .line(pieces, .filterLine)
  }

  private func shownCount(_ isNarrow: Bool) -> String {
    let total = grouped(countOfAll)
    if isNarrow, filter.clauses.isEmpty { return total }
    let shown = isEvaluating ? "…" : grouped(shownCount)
    if isEvaluating { return localized("\(shown) of \(total)") }
    // Where there is no room for words, a sign has to say that there may be more.
    let isMore = unfinished != nil
    if isNarrow { return localized("\(shown + (isMore ? "+" : "")) of \(total)") }
    let count =
      countsRows
      ? localized(countOfAll, one: "\(shown) of \(total) row", other: "\(shown) of \(total) rows")
      : localized("\(shown) of \(total)")
    return isMore ? localized("\(count) so far") : count
  }
}
