/// A coefficient of agreement as estimated from the rated units, and how sure that is.
///
/// Units:  1 is perfect agreement, 0 what chance would give, less than 0 is worse than chance.
package struct Estimate: Equatable, Sendable {
  package let value: Double
  /// Over samples of units from the same source, with the same raters; nil for fewer than two units.
  package let standardError: Double?
  /// The units that it rests on.
  package let unitCount: Int

  init(_ value: Double, variance: Double?, units: Int) {
    self.value = value
    // Of perfect agreement what rounding leaves may be below zero.
    standardError = units < 2 ? nil : variance.map { max(0, $0).squareRoot() }
    unitCount = units
  }

  /// The confidence interval; nil for fewer than two units.
  ///
  /// Shape:  symmetric about the value, and never above 1. It has no width where nothing varies, as at perfect agreement:
  ///         that says nothing about how few units there were.
  /// Source: Gwet 2014, "Handbook of Inter-Rater Reliability", chapter 5: Student's t with one degree of freedom less than
  ///         there are units.
  package func interval(level: Double = 0.95) -> ClosedRange<Double>? {
    guard let standardError else { return nil }
    let reach = StudentT.quantile(within: level, freedom: Double(unitCount - 1)) * standardError
    return (value - reach)...min(1, value + reach)
  }
}
