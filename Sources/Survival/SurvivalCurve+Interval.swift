import Glibc

extension SurvivalCurve {
  /// The interval in which the median lies with 95 % confidence; nil where nothing ended.
  ///
  /// Shape:  without an upper end where too many have not ended yet.
  /// Source: Brookmeyer & Crowley 1982, "A Confidence Interval for the Median Survival Time", on the scale log(-log S).
  package var medianInterval: (low: Double, high: Double?)? {
    let places = steps.indices.filter { index in
      let step = steps[index]
      guard step.survival > 0, step.survival < 1 else { return false }
      let scale = log(-log(step.survival)) - log(-log(0.5))
      let slope = -1 / (step.survival * log(step.survival))
      return abs(scale / (slope * step.standardError)) <= Self.normalQuantile
    }
    guard let first = places.first, let last = places.last else { return nil }
    return (steps[first].time, last + 1 < steps.count ? steps[last + 1].time : nil)
  }

  /// The quantile of the normal distribution at 0.975.
  private static let normalQuantile = 1.959963984540054
}
