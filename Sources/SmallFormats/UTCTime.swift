/// A moment to the second, as every time in a packet is written: `2026-11-18T11:06:40Z`.
///
/// Shape:  RFC 3339, UTC, whole seconds, years 0001 to 9999.
package struct UTCTime: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let text: String
  /// The day alone, `2026-11-18`.
  package var day: String { String(text.prefix(10)) }
  package var description: String { text }

  /// The time written in `text`; nil unless it has exactly the shape and names a second that exists.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 20, bytes[10] == 0x54, bytes[13] == 0x3a, bytes[16] == 0x3a, bytes[19] == 0x5a,
      CalendarDay(text.prefix(10)) != nil,
      let hour = Digits.number(bytes[11..<13]), let minute = Digits.number(bytes[14..<16]),
      let second = Digits.number(bytes[17..<19]), hour < 24, minute < 60, second < 60
    else { return nil }
    self.text = text
  }

  /// The time that lies `seconds` after 1970-01-01T00:00:00Z; nil outside the years 0001 to 9999.
  package init?(unixSeconds seconds: Int64) {
    guard seconds >= -62_135_596_800, seconds <= 253_402_300_799 else { return nil }
    let rest = Int((seconds % CalendarDay.seconds + CalendarDay.seconds) % CalendarDay.seconds)
    let day = CalendarDay(daysSince1970: Int((seconds - Int64(rest)) / CalendarDay.seconds))
    text =
      "\(day)T\(Digits.padded(rest / 3600, 2)):\(Digits.padded(rest / 60 % 60, 2)):\(Digits.padded(rest % 60, 2))Z"
  }

  // The shape has a fixed width, so the order of the texts is the order of the times.
  package static func < (a: UTCTime, b: UTCTime) -> Bool { a.text < b.text }
}
