import Filters
import ListingsTestSupport
import Testing

struct CivilTimeTests {
  @Test(arguments: [
    (1970, 1, 1, 0), (1970, 1, 2, 1), (1969, 12, 31, -1), (2000, 2, 29, 11_016), (2000, 3, 1, 11_017),
    (1900, 3, 1, -25_508),
    (2026, 11, 20, 20_777), (1600, 1, 1, -135_140), (0, 1, 1, -719_528), (2400, 12, 31, 157_419),
  ])
  func datesHaveTheirKnownDayNumbers(year: Int, month: Int, day: Int, number: Int64) {
    #expect(CivilTime.days(year: year, month: month, day: day) == number)
    #expect(CivilTime.civil(days: number) == (year, month, day))
  }

  @Test func everyDayOfFourHundredYearsFollowsTheOneBefore() {
    var (year, month, day) = (1770, 1, 1)
    var number = CivilTime.days(year: year, month: month, day: day)
    while year < 2170 {
      if CivilTime.civil(days: number) != (year, month, day)
        || CivilTime.days(year: year, month: month, day: day) != number
      {
        Issue.record("\(year)-\(month)-\(day) is not day \(number)")
        return
      }
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      number += 1
      day += 1
      if day > lengths[month - 1] { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
    }
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func aSecondIsReadFromItsText(seed: UInt64) {
    var dice = Dice(seed: seed)
    for _ in 0..<20 {
      let day = (Int64(dice.below(146_097)) - 73_000) * 86_400
      for second in [day, day + 1, day + 86_399, day + Int64(dice.below(86_400))] {
        #expect(CivilTime.span(CivilTime.text(second))?.lowerBound == second)
        #expect((CivilTime.span(CivilTime.text(lastSecond: second))?.upperBound).map { $0 - 1 } == second)
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
    #expect(CivilTime.span(text) == nil)
  }

  @Test func leapDaysExistInLeapYearsOnly() {
    #expect(CivilTime.span("2024-02-29") != nil)
    #expect(CivilTime.span("2000-02-29") != nil)
    #expect(CivilTime.span("1900-02-29") == nil)
    #expect(CivilTime.span("2024-02")?.count == 29 * 86_400)
  }
}
