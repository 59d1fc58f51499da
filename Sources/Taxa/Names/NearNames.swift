import Listings

/// Finds names that somebody may have meant who wrote one that no table has.
extension TaxonTable {
  /// Taxa with a name that begins with what was written, the widest first; else those with a name at most two letters
  /// from it, the nearest first. Each once.
  ///
  /// Cost: a pass over all keys, a millisecond or two for fifty thousand; for a person who types, not for rows.
  package func taxa(near name: String, most: Int = 3) -> [TaxonID] {
    let key = TaxonKey.of(name)
    guard key.count >= 3, most > 0 else { return [] }
    var found: [(distance: Int, rank: TaxonRank, length: Int, taxon: TaxonID)] = []
    for number in names.entries.indices where names.key(number).starts(with: key) {
      found.append(candidate(number, 0))
    }
    if found.isEmpty {
      var distance = EditDistance(from: key)
      for number in names.entries.indices {
        if let near = distance.to(names.key(number), most: key.count < 6 ? 1 : 2) {
          found.append(candidate(number, near))
        }
      }
    }
    var taxa: [TaxonID] = []
    for next in found.sorted(by: {
      ($0.distance, $0.rank, $0.length, $0.taxon) < ($1.distance, $1.rank, $1.length, $1.taxon)
    })
    where !taxa.contains(next.taxon) {
      taxa.append(next.taxon)
      if taxa.count == most { break }
    }
    return taxa
  }

  private func candidate(
    _ number: Int, _ distance: Int
  ) -> (distance: Int, rank: TaxonRank, length: Int, taxon: TaxonID) {
    let entry = names.entries[number]
    let taxon = TaxonID(Int(entry.taxon))
    return (distance, rank(of: taxon), Int(entry.keyLength), taxon)
  }
}

/// How many letters have to be put in, taken out or changed.
///
/// Source: Levenshtein 1966, with Ukkonen's bound of 1985: cells further from the diagonal than the most that counts are
///         left as they are, since what comes by way of them is too much already.
struct EditDistance {
  private let from: [UInt8]
  private var row: [Int] = []

  init(from: [UInt8]) { self.from = from }

  /// Nil if it is more than `most`.
  mutating func to(_ other: some Collection<UInt8>, most: Int) -> Int? {
    guard abs(other.count - from.count) <= most else { return nil }
    if from.isEmpty { return other.count }
    row.removeAll(keepingCapacity: true)
    row += 0...from.count
    var number = 0
    for byte in other {
      number += 1
      let first = max(1, number - most)
      let last = min(from.count, number + most)
      var diagonal = row[first - 1]
      if first == 1 { row[0] = number }
      var least = first == 1 ? number : Int.max
      for place in first...last {
        let changed = diagonal + (from[place - 1] == byte ? 0 : 1)
        diagonal = row[place]
        row[place] = min(changed, min(row[place], row[place - 1]) + 1)
        least = min(least, row[place])
      }
      if least > most { return nil }
    }
    return row[from.count] <= most ? row[from.count] : nil
  }
}
