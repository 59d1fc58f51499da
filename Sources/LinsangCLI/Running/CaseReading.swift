import CaseStore
import Casework
import Foundation
import Listings
import Sentences
import Sightings
import SmallFormats

/// What became of the packets of a casebook: its events, and what recorded scrapes saw of their listings.
///
/// Cost:   reads the sightings of all scrapes, one file at a time: those before the packets as well, since they tell by which
///         number of its address a listing is known.
struct CaseReading {
  let casebook: Casebook
  let day: CalendarDay
  let cases: [PacketCase]

  /// - Parameter day: the day as of which it is told.
  init(_ casebook: Casebook, on day: CalendarDay) throws(CasebookError) {
    (self.casebook, self.day) = (casebook, day)
    cases = try Self.namingPlatforms(of: try casebook.packetCases().all, in: casebook)
  }

  /// All cases as of the day.
  func board() throws(CasebookError) -> CaseBoard { CaseBoard(cases, looked: try looked(), on: day) }

  /// Where an export did not note the platforms of its listings, those where the casebook saw them last.
  private static func namingPlatforms(
    of cases: [PacketCase], in casebook: Casebook
  ) throws(CasebookError) -> [PacketCase] {
    var named = cases
    for index in cases.indices where cases[index].packet.platforms.contains(nil) {
      var platforms = cases[index].packet.platforms
      for (place, key) in cases[index].packet.listings.enumerated() where platforms[place] == nil {
        platforms[place] = try casebook.listing(key)?.last.platform
      }
      named[index] = cases[index].on(platforms)
    }
    return named
  }

  /// What scrapes saw of the listings of all packets.
  private func looked() throws(CasebookError) -> [ListingKey: [ListingObservation]] {
    var platforms: [ListingKey: String] = [:]
    for one in cases {
      for (key, platform) in zip(one.packet.listings, one.packet.platforms) { platforms[key] = platform ?? "" }
    }
    if platforms.isEmpty { return [:] }
    let keys = platforms.keys.sorted()
    let now = try casebook.currentKeys()
    var earlier: [ListingKey: [ListingKey]] = [:]
    for (old, current) in now { earlier[current, default: []].append(old) }
    var sought = SoughtListings(
      keys.map { key in
        let current = now[key] ?? key
        return .init(platform: platforms[key] ?? "", keys: [key, current] + (earlier[current] ?? []))
      })
    let files = try casebook.scrapeFiles().compactMap { file in Scrape(file).map { (file, $0) } }
    for (file, scrape) in files.sorted(by: { Scrape.isBefore($0.1, $1.1) }) {
      guard let columns = PackedSightings.columns(of: try casebook.packedSightings(of: file)) else {
        throw .damaged(
          path: casebook.path,
          why: localized("the sightings of \(file.file) are in a form that this linsang does not know"))
      }
      sought.take(RecordedSightings(scrape: scrape, columns: columns))
    }
    var looked: [ListingKey: [ListingObservation]] = [:]
    for (index, key) in keys.enumerated() {
      looked[key] = sought.sightings(of: index).map {
        ListingObservation($0.scrape.day, isOnline: $0.wasSeen, scrape: $0.scrape.name)
      }
    }
    return looked
  }
}

extension Casebook {
  /// Records a step as it was typed.
  ///
  /// - Returns: the sentence for the notice, with the number by which it can be taken back.
  func record(_ draft: StepDraft, at now: UTCTime = .now, today: CalendarDay = .today) throws -> String {
    let (one, step) = try CaseReading(self, on: today).cases.step(draft, today: today, now: now)
    let number = try record(step, of: one.packet, at: now.text)
    let place = [one.packet.name, step.recipient?.organisation].compactMap { $0 }.joined(separator: ", ")
    return localized("Recorded as event \(number): \(step.screenWords) on \(step.day), \(place)")
  }

  /// Takes back the step of an event.
  func retractStep(_ number: EventNumber, note: String = "", at now: UTCTime = .now) throws -> String {
    let (one, step) = try packetCases().all.retractable(number)
    try retract(step, of: one.packet, note: note, at: now.text)
    let (words, day) = (step.step.screenWords, step.step.day)
    return localized("Taken back: event \(number), \(words) on \(day), \(one.packet.name)")
  }
}

extension UTCTime {
  /// Now, by the system's clock.
  static var now: UTCTime {
    guard let now = UTCTime(SystemClock.now()) else { preconditionFailure("the clock is beyond the year 9999") }
    return now
  }
}

extension CalendarDay {
  /// The day where the machine is.
  static var today: CalendarDay {
    var seconds = time(nil)
    var parts = tm()
    localtime_r(&seconds, &parts)
    let day = CalendarDay(year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
    return day ?? CalendarDay(daysSince1970: Int(seconds) / 86_400)
  }
}
