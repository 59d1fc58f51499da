import Glibc

/// Student's t distribution, as far as confidence intervals need it.
enum StudentT {
  /// The distance from 0 within which a value lies with a probability of `level`.
  ///
  /// Cost:   some ten steps of Newton's method for usual levels, each with a series or a continued fraction.
  /// Limits: eleven digits and more, for one degree of freedom to ten million and levels up to 0.999999.
  /// Source: the chance to lie outside falls ever more slowly (its slope is minus twice the density), so that Newton's
  ///         method, begun at 0, nears the solution from below and never passes it.
  static func quantile(within level: Double, freedom: Double) -> Double {
    precondition(level > 0 && level < 1 && freedom > 0, "A level lies between 0 and 1, and there is some freedom")
    let outside = 1 - level
    var distance = 0.0
    while true {
      let step = (chanceOutside(distance, freedom) - outside) / (2 * density(distance, freedom))
      let next = distance + step
      // What is left is below the last digit, or rounding.
      guard step > distance * 1e-15, next > distance else { return distance }
      distance = next
    }
  }

  /// The chance that a value is further from 0 than `distance`.
  ///
  /// Source: Abramowitz & Stegun 26.7.1 and 26.5.27: the incomplete beta function at ν/(ν + t²), for ν/2 and 1/2; within the
  ///         middle one less the same at the rest, for 1/2 and ν/2, whose series has no term below 0.
  static func chanceOutside(_ distance: Double, _ freedom: Double) -> Double {
    let (square, half) = (distance * distance, freedom / 2)
    let (x, rest) = (freedom / (freedom + square), square / (freedom + square))
    // x to the power of ν/2, times the root of the rest, over B(ν/2, 1/2): what both begin with.
    let front = exp(-half * log1p(square / freedom)) * rest.squareRoot() * gammaRatio(half) / Double.pi.squareRoot()
    // Far out the chance is too small to be one less another, and near the middle the fraction needs ever more terms.
    return square < min(16, freedom)
      ? 1 - front / 0.5 * IncompleteBeta.series(rest, 0.5, half)
      : front / half * IncompleteBeta.fraction(x, half, 0.5)
  }

  /// The density of the distribution.
  private static func density(_ distance: Double, _ freedom: Double) -> Double {
    gammaRatio(freedom / 2) / (freedom * .pi).squareRoot()
      * exp(-(freedom + 1) / 2 * log1p(distance * distance / freedom))
  }

  /// Γ(a + 1/2) / Γ(a).
  ///
  /// Source: for large a the series that follows from Stirling's (DLMF 5.11.E8); smaller ones are led there by
  ///         Γ(a + 1) = a Γ(a). Large logarithms that would nearly cancel do not come up.
  static func gammaRatio(_ a: Double) -> Double {
    var (a, factor) = (a, 1.0)
    while a < 20 {
      factor *= a / (a + 0.5)
      a += 1
    }
    let square = 1 / (a * a)
    let series =
      -1.0 / 8 + square * (1.0 / 192 + square * (-1.0 / 640 + square * (17.0 / 14336 - square * 31.0 / 18432)))
    return factor * a.squareRoot() * exp(series / a)
  }
}

/// Two ways to the incomplete beta function I_x(a, b), both to be multiplied by x^a (1 - x)^b / (a B(a, b)).
enum IncompleteBeta {
  /// The series 1 + (a + b)/(a + 1) x + (a + b)(a + b + 1)/((a + 1)(a + 2)) x² + …
  ///
  /// Cost:   some 50 terms where b x is below 8 and x below 1/2.
  /// Source: DLMF 8.17.E8.
  static func series(_ x: Double, _ a: Double, _ b: Double) -> Double {
    var (sum, term, number) = (1.0, 1.0, 0.0)
    repeat {
      term *= (a + b + number) / (a + 1 + number) * x
      sum += term
      number += 1
    } while term > sum * 1e-17
    return sum
  }

  /// The fraction 1/(1 + d₁/(1 + d₂/(1 + …))).
  ///
  /// Cost:   some 20 terms where x is well below (a + 1)/(a + b + 2).
  /// Source: DLMF 8.17.E22, with its d₂ₘ and d₂ₘ₊₁; evaluated from the front by the recurrence of numerators and denominators
  ///         (Wallis 1656; DLMF 1.12.E5), both scaled at each step so that neither overflows.
  static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    var (before, now) = ((numerator: 1.0, denominator: 0.0), (numerator: 0.0, denominator: 1.0))
    func append(_ term: Double) {
      let next = (
        numerator: now.numerator + term * before.numerator, denominator: now.denominator + term * before.denominator
      )
      let scale = 1 / next.denominator
      before = (now.numerator * scale, now.denominator * scale)
      now = (next.numerator * scale, 1)
    }
    append(1)
    for number in 1...100_000 {
      let last = now.numerator
      let m = Double(number)
      append(-(a + m - 1) * (a + b + m - 1) * x / ((a + 2 * m - 2) * (a + 2 * m - 1)))
      append(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)))
      if abs(now.numerator - last) <= abs(last) * 1e-16 { break }
    }
    return now.numerator
  }
}
