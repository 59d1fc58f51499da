import Listings
import SmallFormats

/// Reads the times of a listing: the moment, and what told it.
///
/// Shape:  ISO 8601 with `T` or a blank, date alone, `/` or `.` between year, month and day, fractions, `Z` or an offset;
///         without an offset the time is taken as UTC. Unix seconds (9-10 digits) and milliseconds (12-13 digits). Months
///         by name and "3 days ago" in the languages of `TimeWords` and `TimeAgo`. Years from 2400 to 2643 are those of the
///         Buddhist era.
///         Where day or month may stand first (`05/06/2022`), another row of the column decides, then the point between
///         the numbers, then the custom of the platform's or the listing's country.
/// Units:  seconds since 1970 UTC.
/// Cost:   a few nanoseconds for ISO 8601, a few dozen for dates in numbers; texts allocate.
/// Fails:  a fault for everything else, never a guess from the file's own date.
enum TimeReading {
  struct Outcome: Equatable {
    var time = Dataset.noTime
    var basis = TimeBasis.none
    var fault: TimeFault?

    static func failed(_ fault: TimeFault) -> Outcome { Outcome(basis: .unreadable, fault: fault) }
  }

  /// What the row and its file say about a time besides its own text; asked for only where it counts.
  struct Surroundings {
    var capturedAt = Dataset.noTime
    var columnOrder: () -> DayOrder.First? = { nil }
    var placeOrder: () -> DayOrder.First? = { nil }
  }

  /// The usual form by place: 2022-06-01T12:37:08Z. Nil for all others.
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

  static func read(_ cell: UnsafeRawBufferPointer, _ around: Surroundings) -> Outcome {
    if let time = readUsual(cell) { return Outcome(time: time, basis: .asWritten) }
    let bytes = BlankTrimming.trimmed(cell)
    if bytes.count == 0 || MissingMark.isMissing(bytes) { return Outcome() }
    guard bytes.count <= longest else { return .failed(.noTime) }
    if let unix = unix(bytes) { return unix }
    if let date = NumericDate(bytes), date.end == bytes.count {
      return read(date, clock: TimeTokens.Clock(seconds: 0), around)
    }
    return TimeText(bytes).read(around)
  }

  /// The moment of a text that needs no surroundings.
  static func read(_ bytes: UnsafeRawBufferPointer) -> Int64? {
    let time = read(bytes, Surroundings()).time
    return time == Dataset.noTime ? nil : time
  }

  private static let longest = 120
  /// Years in which listings can have been posted.
  static let years: ClosedRange<Int64> = 1900...2199
  private static let buddhistYears: ClosedRange<Int64> = 2400...2643
  static let buddhistOffset: Int64 = 543

  // MARK: Numbers

  private static func unix(_ bytes: UnsafeRawBufferPointer) -> Outcome? {
    var value: Int64 = 0
    var digits = 0
    while digits < bytes.count, bytes[digits].isDigit, digits < 14 {
      value = value * 10 + Int64(bytes[digits] &- 0x30)
      digits += 1
    }
    if digits < bytes.count {
      // Programs write seconds with a fraction, too.
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

  /// A date in numbers, the order of day and month found where it must be.
  static func read(_ date: NumericDate, clock: TimeTokens.Clock, _ around: Surroundings) -> Outcome {
    if date.isYearFirst { return day(date.first, date.second, date.third, clock, .asWritten) }
    // Short years are of this century or the last one; the Buddhist era has its own only beside Thai words.
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
    guard let order = around.placeOrder() else { return .failed(.openOrder) }
    return day(year, date, order, clock, order == .day ? .dayFirstByPlace : .monthFirstByPlace)
  }

  private static func day(
    _ year: Int64, _ date: NumericDate, _ first: DayOrder.First, _ clock: TimeTokens.Clock, _ basis: TimeBasis
  ) -> Outcome {
    let (day, month) = first == .day ? (date.first, date.second) : (date.second, date.first)
    return self.day(year, month, day, clock, basis)
  }

  /// The outcome for a day and the time of day.
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
  private static func two(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> Int64? {
    let (a, b) = (bytes[at] &- 0x30, bytes[at + 1] &- 0x30)
    return a < 10 && b < 10 ? Int64(a) * 10 + Int64(b) : nil
  }

  @inline(__always)
  private static func four(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> Int64? {
    guard let high = two(bytes, at), let low = two(bytes, at + 2) else { return nil }
    return high * 100 + low
  }
}
