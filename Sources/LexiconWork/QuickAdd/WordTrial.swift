import Listings
import Matching
import CodeWords

/// What a term would do, before anybody adds it: where it stands, and what people decided of those listings.
package struct WordTrial: Equatable, Sendable {
  /// A place where the word stands.
  package struct Example: Equatable, Sendable {
    package let row: Int
    package let field: Field
    package let bytes: Range<Int>
  }

  package let term: Term
  /// Listings in which it is written, whatever stands around it.
  package let all: BackTest.Tally
  /// Of these, how many are shown.
  package let shown: Int
  /// Of these, how many have a risk below the threshold, or none.
  package let notFlagged: Int
  package let threshold: Int
  /// The first ones, those that are shown before the others.
  package let examples: [Example]
  /// What a careful editor would ask about it.
  package let warnings: [String]
  /// What changes with it; nil where only the word was looked for.
  package private(set) var outcome: Outcome?

  package struct Outcome: Equatable, Sendable {
    package let change: LexiconChange
    package let test: BackTest
  }

  package static let mostExamples = 20

  /// The listings a trial is held against.
  package struct Subject: Sendable {
    package let dataset: Dataset
    package let flags: RowFlags
    package let shown: RowSet
    package let confirmed: RowSet
    package let falsePositive: RowSet
    /// Which rows are of one listing; nil counts rows.
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

  /// Looks for the word, and where `isWhole` reads all that it reaches with it. Nil when cancelled half-way.
  ///
  /// Cost:   one pass over the text for the word; making the matcher of all terms and a second pass for the rest.
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
    // Where there is no lexicon yet, nobody has flagged anything, and nobody will.
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

  private static func examples(of term: Term, _ rows: RowSet, _ subject: Subject) -> [Example] {
    let inSight = rows.intersection(subject.shown)
    let first = inSight.first(mostExamples)
    let others = rows.subtracting(inSight).first(mostExamples - first.count)
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

  private static func warnings(of term: Term, _ lexicons: CompiledLexicons) -> [String] {
    let groups = lexicons.terms.filter { $0.group != nil }
    let all = LexiconSet(layers: [[Lexicon(name: "groups", file: "", terms: groups)]])
    let own = Lexicon(name: TermDraft.lexicon, file: TermDraft.file, terms: [term])
    let problems = LexiconLint.problems(of: [own], among: all) { lexicons.taxon(named: $0) != nil }
    return problems.compactMap { problem in
      switch problem.what {
      // The day is written when it is added.
      case .notADate: nil
      default: problem.explanation
      }
    }
  }
}

extension RowSet {
  /// The first rows of the set.
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
  /// The lexicons with one term more, laid over those in force as a row of the user's own is.
  func adding(_ term: Term) -> (lexicons: CompiledLexicons, change: LexiconChange) {
    let inForce = Lexicon(name: "in force", file: "", terms: terms)
    let own = Lexicon(name: TermDraft.lexicon, file: TermDraft.file, terms: [term])
    let after = LexiconSet(layers: [[inForce], [own]])
    let lexicons = CompiledLexicons(after) { [self] in taxon(named: $0) }
    return (lexicons, LexiconChange(from: LexiconSet(layers: [[inForce]]), to: after))
  }
}
