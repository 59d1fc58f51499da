/// A day of the calendar, `2019-11-26`: when a listing came into force, or up to when a source speaks.
///
/// Shape:  year, month and day as one decimal number, so that days compare as numbers do.
package struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
  private let number: Int32

  /// Nil unless the text has the form YYYY-MM-DD and the day exists.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      range.reduce(into: Int?.some(0)) { sum, place in
        let digit = bytes[place] &- 0x30
        sum = digit < 10 ? sum.map { $0 * 10 + Int(digit) } : nil
      }
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      (1...12).contains(month), day >= 1, day <= Self.length(of: month, in: year)
    else { return nil }
    self.number = Int32(year * 10_000 + month * 100 + day)
  }

  private static func length(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  package static func < (a: Day, b: Day) -> Bool { a.number < b.number }

  package var description: String {
    func padded(_ number: Int32, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(number / 10_000, 4))-\(padded(number / 100 % 100, 2))-\(padded(number % 100, 2))"
  }
}
