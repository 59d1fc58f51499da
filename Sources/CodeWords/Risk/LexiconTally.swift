import Listings

/// In how many listings each term counts, and each lexicon with any of its terms; and how those listings were decided.
///
/// Shape:  of all rows flagged so far. A listing in which two terms of a lexicon count is one listing of that lexicon.
/// Cost:   O(rows and their terms), all cores; nothing but counts is kept.
package struct LexiconTally: Equatable, Sendable {
  package struct Count: Equatable, Sendable {
    package fileprivate(set) var listings = 0
    package fileprivate(set) var confirmed = 0
    package fileprivate(set) var falsePositive = 0

    package static let none = Count()
    private init() {}

    fileprivate static func += (sum: inout Count, part: Count) {
      sum.listings += part.listings
      sum.confirmed += part.confirmed
      sum.falsePositive += part.falsePositive
    }
  }

  private var byLexicon: [String: Count] = [:]
  private var byTerm: [TermPlace: Count] = [:]

  /// A lexicon's listings; none for one that is off.
  package subscript(lexicon: String) -> Count { byLexicon[lexicon] ?? .none }
  /// A term's listings, by the row it stands in.
  package subscript(term: TermPlace) -> Count { byTerm[term] ?? .none }

  package init() {}

  /// - Parameters:
  ///   - confirmed: the confirmed listings, of at least the flagged rows.
  ///   - falsePositive: the false positives.
  package init(_ flags: RowFlags, confirmed: RowSet, falsePositive: RowSet) {
    let terms = flags.lexicons.terms
    var numbers: [String: Int] = [:]
    let lexiconOfTerm = terms.map { term in
      let number = numbers[term.place.lexicon] ?? numbers.count
      numbers[term.place.lexicon] = number
      return number
    }
    let places = terms.count + numbers.count
    guard places > 0 else { return }
    let parts = max(1, Parallel.partCount(flags.rowCount, least: 4096))
    var counts = [Count](repeating: .none, count: parts * places)
    counts.withUnsafeMutableBufferPointer { counts in
      nonisolated(unsafe) let counts = counts  // each part has its own counts
      Parallel.parts(flags.rowCount, least: 4096) { part, rows in
        let base = part * places
        // The row in which a lexicon was counted last.
        var lastRow = [Int](repeating: -1, count: numbers.count)
        for row in rows {
          let isConfirmed = row < confirmed.rowCount && confirmed.contains(row) ? 1 : 0
          let isFalsePositive = row < falsePositive.rowCount && falsePositive.contains(row) ? 1 : 0
          func count(_ place: Int) {
            counts[base + place].listings += 1
            counts[base + place].confirmed += isConfirmed
            counts[base + place].falsePositive += isFalsePositive
          }
          for term in flags.places(of: row) {
            let number = Int(flags.columns.terms[term])
            count(number)
            let lexicon = lexiconOfTerm[number]
            if lastRow[lexicon] != row { count(terms.count + lexicon) }
            lastRow[lexicon] = row
          }
        }
      }
    }
    var sums = [Count](repeating: .none, count: places)
    for part in 0..<parts { for place in 0..<places { sums[place] += counts[part * places + place] } }
    for (number, term) in terms.enumerated() where sums[number].listings > 0 { byTerm[term.place] = sums[number] }
    for (name, number) in numbers { byLexicon[name] = sums[terms.count + number] }
  }
}
