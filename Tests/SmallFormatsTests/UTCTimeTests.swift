import Foundation
import ListingsTestSupport
import Testing

import SmallFormats

@Suite struct UTCTimeTests {
  @Test func secondsGiveTheTimesTheCLibraryGives() {
    var seed = Dice(seed: 7)
    for _ in 0..<2000 {
      var moment = time_t(Int64.random(in: -62_135_596_800...253_402_300_799, using: &seed))
      var parts = tm()
      gmtime_r(&moment, &parts)
      let expected = String(
        format: "%04d-%02d-%02dT%02d:%02d:%02dZ", Int(parts.tm_year) + 1900, parts.tm_mon + 1, parts.tm_mday,
        parts.tm_hour, parts.tm_min, parts.tm_sec)
      #expect(UTCTime(unixSeconds: Int64(moment))?.text == expected)
      #expect(UTCTime(expected)?.text == expected)
    }
  }

  @Test(arguments: [
    "", "2026-11-18", "2026-11-18T11:06:40", "2026-11-18 11:06:40Z", "2026-11-18T24:00:00Z", "2026-11-18T11:60:00Z",
    "2026-11-31T11:00:00Z", "1900-02-29T00:00:00Z", "2026-11-18T11:06:40+", "0000-01-01T00:00:00Z",
  ])
  func otherShapesAndTimesThatDoNotExistAreRefused(text: String) { #expect(UTCTime(text) == nil) }

  @Test func timesOutsideFourDigitYearsAreRefused() {
    #expect(UTCTime(unixSeconds: 253_402_300_800) == nil)
    #expect(UTCTime(unixSeconds: .min) == nil)
    #expect(UTCTime(unixSeconds: .max) == nil)
  }

}
