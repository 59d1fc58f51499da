import Listings

/// How many listings each term and each lexicon counts in, and how those listings were reviewed.
///
/// Shape:  over all rows flagged so far. Several terms of a lexicon in one listing are one listing of that lexicon.
/// Cost:   O(rows and their terms), on all cores; only counts are kept.
package struct LexiconTally: Equatable, Sendable {
  /// Listings, and how many of them have each verdict.
  package struct Count: Equatable, Sendable {
    /// Listings in which it counts.
    package fileprivate(set) var listings = 0
    /// Those with a confirmed match.
    package fileprivate(set) var confirmed = 0
    /// Those that are false positives.
    package fileprivate(set) var falsePositive = 0

    /// No listings.
    package static let none = Count()
    private init() {}

    fileprivate static func += (sum: inout Count, part: Count) {
      sum.listings += part.listings
      sum.confirmed += part.confirmed
      sum.falsePositive += part.falsePositive
    }
  }

  private var byLexicon: [String: Count] = [:]
  private var byTerm: [TermLocation: Count] = [:]

  /// The count of a lexicon; `.none` for one that is off.
  package subscript(lexicon: String) -> Count { byLexicon[lexicon] ?? .none }
  /// The count of a term, by the row that defines it.
  package subscript(term: TermLocation) -> Count { byTerm[term] ?? .none }

  /// Nothing counted yet.
  package init() {}

  /// Counts the rows that `flags` covers.
  ///
  /// - Parameters:
  ///   - confirmed: the rows of confirmed listings, of at least the flagged rows.
  ///   - falsePositive: the rows of false positives.
  ///   - listings: which rows belong to one listing; nil counts rows.
  package init(_ flags: RowFlags, confirmed: RowSet, falsePositive: RowSet, listings: ListingRows? = nil) {
    let slots = TallySlots(flags.lexicons.terms)
    guard slots.count > 0 else { return }
    let repeated = listings.flatMap {
      $0.hasRepeats ? $0.repeated.resized(to: flags.flagged.rowCount).intersection(flags.flagged) : nil
    }
    let parts = max(1, Parallel.partCount(flags.flagged.rowCount, minimum: 4096))
    var counts = [Count](repeating: .none, count: parts * slots.count)
    func count(_ row: Int, at slot: Int, in counts: UnsafeMutableBufferPointer<Count>) {
      counts[slot].listings += 1
      counts[slot].confirmed += row < confirmed.rowCount && confirmed.contains(row) ? 1 : 0
      counts[slot].falsePositive += row < falsePositive.rowCount && falsePositive.contains(row) ? 1 : 0
    }
    counts.withUnsafeMutableBufferPointer { counts in
      nonisolated(unsafe) let counts = counts  // each part has its own counts
      Parallel.parts(flags.flagged.rowCount, minimum: 4096) { part, rows in
        // The row in which each lexicon was counted last.
        var lastRow = [Int](repeating: -1, count: slots.lexicons.count)
        for row in rows where flags.flagged.contains(row) && repeated?.contains(row) != true {
          for term in flags.termRange(of: row) {
            let number = Int(flags.columns.terms[term])
            count(row, at: part * slots.count + number, in: counts)
            let lexicon = slots.lexiconOfTerm[number]
            if lastRow[lexicon] != row {
              count(row, at: part * slots.count + slots.slot(ofLexicon: lexicon), in: counts)
            }
            lastRow[lexicon] = row
          }
        }
      }
      // A listing of several rows counts once, whichever of its rows a term is in.
      var seen: Set<ListingTerm> = []
      repeated?.forEach { row in
        let listing = listings.map { $0.fingerprint(of: row) } ?? 0
        for term in flags.termRange(of: row) {
          let number = Int(flags.columns.terms[term])
          for slot in [number, slots.slot(ofLexicon: slots.lexiconOfTerm[number])]
          where seen.insert(ListingTerm(listing: listing, slot: slot)).inserted {
            count(row, at: slot, in: counts)
          }
        }
      }
    }
    var sums = [Count](repeating: .none, count: slots.count)
    for part in 0..<parts { for slot in sums.indices { sums[slot] += counts[part * slots.count + slot] } }
    for (number, term) in flags.lexicons.terms.enumerated() where sums[number].listings > 0 {
      byTerm[term.location] = sums[number]
    }
    for (name, number) in slots.lexicons { byLexicon[name] = sums[slots.slot(ofLexicon: number)] }
  }
}

/// Slots of the counters: one per term, then one per lexicon.
private struct TallySlots {
  /// Numbers of lexicons, by name.
  private(set) var lexicons: [String: Int] = [:]
  /// The number of each term's lexicon.
  private(set) var lexiconOfTerm: [Int] = []
  var count: Int { lexiconOfTerm.count + lexicons.count }

  init(_ terms: [Term]) {
    for term in terms {
      let number = lexicons[term.location.lexicon] ?? lexicons.count
      lexicons[term.location.lexicon] = number
      lexiconOfTerm.append(number)
    }
  }

  /// The counter of a lexicon.
  func slot(ofLexicon number: Int) -> Int { lexiconOfTerm.count + number }
}
