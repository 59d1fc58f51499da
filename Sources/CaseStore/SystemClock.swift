import Foundation

/// The time of day as events carry it.
package enum SystemClock {
  /// RFC 3339 in UTC with whole seconds: `2026-11-18T11:06:40Z`.
  @Sendable package static func now() -> String {
    var seconds = time(nil)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func digits(_ number: Int32, _ count: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    return digits(parts.tm_year + 1900, 4) + "-" + digits(parts.tm_mon + 1, 2) + "-" + digits(parts.tm_mday, 2) + "T"
      + digits(parts.tm_hour, 2) + ":" + digits(parts.tm_min, 2) + ":" + digits(parts.tm_sec, 2) + "Z"
  }

  /// The same without separators, for the names of files: `20261118T110640Z`.
  package static func compact() -> String { now().filter { $0 != "-" && $0 != ":" } }
}
