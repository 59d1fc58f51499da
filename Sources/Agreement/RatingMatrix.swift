/// Into which category each rater put each unit.
///
/// Shape:  units by raters; a cell is a category or missing. Categories are nominal: that two are neighbours means nothing.
///         A unit without ratings says nothing and is left out.
/// Units:  categories are numbers from 0. Their count is that of the scheme, whether or not all of them were used.
/// Cost:   a byte a cell.
package struct RatingMatrix: Equatable, Sendable {
  package let raterCount: Int
  package let categoryCount: Int
  /// One unit after the other.
  private let cells: [UInt8]

  private static let missing = UInt8.max

  /// - Parameter units: of each unit the categories that the raters gave it, in the order of the raters; nil for none.
  /// Limits: traps for a category outside the scheme, and for a unit with another number of raters.
  package init(_ units: some Sequence<[Int?]>, raters: Int, categories: Int) {
    precondition((1...Int(Self.missing)).contains(categories), "A scheme has between 1 and 255 categories")
    var cells: [UInt8] = []
    for unit in units {
      precondition(unit.count == raters, "A unit has a rating, or none, by each rater")
      if unit.allSatisfy({ $0 == nil }) { continue }
      for rating in unit {
        precondition(rating.map { (0..<categories).contains($0) } ?? true, "A rating is a category of the scheme")
        cells.append(rating.map { UInt8($0) } ?? Self.missing)
      }
    }
    (self.cells, raterCount, categoryCount) = (cells, raters, categories)
  }

  /// How many units at least one rater rated.
  package var unitCount: Int { raterCount == 0 ? 0 : cells.count / raterCount }

  /// The category that a rater gave a unit; nil for none.
  package subscript(unit: Int, rater: Int) -> Int? {
    let cell = cells[unit * raterCount + rater]
    return cell == Self.missing ? nil : Int(cell)
  }

  /// The ratings of some raters alone.
  package func ratings(by raters: [Int]) -> RatingMatrix {
    let units = (0..<unitCount).lazy.map { unit in raters.map { self[unit, $0] } }
    return RatingMatrix(units, raters: raters.count, categories: categoryCount)
  }

  /// The units that both rated, by the two categories that they got.
  package func table(of one: Int, and other: Int) -> PairTable {
    var counts = [Int](repeating: 0, count: categoryCount * categoryCount)
    for unit in 0..<unitCount {
      guard let row = self[unit, one], let column = self[unit, other] else { continue }
      counts[row * categoryCount + column] += 1
    }
    return PairTable(counts, categories: categoryCount)
  }

  /// How many raters put each unit into each category, the units that fewer than `least` rated left out.
  ///
  /// Cost:   one pass over all cells.
  func tallies(ratedByAtLeast least: Int) -> [UnitTally] {
    var tallies: [UnitTally] = []
    for unit in 0..<unitCount {
      var counts = [Int](repeating: 0, count: categoryCount)
      for rater in 0..<raterCount { if let category = self[unit, rater] { counts[category] += 1 } }
      let tally = UnitTally(counts)
      if tally.ratings >= least { tallies.append(tally) }
    }
    return tallies
  }
}

/// How many raters put one unit into each category.
struct UnitTally {
  let counts: [Int]
  /// By how many raters it was rated.
  let ratings: Int

  init(_ counts: [Int]) {
    self.counts = counts
    ratings = counts.reduce(0, +)
  }

  /// The ordered pairs of different raters that agree on it.
  var agreeingPairs: Int { counts.reduce(0) { $0 + $1 * ($1 - 1) } }

  /// All ordered pairs of different raters of it.
  var pairs: Int { ratings * (ratings - 1) }

  /// The share of its pairs of raters that agree; 0 for a unit with one rating.
  var agreement: Double { pairs == 0 ? 0 : Double(agreeingPairs) / Double(pairs) }
}
