import SmallFormats

/// Days and times as sheets keep them: a number of days, the time of day its fraction.
///
/// Shape:  ISO 8601 without a zone, for sheets know none: `2026-11-20`, `2026-11-20T08:30:00`, `08:30:00`.
/// Source: ECMA-376 part 1, 18.17.4. The 1900 system counts a 29 February 1900 that never was, because Lotus 1-2-3 did.
enum SheetTime {
  private static let millisecondsPerDay = 86_400_000
  /// Days from 1970-01-01 to the day before day 1, after and before the day that never was, and to day 0 of 1904.
  private static let (epoch1900, epochBefore60, epoch1904) = (-25_569, -25_568, -24_107)
  private static let dayThatNeverWas = 60
  /// 10000-01-01 in days since 1970.
  private static let endOfDays = 2_932_897

  /// The value as people wrote it; nil for days before the count begins and after the year 9999.
  static func text(_ value: Double, shape: NumberShape, countsFrom1904: Bool) -> String? {
    guard value >= 0, value < 3_000_000 else { return nil }
    var days = Int(value)
    var milliseconds = Int(((value - Double(days)) * Double(millisecondsPerDay)).rounded())
    if milliseconds == millisecondsPerDay {
      days += 1
      milliseconds = 0
    }
    if shape == .elapsed { return clock(milliseconds, hoursBefore: days * 24) }
    // In the 1904 system day 0 is a day; in the other it is only ever a time.
    if days == 0, milliseconds > 0 || !countsFrom1904 { return clock(milliseconds, hoursBefore: 0) }
    guard let day = day(days, countsFrom1904) else { return nil }
    return milliseconds == 0 ? day : day + "T" + clock(milliseconds, hoursBefore: 0)
  }

  private static func day(_ days: Int, _ countsFrom1904: Bool) -> String? {
    if !countsFrom1904, days == dayThatNeverWas { return "1900-02-29" }
    let epoch = countsFrom1904 ? epoch1904 : days < dayThatNeverWas ? epochBefore60 : epoch1900
    guard epoch + days < endOfDays else { return nil }
    return CalendarDay(daysSince1970: epoch + days).description
  }

  private static func clock(_ milliseconds: Int, hoursBefore: Int) -> String {
    let seconds = milliseconds / 1000
    let text =
      Digits.padded(hoursBefore + seconds / 3600, 2) + ":" + Digits.padded(seconds / 60 % 60, 2) + ":"
      + Digits.padded(seconds % 60, 2)
    return milliseconds % 1000 == 0 ? text : text + "." + Digits.padded(milliseconds % 1000, 3)
  }
}
