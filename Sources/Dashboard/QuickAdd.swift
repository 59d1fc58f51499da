import CodeWords
import Listings
import Workspace
import LexiconWork

/// A word on its way into the analyst's own lexicon, as the sheet shows it.
package struct QuickAdd: Equatable, Sendable {
  package enum Stage: Equatable, Sendable {
    /// A word is chosen and described.
    case filling
    /// What it would change is being reckoned.
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
  var written: Set<TermDraft.Line> = []
  /// What the last trial was asked about.
  var tried: [String] = []
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

  // MARK: The word

  /// Chooses words of the listing; language and kind follow, unless they were written already.
  mutating func select(_ range: Range<Int>) {
    selection = range
    take(word: TermDraft.shown(words.text(of: range)))
    editor = LineEditor(draft[.word])
  }

  mutating func take(word: String) {
    draft[.word] = word
    guard !written.contains(.language) else { return }
    draft[.language] = LanguageGuess.language(of: word, in: text, listing: listingLanguage)
    if !written.contains(.kind) {
      take(kind: draft[.language] == "mul" && !word.isEmpty ? .emoji : .codeWord)
    }
  }

  /// What is known of the word already, so that a row of one's own can say one thing of it otherwise.
  mutating func describe(as term: Term) {
    draft[.kind] = term.kind.rawValue
    draft[.language] = term.language
    draft[.denotes] = term.denotes
    draft[.taxon] = term.taxon
    draft[.weight] = String(term.weight)
    draft[.needs] = term.needs.map(\.description).joined(separator: "|")
  }

  mutating func take(kind: TermKind) {
    draft[.kind] = kind.rawValue
    if !written.contains(.weight) { draft[.weight] = String(TermDraft.usualWeight(of: kind)) }
  }

  /// To the next or the previous word.
  mutating func step(_ direction: Int) {
    guard !words.words.isEmpty else { return }
    let now = selection ?? 0..<0
    let next = direction > 0 ? now.upperBound : now.lowerBound - 1
    let place = selection == nil ? 0 : max(0, min(words.words.count - 1, next))
    select(place..<place + 1)
  }

  /// Takes the next word in, or gives the last one back; words of two fields are never one.
  mutating func stretch(_ direction: Int) {
    guard let now = selection else { return }
    let end = now.upperBound + direction
    guard end > now.lowerBound, end <= words.words.count,
      words.words[end - 1].field == words.words[now.lowerBound].field
    else { return }
    select(now.lowerBound..<end)
  }

  // MARK: Lines

  mutating func go(to newLine: TermDraft.Line) {
    line = newLine
    editor = LineEditor(draft[newLine])
  }

  mutating func turn(_ direction: Int) {
    let choices = line.choices
    let now = choices.firstIndex(of: draft[line]) ?? 0
    let choice = choices[(now + direction + choices.count) % choices.count]
    written.insert(line)
    take(kind: TermKind(rawValue: choice) ?? .codeWord)
  }

  /// Takes over what stands in the editor.
  mutating func takeTyped() {
    written.insert(line)
    if line == .word {
      selection = nil
      take(word: editor.text)
    } else {
      draft[line] = editor.text
    }
  }

  /// The term as far as it can be looked for; what is still to be filled in does not matter for that.
  var termToTry: Term? {
    var draft = draft
    if draft[.denotes].allSatisfy(\.isWhitespace) { draft[.denotes] = "?" }
    for line in [TermDraft.Line.weight, .language] where (try? draft.term()) == nil {
      draft[line] = TermDraft()[line]
    }
    return try? draft.term()
  }

  /// What a trial depends on.
  var asked: [String] { [.word, .kind, .taxon, .weight, .needs].map { draft[$0] } }
}

/// A term to be tried on the listings.
package struct WordTrialRequest: Equatable, Sendable {
  package let term: Term
  package let snapshot: Snapshot
  package let shown: RowSet
  /// Whether all that it changes is to be reckoned too.
  package let isWhole: Bool
  package let number: Int

  package var subject: WordTrial.Subject {
    WordTrial.Subject(
      snapshot.dataset, snapshot.flags, shown: shown, confirmed: snapshot.verdicts.confirmed,
      falsePositive: snapshot.verdicts.falsePositive, listings: snapshot.listings)
  }
}
