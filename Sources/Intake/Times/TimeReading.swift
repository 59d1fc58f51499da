import Listings
import Sentences
import SmallFormats

/// Reads the times of a listing: the moment, and how it is known.
///
/// Shape:  ISO 8601 with `T` or a blank; dates alone; `/` or `.` between year, month and day; fractions; `Z` or an offset.
///         Without an offset the time counts as UTC. Unix seconds (9-10 digits) and milliseconds (12-13 digits). Names of
///         months and "3 days ago" in the languages of `TimeWords` and `TimeAgo`. Years from 2400 to 2643 are those of the
///         Buddhist era.
///         Where day or month may come first (`05/06/2022`), another row of the column decides, then points between the
///         numbers, then the custom in the country of the platform or listing.
/// Units:  seconds since 1970 UTC.
/// Cost:   a few nanoseconds for ISO 8601, a few dozen for numeric dates; other texts allocate.
/// Fails:  with a problem for anything else; it never guesses from the date of the file.
enum TimeReading {
  /// What was read; `problem` is set where it could not be.
  struct Outcome: Equatable {
    /// Seconds since 1970 UTC; `Dataset.noTime` where there is none.
    var time = Dataset.noTime
    /// How the moment is known, which the user sees beside it.
    var basis = TimeBasis.none
    var problem: TimeProblem?

    /// An outcome without a time.
    static func failed(_ problem: TimeProblem) -> Outcome { Outcome(basis: .unreadable, problem: problem) }
  }

  /// What row and file say about a time apart from its text. The closures are only called where it matters.
  struct Surroundings {
    /// When the listing was captured, in seconds since 1970 UTC.
    var capturedAt = Dataset.noTime
    /// The order of day and month that another row of the column proves.
    var columnOrder: () -> DayOrder.First? = { nil }
    /// The order that is customary in the country of the listing or platform.
    var localOrder: () -> DayOrder.First? = { nil }
  }

  /// The usual form, by position: 2022-06-01T12:37:08Z. Nil for any other.
  ///
  /// Cost:   a few nanoseconds, inlined; a blank may replace the `T`.
  @inline(__always)
  static func readUsual(_ bytes: UnsafeRawBufferPointer) -> Int64? {
    guard bytes.count >= 19, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[13] == 0x3A, bytes[16] == 0x3A,
      let year = four(bytes, 0), let month = two(bytes, 5), let day = two(bytes, 8), let hour = two(bytes, 11),
      let minute = two(bytes, 14), let second = two(bytes, 17), bytes[10] == 0x54 || bytes[10] == 0x20,
      bytes.count == 19 || bytes.count == 20 && bytes[19] == 0x5A, years.contains(year),
      let days = CalendarDay.number(year, month, day), hour < 24, minute < 60, second < 61
    else { return nil }
    return days * CalendarDay.seconds + hour * 3600 + minute * 60 + second
  }

  /// Reads a time in any notation.
  ///
  /// Shape:  empty and missing cells have no time and no problem.
  /// Cost:   the notations are tried from the cheapest to the most expensive; only words allocate.
  /// Fails:  with `noTime` for texts longer than `maximumLength`.
  static func read(_ cell: UnsafeRawBufferPointer, _ around: Surroundings) -> Outcome {
    if let time = readUsual(cell) { return Outcome(time: time, basis: .asWritten) }
    let bytes = BlankTrimming.trimmed(cell)
    if bytes.count == 0 || MissingMark.isMissing(bytes) { return Outcome() }
    guard bytes.count <= maximumLength else { return .failed(.noTime) }
    if let unix = unix(bytes) { return unix }
    if let date = NumericDate(bytes), date.end == bytes.count {
      return read(date, clock: TimeTokens.Clock(seconds: 0), around)
    }
    return TimeText(bytes).read(around)
  }

  /// The moment in a text that needs no context; nil for any other.
  static func read(_ bytes: UnsafeRawBufferPointer) -> Int64? {
    let time = read(bytes, Surroundings()).time
    return time == Dataset.noTime ? nil : time
  }

  /// Bytes of a text that may be a time.
  private static let maximumLength = 120
  /// Years in which listings may have been posted.
  static let years: ClosedRange<Int64> = 1900...2199
  /// Years that only the Buddhist era has.
  private static let buddhistYears: ClosedRange<Int64> = 2400...2643
  /// What a Buddhist year is ahead.
  static let buddhistOffset: Int64 = 543

  // MARK: Numbers

  /// Reads a text of digits: seconds, milliseconds, or a date such as 20220601. Nil for anything else.
  ///
  /// Shape:  9 or 10 digits are seconds, 12 or 13 milliseconds, 8 a date; other lengths are no time.
  /// Limits: dates of 8 digits are accepted from 1990 to 2100, since other numbers of 8 digits are seldom dates.
  private static func unix(_ bytes: UnsafeRawBufferPointer) -> Outcome? {
    var value: Int64 = 0
    var digits = 0
    while digits < bytes.count, bytes[digits].isDigit, digits < 14 {
      value = value * 10 + Int64(bytes[digits] &- 0x30)
      digits += 1
    }
    if digits < bytes.count {
      // Some programs write seconds with a fraction.
      guard digits == 10, bytes[digits] == UInt8(ascii: "."), bytes.dropFirst(digits + 1).allSatisfy(\.isDigit) else {
        return nil
      }
    }
    switch digits {
    case 8:
      guard (1990...2100).contains(value / 10_000) else { return .failed(.noTime) }
      return day(value / 10_000, value / 100 % 100, value % 100, TimeTokens.Clock(seconds: 0), .asWritten)
    case 9, 10: return Outcome(time: value, basis: .unixSeconds)
    case 12, 13: return Outcome(time: value / 1000, basis: .unixMilliseconds)
    default: return .failed(.noTime)
    }
  }

  /// Reads a numeric date, determining the order of day and month if necessary.
  ///
  /// Shape:  the year first, or proof in the numbers, or the Buddhist era; otherwise column, points and place are asked in turn.
  static func read(_ date: NumericDate, clock: TimeTokens.Clock, _ around: Surroundings) -> Outcome {
    if date.isYearFirst { return day(date.first, date.second, date.third, clock, .asWritten) }
    // Short years belong to this century or the last. The Buddhist era has short years only beside Thai words.
    let year = date.hasShortYear ? date.third + (date.third < 70 ? 2000 : 1900) : date.third
    if let shown = date.shown ?? (date.first == date.second ? .day : nil) {
      return day(year, date, shown, clock, .asWritten)
    }
    guard date.first <= 12, date.second <= 12 else { return .failed(.noSuchDay) }
    if buddhistYears.contains(year) { return day(year, date, .day, clock, .buddhistYear) }
    if let order = around.columnOrder() {
      return day(year, date, order, clock, order == .day ? .dayFirstByColumn : .monthFirstByColumn)
    }
    if date.mark == UInt8(ascii: ".") { return day(year, date, .day, clock, .dayFirstByPoints) }
    guard let order = around.localOrder() else { return .failed(.openOrder) }
    return day(year, date, order, clock, order == .day ? .dayFirstByPlace : .monthFirstByPlace)
  }

  /// The outcome for a numeric date in the given order.
  ///
  /// Shape:  `first` says whether `date.first` is the day or the month; the year is passed apart, as it may be completed.
  private static func day(
    _ year: Int64, _ date: NumericDate, _ first: DayOrder.First, _ clock: TimeTokens.Clock, _ basis: TimeBasis
  ) -> Outcome {
    let (day, month) = first == .day ? (date.first, date.second) : (date.second, date.first)
    return self.day(year, month, day, clock, basis)
  }

  /// The outcome for a day and a time of day.
  ///
  /// Shape:  a year that only the Buddhist era has is converted, and its basis says so.
  /// Fails:  with `noSuchDay` for a day that the calendar lacks, and for years outside `years`.
  static func day(
    _ year: Int64, _ month: Int64, _ day: Int64, _ clock: TimeTokens.Clock, _ basis: TimeBasis
  ) -> Outcome {
    let isBuddhist = buddhistYears.contains(year)
    let common = isBuddhist ? year - buddhistOffset : year
    guard years.contains(common), let number = CalendarDay.number(common, month, day) else {
      return .failed(.noSuchDay)
    }
    let time = number * CalendarDay.seconds + clock.seconds - clock.offset
    return Outcome(time: time, basis: isBuddhist ? .buddhistYear : basis)
  }

  @inline(__always)
  /// Two digits as a number.
  private static func two(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> Int64? {
    let (a, b) = (bytes[at] &- 0x30, bytes[at + 1] &- 0x30)
    return a < 10 && b < 10 ? Int64(a) * 10 + Int64(b) : nil
  }

  @inline(__always)
  /// Four digits as a number.
  private static func four(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> Int64? {
    guard let high = two(bytes, at), let low = two(bytes, at + 2) else { return nil }
    return high * 100 + low
  }
}

/// Why no moment could be read from a time.
package enum TimeProblem: String, Sendable, CaseIterable {
  /// In turn: no date is recognised; the calendar lacks the day; day and month could be either; "3 days ago" of no known day.
  case noTime, noSuchDay, openOrder, noCaptureTime

  /// The reason as a clause.
  func sentence(_ say: Wording) -> String {
    switch self {
    case .noTime: say(Sentence("no day is named that could be read"))
    case .noSuchDay: say(Sentence("there is no such day or hour, or its year is none from 1900 to 2199"))
    case .openOrder:
      say(Sentence("day or month may stand first, and neither another row of the column nor the country tells which"))
    case .noCaptureTime: say(Sentence("it is counted back from the time of capture, which the listing does not give"))
    }
  }
}

/// A date of three numbers separated by one kind of mark: `2022-06-01`, `27/03/2022`, `1.6.22`.
///
/// Cost:   one pass without allocation, since columns of a million such dates are common.
struct NumericDate: Equatable {
  /// The three numbers, in the order of the text.
  let first: Int64
  /// The number after the first mark: day or month.
  let second: Int64
  /// The number after the second mark: the year, or the day if the year comes first.
  let third: Int64
  /// Whether the year comes first; otherwise it comes last.
  let isYearFirst: Bool
  /// Whether the year has two digits.
  let hasShortYear: Bool
  /// The byte between the numbers.
  let mark: UInt8
  /// Where the date ends in the text.
  let end: Int

  /// The date at the beginning of `bytes`; nil where there is none.
  ///
  /// Shape:  four digits make a year; two digits at the end may be one.
  init?(_ bytes: UnsafeRawBufferPointer) {
    var numbers: (Int64, Int64, Int64) = (0, 0, 0)
    var lengths: (Int, Int, Int) = (0, 0, 0)
    var index = 0
    var mark: UInt8 = 0
    for part in 0..<3 {
      let start = index
      var value: Int64 = 0
      while index < bytes.count, bytes[index].isDigit, index - start < 5 {
        value = value * 10 + Int64(bytes[index] &- 0x30)
        index += 1
      }
      switch part {
      case 0: (numbers.0, lengths.0) = (value, index - start)
      case 1: (numbers.1, lengths.1) = (value, index - start)
      default: (numbers.2, lengths.2) = (value, index - start)
      }
      guard index > start else { return nil }
      if part == 2 { break }
      guard index < bytes.count, Self.isMark(bytes[index]), part == 0 || bytes[index] == mark else { return nil }
      mark = bytes[index]
      index += 1
    }
    guard lengths.1 <= 2 else { return nil }
    isYearFirst = lengths.0 == 4
    hasShortYear = lengths.2 == 2 && !isYearFirst
    guard isYearFirst ? lengths.2 <= 2 : lengths.0 <= 2 && (lengths.2 == 4 || lengths.2 == 2) else { return nil }
    (first, second, third) = numbers
    self.mark = mark
    end = index
  }

  /// Whether a byte can separate the numbers. Colons and blanks cannot.
  private static func isMark(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".")
  }

  /// Which of day and month comes first, where the numbers prove it.
  var shown: DayOrder.First? {
    guard !isYearFirst, (1...31).contains(first), (1...31).contains(second) else { return nil }
    if first > 12, second <= 12 { return .day }
    return second > 12 && first <= 12 ? .month : nil
  }
}
