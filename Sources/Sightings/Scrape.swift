import SmallFormats

/// The files of one collection run, and the day it belongs to.
///
/// Shape:  named by its day, `2026-11-18`, or by the label that a person gave it. Scrapes of one name are one scrape.
package struct Scrape: Equatable, Sendable {
  /// How its day is known.
  package enum Basis: String, Sendable {
    /// A person named it.
    case label
    /// The times at which its rows were captured.
    case capturedAt = "captured_at"
    /// A day in the name of its file or folder.
    case fileName = "file_name"
    /// The time at which its file was last changed.
    case fileTime = "file_time"
  }

  /// What it is called on the screen and in JSON.
  package let name: String
  /// The day it began.
  package let day: CalendarDay
  /// When it began, in seconds since 1970 UTC; the beginning of its day where no time is known.
  package let began: Int64
  /// How the day is known; of several files, the best of theirs.
  package let basis: Basis

  package init(name: String, day: CalendarDay, began: Int64, basis: Basis) {
    (self.name, self.day, self.began, self.basis) = (name, day, began, basis)
  }

  /// A scrape known by a moment, named by its day.
  init(at time: Int64, basis: Basis) {
    let day = CalendarDay(ofTime: time)
    self.init(name: day.description, day: day, began: time, basis: basis)
  }

  /// The scrape as it is with a further part of it: the earlier of both beginnings counts.
  func joined(with other: Scrape) -> Scrape {
    let first = other.began < began ? other : self
    let best = Self.rank(other.basis) < Self.rank(basis) ? other.basis : basis
    return Scrape(name: name, day: first.day, began: first.began, basis: best)
  }

  /// The same scrape under the name that a person gave it.
  func labelled(_ label: String) -> Scrape {
    // A label that is a day is meant as that day.
    if let day = CalendarDay(label) {
      let isThatDay = self.day == day
      let start = Int64(day.daysSince1970) * CalendarDay.seconds
      return Scrape(name: label, day: day, began: isThatDay ? began : start, basis: .label)
    }
    return Scrape(name: label, day: day, began: began, basis: .label)
  }

  private static func rank(_ basis: Basis) -> Int {
    switch basis {
    case .label: 0
    case .capturedAt: 1
    case .fileName: 2
    case .fileTime: 3
    }
  }

  /// The order in which scrapes are held against each other.
  package static func isBefore(_ a: Scrape, _ b: Scrape) -> Bool {
    (a.day, a.began, a.name) < (b.day, b.began, b.name)
  }
}

extension CalendarDay {
  /// The day of a moment in seconds since 1970 UTC.
  package init(ofTime time: Int64) {
    let day = time / Self.seconds - (time % Self.seconds < 0 ? 1 : 0)
    self.init(daysSince1970: Int(day))
  }
}
