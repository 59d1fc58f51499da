import Listings
import Matching
import CodeWords

/// The effect of a term before anybody adds it: where it occurs, and the verdicts on those listings.
///
/// Limits: verdicts are those of reviewed listings, as in `BackTest`.
package struct WordTrial: Equatable, Sendable {
  /// An occurrence of the word.
  package struct Example: Equatable, Sendable {
    package let row: Int
    package let field: Field
    package let bytes: Range<Int>
  }

  /// The term that is tried.
  package let term: Term
  /// Listings that contain the word, whatever surrounds it.
  package let all: BackTest.Tally
  /// How many of these the current filter shows.
  package let shown: Int
  /// How many of these have a risk below the threshold, or none.
  package let notFlagged: Int
  /// The risk from which a listing counts as flagged.
  package let threshold: Int
  /// The first occurrences, those in shown rows first.
  package let examples: [Example]
  /// Questions of the lexicon lint about the term.
  package let warnings: [String]
  /// What the term changes; nil where only occurrences were counted.
  package private(set) var outcome: Outcome?

  /// The change of the lexicons, and the back-test of that change.
  package struct Outcome: Equatable, Sendable {
    package let change: LexiconChange
    package let test: BackTest
  }

  /// At most this many examples are kept.
  package static let maximumExamples = 20

  /// The listings that a term is tried on.
  package struct Subject: Sendable {
    package let dataset: Dataset
    /// Flags under the lexicons in force.
    package let flags: RowFlags
    /// The rows that the current filter shows.
    package let shown: RowSet
    package let confirmed: RowSet
    package let falsePositive: RowSet
    /// Which rows belong to one listing; nil counts rows.
    package let listings: ListingRows?

    package init(
      _ dataset: Dataset, _ flags: RowFlags, shown: RowSet, confirmed: RowSet, falsePositive: RowSet,
      listings: ListingRows? = nil
    ) {
      self.listings = listings
      self.dataset = dataset
      self.flags = flags
      self.shown = shown.resized(to: dataset.rowCount)
      self.confirmed = confirmed.resized(to: dataset.rowCount)
      self.falsePositive = falsePositive.resized(to: dataset.rowCount)
    }
  }

  /// Counts the occurrences; if `isWhole`, also re-reads all rows within reach. Nil when cancelled.
  ///
  /// Cost:   one pass over the text for the word; for the rest, building the matcher of all terms and a second pass.
  package init?(
    _ term: Term, in subject: Subject, isWhole: Bool, threshold: Int = BackTest.usualThreshold,
    _ cancellation: Cancellation? = nil
  ) {
    guard let holding = TermRows.rows(holding: term, in: subject.dataset, cancellation) else { return nil }
    func oneRowPerListing(_ rows: RowSet) -> RowSet { subject.listings?.oneRowPerListing(of: rows) ?? rows }
    let rows = oneRowPerListing(holding)
    self.term = term
    self.threshold = threshold
    all = BackTest.Tally(
      rows: rows.count, confirmed: rows.intersection(subject.confirmed).count,
      falsePositive: rows.intersection(subject.falsePositive).count)
    shown = oneRowPerListing(holding.intersection(subject.shown)).count
    let flagged = subject.flags.rows(risk: threshold...100, of: subject.dataset.rowCount)
    notFlagged = rows.count - oneRowPerListing(holding.intersection(flagged)).count
    examples = Self.examples(of: term, rows, subject)
    warnings = Self.warnings(of: term, subject.flags.lexicons)
    guard isWhole else { return }
    let (lexicons, change) = subject.flags.lexicons.adding(term)
    // Without lexicons nothing has been flagged yet, and nothing else will flag the rows.
    let before =
      subject.flags.lexicons.terms.isEmpty
      ? RowFlagging(.empty).extend(over: subject.dataset, cancellation) : subject.flags
    guard let after = Reflagging(before, with: lexicons, over: subject.dataset, cancellation) else { return nil }
    outcome = Outcome(
      change: change,
      test: BackTest(
        before: before, after: after.flags, confirmed: subject.confirmed, falsePositive: subject.falsePositive,
        threshold: threshold, among: subject.listings?.first))
  }

  /// The first occurrence in each of some rows, those in shown rows first.
  private static func examples(of term: Term, _ rows: RowSet, _ subject: Subject) -> [Example] {
    let inSight = rows.intersection(subject.shown)
    let first = inSight.first(maximumExamples)
    let others = rows.subtracting(inSight).first(maximumExamples - first.count)
    let matcher = SpellingMatcher(term.spellings)
    return (first + others).compactMap { row in
      for field in [Field.title, .description] {
        if let match = matcher.matches(in: subject.dataset.bytes(of: field, at: row)).first {
          return Example(row: row, field: field, bytes: match.bytes)
        }
      }
      return nil
    }
  }

  /// What the lint says about the term, apart from the day of review, which is set when the term is added.
  private static func warnings(of term: Term, _ lexicons: CompiledLexicons) -> [String] {
    let groups = lexicons.terms.filter { $0.group != nil }
    let all = LexiconSet(layers: [[Lexicon(name: "groups", file: "", terms: groups)]])
    let own = Lexicon(name: TermDraft.lexicon, file: TermDraft.file, terms: [term])
    let problems = LexiconLint.problems(of: [own], among: all) { lexicons.taxon(named: $0) != nil }
    return problems.compactMap { problem in
      switch problem.what {
      case .notADate: nil
      default: problem.explanation
      }
    }
  }
}

extension RowSet {
  /// The first `count` rows of the set.
  ///
  /// Shape:  ascending; fewer where the set has fewer.
  fileprivate func first(_ count: Int) -> [Int] {
    var rows: [Int] = []
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0, rows.count < count {
        rows.append(index << 6 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
      if rows.count == count { break }
    }
    return rows
  }
}

extension CompiledLexicons {
  /// The lexicons with one more term, layered over those in force like a row of the user's own.
  ///
  /// Cost:   compiles all terms again.
  func adding(_ term: Term) -> (lexicons: CompiledLexicons, change: LexiconChange) {
    let inForce = Lexicon(name: "in force", file: "", terms: terms)
    let own = Lexicon(name: TermDraft.lexicon, file: TermDraft.file, terms: [term])
    let after = LexiconSet(layers: [[inForce], [own]])
    let lexicons = CompiledLexicons(after) { [self] in taxon(named: $0) }
    return (lexicons, LexiconChange(from: LexiconSet(layers: [[inForce]]), to: after))
  }
}
