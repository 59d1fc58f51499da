import Listings

/// The risk of every row of a dataset, and the terms that count in it. Immutable: as flagging goes on, each snapshot is a
/// new `RowFlags` of more rows over the same columns, as with `Dataset`.
///
/// Shape:  any subset of the dataset's rows, since rows that the filter can show are flagged first. A row's terms are
///         those that count in full: evidence, and benign terms beside evidence. Each appears once, ascending.
/// Cost:   5 bytes a row, and 2 bytes for each of its terms and 2 more if it has any: 11 MB for a million rows with two
///         terms each.
package struct RowFlags: Sendable {
  /// The rows flagged so far.
  package let flagged: RowSet
  /// How many they are.
  package let flaggedCount: Int
  /// The lexicons that made the flags; term numbers are theirs.
  package let lexicons: CompiledLexicons
  package let columns: RowFlagColumns

  /// No rows flagged yet.
  package init(_ lexicons: CompiledLexicons = .empty) {
    self.init(RowSet(noneOf: 0), lexicons, RowFlagColumns())
  }

  /// A snapshot of some rows of the columns.
  init(_ flagged: RowSet, _ lexicons: CompiledLexicons, _ columns: RowFlagColumns) {
    self.flagged = flagged
    flaggedCount = flagged.count
    self.lexicons = lexicons
    self.columns = columns
  }

  /// Per row the risk, or one of the marks below. For kernels and sorting.
  package var risks: BlockColumn<UInt8> { columns.risks }

  /// Whether both are the same snapshot: the same lexicons over the same rows.
  package func isSameSnapshot(as other: RowFlags) -> Bool {
    // Over the same columns rows are only ever added.
    lexicons === other.lexicons && flaggedCount == other.flaggedCount
      && (columns === other.columns || flaggedCount == 0)
  }

  /// The risk of a row whose text is mostly in a script that no lexicon covers.
  package static let notCoveredMark: UInt8 = 254
  /// The risk of a row without text.
  package static let noTextMark: UInt8 = 255

  /// The risk of a row, or why there is none.
  ///
  /// Cost:   O(1).
  package func risk(at row: Int) -> RowRisk {
    guard flagged.contains(row) else { return .pending }
    switch columns.risks[row] {
    case Self.noTextMark: return .noText
    case Self.notCoveredMark: return .notCovered
    case let value: return .value(Int(value))
    }
  }

  /// The terms that count in a row; none for a row that is not flagged yet.
  ///
  /// Shape:  ascending, each once.
  /// Cost:   O(terms of the row); builds a new array.
  package func terms(at row: Int) -> [TermID] {
    guard flagged.contains(row) else { return [] }
    return termRange(of: row).map { TermID(columns.terms[$0]) }
  }

  /// The indices in `columns.terms` of a row's terms.
  ///
  /// Limits: the row must be flagged.
  @inline(__always)
  package func termRange(of row: Int) -> Range<Int> {
    let head = Int(columns.heads[row])
    return head == 0 ? 0..<0 : head + 1..<head + 1 + Int(columns.terms[head])
  }
}

/// What is known about a row's risk.
package enum RowRisk: Equatable, Sendable {
  /// 0 to 100.
  case value(Int)
  /// The row has no letters.
  case noText
  /// Its script is covered by no lexicon.
  case notCovered
  /// Not flagged yet.
  case pending

  /// What a reading says.
  package init(_ reading: ListingReading) {
    switch reading.readability {
    case .read: self = .value(reading.risk?.value ?? 0)
    case .noText: self = .noText
    case .notCovered: self = .notCovered
    }
  }

  /// The number; nil where there is none, which is not the same as 0.
  package var value: Int? { if case .value(let value) = self { value } else { nil } }
}

/// The columns that flagging writes, on one thread. A snapshot reads only the rows it was made for.
package final class RowFlagColumns: Sendable {
  /// Per row: 0 to 100, or a mark of `RowFlags`.
  package let risks = BlockColumn<UInt8>()
  /// Per row: where in `terms` its own begin; 0 for a row without any.
  let heads = BlockColumn<UInt32>()
  /// The terms of one row after the other, in the order of flagging: how many there are, then their numbers.
  package let terms = BlockColumn<UInt16>()

  /// Makes room for rows, which are written in any order.
  func makeRoom(for rowCount: Int) {
    risks.pad(to: rowCount)
    heads.pad(to: rowCount)
    // The first place stands for none.
    terms.pad(to: max(1, terms.count))
  }
}

/// Questions of filters and facets. Rows that are not flagged yet are in no answer.
extension RowFlags {
  /// Rows with a risk in `range`, out of `total` rows of a dataset. Unreadable rows have no risk.
  ///
  /// Cost: O(rows), a byte each.
  package func rows(risk range: ClosedRange<Int>, of total: Int) -> RowSet {
    let low = UInt8(clamping: range.lowerBound)
    let high = min(100, UInt8(clamping: range.upperBound))
    guard range.upperBound >= 0, low <= high else { return RowSet(noneOf: total) }
    return rows(of: total, within: low...high)
  }

  /// Rows without text, or with text in a script that no lexicon covers.
  ///
  /// Cost:   O(rows), a byte each, on all cores.
  package func unreadableRows(of total: Int) -> RowSet { rows(of: total, within: Self.notCoveredMark...UInt8.max) }

  /// How many rows of a set have each risk, 0 to 100, and how many have none since their text cannot be read; nil when
  /// cancelled.
  ///
  /// Cost:   O(rows of the set), a byte each, on all cores.
  package func riskCounts(
    among rows: RowSet, _ cancellation: Cancellation? = nil
  ) -> (values: [Int], unreadable: Int)? {
    let counts = ValueCounts.counts(of: columns.risks, among: rows.intersection(flagged.resized(to: rows.rowCount)))
    guard cancellation?.isCancelled != true else { return nil }
    return (Array(counts[0...100]), counts[Int(Self.notCoveredMark)...].reduce(0, +))
  }

  /// Rows in which at least one of `wanted` counts.
  ///
  /// Cost: O(rows and their terms), on all cores.
  package func rows(with wanted: Set<TermID>, of total: Int) -> RowSet {
    guard !wanted.isEmpty else { return RowSet(noneOf: total) }
    var isWanted = [Bool](repeating: false, count: lexicons.terms.count)
    for term in wanted { isWanted[Int(term.number)] = true }
    return wordsOfRows(total) { first, count in
      var bits: UInt64 = 0
      for bit in 0..<count where termRange(of: first + bit).contains(where: { isWanted[Int(columns.terms[$0])] }) {
        bits |= 1 << UInt64(bit)
      }
      return bits
    }
  }

  /// The terms that `term:word` means in a filter: those with the word in a surface form, or in what they denote.
  ///
  /// Cost: O(terms); folded as filters fold.
  package func terms(matching word: String) -> Set<TermID> {
    guard let search = TextSearch(word) else { return [] }
    var scratch: [UInt8] = []
    func holds(_ text: String) -> Bool {
      var text = text
      return text.withUTF8 { search.occurs(in: UnsafeRawBufferPointer($0), scratch: &scratch) }
    }
    var found: Set<TermID> = []
    for (number, term) in lexicons.terms.enumerated() where term.kind != .context {
      if holds(term.denotes) || term.surfaceForms.contains(where: holds) { found.insert(TermID(UInt16(number))) }
    }
    return found
  }

  /// How many rows of a set each term counts in; terms that count in none are left out.
  ///
  /// Shape:  by falling count, then by term.
  /// - Parameter listings: to count listings; nil counts rows.
  /// Cost:   O(rows of the set and their terms), on all cores.
  package func counts(
    among rows: RowSet, _ listings: ListingRows? = nil, _ cancellation: Cancellation? = nil
  ) -> [(term: TermID, count: Int)] {
    listingCounts(among: rows, listings, cancellation).enumerated().filter { $0.element > 0 }
      .map { (TermID(UInt16($0.offset)), $0.element) }
      .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }
  }

  /// Gives the number of each term that counts in a row; none before it is flagged.
  package func forEachTerm(of row: Int, _ body: (Int) -> Void) {
    guard flagged.contains(row) else { return }
    for index in termRange(of: row) { body(Int(columns.terms[index])) }
  }

  /// How many listings of a set of rows each term counts in, by the term's number. A listing with several rows counts
  /// once.
  ///
  /// - Parameter listings: which rows belong to one listing; nil counts rows.
  /// Fails:  incomplete when cancelled, so that the caller must look at `cancellation`.
  package func listingCounts(
    among rows: RowSet, _ listings: ListingRows?, _ cancellation: Cancellation? = nil
  ) -> [Int] {
    var sums = sums(among: rows, cancellation)
    guard let listings, listings.hasRepeats else { return sums }
    let surplus = listings.surplus(ofValues: sums.count, among: rows, cancellation) { row, body in
      forEachTerm(of: row, body)
    }
    for (term, surplus) in (surplus ?? []).enumerated() { sums[term] -= surplus }
    return sums
  }

  /// The rows of a set in which each term counts, by the term's number.
  private func sums(among rows: RowSet, _ cancellation: Cancellation?) -> [Int] {
    let words = min(rows.words.count, flagged.words.count)
    let slots = lexicons.terms.count
    let parts = Parallel.partCount(words, minimum: 256)
    var counts = [UInt32](repeating: 0, count: max(1, parts) * slots)
    counts.withUnsafeMutableBufferPointer { counts in
      nonisolated(unsafe) let counts = counts  // each part has its own counts
      Parallel.parts(words, minimum: 256) { part, range in
        for index in range {
          if index & 1023 == 0, cancellation?.isCancelled == true { return }
          var rest = rows.words[index] & flagged.words[index]
          while rest != 0 {
            let row = index << 6 + rest.trailingZeroBitCount
            rest &= rest - 1
            for term in self.termRange(of: row) { counts[part * slots + Int(columns.terms[term])] += 1 }
          }
        }
      }
    }
    var sums = [Int](repeating: 0, count: slots)
    for part in 0..<max(1, parts) { for slot in 0..<slots { sums[slot] += Int(counts[part * slots + slot]) } }
    return sums
  }

  /// Rows whose value in the column of risks is in a range.
  private func rows(of total: Int, within range: ClosedRange<UInt8>) -> RowSet {
    let width = range.upperBound - range.lowerBound
    return wordsOfRows(total) { first, count in
      // A word of rows never spans two blocks.
      let risks = columns.risks.block(first >> blockShift) + (first & blockMask)
      var bits: UInt64 = 0
      for bit in 0..<count { bits |= (risks[bit] &- range.lowerBound <= width ? 1 : 0) << UInt64(bit) }
      return bits
    }
  }

  /// The flagged ones of `total` rows that a function holds for, which gives the bits of up to 64 rows at a time.
  private func wordsOfRows(_ total: Int, _ bits: (Int, Int) -> UInt64) -> RowSet {
    var words = [UInt64](repeating: 0, count: (total + 63) / 64)
    let end = min(flagged.rowCount, total)
    words.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let words = buffer  // each part writes its own words
      Parallel.parts((end + 63) / 64, minimum: 1024) { _, range in
        for index in range where flagged.words[index] != 0 {
          words[index] = bits(index << 6, min(64, end - index << 6)) & flagged.words[index]
        }
      }
    }
    return RowSet(words: words, rowCount: total)
  }
}

/// A term, or lexicon, and a listing that it was counted in.
struct ListingTerm: Hashable {
  let listing: UInt64
  let slot: Int
}
