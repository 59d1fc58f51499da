import Listings

/// What filters and facets ask. Rows that are not flagged yet are in no answer.
extension RowFlags {
  /// Rows whose risk lies in `range`, among `total` rows of a dataset; rows that could not be read have no risk.
  ///
  /// Cost: O(rows), a byte each.
  package func rows(risk range: ClosedRange<Int>, of total: Int) -> RowSet {
    let low = UInt8(clamping: range.lowerBound)
    let high = min(100, UInt8(clamping: range.upperBound))
    guard range.upperBound >= 0, low <= high else { return RowSet(noneOf: total) }
    return rows(of: total) { $0 >= low && $0 <= high }
  }

  /// Rows without text, or with text that no lexicon covers.
  package func unreadableRows(of total: Int) -> RowSet { rows(of: total) { $0 >= Self.notCoveredMark } }

  /// Rows in which one of `wanted` counts.
  ///
  /// Cost: O(rows and their terms), all cores.
  package func rows(with wanted: Set<TermID>, of total: Int) -> RowSet {
    guard !wanted.isEmpty else { return RowSet(noneOf: total) }
    var isWanted = [Bool](repeating: false, count: lexicons.terms.count)
    for term in wanted { isWanted[Int(term.number)] = true }
    return wordsOfRows(total) { first, count in
      var bits: UInt64 = 0
      for bit in 0..<count where places(of: first + bit).contains(where: { isWanted[Int(columns.terms[$0])] }) {
        bits |= 1 << UInt64(bit)
      }
      return bits
    }
  }

  /// The terms that a filter's `term:word` means: those with the word in a writing, or in what they denote.
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
      if holds(term.denotes) || term.writings.contains(where: holds) { found.insert(TermID(UInt16(number))) }
    }
    return found
  }

  /// In how many rows of a set each term counts; terms that count in none are left out.
  ///
  /// Shape:  by falling count, then by term.
  /// Cost:   O(rows of the set and their terms), all cores.
  package func counts(among rows: RowSet, _ cancellation: Cancellation? = nil) -> [(term: TermID, count: Int)] {
    sums(among: rows, cancellation).enumerated().filter { $0.element > 0 }
      .map { (TermID(UInt16($0.offset)), $0.element) }
      .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }
  }

  /// In how many listings of a set of rows each term counts, by the term's number: a listing that shows a term in several
  /// rows is one.
  ///
  /// - Parameter listings: nil counts rows.
  package func listingCounts(among rows: RowSet, _ listings: ListingRows?) -> [Int] {
    guard let listings, listings.hasRepeats else { return sums(among: rows, nil) }
    let several = rows.intersection(listings.repeated.resized(to: rows.rowCount))
    var sums = sums(among: rows.subtracting(several), nil)
    var seen: Set<ListingTerm> = []
    several.forEach { row in
      guard row < rowCount else { return }
      for place in places(of: row) {
        let number = Int(columns.terms[place])
        if seen.insert(ListingTerm(listing: listings.fingerprint(of: row), place: number)).inserted {
          sums[number] += 1
        }
      }
    }
    return sums
  }

  private func sums(among rows: RowSet, _ cancellation: Cancellation?) -> [Int] {
    let words = min(rows.words.count, (rowCount + 63) / 64)
    let places = lexicons.terms.count
    let parts = Parallel.partCount(words, minimum: 256)
    var counts = [UInt32](repeating: 0, count: max(1, parts) * places)
    counts.withUnsafeMutableBufferPointer { counts in
      nonisolated(unsafe) let counts = counts  // each part has its own counts
      Parallel.parts(words, minimum: 256) { part, range in
        for index in range {
          if index & 1023 == 0, cancellation?.isCancelled == true { return }
          var rest = rows.words[index]
          while rest != 0 {
            let row = index << 6 + rest.trailingZeroBitCount
            rest &= rest - 1
            guard row < rowCount else { break }
            for place in self.places(of: row) { counts[part * places + Int(columns.terms[place])] += 1 }
          }
        }
      }
    }
    var sums = [Int](repeating: 0, count: places)
    for part in 0..<max(1, parts) { for place in 0..<places { sums[place] += Int(counts[part * places + place]) } }
    return sums
  }

  private func rows(of total: Int, where holds: (UInt8) -> Bool) -> RowSet {
    wordsOfRows(total) { first, count in
      var bits: UInt64 = 0
      for bit in 0..<count { bits |= (holds(columns.risks[first + bit]) ? 1 : 0) << UInt64(bit) }
      return bits
    }
  }

  /// A row set of `total` rows from the bits of up to 64 rows at a time.
  private func wordsOfRows(_ total: Int, _ bits: (Int, Int) -> UInt64) -> RowSet {
    var words = [UInt64](repeating: 0, count: (total + 63) / 64)
    let flagged = min(rowCount, total)
    words.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let words = buffer  // each part writes its own words
      Parallel.parts((flagged + 63) / 64, minimum: 1024) { _, range in
        for index in range { words[index] = bits(index << 6, min(64, flagged - index << 6)) }
      }
    }
    return RowSet(words: words, rowCount: total)
  }
}

/// A listing and what counts in it, counted once.
struct ListingTerm: Hashable {
  let listing: UInt64
  let place: Int
}
