import Listings
import Matching

/// The flags of a dataset after a change of the lexicons, computed from the flags before.
///
/// Only rows within reach of the change are read again. The others keep their risk and terms.
/// Rule:   a term affects a row only where it is written: as a hit, as a cue of other terms, or as a guard. So a row can
///         change only if it contains a form of an added or removed term, or a word that only such a term asks for (cues
///         of the title are limited by number, see `HitJudging.titleLimit`). It can also change if it was unreadable, or
///         has no evidence, and the covered scripts changed.
/// Law:    equal to flagging all rows from scratch.
/// Cost:   one pass of a small matcher over the text, and reading the rows it finds; 5 bytes a row and 2 a term.
package struct Reflagging: Sendable {
  /// The flags after the change.
  package let flags: RowFlags
  /// The rows that were read again; nil for all of them.
  package let reread: RowSet?

  /// Nil when cancelled.
  ///
  /// - Parameter before: flags of rows of `dataset`, perhaps not of all; the answer is about the same rows. Flags beyond
  ///   the end of the dataset are ignored.
  package init?(
    _ before: RowFlags, with lexicons: CompiledLexicons, over dataset: Dataset, _ cancellation: Cancellation? = nil
  ) {
    let before = RowFlags(before.flagged.resized(to: dataset.rowCount), before.lexicons, before.columns)
    guard let reach = ChangeReach(before.lexicons, lexicons, dataset) else {
      guard let flags = Self.flaggedFromScratch(before, lexicons, dataset, cancellation) else { return nil }
      self.flags = flags
      reread = nil
      return
    }
    guard let rows = reach.rows(of: before, in: dataset, cancellation),
      let flags = Self.flagged(before, rows, reach, lexicons, dataset, cancellation)
    else { return nil }
    self.flags = flags
    reread = rows
  }

  /// Flags all rows, where the change may reach any of them.
  private static func flaggedFromScratch(
    _ before: RowFlags, _ lexicons: CompiledLexicons, _ dataset: Dataset, _ cancellation: Cancellation?
  ) -> RowFlags? {
    let flags = RowFlagging(lexicons).extend(over: dataset, cancellation)
    guard flags.flaggedCount == dataset.rowCount else { return nil }
    return RowFlags(before.flagged, lexicons, flags.columns)
  }

  /// Flags the rows in `reread`, and copies the others with their terms renumbered.
  private static func flagged(
    _ before: RowFlags, _ reread: RowSet, _ reach: ChangeReach, _ lexicons: CompiledLexicons, _ dataset: Dataset,
    _ cancellation: Cancellation?
  ) -> RowFlags? {
    let columns = RowFlagColumns()
    let codes = dataset.codes(of: .species)
    columns.makeRoom(for: dataset.rowCount)
    var waiting = FlaggingOrder([before.flagged])
    // In steps, so that little waits to be written to the columns.
    while case let step = waiting.next(blockSize * 4), !step.isEmpty {
      let parts = FlaggedRows.parts(of: step, by: lexicons, cancellation) { row, part, judge in
        if reread.contains(row) {
          judge.flag(ListingText(of: row, in: dataset), species: reach.cells.weights(codes[row]), into: &part)
        } else {
          part.append(
            risk: before.columns.risks[row],
            terms: before.termRange(of: row).map { reach.newNumbers[Int(before.columns.terms[$0])] })
        }
      }
      if cancellation?.isCancelled == true { return nil }
      for part in parts { part.write(to: columns) }
    }
    return RowFlags(before.flagged, lexicons, columns)
  }
}

/// The rows that a change of the lexicons can affect.
private struct ChangeReach {
  /// Each term's number after the change; meaningless for removed terms, whose rows are all read again.
  let newNumbers: [UInt16]
  /// The species cells, which the change leaves as they are.
  let cells: SpeciesCells
  /// Forms of added and removed terms, and words that only such terms ask for.
  private let spellings: Set<Spelling>
  /// Whether a script is covered now and was not before.
  private let scriptsGained: Bool
  /// Whether a script was covered before and is not now.
  private let scriptsLost: Bool

  /// Nil where all rows are within reach: another taxon table, another order among the terms that remain, or more terms
  /// than can be numbered.
  init?(_ before: CompiledLexicons, _ after: CompiledLexicons, _ dataset: Dataset) {
    let correspondence = TermCorrespondence(before.terms, after.terms)
    guard correspondence.keepsOrder, before.problems.isEmpty, after.problems.isEmpty else { return nil }
    for (old, new) in correspondence.newPositions.enumerated() {
      if let new, before.taxa[old] != after.taxa[new] { return nil }
    }
    var (cellsBefore, cells) = (SpeciesCells(), SpeciesCells())
    cellsBefore.extend(over: dataset, before)
    cells.extend(over: dataset, after)
    guard cells.hasSameTaxa(as: cellsBefore) else { return nil }
    self.cells = cells
    newNumbers = correspondence.newPositions.map { UInt16($0 ?? Int(UInt16.max)) }
    let moved = correspondence.removed.map { before.terms[$0] } + correspondence.added.map { after.terms[$0] }
    let words = Self.words(before.terms).symmetricDifference(Self.words(after.terms))
    spellings = Set(moved.flatMap(\.spellings) + words.map { Spelling($0) })
    scriptsGained = !after.coveredScripts.isSubset(of: before.coveredScripts)
    scriptsLost = !before.coveredScripts.isSubset(of: after.coveredScripts)
  }

  /// The words in the conditions of terms.
  private static func words(_ terms: [Term]) -> Set<String> {
    var words: Set<String> = []
    for case .word(let word) in terms.lazy.flatMap({ $0.needs + $0.unless }) { words.insert(word) }
    return words
  }

  /// The rows within reach; nil when cancelled.
  func rows(of flags: RowFlags, in dataset: Dataset, _ cancellation: Cancellation?) -> RowSet? {
    guard var rows = TermRows.rows(holding: spellings, in: dataset, cancellation) else { return nil }
    // An added script makes rows readable. A removed one may make rows without evidence unreadable.
    if scriptsGained || scriptsLost {
      flags.flagged.forEach { row in
        let isUncovered = flags.columns.risks[row] == RowFlags.notCoveredMark
        let isReach = isUncovered ? scriptsGained : scriptsLost && flags.termRange(of: row).isEmpty
        if isReach { rows.insert(row) }
      }
    }
    return rows
  }
}

/// Everything about a term that affects reading: all but its location and the columns about its source.
struct TermMeaning: Hashable {
  private let surfaceForms: [String]
  private let language: String
  private let kind: TermKind
  private let denotes: String
  private let taxon: String
  private let product: String
  private let weight: Int
  private let needs: [Condition]
  private let unless: [Condition]
  private let borders: Spelling.Borders
  private let folds: Folds

  init(_ term: Term) {
    surfaceForms = term.surfaceForms
    language = term.language
    kind = term.kind
    denotes = term.denotes
    taxon = term.taxon
    product = term.product
    weight = term.weight
    needs = term.needs
    unless = term.unless
    borders = term.borders
    folds = term.folds
  }
}

/// Pairs the terms of two lists that are equal in everything that affects reading.
///
/// Shape:  equal terms are paired in order, each once. With two equal ones before and three after, one was added.
/// Cost:   O(terms).
package struct TermCorrespondence {
  /// For each term before, its position after; nil for a removed term.
  let newPositions: [Int?]
  /// Positions before of the terms that were removed.
  package let removed: [Int]
  /// Positions after of the terms that were added.
  package let added: [Int]

  /// Pairs the terms of two lists.
  package init(_ before: [Term], _ after: [Term]) {
    var waiting: [TermMeaning: [Int]] = [:]
    for position in after.indices.reversed() { waiting[TermMeaning(after[position]), default: []].append(position) }
    newPositions = before.map { waiting[TermMeaning($0)]?.popLast() }
    removed = newPositions.indices.filter { [newPositions] in newPositions[$0] == nil }
    added = waiting.values.joined().sorted()
  }

  /// Whether the remaining terms are in the same order. It matters: of equally strong terms the earlier one wins.
  ///
  /// Cost:   O(terms).
  var keepsOrder: Bool {
    let stayed = newPositions.compactMap { $0 }
    return zip(stayed, stayed.dropFirst()).allSatisfy { $0 < $1 }
  }
}

/// Finds the rows whose title or description contains one of a few spellings, through the disguises that each allows.
///
/// Cost:   one pass over the text on all cores, with a matcher of these spellings alone.
package enum TermRows {
  /// The rows with any of the spellings; nil when cancelled.
  package static func rows(
    holding spellings: some Sequence<Spelling>, in dataset: Dataset, _ cancellation: Cancellation? = nil
  ) -> RowSet? {
    let spellings = Array(Set(spellings))
    guard !spellings.isEmpty else { return RowSet(noneOf: dataset.rowCount) }
    let matcher = SpellingMatcher(spellings)
    return MatchingRows.rows(of: dataset, from: 0, cancellation) {
      var scratch = SpellingMatcher.Scratch()
      return { row in
        for field in [Field.title, .description] {
          var isFound = false
          matcher.forEachMatch(in: dataset.bytes(of: field, at: row), using: &scratch) { _ in isFound = true }
          if isFound { return true }
        }
        return false
      }
    }
  }

  /// The rows in which a term is written, whatever its conditions; nil when cancelled.
  package static func rows(
    holding term: Term, in dataset: Dataset, _ cancellation: Cancellation? = nil
  ) -> RowSet? {
    rows(holding: term.spellings, in: dataset, cancellation)
  }
}

extension Term {
  /// The spellings that the matcher looks for.
  ///
  /// Shape:  one for each surface form, in their order, with the term's borders and folds.
  package var spellings: [Spelling] { surfaceForms.map { Spelling($0, borders: borders, folds: folds) } }
}
