import Filters
import ListingsTestSupport
import Testing

struct TimeSpanTests {
  @Test(arguments: 0..<50 as Range<UInt64>)
  func aSecondIsReadFromItsText(seed: UInt64) {
    var dice = Dice(seed: seed)
    for _ in 0..<20 {
      let day = (Int64(dice.below(146_097)) - 73_000) * 86_400
      for second in [day, day + 1, day + 86_399, day + Int64(dice.below(86_400))] {
        #expect(TimeSpan.span(TimeSpan.text(second))?.lowerBound == second)
        #expect((TimeSpan.span(TimeSpan.text(lastSecond: second))?.upperBound).map { $0 - 1 } == second)
      }
    }
  }

  @Test(arguments: [
    "", "26", "02026", "2026-", "2026-00", "2026-13", "2026-02-29", "2026-04-31", "2026-11-00", "2026-11-20T",
    "2026-11-20T8", "2026-11-20T24:00",
    "2026-11-20T08:60", "2026-11-20T08:30:60", "2026T08:30", "2026-11T08:30", "+202", "2026-+1-01", "-2026", "２０２６",
    "2026-11-20T08:30:15:00",
    "2026-99999999999999999999",
  ])
  func whatIsNoDateIsRefused(text: String) {
    #expect(TimeSpan.span(text) == nil)
  }

  @Test func leapDaysExistInLeapYearsOnly() {
    #expect(TimeSpan.span("2024-02-29") != nil)
    #expect(TimeSpan.span("2000-02-29") != nil)
    #expect(TimeSpan.span("1900-02-29") == nil)
    #expect(TimeSpan.span("2024-02")?.count == 29 * 86_400)
  }
}
