import CodeWords
import Filters
import Listings
import Sentences
import TextCells

/// What an answer still waits for: until then nothing is "none", and no count is the last word.
enum Unfinished: Equatable, Sendable {
  /// Listings are still being read; nil where the total is unknown.
  case listings(percent: Int?)
  /// Code words are; nil before the lexicons are there.
  case codeWords(percent: Int?)
  case taxa
  /// Which rows the casebook's verdicts belong to.
  case verdicts
  /// What became of listings since the scrapes before.
  case earlierScrapes
  /// Which listings are one advert.
  case duplicates
  /// Which decided listings changed since.
  case changes
  /// The filter is being answered.
  case answer

  /// `reading code words: 34 %…`.
  var sentence: String {
    switch self {
    case .listings(nil): localized("reading listings…")
    case .listings(let percent?): localized("reading listings: \(percent) %…")
    case .codeWords(nil): localized("reading the lexicons…")
    case .codeWords(let percent?): localized("reading code words: \(percent) %…")
    case .taxa: localized("reading the taxon tables…")
    case .verdicts: localized("looking up verdicts…")
    case .earlierScrapes: localized("comparing with earlier scrapes…")
    case .duplicates: localized("looking for copies…")
    case .changes: localized("comparing decided listings…")
    case .answer: localized("looking…")
    }
  }

  /// The same for a narrow pane: `code words: 34 %…`.
  var shortSentence: String {
    switch self {
    case .listings(nil): localized("listings…")
    case .listings(let percent?): localized("listings: \(percent) %…")
    case .codeWords(nil): localized("lexicons…")
    case .codeWords(let percent?): localized("code words: \(percent) %…")
    case .taxa: localized("taxon tables…")
    case .verdicts: localized("verdicts…")
    case .earlierScrapes: localized("comparing…")
    case .duplicates: localized("copies…")
    case .changes: localized("decided…")
    case .answer: sentence
    }
  }

  /// The longest sentence that there is room for.
  func sentence(in columns: Int) -> SafeText {
    let whole = SafeText(sentence)
    return whole.width <= columns ? whole : SafeText(shortSentence)
  }
}

// The one owner of whether an answer is final. Whatever says that there is none of something, or how many there are, asks
// here first: `soFar` for a sentence, and one of the questions below for anything else.

extension State {
  /// What the listings shown, their number and their order wait for; nil: no more is going to be known.
  var unfinished: Unfinished? { unfinishedAmongShown(needsOfFilter.union(sort.needs)) }

  /// The same, and the answer to the newest question.
  var awaitedAnswer: Unfinished? { unfinished ?? (isEvaluating || answer == nil ? .answer : nil) }

  /// What the counts of a pane wait for: that of the filter, and what is counted in it.
  func unfinished(_ pane: Pane) -> Unfinished? {
    let needs = needsOfFilter.union(dimension(of: pane)?.needs ?? [])
    // A pane counts under the filter without its own part, which more rows may pass than the filter can show.
    let counted = facetSubject(of: pane).map(filter.without) ?? filter.withoutPrices
    return counted == filter ? unfinishedAmongShown(needs) : unfinished(needs)
  }

  /// What anything waits for that is said of the rows that the filter can show: these are flagged before the others.
  private func unfinishedAmongShown(_ needs: Set<Dimension.Need>) -> Unfinished? {
    guard let awaited = unfinished(needs), case .codeWords = awaited else { return unfinished(needs) }
    return areCandidatesFlagged ? unfinished(needs.subtracting([.codeWords])) : awaited
  }

  /// What anything waits for that is said of all listings, and needs more than their text.
  func unfinished(_ needs: Set<Dimension.Need>) -> Unfinished? {
    if let reading = unfinishedReading { return reading }
    if needs.contains(.taxa), taxa == nil, dataset.rowCount > 0 { return .taxa }
    if needs.contains(.codeWords), let flagging = unfinishedFlags { return flagging }
    if needs.contains(.earlierScrapes), snapshot.since == nil, dataset.rowCount > 0 { return .earlierScrapes }
    if needs.contains(.duplicates), snapshot.duplicates == nil, dataset.rowCount > 0 { return .duplicates }
    if needs.contains(.verdicts), !areVerdictsPlaced { return .verdicts }
    return needs.contains(.changes) && snapshot.changes == nil && dataset.rowCount > 0 ? .changes : nil
  }

  /// Something that there is none of, or so many, as far as that is known.
  ///
  /// - Parameter awaited: what it waits for.
  func soFar(_ sentence: String, until awaited: Unfinished?) -> String {
    awaited.map { localized("\(sentence) so far") + " · " + $0.sentence } ?? sentence
  }

  /// The same of what the filter shows.
  func soFar(_ sentence: String) -> String { soFar(sentence, until: awaitedAnswer) }

  /// Whether every row that the filter can show is flagged, so that no other row changes its answer.
  private var areCandidatesFlagged: Bool {
    guard let answer, !isEvaluating, hasLexicons, session.pending == nil else { return false }
    return answer.candidates.rowCount == dataset.rowCount && answer.candidates.isSubset(of: flags.flagged)
  }

  private var needsOfFilter: Set<Dimension.Need> {
    var needs: Set<Dimension.Need> = []
    if filter.asksAboutFlags { needs.insert(.codeWords) }
    if filter.asksAboutTaxa { needs.insert(.taxa) }
    if filter.asksAboutDuplicates { needs.insert(.duplicates) }
    if filter.asksAboutEarlierScrapes { needs.insert(.earlierScrapes) }
    if filter.asksAboutDecisions { needs.insert(.verdicts) }
    if filter.asksAboutChanges { needs.insert(.changes) }
    return needs
  }

  /// The listings, and what is read of all of them before anything can be asked.
  private var unfinishedReading: Unfinished? {
    if !loading.isComplete { return .listings(percent: readPercent) }
    return returning.filterText == nil ? nil : .answer
  }

  /// The share of bytes read, in percent; nil where the total is unknown.
  var readPercent: Int? { loading.bytesTotal > 0 ? min(99, loading.bytesRead * 100 / loading.bytesTotal) : nil }

  /// What is missing until every listing that is there has been read by the lexicons.
  var unfinishedFlags: Unfinished? {
    guard dataset.rowCount > 0 else { return nil }
    if let percent = flaggedPercent { return .codeWords(percent: percent) }
    return hasLexicons || lexicons.isRead ? nil : .codeWords(percent: nil)
  }

  /// What is missing until the lexicons can say which words of a listing they know. On the screen listings are read one by
  /// one, so it is not the flags that are waited for.
  var unreadWords: Unfinished? { hasLexicons ? nil : unfinishedFlags }

  /// Whether it is known which rows the casebook's verdicts are of.
  var areVerdictsPlaced: Bool { casebook.isOpen && casebook.decidedMeanwhile == nil }
}

extension SortOrder {
  /// What must be known of all listings before they can be in this order.
  fileprivate var needs: Set<Dimension.Need> {
    Dimension.all.reduce(into: []) { needs, dimension in
      if dimension.order?.subject == subject { needs.formUnion(dimension.needs) }
    }
  }
}
