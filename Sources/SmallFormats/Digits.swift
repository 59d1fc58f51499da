/// Whole numbers in decimal digits.
package enum Digits {
  /// With leading zeros, at least `width` digits.
  package static func padded(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// In groups of three: `1,234,567`.
  package static func grouped(_ number: Int, by separator: String = ",") -> String {
    var digits = String(number.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: separator)
  }

  /// The number that digits write; nil where there are none, or anything else.
  package static func number(_ digits: some Collection<UInt8>) -> Int? {
    var number = 0
    for digit in digits {
      let value = digit &- 0x30
      let (tens, isTooLarge) = number.multipliedReportingOverflow(by: 10)
      guard value < 10, !isTooLarge else { return nil }
      let (sum, isTooLargeToo) = tens.addingReportingOverflow(Int(value))
      guard !isTooLargeToo else { return nil }
      number = sum
    }
    return digits.isEmpty ? nil : number
  }
}
