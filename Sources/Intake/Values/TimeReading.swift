import Listings

/// Reads times that can mean only one moment.
///
/// Shape:  ISO 8601 with `T` or a blank, date alone, `/` or `.` between year, month and day, fractions, `Z` or an offset;
///         without an offset the time is taken as UTC. `31/12/2022` and `12/31/2022` only when one of the numbers is
///         above 12. Unix seconds (9-10 digits) and milliseconds (12-13 digits).
/// Units:  seconds since 1970 UTC.
/// Fails:  nil for everything else.
/// Source: days from civil dates after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
enum TimeReading {
  @inline(__always)
  static func read(_ bytes: UnsafeRawBufferPointer) -> Int64? {
    // The usual form by place: 2022-06-01T12:37:08Z
    if bytes.count >= 19, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[13] == 0x3A, bytes[16] == 0x3A,
      let year = four(bytes, 0), let month = two(bytes, 5), let day = two(bytes, 8), let hour = two(bytes, 11),
      let minute = two(bytes, 14), let second = two(bytes, 17), bytes[10] == 0x54 || bytes[10] == 0x20
    {
      guard let days = days(year, month, day), hour < 24, minute < 60, second < 61 else { return nil }
      let time = days * 86_400 + hour * 3600 + minute * 60 + second
      if bytes.count == 19 || bytes.count == 20 && bytes[19] == 0x5A { return time }
      return offset(bytes, from: 19).map { time - $0 }
    }
    return readSlowly(BlankTrimming.trimmed(bytes))
  }

  /// Days since 1970-01-01 of a date of the Gregorian calendar; nil where there is no such day.
  static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64? {
    guard (1...12).contains(month), day >= 1, day <= length(year, month) else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private static func length(_ year: Int64, _ month: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  @inline(__always)
  private static func two(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> Int64? {
    let (a, b) = (bytes[at] &- 0x30, bytes[at + 1] &- 0x30)
    return a < 10 && b < 10 ? Int64(a) * 10 + Int64(b) : nil
  }

  @inline(__always)
  private static func four(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> Int64? {
    guard let high = two(bytes, at), let low = two(bytes, at + 2) else { return nil }
    return high * 100 + low
  }

  /// What follows the seconds: a fraction and an offset. Seconds east of UTC.
  private static func offset(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int64? {
    var index = start
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") || bytes[index] == .comma {
      index += 1
      while index < bytes.count, bytes[index].isDigit { index += 1 }
    }
    while index < bytes.count, bytes[index] == .blank { index += 1 }
    let rest = Array(bytes[index...])
    if rest.isEmpty || rest == [0x5A] || rest == Array("UTC".utf8) || rest == Array("GMT".utf8) { return 0 }
    guard rest[0] == UInt8(ascii: "+") || rest[0] == UInt8(ascii: "-") else { return nil }
    let digits = rest.dropFirst().filter { $0 != UInt8(ascii: ":") }
    guard digits.allSatisfy(\.isDigit), digits.count == 2 || digits.count == 4 else { return nil }
    let numbers = digits.map { Int64($0 &- 0x30) }
    let hours = numbers[0] * 10 + numbers[1]
    let minutes = numbers.count == 4 ? numbers[2] * 10 + numbers[3] : 0
    guard hours <= 14, minutes < 60 else { return nil }
    let seconds = hours * 3600 + minutes * 60
    return rest[0] == UInt8(ascii: "-") ? -seconds : seconds
  }

  private static func readSlowly(_ bytes: UnsafeRawBufferPointer) -> Int64? {
    guard bytes.count > 0, bytes.count <= 40 else { return nil }
    if bytes.allSatisfy(\.isDigit) { return unix(bytes) }
    var index = 0
    guard let (first, second, third, isYearFirst) = date(bytes, &index) else { return nil }
    let day: Int64?
    if isYearFirst {
      day = days(first, second, third)
    } else if first > 12 || first == second {
      day = days(third, second, first)
    } else if second > 12 {
      day = days(third, first, second)
    } else {
      // 01/06/2022 is January here and June there.
      return nil
    }
    guard let day else { return nil }
    if index == bytes.count { return day * 86_400 }
    guard bytes[index] == .blank || bytes[index] | 0x20 == UInt8(ascii: "t") else { return nil }
    return clock(bytes, index + 1).map { day * 86_400 + $0 }
  }

  private static func unix(_ bytes: UnsafeRawBufferPointer) -> Int64? {
    let value = bytes.reduce(Int64(0)) { $0 &* 10 &+ Int64($1 &- 0x30) }
    switch bytes.count {
    case 8:
      let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100)
      return (1990...2100).contains(year) ? days(year, month, day).map { $0 * 86_400 } : nil
    case 9, 10: return value
    case 12, 13: return value / 1000
    default: return nil
    }
  }

  /// Three numbers between equal marks, the year with four digits first or last; `年月日` count as marks.
  private static func date(
    _ bytes: UnsafeRawBufferPointer, _ index: inout Int
  ) -> (Int64, Int64, Int64, isYearFirst: Bool)? {
    var numbers: [Int64] = []
    var lengths: [Int] = []
    var marks: [[UInt8]] = []
    while numbers.count < 3 {
      let start = index
      var value: Int64 = 0
      while index < bytes.count, bytes[index].isDigit, index - start < 4 {
        value = value * 10 + Int64(bytes[index] &- 0x30)
        index += 1
      }
      guard index > start else { return nil }
      numbers.append(value)
      lengths.append(index - start)
      let length = index < bytes.count && bytes[index] >= 0x80 ? 3 : 1
      guard index + length <= bytes.count, numbers.count < 3 || length == 3 else { continue }
      marks.append(Array(bytes[index..<index + length]))
      index += length
    }
    let separators: [UInt8] = [UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ".")]
    let isChinese = marks == ["年", "月", "日"].map { Array($0.utf8) }
    guard isChinese || marks.count == 2 && marks[0] == marks[1] && separators.contains(marks[0][0]) else { return nil }
    guard lengths[0] == 4 || lengths[2] == 4, lengths[1] <= 2, lengths.min()! <= 2 else { return nil }
    return (numbers[0], numbers[1], numbers[2], lengths[0] == 4)
  }

  /// `12:37`, `12:37:08.5+02:00`, from `start`.
  private static func clock(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int64? {
    var index = start
    var numbers: [Int64] = []
    while numbers.count < 3 {
      let from = index
      while index < bytes.count, bytes[index].isDigit, index - from < 2 { index += 1 }
      guard index > from else { return nil }
      numbers.append(bytes[from..<index].reduce(0) { $0 * 10 + Int64($1 &- 0x30) })
      guard index < bytes.count, bytes[index] == UInt8(ascii: ":"), numbers.count < 3 else { break }
      index += 1
    }
    guard numbers.count >= 2, numbers[0] < 24, numbers[1] < 60, numbers.count < 3 || numbers[2] < 61 else { return nil }
    let time = numbers[0] * 3600 + numbers[1] * 60 + (numbers.count == 3 ? numbers[2] : 0)
    return offset(bytes, from: index).map { time - $0 }
  }
}
