import CodeWords
import Listings
import TerminalIO
import LexiconWork

// A word of a listing becomes a term of the analyst's own lexicon: chosen, tried on all listings, and only then written.

extension State {
  mutating func startQuickAdd() -> [Effect] {
    guard let row = table.row else { return [] }
    var sheet = QuickAdd(row, in: dataset, selecting: wordsToBeginWith(row))
    if let term = strongestTerm(of: row) {
      sheet.draft[.denotes] = term.denotes
      sheet.draft[.taxon] = term.taxon
    }
    if let words = sheet.selection { sheet.select(words) } else { sheet.step(1) }
    if let hit = hitGoneTo(row) { sheet.describe(as: flags.lexicons[hit.term]) }
    return tryWord(sheet)
  }

  /// The hit that the analyst went to; else the first word that no hit covers.
  private func wordsToBeginWith(_ row: Int) -> (field: Field, range: Range<Int>)? {
    let hits = reading(of: row)?.hits ?? []
    if let hit = hitGoneTo(row) { return (hit.field, hit.bytes) }
    let words = ListingWords(of: row, in: dataset)
    let free = words.words.filter { word in
      !hits.contains { $0.field == word.field && $0.bytes.overlaps(word.bytes) }
    }
    // A number says little; where there is nothing else it has to do.
    let first = free.indices.first { words.text(of: free[$0]).contains(where: \.isLetter) }
    return (first.map { free[$0] } ?? free.first).map { ($0.field, $0.bytes) }
  }

  private func hitGoneTo(_ row: Int) -> Hit? {
    guard let currentHit, currentHit.row == row, let hits = reading(of: row)?.hits,
      hits.indices.contains(currentHit.number)
    else { return nil }
    return hits[currentHit.number]
  }

  /// What the listing is flagged for: a new word in it probably stands for the same.
  private func strongestTerm(of row: Int) -> Term? {
    let terms = flags.terms(at: row).map { flags.lexicons[$0] }.filter(\.kind.isEvidence)
    return terms.max { $0.weight < $1.weight }
  }

  // MARK: Keys

  mutating func addWord(_ key: Key, _ sheet: QuickAdd) -> [Effect] {
    switch sheet.stage {
    case .filling: return fill(key, sheet)
    case .testing:
      guard key == .escape || key == .control("c") else { return [] }
      return goOnFilling(sheet)
    case .asking:
      switch key {
      case .character("y"), .character("Y"): return adopt(sheet)
      case .character("n"), .character("N"), .escape, .control("c"): return goOnFilling(sheet)
      default: return say(.warned, "y adds the word, n goes back to it")
      }
    case .adding:
      guard key == .escape || key == .control("c") else { return [] }
      mode = .browsing
      return say(.told, "The word is still being added; you will be told when it is on disk")
    }
  }

  private mutating func goOnFilling(_ sheet: QuickAdd) -> [Effect] {
    var sheet = sheet
    sheet.stage = .filling
    // An answer on its way is no longer waited for.
    sheet.number += 1
    mode = .addingWord(sheet)
    return []
  }

  private mutating func fill(_ key: Key, _ sheet: QuickAdd) -> [Effect] {
    var sheet = sheet
    let lines = TermDraft.Line.allCases
    let now = lines.firstIndex(of: sheet.line) ?? 0
    let isPicking = sheet.line == .word && sheet.selection != nil
    switch key {
    case .escape, .control("c"):
      mode = .browsing
      return say(.told, "No word was added")
    case .enter: return test(sheet)
    case .tab: sheet.go(to: lines[(now + 1) % lines.count])
    case .backTab: sheet.go(to: lines[(now + lines.count - 1) % lines.count])
    case .down where sheet.line == .word: sheet.step(1)
    case .up where sheet.line == .word: sheet.step(-1)
    case .down: sheet.go(to: lines[min(now + 1, lines.count - 1)])
    case .up: sheet.go(to: lines[max(0, now - 1)])
    case .right where isPicking: sheet.stretch(1)
    case .left where isPicking: sheet.stretch(-1)
    case .left, .right, .character(" "):
      if !sheet.line.choices.isEmpty { sheet.turn(key == .left ? -1 : 1) } else { sheet.type(key) }
    default: if sheet.line.choices.isEmpty { sheet.type(key) }
    }
    return tryWord(sheet)
  }

  mutating func pasteWord(_ text: String, _ sheet: QuickAdd) -> [Effect] {
    var sheet = sheet
    guard sheet.stage == .filling, sheet.line.choices.isEmpty else { return [] }
    sheet.editor.insert(text)
    sheet.takeTyped()
    return tryWord(sheet)
  }

  // MARK: Trying

  /// Shows the sheet, and asks what the word finds if that may have changed.
  private mutating func tryWord(_ sheet: QuickAdd) -> [Effect] {
    var sheet = sheet
    defer { mode = .addingWord(sheet) }
    guard sheet.asked != sheet.tried else { return [] }
    sheet.tried = sheet.asked
    sheet.number += 1
    guard let term = sheet.termToTry else {
      sheet.trial = nil
      do throws(TermDraftError) {
        _ = try sheet.draft.term()
      } catch {
        sheet.fault = error
      }
      return []
    }
    sheet.fault = nil
    return [.tryWord(request(term, isWhole: false, sheet))]
  }

  private func request(_ term: Term, isWhole: Bool, _ sheet: QuickAdd) -> WordTrialRequest {
    WordTrialRequest(
      term: term, snapshot: snapshot, shown: answer?.rows ?? RowSet(noneOf: dataset.rowCount), isWhole: isWhole,
      number: sheet.number)
  }

  /// What the word would change, before it is asked whether it is wanted.
  private mutating func test(_ sheet: QuickAdd) -> [Effect] {
    var sheet = sheet
    defer { mode = .addingWord(sheet) }
    do throws(TermDraftError) {
      let term = try sheet.draft.term()
      if let fault = refusal(of: term) { throw fault }
      sheet.fault = nil
      sheet.stage = .testing
      sheet.number += 1
      return [.tryWord(request(term, isWhole: true, sheet))]
    } catch {
      sheet.fault = error
      sheet.go(to: error.line)
      return []
    }
  }

  /// Why a sound term cannot be added all the same.
  private func refusal(of term: Term) -> TermDraftError? {
    if let personal = lexicons.overview[TermDraft.lexicon], !personal.isOn {
      let why = "the lexicon \(TermDraft.lexicon) is switched off, and the word would not count; switch it on first"
      return TermDraftError(line: .word, why: why)
    }
    // A second row would stand beside the first, not in its place.
    let identity = TermIdentity(term)
    let own = lexicons.overview.lexicons.filter { $0.origins == [.yours] }.flatMap(\.terms)
    guard let known = own.first(where: { TermIdentity($0) == identity }) else { return nil }
    let place = "\(known.location.file):\(known.location.line)"
    return TermDraftError(line: .word, why: "it stands in your lexicons already; change it there: \(place)")
  }

  mutating func show(_ trial: WordTrial, number: Int) -> [Effect] {
    guard case .addingWord(var sheet) = mode, sheet.number == number else { return [] }
    sheet.trial = trial
    if sheet.stage == .testing, trial.outcome != nil { sheet.stage = .asking }
    mode = .addingWord(sheet)
    return []
  }

  // MARK: Adding

  private mutating func adopt(_ sheet: QuickAdd) -> [Effect] {
    var sheet = sheet
    sheet.stage = .adding
    mode = .addingWord(sheet)
    return [.addTerm(sheet.draft)]
  }

  mutating func finishAdding(_ word: String, _ path: String) -> [Effect] {
    if case .addingWord(let sheet) = mode, sheet.stage == .adding { mode = .browsing }
    return say(.told, "“\(word)” stands in \(path) now; all listings are read with it anew") + [
      .loadLexicons(LexiconLoading(after: session.newestLexicons))
    ]
  }

  mutating func refuseAdding(_ why: String) -> [Effect] {
    guard case .addingWord(var sheet) = mode, sheet.stage == .adding else { return fail(why) }
    sheet.stage = .filling
    mode = .addingWord(sheet)
    return fail(why)
  }
}

extension QuickAdd {
  mutating func type(_ key: Key) {
    let before = editor
    guard editor.take(key), editor.text != before.text else { return }
    takeTyped()
  }
}

extension ListingWords {
  fileprivate func text(of word: Word) -> String {
    String(decoding: Array(text(of: word.field).utf8)[word.bytes], as: UTF8.self)
  }
}
