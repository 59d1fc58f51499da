/// A day of the proleptic Gregorian calendar in UTC, without a time zone database.
///
/// Shape:  written as `2026-11-18`; parsed for years 0001 to 9999.
/// Units:  day numbers count from 1970-01-01.
/// Cost:   a few divisions; no allocation except for the text.
/// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil` and `civil_from_days`.
package struct CalendarDay: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The day number.
  package let daysSince1970: Int

  /// Seconds per day, without leap seconds.
  package static let seconds: Int64 = 86_400

  /// Any number is a day; only `description` is limited to years of four digits.
  package init(daysSince1970: Int) { self.daysSince1970 = daysSince1970 }

  /// Fails:  returns nil for a day that does not exist.
  package init?(year: Int, month: Int, day: Int) {
    guard let number = Self.number(Int64(year), Int64(month), Int64(day)) else { return nil }
    daysSince1970 = Int(number)
  }

  /// Parses YYYY-MM-DD.
  ///
  /// Fails:  returns nil for any other shape, and for days that do not exist.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = Digits.number(bytes[0..<4]), let month = Digits.number(bytes[5..<7]),
      let day = Digits.number(bytes[8..<10]), year >= 1
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Year, month from 1, and day from 1.
  package var date: (year: Int, month: Int, day: Int) {
    let (year, month, day) = Self.date(ofNumber: Int64(daysSince1970))
    return (Int(year), Int(month), Int(day))
  }

  /// The day as YYYY-MM-DD.
  package var description: String {
    let (year, month, day) = date
    return "\(Digits.padded(year, 4))-\(Digits.padded(month, 2))-\(Digits.padded(day, 2))"
  }

  /// Earlier days come first.
  package static func < (a: CalendarDay, b: CalendarDay) -> Bool { a.daysSince1970 < b.daysSince1970 }

  // MARK: Day numbers, for loops over many dates

  /// The number of a day; nil where it does not exist.
  ///
  /// Units:  days since 1970-01-01; months and days count from 1.
  /// Cost:   no branches but those for the range; a few nanoseconds.
  package static func number(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64? {
    guard (1...12).contains(month), day >= 1, day <= length(year, month) else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The date of a day number.
  ///
  /// Units:  months and days count from 1.
  package static func date(ofNumber number: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// The day this many months earlier, or the last day of that month where it is shorter.
  ///
  /// Shape:  2026-03-31 less one month is 2026-02-28.
  package static func number(_ number: Int64, lessMonths months: Int64) -> Int64 {
    let (year, month, day) = date(ofNumber: number)
    let count = year * 12 + month - 1 - months
    let earlierYear = count >= 0 ? count / 12 : (count - 11) / 12
    let earlierMonth = count - earlierYear * 12 + 1
    return self.number(earlierYear, earlierMonth, min(day, length(earlierYear, earlierMonth))) ?? number
  }

  /// How many days a month has.
  ///
  /// - Parameter month: from 1 to 12; others count as months of 31 days.
  package static func length(_ year: Int64, _ month: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

/// A moment to the second, written like every time in a packet: `2026-11-18T11:06:40Z`.
///
/// Shape:  RFC 3339 in UTC with whole seconds, for years 0001 to 9999. The order of the texts is the order of the moments.
package struct UTCTime: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The moment in its only notation, which is also what it is compared by.
  package let text: String
  /// The day alone, `2026-11-18`.
  package var day: String { String(text.prefix(10)) }
  package var description: String { text }

  /// Fails:  returns nil unless the text has exactly this shape, and the second exists.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 20, bytes[10] == 0x54, bytes[13] == 0x3a, bytes[16] == 0x3a, bytes[19] == 0x5a,
      CalendarDay(text.prefix(10)) != nil,
      let hour = Digits.number(bytes[11..<13]), let minute = Digits.number(bytes[14..<16]),
      let second = Digits.number(bytes[17..<19]), hour < 24, minute < 60, second < 60
    else { return nil }
    self.text = text
  }

  /// The moment `seconds` after 1970-01-01T00:00:00Z; nil outside the years 0001 to 9999.
  package init?(unixSeconds seconds: Int64) {
    guard seconds >= -62_135_596_800, seconds <= 253_402_300_799 else { return nil }
    let rest = Int((seconds % CalendarDay.seconds + CalendarDay.seconds) % CalendarDay.seconds)
    let day = CalendarDay(daysSince1970: Int((seconds - Int64(rest)) / CalendarDay.seconds))
    text =
      "\(day)T\(Digits.padded(rest / 3600, 2)):\(Digits.padded(rest / 60 % 60, 2)):\(Digits.padded(rest % 60, 2))Z"
  }

  /// Seconds since 1970-01-01T00:00:00Z.
  package var unixSeconds: Int64 {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int64 { Int64(Digits.number(bytes[range]) ?? 0) }
    let days = Int64(CalendarDay(text.prefix(10))?.daysSince1970 ?? 0)
    return days * CalendarDay.seconds + number(11..<13) * 3600 + number(14..<16) * 60 + number(17..<19)
  }

  /// The shape has a fixed width, so the order of the texts is the order of the moments.
  package static func < (a: UTCTime, b: UTCTime) -> Bool { a.text < b.text }
}

/// Converts whole numbers to and from decimal digits.
package enum Digits {
  /// At least `width` digits, with leading zeros.
  ///
  /// Limits: for numbers from 0 on; a sign would end up behind the zeros.
  package static func padded(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// The digits in groups of three: `1,234,567`.
  package static func grouped(_ number: Int, by separator: String = ",") -> String {
    var digits = String(number.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: separator)
  }

  /// The number that ASCII digits represent; nil for no digits, anything else, and overflow.
  ///
  /// Limits: ASCII digits; no sign, no separators.
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
