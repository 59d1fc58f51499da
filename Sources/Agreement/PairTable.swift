/// The units that two raters both rated, by the category that each gave.
///
/// Shape:  a row for each category of the first rater, a column for each of the second.
package struct PairTable: Equatable, Sendable {
  package let categoryCount: Int
  private let counts: [Int]

  /// - Parameter counts: row by row.
  package init(_ counts: [Int], categories: Int) {
    precondition(counts.count == categories * categories, "A table has a cell for each pair of categories")
    (self.counts, categoryCount) = (counts, categories)
  }

  /// How many units the first put into `row` and the second into `column`.
  package subscript(row: Int, column: Int) -> Int { counts[row * categoryCount + column] }

  /// The units that both rated.
  package var unitCount: Int { counts.reduce(0, +) }

  /// The units that both put into the same category.
  package var agreeing: Int { (0..<categoryCount).reduce(0) { $0 + self[$1, $1] } }

  /// The share of units that both put into the same category; nil for none.
  package var observedAgreement: Double? { unitCount == 0 ? nil : Double(agreeing) / Double(unitCount) }

  private var rowSums: [Int] { (0..<categoryCount).map { row in (0..<categoryCount).reduce(0) { $0 + self[row, $1] } } }
  private var columnSums: [Int] {
    (0..<categoryCount).map { sum in (0..<categoryCount).reduce(0) { $0 + self[$1, sum] } }
  }

  /// Cohen's kappa: the agreement beyond what two raters with these habits would reach by chance.
  ///
  /// Shape:  nil where no unit was rated by both, and where both put all into one category: chance then explains all.
  /// Limits: where nearly all units belong into one category it is low although the raters nearly always agree (Feinstein &
  ///         Cicchetti 1990, "High agreement but low kappa"). Read it beside the observed agreement and Gwet's AC1.
  /// Source: Cohen 1960, "A coefficient of agreement for nominal scales"; the variance is that of Fleiss, Cohen & Everitt
  ///         1969, "Large sample standard errors of kappa and weighted kappa", equation 13 without weights.
  package var cohensKappa: Estimate? {
    let units = unitCount
    let (rows, columns) = (rowSums, columnSums)
    // Both are times units squared, and exact.
    let chance = zip(rows, columns).reduce(0) { $0 + $1.0 * $1.1 }
    let rest = units * units - chance
    guard rest > 0 else { return nil }
    let kappa = Double(units * agreeing - chance) / Double(rest)
    // Equation 13 is the variance, over the units, of how far each moves kappa when it weighs a little more.
    var mean = 0.0
    var influences: [(weight: Double, influence: Double)] = []
    for row in 0..<categoryCount {
      for column in 0..<categoryCount where self[row, column] > 0 {
        let expected = (1 - kappa) * Double(columns[row] + rows[column]) / Double(units)
        let influence = (row == column ? 1 : 0) - expected
        let weight = Double(self[row, column]) / Double(units)
        influences.append((weight, influence))
        mean += weight * influence
      }
    }
    let spread = influences.reduce(0) { $0 + $1.weight * ($1.influence - mean) * ($1.influence - mean) }
    let disagreementByChance = Double(rest) / Double(units) / Double(units)
    let variance = spread / (Double(units) * disagreementByChance * disagreementByChance)
    return Estimate(kappa, variance: variance, units: units)
  }
}
