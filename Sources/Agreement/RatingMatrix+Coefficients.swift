extension RatingMatrix {
  /// Krippendorff's alpha for nominal categories: one less the share of observed to expected disagreement.
  ///
  /// Shape:  for two raters and more, of whom any may have left out any unit. A unit that one rater alone rated does not count.
  ///         Nil where no unit was rated by two, and where one category was used alone: no disagreement is expected then.
  /// Cost:   one pass over all cells, and two over the units.
  /// Source: Hayes & Krippendorff 2007, "Answering the call for a standard reliability measure for coding data"; Krippendorff
  ///         2011, "Computing Krippendorff's alpha-reliability". They take the interval from resampling; this one is by Gwet
  ///         2014, chapter 5, who linearises alpha over the units.
  package var krippendorffsAlpha: Estimate? {
    let tallies = tallies(ratedByAtLeast: 2)
    let ratings = tallies.reduce(0) { $0 + $1.ratings }
    let totals = (0..<categoryCount).map { category in tallies.reduce(0) { $0 + $1.counts[category] } }
    // The pairs of ratings, whoever gave them, that are of different categories.
    let expected = ratings * ratings - totals.reduce(0) { $0 + $1 * $1 }
    guard expected > 0 else { return nil }
    let observed = tallies.reduce(0.0) { $0 + Double($1.pairs - $1.agreeingPairs) / Double($1.ratings - 1) }
    let alpha = 1 - Double(ratings - 1) * observed / Double(expected)

    // Gwet's form: as if ratings were drawn with replacement. Units count by how often they were rated.
    let units = Double(tallies.count)
    let mean = Double(ratings) / units
    let shares = totals.map { Double($0) / Double(ratings) }
    let disagreementByChance = Double(expected) / Double(ratings) / Double(ratings)
    let chance = 1 - disagreementByChance
    let agreements = tallies.map { $0.agreement * Double($0.ratings) / mean }
    let agreement = agreements.reduce(0, +) / units
    let value = (agreement - chance) / disagreementByChance
    // The same with the correction for few ratings that alpha itself has.
    let corrected = agreement + (1 - agreement) / Double(ratings)
    let influences = zip(tallies, agreements).map { tally, ownAgreement in
      let excess = Double(tally.ratings) / mean - 1
      let ownChance = zip(shares, tally.counts).reduce(0.0) { $0 + $1.0 * Double($1.1) } / mean - chance * excess
      return (ownAgreement - corrected * excess - chance - 2 * (1 - value) * (ownChance - chance))
        / disagreementByChance
    }
    return Estimate(alpha, variance: Self.variance(of: influences, around: value), units: tallies.count)
  }

  /// Gwet's AC1: agreement beyond chance, where chance agreement is that of raters who guess only where they are unsure.
  ///
  /// Shape:  for two raters and more, of whom any may have left out any unit. Nil where no unit was rated by two, and for a
  ///         scheme of one category.
  /// Limits: unlike kappa it stays near the observed agreement where nearly all units belong into one category. It counts all
  ///         categories of the scheme, also unused ones.
  /// Source: Gwet 2008, "Computing inter-rater reliability and its variance in the presence of high agreement"; Gwet 2014,
  ///         chapter 5.
  package var gwetsAC1: Estimate? {
    guard categoryCount > 1 else { return nil }
    let tallies = tallies(ratedByAtLeast: 1)
    let units = Double(tallies.count)
    let shares = (0..<categoryCount).map { category in
      tallies.reduce(0.0) { $0 + Double($1.counts[category]) / Double($1.ratings) } / units
    }
    let others = Double(categoryCount - 1)
    return Self.estimate(
      tallies, chance: shares.reduce(0.0) { $0 + $1 * (1 - $1) } / others,
      byUnit: tallies.map { tally in
        zip(shares, tally.counts).reduce(0.0) { $0 + Double($1.1) * (1 - $1.0) } / Double(tally.ratings) / others
      })
  }

  /// Conger's kappa: Cohen's for more than two raters, each with habits of their own.
  ///
  /// Shape:  any rater may have left out any unit. For two raters who both rated all units it is Cohen's kappa. Nil where no
  ///         unit was rated by two, and where chance explains all agreement.
  /// Why:    Fleiss' kappa takes raters for interchangeable. For two it is Scott's pi and not Cohen's kappa, so that it would
  ///         not stand beside the kappas of pairs.
  /// Source: Conger 1980, "Integration and generalization of kappas for multiple raters"; the variance, and what becomes of
  ///         missing ratings, by Gwet 2014, chapter 5.
  package var congersKappa: Estimate? {
    let tallies = tallies(ratedByAtLeast: 1)
    let units = Double(tallies.count)
    // Who rated nothing has no habits.
    let habits = (0..<raterCount).map { RaterHabit(of: $0, in: self) }.filter { $0.rated > 0 }
    guard habits.count > 1 else { return nil }
    let raters = Double(habits.count)
    let sums = (0..<categoryCount).map { category in habits.reduce(0.0) { $0 + $1.shares[category] } }
    // Two different raters, drawn at random, each following their habit.
    let chance =
      sums.indices.reduce(0.0) { sum, category in
        habits.reduce(sum) { $0 + $1.shares[category] * (sums[category] - $1.shares[category]) }
      } / (raters * (raters - 1))
    let byUnit = (0..<unitCount).map { unit in
      habits.reduce(0.0) { sum, habit in
        let weight = units / Double(habit.rated)
        let given = self[unit, habit.rater]
        // A rating that is missing is expected to be as the rater's others are.
        let known = (given == nil ? 0 : 1) - 1 / weight
        return sums.indices.reduce(sum) { sum, category in
          let own = habit.shares[category]
          return sum + weight * ((given == category ? 1 : 0) - own * known) * (sums[category] - own)
        }
      } / (raters * (raters - 1))
    }
    return Self.estimate(tallies, chance: chance, byUnit: byUnit)
  }

  // MARK: Gwet's variances

  /// Agreement beyond a chance agreement, and its variance linearised over the units.
  ///
  /// - Parameter byUnit: what each unit adds to the chance agreement; their mean is `chance`.
  private static func estimate(_ tallies: [UnitTally], chance: Double, byUnit: [Double]) -> Estimate? {
    let shared = tallies.count { $0.ratings > 1 }
    guard shared > 0, chance < 1 else { return nil }
    let weight = Double(tallies.count) / Double(shared)
    let agreement = tallies.reduce(0.0) { $0 + $1.agreement } / Double(shared)
    let value = (agreement - chance) / (1 - chance)
    let influences = zip(tallies, byUnit).map { tally, ownChance in
      let beyond = tally.ratings > 1 ? weight * (tally.agreement - chance) : 0
      return (beyond - 2 * (1 - value) * (ownChance - chance)) / (1 - chance)
    }
    return Estimate(value, variance: variance(of: influences, around: value), units: tallies.count)
  }

  /// The variance of a mean; nil for fewer than two units.
  private static func variance(of influences: [Double], around value: Double) -> Double? {
    guard influences.count > 1 else { return nil }
    let squares = influences.reduce(0.0) { $0 + ($1 - value) * ($1 - value) }
    return squares / Double(influences.count) / Double(influences.count - 1)
  }
}

/// How one rater spreads units over the categories.
private struct RaterHabit {
  let rater: Int
  /// How many units the rater rated.
  let rated: Int
  /// The share of them in each category.
  let shares: [Double]

  init(of rater: Int, in ratings: RatingMatrix) {
    self.rater = rater
    var counts = [Int](repeating: 0, count: ratings.categoryCount)
    for unit in 0..<ratings.unitCount { if let category = ratings[unit, rater] { counts[category] += 1 } }
    let rated = counts.reduce(0, +)
    self.rated = rated
    shares = counts.map { rated == 0 ? 0 : Double($0) / Double(rated) }
  }
}
