/// How long something lasts where not all of it has ended yet: the estimate of Kaplan and Meier.
///
/// Shape:  a step at each time at which something ended; what had not ended when it was last looked at counts as long as it was
///         seen. Empty where nothing ended.
/// Cost:   a sort.
/// Source: Kaplan & Meier 1958, "Nonparametric Estimation from Incomplete Observations"; standard errors by Greenwood's
///         formula.
package struct SurvivalCurve: Equatable, Sendable {
  /// One observation.
  package struct Observation: Equatable, Sendable {
    /// Since the beginning, in any unit.
    package let time: Double
    /// False: it had not ended by then, and nothing is known of it afterwards.
    package let hasEnded: Bool

    package init(time: Double, hasEnded: Bool) { (self.time, self.hasEnded) = (time, hasEnded) }
  }

  /// A time at which something ended.
  package struct Step: Equatable, Sendable {
    package let time: Double
    /// How many had neither ended nor been lost from sight before.
    package let atRisk: Int
    package let ended: Int
    /// The share that lasts longer than this.
    package let survival: Double
    /// Of `survival`, by Greenwood's formula; 0 where nothing is left.
    package let standardError: Double
  }

  /// By time.
  package let steps: [Step]
  /// How many were observed, and how many of these ended.
  package let count: Int
  package let endedCount: Int

  package init(_ observations: [Observation]) {
    count = observations.count
    endedCount = observations.count(where: \.hasEnded)
    let sorted = observations.sorted { $0.time < $1.time }
    var steps: [Step] = []
    var (survival, greenwood) = (1.0, 0.0)
    var start = 0
    while start < sorted.count {
      var end = start
      while end < sorted.count, sorted[end].time == sorted[start].time { end += 1 }
      let ended = sorted[start..<end].count(where: \.hasEnded)
      let atRisk = sorted.count - start
      if ended > 0 {
        survival = ended == atRisk ? 0 : survival * (Double(atRisk - ended) / Double(atRisk))
        if ended < atRisk { greenwood += Double(ended) / (Double(atRisk) * Double(atRisk - ended)) }
        steps.append(
          Step(
            time: sorted[start].time, atRisk: atRisk, ended: ended, survival: survival,
            standardError: survival * greenwood.squareRoot()))
      }
      start = end
    }
    self.steps = steps
  }

  /// The first time after which less than half are left; nil where that was not reached.
  ///
  /// Rule:   a curve that stays at exactly one half has not passed it yet. What rounding adds or takes is not counted.
  package var median: Double? { time(leaving: 0.5) }

  /// The first time at which less than a share is left; nil where there is none.
  package func time(leaving share: Double) -> Double? {
    steps.first { $0.survival < share - Self.rounding }?.time
  }

  /// What products of fractions may be off by.
  private static let rounding = 1e-12
}
