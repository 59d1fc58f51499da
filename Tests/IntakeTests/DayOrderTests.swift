@testable import Intake
import Listings
import Testing

/// Dates in which day or month may stand first.
@Suite struct DayOrderTests {
  private static let fifthOfJune: Int64 = 1_654_387_200
  private static let sixthOfMay: Int64 = 1_651_795_200

  @Test func oneRowThatCanBeReadInOneWayOnlyDecidesForItsColumn() throws {
    let text = "title,posted_at\na,05/06/2022\nb,27/03/2022\nc,5/6/2022 10:00\n"
    let (dataset, problems) = try DatasetOpening.open(text: text)
    #expect(problems.isEmpty)
    #expect(dataset.time(of: .postedAt, at: 0) == Self.fifthOfJune)
    #expect(dataset.time(of: .postedAt, at: 2) == Self.fifthOfJune + 36_000)
    #expect(dataset.timeBasis(of: .postedAt, at: 0) == .dayFirstByColumn)
    #expect(dataset.timeSentence(of: .postedAt, at: 0) == "day first, because row 2 says 27/03/2022")
    #expect(dataset.timeSentence(of: .postedAt, at: 1) == nil)
  }

  @Test func monthsStandFirstWhereARowShowsIt() throws {
    let (dataset, _) = try DatasetOpening.open(text: "title,posted_at\na,05/06/2022\nb,03/27/2022\n")
    #expect(dataset.time(of: .postedAt, at: 0) == Self.sixthOfMay)
    #expect(dataset.timeSentence(of: .postedAt, at: 0) == "month first, because row 2 says 03/27/2022")
  }

  @Test func aColumnThatContradictsItselfDecidesNothing() throws {
    let text = "title,posted_at\na,05/06/2022\nb,27/03/2022\nc,03/27/2022\n"
    let (dataset, problems) = try DatasetOpening.open(text: text)
    #expect(dataset.time(of: .postedAt, at: 0) == nil)
    #expect(dataset.time(of: .postedAt, at: 1) == dataset.time(of: .postedAt, at: 2))
    #expect(problems.kept.map(\.what) == [.timeUnreadable(.openOrder)])
    #expect(dataset.timeSentence(of: .postedAt, at: 0) == "could not be read as a time")
  }

  @Test func elseTheCustomOfThePlatformOrTheCountryDecidesAndSaysSo() throws {
    let text = """
      title,url,country,posted_at
      a,https://shop.example.co.th/1,,05/06/2022
      b,,JP,05/06/2022
      c,,AU,05/06/2022
      d,,,05/06/2022
      """
    let (dataset, problems) = try DatasetOpening.open(text: text)
    #expect(dataset.time(of: .postedAt, at: 0) == Self.fifthOfJune)
    #expect(dataset.timeBasis(of: .postedAt, at: 0) == .dayFirstByPlace)
    #expect(dataset.time(of: .postedAt, at: 1) == nil)
    #expect(dataset.time(of: .postedAt, at: 2) == Self.fifthOfJune)
    #expect(dataset.timeSentence(of: .postedAt, at: 2)?.contains("custom of the country") == true)
    #expect(problems.count(of: .timeUnreadable) == 2)
  }

  @Test func theOrderDoesNotDependOnHowTheFileIsCut() throws {
    var text = "title,posted_at\n"
    for row in 0..<5000 { text += "t\(row),0\(row % 5 + 1)/06/2022\n" }
    text += "last,06/25/2022\n"
    for workers in 1...3 {
      let (dataset, problems) = try DatasetOpening.open(Array(text.utf8), pieceSize: 512, workers: workers)
      #expect(problems.isEmpty)
      #expect(dataset.time(of: .postedAt, at: 4) == Self.sixthOfMay)
      #expect((0..<5000).allSatisfy { dataset.timeBasis(of: .postedAt, at: $0) == .monthFirstByColumn })
    }
  }

  @Test func linesOfJSONDecideAsTablesDo() throws {
    let text = """
      {"title": "a", "posted_at": "05/06/2022"}
      {"title": "b", "posted_at": "27/03/2022"}

      """
    let (dataset, problems) = try DatasetOpening.open(text: text, name: "week.jsonl")
    #expect(problems.isEmpty)
    #expect(dataset.time(of: .postedAt, at: 0) == Self.fifthOfJune)
    #expect(dataset.timeSentence(of: .postedAt, at: 0) == "day first, because row 2 says 27/03/2022")
  }

  @Test func daysAgoAreCountedFromTheRowsOwnCapture() throws {
    let text = "title,posted_at,captured_at\na,3 days ago,2022-06-08T10:00:00Z\nb,3 days ago,\n"
    let (dataset, problems) = try DatasetOpening.open(text: text)
    #expect(dataset.time(of: .postedAt, at: 0) == Self.fifthOfJune + 36_000)
    #expect(dataset.timeSentence(of: .postedAt, at: 0) == "counted back from the time of capture")
    #expect(dataset.time(of: .postedAt, at: 1) == nil)
    #expect(problems.kept.map(\.what) == [.timeUnreadable(.noCaptureTime)])
    #expect(problems.kept[0].row == 1)
  }

  @Test func anUnreadableTimeIsAProblemOfItsListing() throws {
    let (dataset, problems) = try DatasetOpening.open(text: "title,posted_at\na,01/06/2022\nb,2022-06-01\nc,NA\n")
    #expect(dataset.time(of: .postedAt, at: 0) == nil)
    #expect(dataset.timeBasis(of: .postedAt, at: 0) == .unreadable)
    #expect(dataset.time(of: .postedAt, at: 1) == 1_654_041_600)
    #expect(dataset.timeBasis(of: .postedAt, at: 2) == .none)
    #expect(problems.kept.map(\.what) == [.timeUnreadable(.openOrder)])
    #expect(problems.kept[0].field == .postedAt)
  }
}
