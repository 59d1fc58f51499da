/// Whether plain numbers are spread as prices are, and which of two columns of amounts is the price asked.
enum AmountShape {
  /// Values below this tell too little.
  static let fewest = 12

  /// Whether numbers without any mark of a currency are prices.
  ///
  /// Rules:  prices are round (two thirds end in 0, 5, 8 or 9; of other numbers two fifths do), are not counted up from row to
  ///         row, are neither all years nor places on earth, and reach beyond 20, where marks and small counts end, or
  ///         beyond 100 where all are whole: scores and percentages end there.
  /// Units:  ten-thousandths.
  static func isPriceLike(_ numbers: [Int64]) -> Bool {
    let amounts = numbers.filter { $0 > 0 }
    guard amounts.count >= fewest, amounts.count * 10 >= numbers.count * 8, numbers.allSatisfy({ $0 >= 0 }) else {
      return false
    }
    let highest = amounts.max() ?? 0
    let areWhole = amounts.allSatisfy { $0 % unit == 0 }
    guard highest > (areWhole ? 100 : 20) * unit, Set(amounts).count * 8 >= min(amounts.count, 40), !isCounted(amounts)
    else {
      return false
    }
    // Hardly any price is a year, and hardly any is written to four places; one that was calculated may stand in many rows.
    if amounts.allSatisfy({ $0 % unit == 0 && (1900...2100).contains($0 / unit) }) { return false }
    let different = Set(amounts)
    if 2 * different.count(where: { $0 % 100 != 0 }) > different.count { return false }
    // An id has many digits, and its last ones are anything.
    return 3 * amounts.count(where: isRound) >= 2 * amounts.count
  }

  private static let unit: Int64 = 10_000

  private static func isRound(_ amount: Int64) -> Bool {
    let cents = amount / 100
    let digit = cents % 100 == 0 ? cents / 100 % 10 : cents % 10 == 0 ? cents / 10 % 10 : cents % 10
    return digit == 0 || digit == 5 || digit >= 8
  }

  /// Whether each is one more than the one before: numbers of rows.
  private static func isCounted(_ amounts: [Int64]) -> Bool {
    let steps = zip(amounts, amounts.dropFirst()).count { $1 - $0 == unit }
    return steps * 10 >= (amounts.count - 1) * 9
  }

  /// Whether of two amounts per record the first is what is asked and the second what was asked before, or is the price of
  /// the new thing: never above it, and not far below.
  static func isAsked(_ pairs: [(asked: Int64, other: Int64)]) -> Bool {
    guard pairs.count >= fewest else { return false }
    let notAbove = pairs.count { $0.asked <= $0.other }
    let below = pairs.count { $0.asked < $0.other }
    guard notAbove * 100 >= pairs.count * 95, below * 10 >= pairs.count * 3 else { return false }
    // A fee is a small part of its price; a reduced price is a large part of the old one.
    let ratios = pairs.filter { $0.asked > 0 }.map { Double($0.other) / Double($0.asked) }.sorted()
    return ratios.isEmpty ? false : ratios[ratios.count / 2] <= 4
  }
}
