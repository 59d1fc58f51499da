import SmallFormats

/// The spans of time that filters name: a year, a month, a day, a minute or a second, UTC.
package enum TimeSpan {
  static func days(year: Int, month: Int, day: Int) -> Int64 {
    CalendarDay.number(Int64(year), Int64(month), Int64(day)) ?? 0
  }

  /// The shortest text whose span begins with this second: `2026-11-20` at midnight, else `2026-11-20T08:30:00`.
  package static func text(_ seconds: Int64) -> String { text(seconds, day: 0) }

  /// The shortest text whose span ends with this second: `2026-11-20` for the last of the day.
  package static func text(lastSecond seconds: Int64) -> String { text(seconds, day: 86_399) }

  private static func text(_ seconds: Int64, day wholeDay: Int64) -> String {
    let rest = ((seconds % 86_400) + 86_400) % 86_400
    let day = CalendarDay(daysSince1970: Int((seconds - rest) / CalendarDay.seconds)).description
    if rest == wholeDay { return day }
    return day
      + "T\(Digits.padded(Int(rest) / 3600)):\(Digits.padded(Int(rest) / 60 % 60)):\(Digits.padded(Int(rest) % 60))"
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
