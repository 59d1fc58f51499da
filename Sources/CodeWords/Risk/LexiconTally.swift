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
  ///   - confirmed: the rows of confirmed listings, of at least the flagged rows.
  ///   - falsePositive: those of the false positives.
  ///   - listings: which rows are of one listing; nil counts rows.
  package init(_ flags: RowFlags, confirmed: RowSet, falsePositive: RowSet, listings: ListingRows? = nil) {
    let places = TallyPlaces(flags.lexicons.terms)
    guard places.count > 0 else { return }
    let repeated = listings.flatMap { $0.hasRepeats ? $0.repeated.resized(to: flags.rowCount) : nil }
    let parts = max(1, Parallel.partCount(flags.rowCount, minimum: 4096))
    var counts = [Count](repeating: .none, count: parts * places.count)
    func count(_ row: Int, at place: Int, in counts: UnsafeMutableBufferPointer<Count>) {
      counts[place].listings += 1
      counts[place].confirmed += row < confirmed.rowCount && confirmed.contains(row) ? 1 : 0
      counts[place].falsePositive += row < falsePositive.rowCount && falsePositive.contains(row) ? 1 : 0
    }
    counts.withUnsafeMutableBufferPointer { counts in
      nonisolated(unsafe) let counts = counts  // each part has its own counts
      Parallel.parts(flags.rowCount, minimum: 4096) { part, rows in
        // The row in which a lexicon was counted last.
        var lastRow = [Int](repeating: -1, count: places.lexicons.count)
        for row in rows where repeated?.contains(row) != true {
          for term in flags.places(of: row) {
            let number = Int(flags.columns.terms[term])
            count(row, at: part * places.count + number, in: counts)
            let lexicon = places.lexiconOfTerm[number]
            if lastRow[lexicon] != row {
              count(row, at: part * places.count + places.place(ofLexicon: lexicon), in: counts)
            }
            lastRow[lexicon] = row
          }
        }
      }
      // A listing with several rows is one, wherever in them a term stands.
      var seen: Set<ListingTerm> = []
      repeated?.forEach { row in
        let listing = listings.map { $0.fingerprint(of: row) } ?? 0
        for term in flags.places(of: row) {
          let number = Int(flags.columns.terms[term])
          for place in [number, places.place(ofLexicon: places.lexiconOfTerm[number])]
          where seen.insert(ListingTerm(listing: listing, place: place)).inserted {
            count(row, at: place, in: counts)
          }
        }
      }
    }
    var sums = [Count](repeating: .none, count: places.count)
    for part in 0..<parts { for place in sums.indices { sums[place] += counts[part * places.count + place] } }
    for (number, term) in flags.lexicons.terms.enumerated() where sums[number].listings > 0 {
      byTerm[term.place] = sums[number]
    }
    for (name, number) in places.lexicons { byLexicon[name] = sums[places.place(ofLexicon: number)] }
  }
}

/// Where terms, and behind them lexicons, are counted.
private struct TallyPlaces {
  private(set) var lexicons: [String: Int] = [:]
  private(set) var lexiconOfTerm: [Int] = []
  var count: Int { lexiconOfTerm.count + lexicons.count }

  init(_ terms: [Term]) {
    for term in terms {
      let number = lexicons[term.place.lexicon] ?? lexicons.count
      lexicons[term.place.lexicon] = number
      lexiconOfTerm.append(number)
    }
  }

  func place(ofLexicon number: Int) -> Int { lexiconOfTerm.count + number }
}
