/// A moment to the second, as every time in a packet is written: `2026-11-18T11:06:40Z`.
///
/// Shape:  RFC 3339, UTC, whole seconds, years 0001 to 9999.
/// Source: the day count is Howard Hinnant's "chrono-compatible low-level date algorithms", `days_from_civil`.
package struct PacketTime: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let text: String
  /// The day alone, `2026-11-18`.
  package var day: String { String(text.prefix(10)) }
  package var description: String { text }

  /// The time written in `text`; nil unless it has exactly the shape and names a second that exists.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 20, bytes[10] == 0x54, bytes[13] == 0x3a, bytes[16] == 0x3a, bytes[19] == 0x5a,
      CalendarDay(String(text.prefix(10))) != nil,
      let hour = decimal(bytes[11..<13]), let minute = decimal(bytes[14..<16]), let second = decimal(bytes[17..<19]),
      hour < 24, minute < 60, second < 60
    else { return nil }
    self.text = text
  }

  /// The time that lies `seconds` after 1970-01-01T00:00:00Z; nil outside the years 0001 to 9999.
  package init?(unixSeconds seconds: Int64) {
    guard seconds >= -62_135_596_800, seconds <= 253_402_300_799 else { return nil }
    let days = Int((seconds - modulo(seconds, 86_400)) / 86_400)
    let rest = Int(modulo(seconds, 86_400))
    let day = CalendarDay(daysSince1970: days)
    text = "\(day.text)T\(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))Z"
  }

  // The shape has a fixed width, so the order of the texts is the order of the times.
  package static func < (a: PacketTime, b: PacketTime) -> Bool { a.text < b.text }
}

/// A day of the Gregorian calendar, `2026-11-18`.
package struct CalendarDay: Hashable, Comparable, Sendable {
  package let text: String

  /// The day written in `text`; nil unless it has the shape YYYY-MM-DD and the day exists.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == 0x2d, bytes[7] == 0x2d,
      let year = decimal(bytes[0..<4]), let month = decimal(bytes[5..<7]), let day = decimal(bytes[8..<10]),
      year >= 1, (1...12).contains(month), day >= 1, day <= Self.length(ofMonth: month, in: year)
    else { return nil }
    self.text = text
  }

  fileprivate init(daysSince1970 days: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    text = "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, 2))"
  }

  package static func < (a: CalendarDay, b: CalendarDay) -> Bool { a.text < b.text }

  private static func length(ofMonth month: Int, in year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

private func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
  digits.allSatisfy { (0x30...0x39).contains($0) } ? digits.reduce(0) { $0 * 10 + Int($1 - 0x30) } : nil
}

private func modulo(_ a: Int64, _ b: Int64) -> Int64 { (a % b + b) % b }

/// A number with leading zeros, at least `width` digits.
func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
