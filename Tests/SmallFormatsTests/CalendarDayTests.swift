import SmallFormats
import Testing

struct CalendarDayTests {
  @Test(arguments: [
    (1970, 1, 1, 0), (1970, 1, 2, 1), (1969, 12, 31, -1), (2000, 2, 29, 11_016), (2000, 3, 1, 11_017),
    (1900, 3, 1, -25_508),
    (2026, 11, 20, 20_777), (1600, 1, 1, -135_140), (0, 1, 1, -719_528), (2400, 12, 31, 157_419),
  ])
  func datesHaveTheirKnownDayNumbers(year: Int, month: Int, day: Int, number: Int64) {
    #expect(CalendarDay.number(Int64(year), Int64(month), Int64(day)) == number)
    #expect(CalendarDay.date(ofNumber: number) == (Int64(year), Int64(month), Int64(day)))
  }

  @Test func everyDayOfFourHundredYearsFollowsTheOneBefore() {
    var (year, month, day) = (1770, 1, 1)
    var number = CalendarDay.number(Int64(year), Int64(month), Int64(day))!
    while year < 2170 {
      if CalendarDay.date(ofNumber: number) != (Int64(year), Int64(month), Int64(day))
        || CalendarDay.number(Int64(year), Int64(month), Int64(day)) != number
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
}
