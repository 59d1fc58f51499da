@testable import Intake
import Listings
import ListingsTestSupport
import Testing
import SmallFormats

@Suite struct TimeReadingTests {
  private func read(_ text: String) -> Int64? {
    var text = text
    return text.withUTF8 { TimeReading.read(UnsafeRawBufferPointer($0)) }
  }

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2022-06-01 12:37:08", 1_654_087_028), ("2022-06-01T12:37:08Z", 1_654_087_028),
    ("2022-06-01T14:37:08+02:00", 1_654_087_028), ("2022-06-01T14:37:08.250+0200", 1_654_087_028),
    ("2024-05-06T05:29:18.000Z", 1_714_973_358), ("2022-06-01", 1_654_041_600), ("2022/6/1", 1_654_041_600),
    ("2022.06.01 12:37", 1_654_087_020), ("1.6.2022", 1_654_041_600), ("1654087028.25", 1_654_087_028),
    ("2022年6月1日", 1_654_041_600), ("31/12/2022", 1_672_444_800),
    ("12/31/2022", 1_672_444_800), ("05/05/2022", 1_651_708_800), ("20220601", 1_654_041_600),
    ("1654087028", 1_654_087_028), ("1654087028123", 1_654_087_028), ("2000-02-29", 951_782_400),
    ("1969-12-31T23:59:59Z", -1), (" 2022-06-01 ", 1_654_041_600), ("2022-06-01T12:37:08 UTC", 1_654_087_028),
  ])
  func timesThatMeanOneMomentAreRead(_ text: String, _ seconds: Int64) {
    #expect(read(text) == seconds, "\(text)")
  }

  @Test(arguments: [
    "01/06/2022", "yesterday", "1402/05/12", "27/03", "3月27日", "March 2022", "2022-13-01", "2022-02-30", "2023-02-29",
    "1900-02-29", "2022-06-01T25:00:00Z", "12", "",
    "2022-06-01T12:37:08+99:00", "3 days ago", "2022-06", "1/2/3", "2022-06-01Tnoon",
  ])
  func timesThatDoNotAreLeftOut(_ text: String) {
    #expect(read(text) == nil, "\(text)")
  }

  @Test func everyDayFollowsTheOneBefore() {
    var expected: Int64 = -25_567
    for year in Int64(1900)...2100 {
      for month in Int64(1)...12 {
        for day in Int64(1)...31 {
          guard let days = CalendarDay.number(year, month, day) else { continue }
          #expect(days == expected)
          expected = days + 1
        }
      }
    }
  }

  /// Thursday 2026-11-26 08:00 UTC.
  private static let captured: Int64 = 1_795_680_000

  private func outcome(_ text: String, captured: Int64 = captured) -> TimeReading.Outcome {
    withBytes([text]) { TimeReading.read($0[0], TimeReading.Surroundings(capturedAt: captured)) }
  }

  @Test(arguments: [
    "27 March 2022", "March 27, 2022", "Mar 27 2022", "27-Mar-22", "Sunday, 27 March 2022", "27. März 2022",
    "27 de marzo de 2022", "27 mars 2022", "27 de março de 2022", "27 Maret 2022", "27 марта 2022 г.", "27 มี.ค. 2022",
    "27 มีนาคม 2565", "27 มี.ค. 65", "27/03/2565", "2565-03-27", "27 مارس 2022", "٢٧ مارس ٢٠٢٢", "2022年3月27日",
    "2022년 3월 27일",
    "ngày 27 tháng 3 năm 2022", "27 tháng 3, 2022", "27/03/22", "Thứ 2, 27/03/2022", "27.03.2022", "20220327",
  ])
  func oneDayIsReadInManyLanguages(_ text: String) {
    #expect(outcome(text).time == 1_648_339_200, "\(text)")
  }

  @Test(arguments: [
    "27 March 2022 at 10:15 PM", "27 Mar 2022 22:15:00 +0000", "Mon, 28 Mar 2022 05:15:00 +0700", "27 мар 2022 в 22:15",
    "2022年3月27日 下午10:15", "27 มี.ค. 2565 22.15 น.", "27 mars 2022 à 22h15", "27/03/2022, 22:15", "27/03/2022 10:15 p.m.",
  ])
  func theTimeOfDayIsReadBesideADayInWords(_ text: String) {
    #expect(outcome(text).time == 1_648_419_300, "\(text)")
  }

  @Test(arguments: [
    "3 days ago", "3天前", "3 วันที่แล้ว", "เมื่อ 3 วันก่อน", "hace 3 días", "il y a 3 jours", "há 3 dias", "vor 3 Tagen",
    "3 hari yang lalu", "3 ngày trước", "3 дня назад", "3日前", "3일 전", "منذ 3 أيام", "3d", "72 hours ago",
  ])
  func threeDaysAgoAreCountedFromTheCapture(_ text: String) {
    let read = outcome(text)
    #expect(read.time == Self.captured - 3 * 86_400, "\(text)")
    #expect(read.basis == .beforeCapture)
    #expect(outcome(text, captured: Dataset.noTime) == .failed(.noCaptureTime), "\(text)")
  }

  @Test(arguments: [
    "yesterday", "昨天", "เมื่อวาน", "ayer", "hier", "ontem", "gestern", "kemarin", "hôm qua", "вчера", "昨日", "어제", "أمس",
  ])
  func yesterdayIsTheDayBeforeTheCapture(_ text: String) {
    #expect(outcome(text).time == 1_795_564_800, "\(text)")
    #expect(outcome(text + " 10:30").time == 1_795_564_800 + 37_800, "\(text)")
  }

  @Test func monthsAndYearsAgoAreThoseOfTheCalendar() {
    let march31: Int64 = 1_774_915_200
    #expect(outcome("1 month ago", captured: march31).time == 1_772_236_800)  // 28 February 2026
    #expect(outcome("2 years ago", captured: march31).time == 1_711_843_200)
    #expect(outcome("an hour ago", captured: march31).time == march31 - 3600)
    #expect(outcome("just now", captured: march31).time == march31)
  }

  @Test func theBasisSaysWhatToldTheMoment() {
    let bases: [(String, TimeBasis)] = [
      ("2022-06-01", .asWritten), ("27/03/2022", .asWritten), ("1654087028", .unixSeconds),
      ("1654087028123", .unixMilliseconds), ("1 June 2022", .monthName), ("05.06.2022", .dayFirstByPoints),
      ("05/06/2565", .buddhistYear), ("2565-06-05", .buddhistYear), ("soon", .unreadable), ("05/06/2022", .unreadable),
      ("", .none), ("NA", .none),
    ]
    for (text, basis) in bases { #expect(outcome(text).basis == basis, "\(text)") }
    #expect(outcome("05/06/2022").problem == .openOrder)
    #expect(outcome("2022-02-30").problem == .noSuchDay)
    #expect(outcome("soon").problem == .noTime)
  }

  @Test func bothBasesOfARowFitIntoAByte() {
    for posted in TimeBasis.allCases {
      for captured in TimeBasis.allCases {
        let bases = TimeBases(posted: posted, captured: captured)
        #expect(bases[.postedAt] == posted && bases[.capturedAt] == captured)
      }
    }
  }

  @Test func everyDayReadsBackFromEveryWriting() {
    var random = Dice(seed: 17)
    let names = [
      "January", "Februar", "mars", "abril", "Mei", "июня", "ก.ค.", "août", "septiembre", "ตุลาคม", "Nov", "des",
    ]
    for _ in 0..<Trials.count(1_000) {
      let number = Int64.random(in: 0..<40_000, using: &random)
      let (year, month, day) = CalendarDay.date(ofNumber: number)
      let padded = { (value: Int64) in value < 10 ? "0\(value)" : "\(value)" }
      let surfaceForms = [
        "\(year)-\(padded(month))-\(padded(day))", "\(year)/\(month)/\(day)", "\(day).\(month).\(year)",
        "\(day) \(names[Int(month) - 1]) \(year)", "\(year)年\(month)月\(day)日", "\(day)/\(month)/\(year + 543)",
        "\(names[Int(month) - 1]) \(padded(day)), \(year)", "\(year)-\(padded(month))-\(padded(day))T00:00:00Z",
      ]
      let text = surfaceForms.randomElement(using: &random)!
      let read = outcome(text)
      let isMonthFirst = text.hasSuffix("\(year + 543)") && day <= 12
      #expect(read.time == number * 86_400 || isMonthFirst && read.basis == .unreadable, "\(text): \(read)")
    }
  }

  @Test func anyTextIsReadWithoutHarm() {
    var random = Dice(seed: 23)
    let parts = [
      "1", "12", "31", "2022", "2565", "/", "-", ".", ":", " ", "T", "Z", "+07:00", "March", "มี.ค.", "ago", "days",
      "天前",
      "yesterday", "年", "月", "日", "pm", ",", "\u{1B}[0m", "٣", "h",
    ]
    for _ in 0..<Trials.count(1_000) {
      let text = (0..<Int.random(in: 0..<9, using: &random)).map { _ in parts.randomElement(using: &random)! }.joined()
      let read = outcome(text)
      #expect((read.problem != nil) == (read.basis == .unreadable), "\(text)")
      #expect((read.time == Dataset.noTime) == (read.basis == .unreadable || read.basis == .none), "\(text)")
      guard read.time != Dataset.noTime, read.basis != .unixSeconds, read.basis != .unixMilliseconds else { continue }
      let year = CalendarDay.date(ofNumber: Int64((Double(read.time) / 86_400).rounded(.down))).year
      #expect((1850...2200).contains(year), "\(text) was read as the year \(year)")
    }
  }
}
