import CodeWords
import Filters
import Listings
import TerminalIO
import Workspace

// The lexicons: looked through by name, Enter goes down to the terms of one, and from there to the listings.

extension State {
  mutating func startLexicons() -> [Effect] {
    var place = LexiconsPlace()
    relist(&place)
    mode = .readingLexicons(place)
    return tallyLexicons()
  }

  /// Why there is nothing to list; nil where there is.
  var lexiconsBlocked: String? {
    if !lexicons.overview.lexicons.isEmpty { return nil }
    return lexicons.isRead || (loading.isComplete && dataset.rowCount == 0)
      ? "No lexicon is loaded: linsang lexicon list says where they are looked for"
      : "The lexicons are still being read"
  }

  mutating func readLexicons(_ key: Key, _ place: LexiconsPlace) -> [Effect] {
    if let editor = place.editor { return findLexicon(key, editor, place) }
    if case .none = place.trial {} else { return answerTrial(key, place) }
    var place = place
    switch key {
    case .down, .character("j"): move(.line(1), &place)
    case .up, .character("k"): move(.line(-1), &place)
    case .pageDown, .control("f"): move(.page(1), &place)
    case .pageUp, .control("b"): move(.page(-1), &place)
    case .control("d"): move(.halfPage(1), &place)
    case .control("u"): move(.halfPage(-1), &place)
    case .home, .character("g"): move(.first, &place)
    case .end, .character("G"): move(.last, &place)
    case .character("/"), .character("f"): place.editor = LineEditor(place.level.find)
    case .character("S"): sortLexicons(&place)
    case .character(" "): return toggleLexicon(place)
    case .enter, .right, .character("l"): return openLexicon(place)
    case .character("w"), .control("s"): return tryLexicons(place)
    case .escape, .left, .character("h"), .backspace: return leaveLexicons(place)
    case .character("q"), .character("L"), .control("c"): return closeLexicons(place)
    default: return []
    }
    mode = .readingLexicons(place)
    return []
  }

  // MARK: What was read and counted

  mutating func take(_ loaded: LoadedLexicons, switched: [String: Bool]?) -> [Effect] {
    let overview = loaded.overview
    lexicons.take(overview)
    keepLexiconsPlace()
    let effects = take(loaded)
    guard let switched else { return effects }
    // Another table may have the last word.
    for (name, isOn) in switched.sorted(by: { $0.key < $1.key }) {
      guard let lexicon = overview[name], lexicon.isOn != isOn else { continue }
      return say(
        .warned,
        "\(name) is still \(isOn ? "off" : "on"): \(lexicon.switchedBy ?? "another table") says so and has the last word"
      ) + effects
    }
    return say(.told, "\(counted(switched.count, "lexicon")) switched; all listings are read with them anew") + effects
  }

  mutating func take(_ tally: LexiconTally, _ number: Int) -> [Effect] {
    guard number == lexicons.tallyNumber else { return [] }
    lexicons.tally = tally
    keepLexiconsPlace()
    return []
  }

  /// Counts anew what the sheet shows, if it is open.
  mutating func recountLexicons() -> [Effect] { mode.isReadingLexicons ? tallyLexicons() : [] }

  /// After lexicons, counts or the screen changed: the same lexicon stays open, the cursor on the same line.
  mutating func keepLexiconsPlace() {
    guard case .readingLexicons(var place) = mode else { return }
    if let opened = place.opened, lexicons.overview[opened] == nil { place.opened = nil }
    place.switched = place.switched.filter { name, isOn in lexicons.overview[name].map { $0.isOn != isOn } ?? false }
    relist(&place)
    mode = .readingLexicons(place)
  }

  // MARK: Moving

  private func move(_ step: Step, _ place: inout LexiconsPlace) {
    place.level.cursor = Self.moved(
      place.level.cursor, step, page: LexiconSheet.rows(self, place), count: place.level.lines.count)
    settle(&place)
  }

  /// Keeps the cursor on a line that is there, and on the screen.
  private func settle(_ place: inout LexiconsPlace) {
    let count = place.level.lines.count
    let rows = LexiconSheet.rows(self, place)
    place.level.cursor = max(0, min(place.level.cursor, count - 1))
    place.level.top = Self.scrolled(place.level.top, to: place.level.cursor, rows: rows)
    place.level.top = max(0, min(place.level.top, count - rows))
  }

  /// Lists anew; the cursor stays on what it was on.
  private func relist(_ place: inout LexiconsPlace) {
    let level = place.level
    let under = level.lines.indices.contains(level.cursor) ? level.lines[level.cursor] : nil
    place.level.lines = ListedLexicons(known: lexicons, place: place).lines
    if let under, let line = place.level.lines.firstIndex(of: under) {
      place.level.top += line - level.cursor
      place.level.cursor = line
    }
    settle(&place)
  }

  private func sortLexicons(_ place: inout LexiconsPlace) {
    let orders = place.orders
    let next = (orders.firstIndex(of: place.level.order) ?? 0) + 1
    place.level.order = orders[next % orders.count]
    relist(&place)
    // What stands first is what was asked for.
    place.level.cursor = 0
    settle(&place)
  }

  // MARK: Going down and up

  private mutating func openLexicon(_ place: LexiconsPlace) -> [Effect] {
    let listed = ListedLexicons(known: lexicons, place: place)
    if let term = listed.term(at: place.level.cursor) { return filter(by: term, place) }
    guard place.opened == nil, let lexicon = listed.lexicon(at: place.level.cursor) else { return [] }
    var place = place
    place.opened = lexicon.name
    place.terms = LexiconsPlace.Level(order: place.terms.order)
    relist(&place)
    mode = .readingLexicons(place)
    return []
  }

  private mutating func leaveLexicons(_ place: LexiconsPlace) -> [Effect] {
    var place = place
    if !place.level.find.isEmpty {
      place.level.find = ""
      relist(&place)
    } else if place.opened != nil {
      place.opened = nil
      relist(&place)
    } else {
      return closeLexicons(place)
    }
    mode = .readingLexicons(place)
    return []
  }

  private mutating func closeLexicons(_ place: LexiconsPlace) -> [Effect] {
    mode = .browsing
    return place.switched.isEmpty ? [] : say(.told, "The lexicons are switched as they were")
  }

  /// Shows the listings in which a term counts, whatever was asked before.
  private mutating func filter(by term: Term, _ place: LexiconsPlace) -> [Effect] {
    guard term.kind.isKeptPerListing else {
      let kind = term.kind == .context ? "A context word" : "A transaction cue"
      return say(.warned, "\(kind) counts beside other terms only, so no listing is found by it")
    }
    guard let number = flags.lexicons.terms.firstIndex(where: { $0.location == term.location }) else {
      return say(.warned, "\(term.name) is not in force, so no listing is found by it")
    }
    let before = filter.text
    mode = .browsing
    _ = focus(on: .listings)
    let effects = set(Filter.everything.toggling(flags.lexicons.labels[number], in: .term))
    guard !effects.isEmpty else { return [] }
    let unused = place.switched.isEmpty ? "" : " · the lexicons are switched as they were"
    return say(.told, "0 takes this filter away" + (before.isEmpty ? "" : "; it was \(before)") + unused) + effects
  }

  // MARK: Finding

  private mutating func findLexicon(_ key: Key, _ editor: LineEditor, _ place: LexiconsPlace) -> [Effect] {
    var (editor, place) = (editor, place)
    switch key {
    case .enter: place.editor = nil
    // The line stays open: the letters that follow are still text.
    case .down, .up: move(.line(key == .down ? 1 : -1), &place)
    case .escape, .control("c"):
      place.editor = nil
      look(for: "", &place)
    default:
      guard editor.take(key) else { return [] }
      place.editor = editor
      look(for: editor.text, &place)
    }
    mode = .readingLexicons(place)
    return []
  }

  mutating func pasteIntoLexicons(_ text: String, _ place: LexiconsPlace) {
    var place = place
    guard var editor = place.editor else { return }
    editor.insert(text)
    place.editor = editor
    look(for: editor.text, &place)
    mode = .readingLexicons(place)
  }

  private func look(for text: String, _ place: inout LexiconsPlace) {
    guard place.level.find != text else { return }
    place.level.find = text
    relist(&place)
    // What is typed goes from the top; given up, the cursor stays on what was found.
    if !text.isEmpty { place.level.cursor = 0 }
    settle(&place)
  }
}
