import Filters
import Glibc
import Intake
import Listings
import Testing

@testable import Dashboard
import Workspace

/// Files that change while they are open, and reading them anew.
struct ReopeningStories {
  private static let more =
    SampleListings.six + "\n7,Larets,https://larets.example/7,Ivory comb,white,,30,USD,ostap,2026-11-07\n"

  private func changed(_ change: ChangedFile.Change, _ name: String = "week47.csv") -> Message {
    .filesChanged([ChangedFile(path: "scrapes/\(name)", name: name, change: change)])
  }

  private func reopened(_ story: KeyStory, as text: String, problems: ProblemList = ProblemList()) -> Message {
    let new = SampleListings.dataset([text])
    return .filesReread(
      RereadFiles(
        new, problems: problems, problemRows: RowSet(noneOf: new.rowCount),
        carried: CarriedRows(from: story.state.dataset, to: new)),
      from: story.state.dataset)
  }

  @Test func aFileThatGrewIsToldOnceWithItsKey() {
    var story = KeyStory(120, 36)
    story.tell(changed(.grew(bytes: 1_234_567)))
    #expect(story.bottomLine.contains("week47.csv grew by 1.2 MB: press R to read the new rows"))
    #expect(story.topLine.contains("week47.csv grew (R)"))
    story.press("j")
    #expect(story.state.notice == nil)
    story.tell(changed(.grew(bytes: 2_000_000)))
    #expect(story.state.notice == nil, "growing on is no news")
    story.tell(changed(.replaced))
    #expect(story.screen.contains("was replaced by another file of the same name"))
  }

  @Test func readingAnewKeepsFilterMarksVerdictsAndPlace() {
    var story = KeyStory(on: [SampleListings.six], 120, 36)
    story.press("/")
    story.type("ostap")
    story.press("Enter c")
    story.save()
    story.press("j Space k")
    let listing = story.current
    story.press("R")
    #expect(story.wanted == ["reread"])
    #expect(story.topLine.contains("reading again"))
    story.press("R")
    #expect(story.wanted == [])
    #expect(story.bottomLine.contains("being read again already"))
    story.tell(reopened(story, as: Self.more))
    #expect(story.bottomLine.contains("Read again: 1 new row"))
    #expect(story.current == listing)
    #expect(story.state.filter.text == "ostap")
    #expect(story.shown == ["5", "6", "7"])
    #expect(story.marks.contains("✓"))
    #expect(story.state.marked.rows == [5])
    #expect(story.state.counts.confirmed == 1)
    #expect(!story.topLine.contains("(R)") && !story.topLine.contains("again"))
  }

  @Test func whatWasReadAnewWaitsForTheEndOfTyping() {
    var story = KeyStory(on: [SampleListings.six], 120, 36)
    story.press("R j n")
    story.type("call")
    story.tell(reopened(story, as: Self.more))
    #expect(story.state.dataset.rowCount == 6)
    story.press("Enter")
    #expect(story.state.dataset.rowCount == 7)
    #expect(story.filings.map { story.name(of: $0.keys[0]) } == ["2"], "the note is on the listing it was written for")
  }

  @Test func aListingThatIsGoneGivesThePlaceToTheNext() {
    var story = KeyStory(on: [SampleListings.six], 120, 36)
    story.press("R j j v")
    let lines = Self.more.split(separator: "\n")
    story.tell(reopened(story, as: (lines[0...2] + lines[4...]).joined(separator: "\n")))
    #expect(story.bottomLine.contains("1 new row, 1 gone"))
    #expect(story.state.rangeAnchor == nil)
    #expect(story.current == "4")
    #expect(story.shown == ["1", "2", "4", "5", "6", "7"])
  }

  @Test func aCutFileIsAProblemAndSaysWhatIsUnharmed() {
    var story = KeyStory(120, 36)
    story.tell(changed(.cut(bytes: 4_096)))
    #expect(story.state.notice?.kind == .failed)
    #expect(story.screen.contains("was truncated by 4.1 kB while open: verdicts and notes are safe in the casebook"))
    #expect(story.topLine.contains("1 problem"))
    story.press("j p")
    #expect(story.screen.contains("truncated or changed while open"))
    story.press("Esc R")
    story.tell(reopened(story, as: SampleListings.six))
    #expect(!story.topLine.contains("problem"))
  }

  @Test func filesThatCannotBeReadAnewLeaveTheListingsAsTheyAre() {
    var story = KeyStory(120, 36)
    story.press("R")
    story.tell(.rereadingRefused(why: "week47.csv: there is no such file."))
    #expect(story.screen.contains("there is no such file. The listings read before stay as they are."))
    #expect(story.state.order.count == 6)
    story.press("R")
    #expect(story.wanted == ["reread"])
  }

  @Test func aReadingOfAnEarlierOneIsNotShown() {
    var story = KeyStory(on: [SampleListings.six])
    let late = reopened(story, as: SampleListings.again)
    story.tell(.grew(to: SampleListings.dataset([Self.more])))
    story.tell(late)
    #expect(story.state.dataset.rowCount == 7)
  }

  @Test func aRowThatTheFileLostIsNotDecided() throws {
    let path = SampleListings.temporaryFolder() + "/lost.csv"
    TextFile.write(SampleListings.many(4_000), to: path)
    defer {
      unlink(path)
      rmdir(String(path.dropLast("/lost.csv".count)))
    }
    let dataset = try DatasetOpening.open(paths: [path], options: IntakeOptions(tables: SampleListings.tables)).dataset
    var story = KeyStory(on: dataset, 120, 36)
    truncate(path, 8_192)
    story.press("G c")
    #expect(story.wanted == [])
    #expect(story.screen.contains("no longer says what was read"))
    story.press("n")
    #expect(story.state.mode == .browsing)
    story.press("g c")
    #expect(story.wanted.first?.hasPrefix("file confirmed") == true)
    // Of many, those that are still there.
    story.press("* ;")
    if case .question(let question) = story.state.mode { story.type(question.asksForNumber.map { "\($0)" } ?? "") }
    story.press("c")
    #expect(story.filings.last.map { (10..<1_000).contains($0.keys.count) } == true)
  }

  @Test func sizesAreSaidAsPeopleSayThem() {
    #expect(
      [1, 812, 1_000, 1_234, 12_345, 999_949, 1_234_567, 431_000_000, 2_500_000_000].map(byteCount)
        == ["1 byte", "812 bytes", "1.0 kB", "1.2 kB", "12 kB", "1,000 kB", "1.2 MB", "431 MB", "2.5 GB"])
  }
}
