import CodeWords
import Filters
import Listings

/// What an answer still waits for: until then nothing is "none", and no count is the last word.
enum Unfinished: Equatable, Sendable {
  /// Listings are still being read; nil where the total is unknown.
  case listings(percent: Int?)
  /// Code words are; nil before the lexicons are there.
  case codeWords(percent: Int?)
  case taxa
  /// Which rows the casebook's verdicts belong to.
  case verdicts
  /// The filter is being answered.
  case answer

  /// `reading code words: 34 %…`.
  var sentence: String {
    switch self {
    case .listings(let percent): "reading listings" + Self.words(percent)
    case .codeWords(nil): "reading the lexicons…"
    case .codeWords(let percent): "reading code words" + Self.words(percent)
    case .taxa: "reading the taxon tables…"
    case .verdicts: "looking up verdicts…"
    case .answer: "looking…"
    }
  }

  private static func words(_ percent: Int?) -> String { percent.map { ": \($0) %…" } ?? "…" }
}

extension State {
  /// What the listings shown, their number and their order wait for; nil: no more is going to be known.
  var unfinished: Unfinished? {
    unfinishedReading
      ?? unfinished(
        asksFlags: filter.asksAboutFlags || sort.subject == .risk, asksTaxa: filter.asksAboutTaxa,
        asksVerdicts: filter.asksAboutDecisions || sort.subject == .verdict)
  }

  /// The same, and the answer to the newest question.
  var awaitedAnswer: Unfinished? { unfinished ?? (isEvaluating || answer == nil ? .answer : nil) }

  /// What the counts of a pane wait for: that of the filter, and what is counted in it.
  func unfinished(_ pane: Pane) -> Unfinished? {
    let needs = dimension(of: pane)?.needs ?? []
    let own = unfinished(
      asksFlags: needs.contains(.codeWords), asksTaxa: needs.contains(.taxa), asksVerdicts: needs.contains(.verdicts))
    return unfinishedReading ?? own
      ?? unfinished(
        asksFlags: filter.asksAboutFlags, asksTaxa: filter.asksAboutTaxa, asksVerdicts: filter.asksAboutDecisions)
  }

  /// The listings, and what is read of all of them before anything can be asked.
  private var unfinishedReading: Unfinished? {
    if !loading.isComplete { return .listings(percent: readPercent) }
    return returning.filterText == nil ? nil : .answer
  }

  /// The share of bytes read, in percent; nil where the total is unknown.
  var readPercent: Int? { loading.bytesTotal > 0 ? min(99, loading.bytesRead * 100 / loading.bytesTotal) : nil }

  private func unfinished(asksFlags: Bool, asksTaxa: Bool, asksVerdicts: Bool) -> Unfinished? {
    if asksTaxa, taxa == nil, dataset.rowCount > 0 { return .taxa }
    if asksFlags, let reading = unfinishedFlags { return reading }
    return asksVerdicts && !areVerdictsPlaced ? .verdicts : nil
  }

  /// What is missing until every listing has been read by the lexicons.
  var unfinishedFlags: Unfinished? {
    guard dataset.rowCount > 0 else { return nil }
    if let percent = flaggedPercent { return .codeWords(percent: percent) }
    return hasLexicons || lexicons.isRead ? nil : .codeWords(percent: nil)
  }

  /// Whether it is known which rows the casebook's verdicts are of.
  var areVerdictsPlaced: Bool { casebook.isOpen && casebook.decidedMeanwhile == nil }

  /// Something that there is none of, as far as that is known.
  func soFar(_ sentence: String) -> String {
    awaitedAnswer.map { "\(sentence) so far · \($0.sentence)" } ?? sentence
  }
}
