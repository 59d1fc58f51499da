import Listings
import SmallFormats

/// The day that a file's name holds.
///
/// Shape:  `2026-11-18`, with `_` or `.` for the hyphens, `20261118`, or a week as in `2026-W47`, which stands for its
///         Monday. Of several, the first counts.
/// Limits: years from 1990 to 2099, so that numbers of adverts are not taken for days.
enum DayInName {
  /// The day in the last part of a path, or in the name of its folder.
  static func day(inPath path: String) -> CalendarDay? {
    let (file, member) = ShortNames.split(path)
    let parts = file.split(separator: "/").suffix(2).reversed().map(String.init)
    for name in (member.map { [$0] } ?? []) + parts { if let day = day(in: name) { return day } }
    return nil
  }

  static func day(in name: String) -> CalendarDay? {
    let bytes = Array(name.utf8)
    for start in bytes.indices where isStart(bytes, start) {
      if let day = date(bytes, start) ?? week(bytes, start) { return day }
    }
    return nil
  }

  /// Whether four digits begin here that no digit precedes.
  private static func isStart(_ bytes: [UInt8], _ start: Int) -> Bool {
    guard start + 7 < bytes.count, start == 0 || !isDigit(bytes[start - 1]) else { return false }
    guard let year = Digits.number(bytes[start..<start + 4]) else { return false }
    return (1990...2099).contains(year)
  }

  /// A date of eight digits, with or without a mark between its parts.
  private static func date(_ bytes: [UInt8], _ start: Int) -> CalendarDay? {
    let mark = bytes[start + 4]
    let gap = isDigit(mark) ? 0 : 1
    if gap == 1, ![UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ".")].contains(mark) { return nil }
    let (month, day) = (start + 4 + gap, start + 6 + 2 * gap)
    guard day + 2 <= bytes.count, gap == 0 || bytes[month + 2] == mark,
      day + 2 == bytes.count || !isDigit(bytes[day + 2])
    else { return nil }
    guard let year = Digits.number(bytes[start..<start + 4]), let months = Digits.number(bytes[month..<month + 2]),
      let days = Digits.number(bytes[day..<day + 2])
    else { return nil }
    return CalendarDay(year: year, month: months, day: days)
  }

  /// A week of ISO 8601; its Monday.
  ///
  /// Source: ISO 8601: week 1 is the one with 4 January.
  private static func week(_ bytes: [UInt8], _ start: Int) -> CalendarDay? {
    var index = start + 4
    if [UInt8(ascii: "-"), UInt8(ascii: "_")].contains(bytes[index]) { index += 1 }
    guard index + 3 <= bytes.count, bytes[index] | 0x20 == UInt8(ascii: "w"),
      index + 3 == bytes.count || !isDigit(bytes[index + 3]),
      let year = Digits.number(bytes[start..<start + 4]), let week = Digits.number(bytes[index + 1..<index + 3]),
      (1...53).contains(week), let fourth = CalendarDay(year: year, month: 1, day: 4)
    else { return nil }
    // 1970-01-01 was a Thursday.
    let weekday = ((fourth.daysSince1970 + 3) % 7 + 7) % 7
    return CalendarDay(daysSince1970: fourth.daysSince1970 - weekday + (week - 1) * 7)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
}

/// The collection runs that the capture times of a file show.
///
/// Shape:  rows between which no six hours pass are one run, which belongs to the day it began: a scrape over midnight is
///         not torn. A run of more than a day, as of a scraper that never stops, is cut at midnight. A run with less than
///         a twentieth of the rows of the file's greatest, such as a few adverts of last week in a cache, belongs to the
///         run nearest in time.
/// Units:  hours and seconds since 1970 UTC.
/// Cost:   one pass over the file's times, and a dictionary of its hours.
struct CaptureRuns {
  /// A run.
  private struct Run {
    var first: Int64
    var last: Int64
    var rows: Int
  }

  /// Where runs begin in time, in order, and the moment at which the run they belong to began.
  private(set) var starts: [Int64] = []
  private(set) var began: [Int64] = []
  /// The run of rows without a time: the greatest.
  private var greatestRun = 0

  private static let gap: Int64 = 6
  private static let hoursPerDay: Int64 = 24

  /// Nil where no row has a time.
  init?(_ dataset: Dataset, rows: Range<Int>) {
    var hours: [Int64: Run] = [:]
    var current: (hour: Int64, run: Run)?
    let times = dataset.times(of: .capturedAt)
    for row in rows {
      let time = times[row]
      guard time != Dataset.noTime else { continue }
      let hour = time >= 0 ? time / 3600 : (time - 3599) / 3600
      if current?.hour == hour {
        current?.run.rows += 1
        if time < current!.run.first { current?.run.first = time }
        if time > current!.run.last { current?.run.last = time }
      } else {
        if let current { Self.add(current, to: &hours) }
        current = (hour, Run(first: time, last: time, rows: 1))
      }
    }
    guard let current else { return nil }
    Self.add(current, to: &hours)
    settle(Self.runs(hours))
  }

  private static func add(_ counted: (hour: Int64, run: Run), to hours: inout [Int64: Run]) {
    guard var known = hours[counted.hour] else { return hours[counted.hour] = counted.run }
    known.first = min(known.first, counted.run.first)
    known.last = max(known.last, counted.run.last)
    known.rows += counted.run.rows
    hours[counted.hour] = known
  }

  /// The runs in order of time, those of more than a day cut at midnight.
  private static func runs(_ hours: [Int64: Run]) -> [Run] {
    let sorted = hours.sorted { $0.key < $1.key }
    var runs: [Run] = []
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end].key - sorted[end - 1].key <= gap { end += 1 }
      let isLong = sorted[end - 1].key - sorted[start].key >= hoursPerDay
      var day: Int64?
      for (hour, run) in sorted[start..<end] {
        let ownDay = CalendarDay(ofTime: hour * 3600).daysSince1970
        let isNew = day == nil || isLong && Int64(ownDay) != day
        day = Int64(ownDay)
        if isNew {
          runs.append(run)
        } else {
          runs[runs.count - 1].last = run.last
          runs[runs.count - 1].rows += run.rows
        }
      }
      start = end
    }
    return runs
  }

  /// Gives small runs to the nearest great one.
  private mutating func settle(_ runs: [Run]) {
    let most = runs.map(\.rows).max() ?? 0
    let great = runs.filter { $0.rows * 20 >= most }
    greatestRun = runs.firstIndex { $0.rows == most } ?? 0
    for run in runs {
      let owner =
        run.rows * 20 >= most
        ? run : great.min { Self.distance($0, run) < Self.distance($1, run) } ?? run
      starts.append(run.first)
      began.append(owner.first)
    }
  }

  private static func distance(_ a: Run, _ b: Run) -> Int64 { max(a.first - b.last, b.first - a.last) }

  /// When the greatest run began.
  var greatest: Int64 { began[greatestRun] }

  /// The run of a moment, by its index among `starts`.
  func run(at time: Int64) -> Int {
    guard time != Dataset.noTime else { return greatestRun }
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= time { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }
}
