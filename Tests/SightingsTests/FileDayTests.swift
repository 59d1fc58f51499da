import SmallFormats
import Testing

@testable import Sightings

struct FileDayTests {
  @Test(arguments: [
    ("week_2026-11-18.csv", "2026-11-18"), ("ads_20261118_0104.csv", "2026-11-18"),
    ("2026_11_18/road.csv", "2026-11-18"),
    ("scrapes/2026-W47.csv", "2026-11-16"), ("bikes_2026-06-01-01-06-PM.csv", "2026-06-01"),
    ("2020-W53.csv", "2020-12-28"),
  ])
  func aDayInTheNameOfAFileOrItsFolderIsRead(name: String, day: String) {
    #expect(DayInName.day(inPath: name)?.description == day)
  }

  @Test(arguments: [
    "week47.csv", "ad 120261118.csv", "2026-13-01.csv", "2026-11-1.csv", "10020261.csv", "2026-W54.csv",
  ])
  func whatIsNoDayIsNotTakenForOne(name: String) { #expect(DayInName.day(inPath: name) == nil) }
}
