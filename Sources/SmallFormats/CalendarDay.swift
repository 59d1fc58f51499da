/// A day of the proleptic Gregorian calendar, UTC, without a time zone database.
///
/// Shape:  written `2026-11-18`; years 0001 to 9999 where it is read from text.
/// Units:  day numbers count from 1970-01-01.
/// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil` and `civil_from_days`.
package struct CalendarDay: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let daysSince1970: Int

  package static let seconds: Int64 = 86_400

  package init(daysSince1970: Int) { self.daysSince1970 = daysSince1970 }

  /// Nil where there is no such day.
  package init?(year: Int, month: Int, day: Int) {
    guard let number = Self.number(Int64(year), Int64(month), Int64(day)) else { return nil }
    daysSince1970 = Int(number)
  }

  /// The day written in `text`; nil unless it has the shape YYYY-MM-DD and the day exists.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = Digits.number(bytes[0..<4]), let month = Digits.number(bytes[5..<7]),
      let day = Digits.number(bytes[8..<10]), year >= 1
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  package var date: (year: Int, month: Int, day: Int) {
    let (year, month, day) = Self.date(ofNumber: Int64(daysSince1970))
    return (Int(year), Int(month), Int(day))
  }

  package var description: String {
    let (year, month, day) = date
    return "\(Digits.padded(year, 4))-\(Digits.padded(month, 2))-\(Digits.padded(day, 2))"
  }

  package static func < (a: CalendarDay, b: CalendarDay) -> Bool { a.daysSince1970 < b.daysSince1970 }

  // MARK: Days as numbers, for readers of many of them

  /// Nil where there is no such day.
  package static func number(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64? {
    guard (1...12).contains(month), day >= 1, day <= length(year, month) else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

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

  /// The day this number of months earlier, or the last one of a month that has no such day.
  package static func number(_ number: Int64, lessMonths months: Int64) -> Int64 {
    let (year, month, day) = date(ofNumber: number)
    let count = year * 12 + month - 1 - months
    let earlierYear = count >= 0 ? count / 12 : (count - 11) / 12
    let earlierMonth = count - earlierYear * 12 + 1
    return self.number(earlierYear, earlierMonth, min(day, length(earlierYear, earlierMonth))) ?? number
  }

  package static func length(_ year: Int64, _ month: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
