/// A share among decided rows, told so that a share of three does not pass for evidence.
package struct DecidedShare: Equatable, Sendable {
  package let part: Int
  package let whole: Int

  package init(_ part: Int, of whole: Int) {
    precondition(part >= 0 && part <= whole, "\(part) of \(whole)")
    self.part = part
    self.whole = whole
  }

  /// Nil where nothing is decided.
  package var value: Double? { whole == 0 ? nil : Double(part) / Double(whole) }

  /// Between what the true share would lie, nineteen times in twenty, had the decided rows been drawn by chance.
  ///
  /// Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference": unlike the share's
  ///         standard error it also holds for few rows, and for a share of none or all.
  package var range: ClosedRange<Double>? {
    guard whole > 0 else { return nil }
    let (n, p, z) = (Double(whole), Double(part) / Double(whole), 1.96)
    let centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    let reach = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    return max(0, centre - reach)...min(1, centre + reach)
  }

  /// `0.67`; `–` where nothing is decided.
  package var text: String { value.map(Self.hundredths) ?? "–" }

  /// `2 of 3, so 0.21 to 0.94`.
  package var grounds: String {
    guard let range else { return "none decided" }
    return "\(part) of \(whole), so \(Self.hundredths(range.lowerBound)) to \(Self.hundredths(range.upperBound))"
  }

  /// A share with two decimals.
  package static func hundredths(_ share: Double) -> String {
    let hundredths = Int((share * 100).rounded())
    return "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + String(hundredths % 100)
  }
}

extension BackTest.Side {
  package var precisionShare: DecidedShare { DecidedShare(confirmed, of: confirmed + falsePositive) }
  package var coverageShare: DecidedShare { DecidedShare(confirmed, of: confirmedAll) }
}
