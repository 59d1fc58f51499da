@testable import Intake
import Listings
import Testing

@Suite struct TimeReadingTests {
  private func read(_ text: String) -> Int64? {
    var text = text
    return text.withUTF8 { TimeReading.read(UnsafeRawBufferPointer($0)) }
  }

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2022-06-01 12:37:08", 1_654_087_028), ("2022-06-01T12:37:08Z", 1_654_087_028),
    ("2022-06-01T14:37:08+02:00", 1_654_087_028), ("2022-06-01T14:37:08.250+0200", 1_654_087_028),
    ("2024-05-06T05:29:18.000Z", 1_714_973_358), ("2022-06-01", 1_654_041_600), ("2022/6/1", 1_654_041_600),
    ("2022.06.01 12:37", 1_654_087_020), ("2022年6月1日", 1_654_041_600), ("31/12/2022", 1_672_444_800),
    ("12/31/2022", 1_672_444_800), ("05/05/2022", 1_651_708_800), ("20220601", 1_654_041_600),
    ("1654087028", 1_654_087_028), ("1654087028123", 1_654_087_028), ("2000-02-29", 951_782_400),
    ("1969-12-31T23:59:59Z", -1), (" 2022-06-01 ", 1_654_041_600), ("2022-06-01T12:37:08 UTC", 1_654_087_028),
  ])
  func timesThatMeanOneMomentAreRead(_ text: String, _ seconds: Int64) {
    #expect(read(text) == seconds, "\(text)")
  }

  @Test(arguments: [
    "01/06/2022", "yesterday", "2022-13-01", "2022-02-30", "2023-02-29", "1900-02-29", "2022-06-01T25:00:00Z", "12", "",
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

  @Test func anUnreadableTimeIsAProblemOfItsListing() throws {
    let text = "title,posted_at\na,01/06/2022\nb,2022-06-01\nc,NA\n"
    let (dataset, problems) = try DatasetOpening.open(text: text)
    #expect(dataset.time(of: .postedAt, at: 0) == nil)
    #expect(dataset.time(of: .postedAt, at: 1) == 1_654_041_600)
    #expect(problems.kept.map(\.what) == [.timeUnreadable(.openOrder)])
    #expect(problems.kept[0].field == .postedAt)
  }
}
