import CodeWords
import LexiconWork
import Listings
import Sentences
import TerminalIO
import Workspace

/// A word of a listing on its way into the analyst's own lexicon: chosen, tried on all listings, and only then written.
package struct WordSheet: Sheet {
  package enum Stage: Equatable, Sendable {
    /// A word is chosen and described.
    case filling
    /// What it would change is being worked out.
    case testing
    /// It is known, and the analyst is asked.
    case asking
    /// It is being written down.
    case adding
  }

  /// The listing the word is taken from.
  package let row: Int
  package let words: ListingWords
  /// The words chosen, among `words`; nil while one is typed.
  package internal(set) var selection: Range<Int>?
  package internal(set) var draft: TermDraft
  package internal(set) var line = TermDraft.Line.word
  package internal(set) var editor = LineEditor()
  package internal(set) var stage = Stage.filling
  package internal(set) var fault: TermDraftError?
  package internal(set) var trial: WordTrial?
  /// Numbers what is asked, so that an older answer is not taken for the newest.
  package internal(set) var number = 0
  /// Lines that the analyst wrote; the others follow the word and the kind.
  private var written: Set<TermDraft.Line> = []
  /// What the last trial was asked about.
  private var tried: [String] = []
  /// The listing's own language, for guessing that of the word.
  private let listingLanguage: String

  init(_ row: Int, in dataset: Dataset, selecting bytes: (field: Field, range: Range<Int>)?) {
    self.row = row
    words = ListingWords(of: row, in: dataset)
    listingLanguage = dataset.shownText(of: .language, at: row)
    draft = TermDraft()
    if let bytes { selection = words.words(in: bytes.range, of: bytes.field) }
  }

  package var text: String { words.title + " " + words.description }

  static let name = "the word form"
  var mode: Mode { .word(self) }

  var kind: Mode.Kind {
    switch stage {
    case .filling: .wordForm
    case .testing: .wordTest
    case .asking: .wordQuestion
    case .adding: .wordWriting
    }
  }

  // MARK: Its keys

  static let keys = filling + testing + asking + adding

  var activeKeys: [SheetKey<WordSheet>] {
    switch stage {
    case .filling: Self.filling
    case .testing: Self.testing
    case .asking: Self.asking
    case .adding: Self.adding
    }
  }

  private static let filling: [SheetKey<WordSheet>] = [
    .saying(Sentence("↑↓ word · →← longer, shorter · type another"), when: \.isPicking),
    .saying(Sentence("type a word · ↑↓ choose one of the listing"), when: { $0.line == .word && !$0.isPicking }),
    .saying(Sentence("← → choose"), when: \.isChosen),
    SheetKey([.down], Sentence("the next word"), when: { $0.line == .word }) { $0.change(&$1) { $0.step(1) } },
    SheetKey([.up], Sentence("the word before"), when: { $0.line == .word }) { $0.change(&$1) { $0.step(-1) } },
    SheetKey([.right], Sentence("adds the next word"), when: \.isPicking) { $0.change(&$1) { $0.stretch(1) } },
    SheetKey([.left], Sentence("drops the last word"), when: \.isPicking) { $0.change(&$1) { $0.stretch(-1) } },
    SheetKey([.tab], Sentence("the next line"), hint: Sentence("next line")) {
      $0.change(&$1) { $0.go(1, around: true) }
    },
    SheetKey(
      [.backTab], Sentence("the line before"), hinted: { $0.line != .word && !$0.isChosen ? localized("back") : nil }
    ) { $0.change(&$1) { $0.go(-1, around: true) } },
    SheetKey([.down], Sentence("the next line")) { $0.change(&$1) { $0.go(1, around: false) } },
    SheetKey([.up], Sentence("the line before")) { $0.change(&$1) { $0.go(-1, around: false) } },
    SheetKey([.right, .character(" ")], Sentence("the next choice"), when: \.isChosen) {
      $0.change(&$1) { $0.turn(1) }
    },
    SheetKey([.left], Sentence("the choice before"), when: \.isChosen) { $0.change(&$1) { $0.turn(-1) } },
    SheetKey([.enter], Sentence("see what the word would change"), hint: Sentence("try it")) { .stay($0.test($1)) },
    SheetKey(
      [.escape, .control("c")], Sentence("leave, no word is added"),
      hinted: { $0.line == .word && !$0.isPicking ? nil : localized("leave") }
    ) { _, state in .close(state.say(.info, localized("No word was added"))) },
  ]

  private static let testing: [SheetKey<WordSheet>] = [
    .saying(Sentence("working out what changes …")),
    SheetKey([.escape, .control("c")], Sentence("back to the word"), hint: Sentence("back")) { sheet, _ in
      sheet.backToFilling()
    },
  ]

  private static let asking: [SheetKey<WordSheet>] = [
    SheetKey([.character("y"), .character("Y")], Sentence("add the word"), hint: Sentence("add it"), weight: .decides) {
      sheet, state in
      sheet.stage = .adding
      state.wordBeingAdded = sheet.draft
      return .stay([.addTerm(sheet.draft)])
    },
    SheetKey(
      [.character("n"), .character("N"), .escape, .control("c")], Sentence("back to the word"),
      hint: Sentence("back to the word")
    ) { sheet, _ in sheet.backToFilling() },
  ]

  private static let adding: [SheetKey<WordSheet>] = [
    .saying(Sentence("being written …")),
    SheetKey(
      [.escape, .control("c")], Sentence("leave the form; the word is still added"), hint: Sentence("leave")
    ) { _, state in
      .close(state.say(.info, localized("The word is still being added; a notice says when it is on disk")))
    },
  ]

  /// Whether words of the listing are chosen rather than typed.
  private var isPicking: Bool { line == .word && selection != nil }

  /// Whether the line is answered by choosing.
  private var isChosen: Bool { !line.choices.isEmpty }

  mutating func type(_ key: Key, _ state: inout State) -> SheetStep {
    switch stage {
    case .filling:
      let before = editor.text
      guard !isChosen, editor.take(key), editor.text != before else { return .stay() }
      takeTyped()
      return .stay(tryWord(state))
    case .asking: return .stay(state.say(.warned, localized("y adds the word, n goes back to it")))
    case .testing, .adding: return .stay()
    }
  }

  mutating func paste(_ text: String, _ state: inout State) -> SheetStep? {
    guard stage == .filling, !isChosen else { return .stay() }
    editor.insert(text)
    takeTyped()
    return .stay(tryWord(state))
  }

  private mutating func change(_ state: inout State, _ change: (inout WordSheet) -> Void) -> SheetStep {
    change(&self)
    return .stay(tryWord(state))
  }

  private mutating func backToFilling() -> SheetStep {
    stage = .filling
    // An answer on its way is no longer waited for.
    number += 1
    return .stay()
  }

  // MARK: The word

  /// Chooses words of the listing; language and kind follow, unless they were written already.
  fileprivate mutating func select(_ range: Range<Int>) {
    selection = range
    take(word: TermDraft.shown(words.text(of: range)))
    editor = LineEditor(draft[.word])
  }

  private mutating func take(word: String) {
    draft[.word] = word
    guard !written.contains(.language) else { return }
    draft[.language] = LanguageGuess.language(of: word, in: text, listing: listingLanguage)
    if !written.contains(.kind) {
      take(kind: draft[.language] == "mul" && !word.isEmpty ? .emoji : .codeWord)
    }
  }

  /// A new word probably denotes the same as what the listing is flagged for.
  fileprivate mutating func suggest(_ term: Term) {
    draft[.denotes] = term.denotes
    draft[.taxon] = term.taxon
  }

  /// What is known of the word already, so that a row of one's own can say one thing of it otherwise.
  fileprivate mutating func describe(as term: Term) {
    draft[.kind] = term.kind.rawValue
    draft[.language] = term.language
    draft[.denotes] = term.denotes
    draft[.taxon] = term.taxon
    draft[.weight] = String(term.weight)
    draft[.needs] = term.needs.map(\.description).joined(separator: "|")
  }

  private mutating func take(kind: TermKind) {
    draft[.kind] = kind.rawValue
    if !written.contains(.weight) { draft[.weight] = String(TermDraft.usualWeight(of: kind)) }
  }

  /// To the next or the previous word.
  fileprivate mutating func step(_ direction: Int) {
    guard !words.words.isEmpty else { return }
    let now = selection ?? 0..<0
    let next = direction > 0 ? now.upperBound : now.lowerBound - 1
    let place = selection == nil ? 0 : max(0, min(words.words.count - 1, next))
    select(place..<place + 1)
  }

  /// Takes the next word in, or gives the last one back; words of two fields are never one.
  private mutating func stretch(_ direction: Int) {
    guard let now = selection else { return }
    let end = now.upperBound + direction
    guard end > now.lowerBound, end <= words.words.count,
      words.words[end - 1].field == words.words[now.lowerBound].field
    else { return }
    select(now.lowerBound..<end)
  }

  // MARK: Lines

  private mutating func go(_ lines: Int, around: Bool) {
    let all = TermDraft.Line.allCases
    let next = (all.firstIndex(of: line) ?? 0) + lines
    go(to: all[around ? (next + all.count) % all.count : max(0, min(next, all.count - 1))])
  }

  private mutating func go(to newLine: TermDraft.Line) {
    line = newLine
    editor = LineEditor(draft[newLine])
  }

  private mutating func turn(_ direction: Int) {
    let choices = line.choices
    let now = choices.firstIndex(of: draft[line]) ?? 0
    let choice = choices[(now + direction + choices.count) % choices.count]
    written.insert(line)
    take(kind: TermKind(rawValue: choice) ?? .codeWord)
  }

  /// Takes over what the editor holds.
  private mutating func takeTyped() {
    written.insert(line)
    if line == .word {
      selection = nil
      take(word: editor.text)
    } else {
      draft[line] = editor.text
    }
  }

  // MARK: Trying

  /// Asks what the word finds, if that may have changed.
  fileprivate mutating func tryWord(_ state: State) -> [Effect] {
    guard asked != tried else { return [] }
    tried = asked
    number += 1
    guard let term = termToTry else {
      trial = nil
      do throws(TermDraftError) {
        _ = try draft.term()
      } catch {
        fault = error
      }
      return []
    }
    fault = nil
    return [.tryWord(request(term, isWhole: false, state))]
  }

  /// Asks again what the word finds, among more listings than before or with their risks.
  fileprivate mutating func tryAgain(_ state: State) -> [Effect] {
    guard stage == .filling else { return [] }
    tried = []
    return tryWord(state)
  }

  private func request(_ term: Term, isWhole: Bool, _ state: State) -> WordTrialRequest {
    WordTrialRequest(
      term: term, snapshot: state.snapshot, shown: state.answer?.rows ?? RowSet(noneOf: state.dataset.rowCount),
      isWhole: isWhole, number: number)
  }

  /// What the word would change, before it is asked whether it is wanted.
  private mutating func test(_ state: State) -> [Effect] {
    do throws(TermDraftError) {
      let term = try draft.term()
      if let fault = state.refusal(of: term) { throw fault }
      fault = nil
      stage = .testing
      number += 1
      return [.tryWord(request(term, isWhole: true, state))]
    } catch {
      fault = error
      go(to: error.line)
      return []
    }
  }

  /// The term as far as it can be looked for; what is still to be filled in does not matter for that.
  private var termToTry: Term? {
    var draft = draft
    if draft[.denotes].allSatisfy(\.isWhitespace) { draft[.denotes] = "?" }
    for line in [TermDraft.Line.weight, .language] where (try? draft.term()) == nil {
      draft[line] = TermDraft()[line]
    }
    return try? draft.term()
  }

  /// What a trial depends on.
  private var asked: [String] { [.word, .kind, .taxon, .weight, .needs].map { draft[$0] } }
}

// MARK: - From the dashboard and back

extension State {
  /// Tries the word on the sheet again, now that all listings are there, or all are flagged.
  mutating func tryWordAgain() -> [Effect] {
    guard case .word(var sheet) = mode, loading.isComplete else { return [] }
    let effects = sheet.tryAgain(self)
    mode = .word(sheet)
    return effects
  }

  mutating func startAddingWord() -> [Effect] {
    guard let row = table.row else { return [] }
    var sheet = WordSheet(row, in: dataset, selecting: wordsToBeginWith(row))
    if let term = strongestTerm(of: row) { sheet.suggest(term) }
    if let words = sheet.selection { sheet.select(words) } else { sheet.step(1) }
    if let hit = hitGoneTo(in: row) { sheet.describe(as: flags.lexicons[hit.term]) }
    let effects = sheet.tryWord(self)
    mode = .word(sheet)
    return effects
  }

  /// The hit that the analyst went to; else the first word that no hit covers.
  private func wordsToBeginWith(_ row: Int) -> (field: Field, range: Range<Int>)? {
    let hits = reading(of: row)?.hits ?? []
    if let hit = hitGoneTo(in: row) { return (hit.field, hit.bytes) }
    let words = ListingWords(of: row, in: dataset)
    let free = words.words.filter { word in
      !hits.contains { $0.field == word.field && $0.bytes.overlaps(word.bytes) }
    }
    // A number says little; where there is nothing else, it has to do.
    let first = free.indices.first { words.text(of: free[$0]).contains(where: \.isLetter) }
    return (first.map { free[$0] } ?? free.first).map { ($0.field, $0.bytes) }
  }

  /// What the listing is flagged for: a new word in it probably denotes the same.
  private func strongestTerm(of row: Int) -> Term? {
    let terms = flags.terms(at: row).map { flags.lexicons[$0] }.filter(\.kind.isEvidence)
    return terms.max { $0.weight < $1.weight }
  }

  /// Why a sound term cannot be added all the same.
  fileprivate func refusal(of term: Term) -> TermDraftError? {
    if let personal = lexicons.overview[lexicons.own], !personal.isOn {
      let why = localized(
        "the lexicon \(lexicons.own) is switched off, and the word would not count; switch it on first")
      return TermDraftError(line: .word, why: why)
    }
    // A second row would be added to the first, not replace it.
    let identity = TermIdentity(term)
    let own = lexicons.overview.lexicons.filter { $0.origins == [.yours] }.flatMap(\.terms)
    guard let known = own.first(where: { TermIdentity($0) == identity }) else { return nil }
    let place = "\(known.location.file):\(known.location.line)"
    return TermDraftError(line: .word, why: localized("it is in your lexicons already; change it there: \(place)"))
  }

  mutating func showTrial(_ trial: WordTrial, number: Int) -> [Effect] {
    guard case .word(var sheet) = mode, sheet.number == number else { return [] }
    sheet.trial = trial
    if sheet.stage == .testing, trial.outcome != nil { sheet.stage = .asking }
    mode = .word(sheet)
    return []
  }

  mutating func finishAdding(_ word: String, _ path: String) -> [Effect] {
    if case .word(let sheet) = mode, sheet.stage == .adding { mode = .browsing }
    addedWord = AddedWord(draft: wordBeingAdded, acts: ownActs.count)
    (wordBeingAdded, takenWord) = (nil, nil)
    return say(
      .info, localized("“\(word)” is in \(path) now; all listings are read with it again. \(key("undo")) takes it back")
    )
      + [.loadLexicons(LexiconLoading(after: session.newestLexicons))]
  }

  mutating func finishRemoving(_ word: String, _ path: String) -> [Effect] {
    if addedWord?.draft?[.word] == word { addedWord = nil }
    return say(.info, localized("“\(word)” is out of \(path) again; all listings are read without it")) + [
      .loadLexicons(LexiconLoading(after: session.newestLexicons))
    ]
  }

  mutating func refuseAdding(_ why: String) -> [Effect] {
    guard case .word(var sheet) = mode, sheet.stage == .adding else { return fail(why) }
    sheet.stage = .filling
    mode = .word(sheet)
    return fail(why)
  }
}

/// A word that was added, which undo takes back where nothing was decided since.
struct AddedWord: Sendable {
  /// What was asked for; redoing asks for it again.
  let draft: TermDraft?
  /// What was left to undo when it was added: as long as it is as much, the word is what was done last.
  let acts: Int
}

extension ListingWords {
  fileprivate func text(of word: Word) -> String {
    String(decoding: Array(text(of: word.field).utf8)[word.bytes], as: UTF8.self)
  }
}

/// A term to be tried on the listings.
package struct WordTrialRequest: Equatable, Sendable {
  package let term: Term
  package let snapshot: Snapshot
  package let shown: RowSet
  /// Whether all that it would change is to be worked out too.
  package let isWhole: Bool
  package let number: Int

  package var subject: WordTrial.Subject {
    WordTrial.Subject(
      snapshot.dataset, snapshot.flags, shown: shown, confirmed: snapshot.verdicts.confirmed,
      falsePositive: snapshot.verdicts.falsePositive, listings: snapshot.listings)
  }
}
