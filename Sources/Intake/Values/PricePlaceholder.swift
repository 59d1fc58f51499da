import Listings

/// Numbers that people enter where a form demands a price and they name none.
///
/// Shape:  whole amounts only. 0 and 1, in any currency; digits that count up from one (123, 1234, … 1234567890); 111 and
///         any four or more equal digits (1111, 9999, 555555). 11 and 12 only where they are worth less than a US dollar:
///         a bead for 12 dollars is a price, a live animal for 12 baht is none. 222, 555 and 999 are prices: nines and
///         pairs close many real ones. `1k`, `1.5` and the ends of ranges are what they say.
/// Cost:   a few nanoseconds: most amounts are out after a look at their last two digits.
enum PricePlaceholder {
  @inline(__always)
  static func isOne(_ amount: Int64, usDollars: Int64) -> Bool {
    let (whole, fraction) = amount.quotientAndRemainder(dividingBy: 10_000)
    guard fraction == 0, whole >= 0 else { return false }
    if whole < 2 { return true }
    let (last, previous) = (whole % 10, whole / 10 % 10)
    guard last != 0 || whole == countingToTen, last == previous || last == previous + 1 || whole == countingToTen else {
      return false
    }
    return isPattern(whole, usDollars)
  }

  private static let countingToTen: Int64 = 1_234_567_890

  private static func isPattern(_ whole: Int64, _ usDollars: Int64) -> Bool {
    if whole == 11 || whole == 12 { return usDollars != Dataset.noAmount && usDollars < 10_000 }
    if whole < 111 { return false }
    if whole == 111 || whole == countingToTen { return true }
    var counting: Int64 = 12
    var ones: Int64 = 11
    for digit in Int64(3)...15 {
      ones = ones * 10 + 1
      if digit <= 9 { counting = counting * 10 + digit }
      if whole == counting { return true }
      if digit >= 4, whole % ones == 0, whole / ones <= 9 { return true }
    }
    return false
  }
}
