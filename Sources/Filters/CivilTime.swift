/// Days and seconds of the proleptic Gregorian calendar, UTC, without a time zone database.
///
/// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil, civil_from_days).
package enum CivilTime {
  package static func days(year: Int, month: Int, day: Int) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468)
  }

  package static func civil(days: Int64) -> (year: Int, month: Int, day: Int) {
    let shifted = Int(days) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
  }

  /// The shortest text whose span begins with this second: `2026-11-20` at midnight, else `2026-11-20T08:30:00`.
  package static func text(_ seconds: Int64) -> String { text(seconds, day: 0) }

  /// The shortest text whose span ends with this second: `2026-11-20` for the last of the day.
  package static func text(lastSecond seconds: Int64) -> String { text(seconds, day: 86_399) }

  private static func text(_ seconds: Int64, day wholeDay: Int64) -> String {
    let rest = ((seconds % 86_400) + 86_400) % 86_400
    let date = civil(days: (seconds - rest) / 86_400)
    let day = "\(padded(date.year, 4))-\(padded(date.month))-\(padded(date.day))"
    if rest == wholeDay { return day }
    return day + "T\(padded(Int(rest) / 3600)):\(padded(Int(rest) / 60 % 60)):\(padded(Int(rest) % 60))"
  }

  package static func padded(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// The span named by `2026`, `2026-11`, `2026-11-20` or `2026-11-20T08:30[:15]`; nil for anything else.
  package static func span(_ text: some StringProtocol) -> Range<Int64>? {
    let halves = text.split(separator: "T", omittingEmptySubsequences: false)
    guard let first = halves.first, halves.count <= 2 else { return nil }
    let parts = first.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int64(digits: $0).map(Int.init) }
    guard numbers.count == parts.count, (1...3).contains(numbers.count), parts[0].count == 4 else { return nil }
    let year = numbers[0]
    guard numbers.count > 1 else {
      return halves.count == 1 ? range(days(year: year, month: 1, day: 1), days(year: year + 1, month: 1, day: 1)) : nil
    }
    let month = numbers[1]
    guard (1...12).contains(month) else { return nil }
    let monthStart = days(year: year, month: month, day: 1)
    let nextMonth = month == 12 ? days(year: year + 1, month: 1, day: 1) : days(year: year, month: month + 1, day: 1)
    guard numbers.count > 2 else { return halves.count == 1 ? range(monthStart, nextMonth) : nil }
    guard numbers[2] >= 1, Int64(numbers[2]) <= nextMonth - monthStart else { return nil }
    let day = monthStart + Int64(numbers[2]) - 1
    guard halves.count == 2 else { return range(day, day + 1) }
    return secondSpan(halves[1]).map { day * 86_400 + $0.lowerBound..<day * 86_400 + $0.upperBound }
  }

  private static func secondSpan(_ text: some StringProtocol) -> Range<Int64>? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int64(digits: $0) }
    guard numbers.count == parts.count, (2...3).contains(numbers.count), (0...23).contains(numbers[0]),
      (0...59).contains(numbers[1])
    else { return nil }
    let minute = numbers[0] * 3600 + numbers[1] * 60
    guard numbers.count == 3 else { return minute..<minute + 60 }
    return (0...59).contains(numbers[2]) ? minute + numbers[2]..<minute + numbers[2] + 1 : nil
  }

  private static func range(_ start: Int64, _ end: Int64) -> Range<Int64> { start * 86_400..<end * 86_400 }
}

extension Int64 {
  /// Reads digits and nothing else: no sign, no blank.
  init?(digits: some StringProtocol) {
    guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    self.init(digits)
  }
}
