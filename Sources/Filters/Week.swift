import Listings
import SmallFormats

/// A week of the ISO calendar, from Monday to Sunday.
///
/// Units:  weeks since the one that holds 1970-01-01.
package struct Week: Hashable, Comparable, Sendable {
  package let number: Int

  package init(number: Int) { self.number = number }

  /// The week of a moment.
  ///
  /// - Parameter seconds: since 1970, UTC.
  package init(of seconds: Int64) {
    let rest = (seconds % CalendarDay.seconds + CalendarDay.seconds) % CalendarDay.seconds
    self.init(day: Int((seconds - rest) / CalendarDay.seconds))
  }

  /// The week of a day, counted from 1970-01-01, which was a Thursday.
  private init(day: Int) { number = (day + 3 - ((day + 3) % 7 + 7) % 7) / 7 }

  /// Parses `2026-W47`, with or without the dash; nil for a week that the year does not have.
  package init?(_ text: some StringProtocol) {
    let parts = text.uppercased().split(separator: "W", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].count == 2, let week = Int64(digits: parts[1]) else { return nil }
    let yearText = parts[0].hasSuffix("-") ? parts[0].dropLast() : parts[0]
    guard yearText.count == 4, let year = Int64(digits: yearText), let first = Self.first(of: Int(year)),
      let next = Self.first(of: Int(year) + 1), (1...Int64(next.number - first.number)).contains(week)
    else { return nil }
    number = first.number + Int(week) - 1
  }

  /// Week 1 of a year: the one with its fourth of January.
  ///
  /// Source: ISO 8601.
  private static func first(of year: Int) -> Week? {
    CalendarDay.number(Int64(year), 1, 4).map { Week(day: Int($0)) }
  }

  /// The Monday with which it begins.
  package var monday: CalendarDay { CalendarDay(daysSince1970: number * 7 - 3) }

  /// `2026-W47`.
  ///
  /// Shape:  the year is that of the week's Thursday.
  package var text: String {
    let year = Int(CalendarDay(daysSince1970: number * 7).description.prefix(4)) ?? 1970
    let week = number - (Self.first(of: year)?.number ?? number) + 1
    return "\(Digits.padded(year, 4))-W\(Digits.padded(week))"
  }

  package static func < (a: Week, b: Week) -> Bool { a.number < b.number }
}

/// What the week of a listing is compared with.
package enum WeekTest: Hashable, Sendable {
  /// From one week to another, both included; nil is an open end.
  case span(from: Week?, to: Week?)
  /// `newest`: the last week of which there are listings.
  case newest
  /// `none`: there is no date.
  case missing

  /// Parses `2026-W47`, `2026-W45..2026-W47`, `2026-W45..`, `..2026-W47` or `none`; nil for anything else.
  init?(typed text: String) {
    if text.lowercased() == "none" {
      self = .missing
    } else if ["newest", "latest", "last", "this"].contains(text.lowercased()) {
      self = .newest
    } else if let dots = text.firstRange(of: "..") {
      let (left, right) = (text[..<dots.lowerBound], text[dots.upperBound...])
      let (from, to) = (Week(left), Week(right))
      guard left.isEmpty || from != nil, right.isEmpty || to != nil, from != nil || to != nil else { return nil }
      self = .span(from: from, to: to)
    } else if let week = Week(text) {
      self = .span(from: week, to: week)
    } else {
      return nil
    }
  }

  /// The test as typed after `week:`.
  var text: String {
    switch self {
    case .missing: "none"
    case .newest: "newest"
    case .span(let from?, let to?) where from == to: from.text
    case .span(let from, let to): (from?.text ?? "") + ".." + (to?.text ?? "")
    }
  }

  /// The one week that it asks for, as a facet names it; nil for several.
  var value: ValuePattern? {
    switch self {
    case .missing: .missing
    case .span(let from?, let to?) where from == to: .exactly(from.text)
    case .span, .newest: nil
    }
  }

  /// - Parameter newest: the last week of all listings.
  func holds(for week: Week?, newest: Week?) -> Bool {
    switch self {
    case .missing: return week == nil
    case .newest: return week != nil && week == newest
    case .span(let from, let to):
      guard let week else { return false }
      return from.map { $0 <= week } ?? true && to.map { week <= $0 } ?? true
    }
  }
}

extension Dataset {
  /// When a listing was posted, or else collected; nil without either.
  ///
  /// Units:  seconds since 1970, UTC.
  package func time(at row: Int) -> Int64? { time(of: .postedAt, at: row) ?? time(of: .capturedAt, at: row) }

  /// The last week in which a listing was posted, or else collected; nil without any date.
  ///
  /// Cost:   a look at each row.
  package var newestWeek: Week? {
    (0..<rowCount).reduce(nil as Int64?) { newest, row in
      time(at: row).map { max($0, newest ?? .min) } ?? newest
    }.map { Week(of: $0) }
  }

  /// The week in which a listing was posted, or else collected.
  package func week(at row: Int) -> Week? { time(at: row).map { Week(of: $0) } }
}
