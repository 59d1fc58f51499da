import Foundation
import ListingsTestSupport
import Testing

@testable import Packets

@Suite struct PacketTimeTests {
  @Test func secondsGiveTheTimesTheCLibraryGives() {
    var seed = Dice(seed: 7)
    for _ in 0..<2000 {
      var moment = time_t(Int64.random(in: -62_135_596_800...253_402_300_799, using: &seed))
      var parts = tm()
      gmtime_r(&moment, &parts)
      let expected = String(
        format: "%04d-%02d-%02dT%02d:%02d:%02dZ", Int(parts.tm_year) + 1900, parts.tm_mon + 1, parts.tm_mday,
        parts.tm_hour, parts.tm_min, parts.tm_sec)
      #expect(PacketTime(unixSeconds: Int64(moment))?.text == expected)
      #expect(PacketTime(expected)?.text == expected)
    }
  }

  @Test(arguments: [
    "", "2026-11-18", "2026-11-18T11:06:40", "2026-11-18 11:06:40Z", "2026-11-18T24:00:00Z", "2026-11-18T11:60:00Z",
    "2026-11-31T11:00:00Z", "1900-02-29T00:00:00Z", "2026-11-18T11:06:40+", "0000-01-01T00:00:00Z",
  ])
  func otherShapesAndTimesThatDoNotExistAreRefused(text: String) { #expect(PacketTime(text) == nil) }

  @Test func timesOutsideFourDigitYearsAreRefused() {
    #expect(PacketTime(unixSeconds: 253_402_300_800) == nil)
    #expect(PacketTime(unixSeconds: .min) == nil)
    #expect(PacketTime(unixSeconds: .max) == nil)
  }

  @Test func numbersOfPacketsHaveOneShape() {
    #expect(PacketID(year: 2026, number: 7)?.text == "LNS-2026-000007")
    #expect(PacketID("LNS-2026-000007") == PacketID(year: 2026, number: 7))
    #expect(PacketID("LNS-2026-7K3Q-000007")?.text == "LNS-2026-7K3Q-000007")
    #expect(PacketID("LNS-2026-0000-000007") != PacketID("LNS-2026-000007"))
    for text in [
      "LNS-2026-7", "lns-2026-000007", "LNS-2026-000007/..", "LNS-２０２６-000007", "", "LNS-2026-7K3-000007",
      "LNS-2026-7K3QQ-000007", "LNS-2026-7k3q-000007", "LNS-2026-7L3Q-000007", "LNS-2026-7O3Q-000007",
      "LNS-2026-../.-000007", "LNS-2026--000007", "LNS-2026-7K3Q-7K3Q-000007", "LNS-2026-7K3Q-00007",
    ] {
      #expect(PacketID(text) == nil)
    }
    #expect(PacketID(year: 2026, number: 1_000_000) == nil)
  }
}
