import Glibc
import Listings
import Sentences
import TerminalIO
import TextCells
import Testing

@testable import Dashboard
import Workspace

/// Screens as text beside the keys that made them: `Screens/NAME-COLUMNSxROWS.txt`.
///
/// Recorded anew with `LINSANG_RECORD_SCREENS=1`; a run that records fails, so that nobody takes it for a passing one.
struct ScreenTests {
  struct Picture: Sendable, CustomStringConvertible {
    let name: String
    let keys: String
    let description: String

    init(_ name: String, _ keys: String) {
      (self.name, self.keys, description) = (name, keys, name)
    }
  }

  static let pictures = [
    Picture("opened", ""), Picture("decided", "c x s k Space"), Picture("marked", "v j j v"),
    Picture("filtered", "/ e 1 Enter"), Picture("typing", "/ p r i c e : > 1 0"), Picture("broken", "/ p r i c e : x"),
    Picture("species", "2 j Enter"), Picture("prices", "3 Enter Right Right"), Picture("detail", "6 j"),
    Picture("hostile", "j j j j 6"), Picture("lens", "j j j j V 6"),
    Picture("help", "?"), Picture("palette", ": p a"), Picture("reason", "r j"),
    Picture("sort", "S"), Picture("question", "* ;"), Picture("note", "n 象 牙 e \u{301}"), Picture("packet", "P Tab"),
    Picture("nothing", "/ n o t h i n g Enter"), Picture("zoomed", "z"), Picture("problems", "p j"),
    Picture("problem-group", "p j Enter j"), Picture("problem-find", "p j Enter / 8"),
    Picture("columns", "M j j Space p r"), Picture("add-word", "a Right Down Down"),
    Picture("add-word-asked", "a Right Tab Tab Tab x y Enter"),
    Picture("lexicons", "L j Space j"), Picture("lexicon-terms", "L j j Enter j"),
    Picture("lexicon-trial", "L j j Space w"),
    Picture("cases-none", "C"), Picture("cases", "C j"), Picture("cases-one", "C j Enter j j j"),
    Picture("cases-form", "C j r Tab Tab Tab"),
    Picture("evidence", "E"), Picture("evidence-form", "E a s h"), Picture("evidence-picture", "E o"),
    Picture("described", "d Down"), Picture("trail", "c x H j"), Picture("tags", "t"), Picture("weeks", "F"),
    Picture("dimensions", "1 B"), Picture("why-here", "Y"), Picture("view-name", "' a"),
    Picture("table-columns", "A j"),
    Picture("certainty", "i"),
  ]

  @Test func eachPictureHasItsOwnName() {
    #expect(Set(Self.pictures.map(\.name)).count == Self.pictures.count)
  }

  @Test(arguments: pictures, [(200, 50), (120, 36), (80, 24), (40, 10)])
  func theKeysMakeThisScreen(picture: Picture, size: (Int, Int)) {
    let story = Self.story(of: picture, size)
    expectWhole(story.frame, story.state)
    let seen = Self.told(story, picture)
    let path = SampleListings.root + "/Tests/DashboardTests/Screens/\(picture.name)-\(size.0)x\(size.1).txt"
    if getenv("LINSANG_RECORD_SCREENS") != nil {
      TextFile.write(seen, to: path)
      Issue.record("recorded \(picture.name); run again without LINSANG_RECORD_SCREENS")
      return
    }
    #expect(TextFile.read(path) == seen)
  }

  /// Longer and wider words than English ones must neither break a screen nor keep a key from acting.
  @Test(arguments: pictures, ["es", "fr", "id", "th", "vi", "zh"])
  func everyScreenIsWholeInEveryLanguage(picture: Picture, code: String) throws {
    let file = TranslationFile(try #require(TextFile.read(SampleListings.root + "/Lexicons/languages/\(code).po")))
    for size in [(120, 36), (80, 24), (40, 10)] {
      let english = Self.story(of: picture, size)
      ScreenLanguage.$forThisTask.withValue(SentenceTable(file, code: code)) {
        let story = Self.story(of: picture, size)
        expectWhole(story.frame, story.state)
        #expect(story.state.mode.kind == english.state.mode.kind, "\(picture) at \(size)")
        #expect(story.shown == english.shown)
      }
    }
  }

  private static func story(of picture: Picture, _ size: (Int, Int)) -> KeyStory {
    var story = KeyStory(on: [SampleListings.hostile], size.0, size.1, title: "week47.csv +1")
    if picture.name.hasPrefix("problem") {
      story.tell(.failed(sentence))
      story.tell(.grew(to: story.state.dataset, problems: SampleProblems.several, rows: [0, 2]))
    }
    if picture.name.hasPrefix("lexicon") { story.flagWithSamples() }
    if picture.name.hasPrefix("add-word") { story.flag() }
    if picture.name.hasPrefix("cases") {
      story.press("C")
      story.tell(.casesFound(picture.name == "cases-none" ? SampleCases.none : SampleCases.board))
      story.press(String(picture.keys.dropFirst(2)))
    } else if picture.name.hasPrefix("evidence") {
      story.press("E")
      let key = story.key(of: "1")
      story.tell(.evidenceFound(SampleEvidence.all(key), of: key))
      story.press(String(picture.keys.dropFirst(1).drop { $0 == " " }))
      story.tell(.pictureDecoded(SampleEvidence.picture, of: String(repeating: "3f", count: 32)))
    } else {
      if picture.name == "packet" { story.confirmAll() }
      story.press(picture.keys)
    }
    if !story.trials.isEmpty { story.answerTrial(with: SampleLexicons.flags(of: story.state.dataset, off: ["ivory"])) }
    return story
  }

  private static let sentence =
    "/data/rk/ivory.casebook could not be read for news: disk I/O error. What is shown stands; look at the disk."

  /// The keys, the screen, the cursor, and the roles of some rows.
  private static func told(_ story: KeyStory, _ picture: Picture) -> String {
    let frame = story.frame
    // The folder of invented listings has another name in every run.
    let folder = story.state.dataset.sources[0].name.split(separator: "/")[1].suffix(6)
    let screen = (0..<frame.size.rows).map {
      "|" + frame.text(ofRow: $0).replacing(folder, with: "XXXXXX")
    }
    let rows = [0, 2, 3, frame.cursor?.row ?? 4, frame.size.rows - 2, frame.size.rows - 1]
    let roles = Set(rows).sorted().map { "\($0): \(frame.roles(ofRow: $0))" }
    let cursor = frame.cursor.map { "column \($0.column), row \($0.row)" } ?? "hidden"
    return (["keys: \(picture.keys)"] + screen + ["cursor: \(cursor)"] + roles).joined(separator: "\n") + "\n"
  }

  @Test(arguments: [(200, 50), (120, 36), (80, 24), (60, 20), (40, 10), (24, 6)])
  func theBordersOfEveryPaneStandInOneColumnWhateverTheListingsSay(columns: Int, rows: Int) {
    var story = KeyStory(on: [SampleListings.hostile, SampleListings.six], columns, rows)
    for pane in 1...6 {
      story.press("5")
      for _ in 0..<12 {
        story.press("j \(pane)")
        expectWhole(story.frame, story.state)
        expectStraight(story.frame, story.state)
      }
    }
  }

  private func expectStraight(_ frame: Frame, _ state: State) {
    let layout = state.layout
    let areas = Array(layout.facets.values) + [layout.table, layout.detail].filter { !$0.isEmpty }
    for area in areas {
      for row in area.row..<area.endRow {
        let sides = frame[area.column, row].text + frame[area.endColumn - 1, row].text
        #expect(["││", "┃┃", "┌┐", "┏┓", "└┘", "┗┛"].contains(sides))
      }
    }
  }

  /// Nothing wide is cut in half, nothing commands the terminal, the cursor is on the screen.
  private func expectWhole(_ frame: Frame, _ state: State) {
    #expect(frame.size == state.size)
    for row in 0..<frame.size.rows {
      for column in 0..<frame.size.columns {
        let cell = frame[column, row]
        // A letter of several cells has its width as a whole.
        if !cell.isContinuation, !cell.joinsLast {
          var (text, end) = (cell.text, column + 1)
          while end < frame.size.columns, frame[end, row].isContinuation || frame[end, row].joinsLast {
            text += frame[end, row].text
            end += 1
          }
          #expect(SafeText(text).width == end - column)
        }
        if cell.isContinuation {
          #expect(column > 0 && !frame[column - 1, row].isContinuation)
          continue
        }
        #expect(cell.text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
      }
    }
    guard let cursor = frame.cursor else {
      Issue.record("the cursor is hidden")
      return
    }
    #expect((0..<frame.size.columns).contains(cursor.column) && (0..<frame.size.rows).contains(cursor.row))
  }

  @Test(arguments: Pane.allCases.filter { ![.term, .risk].contains($0) }) func theTerminalsCursorFollowsThePaneInUse(
    pane: Pane
  ) {
    var story = KeyStory()
    story.press("\(pane.rawValue) j")
    let area: Area
    switch pane {
    case .listings: area = story.state.layout.table
    case .detail: area = story.state.layout.detail
    default: area = story.state.layout.facets[pane]!
    }
    let cursor = story.frame.cursor!
    #expect((area.column..<area.endColumn).contains(cursor.column))
    #expect((area.row..<area.endRow).contains(cursor.row))
  }

  @Test func theTitleBarTellsReadingAndProblemsHoweverNarrow() {
    for columns in [24, 40, 60, 80, 120] {
      var story = KeyStory(emptyAt: columns, 24)
      story.tell(
        .datasetGrew(
          SampleListings.dataset([SampleListings.six]), Loading(bytesRead: 42, bytesTotal: 100),
          SampleProblems.list(1175, kept: 1), problemRows: RowSet(noneOf: 6)))
      #expect(story.topLine.contains("42 %"), "\(columns)")
      #expect(story.topLine.contains("1,175"), "\(columns)")
      if columns >= 60 { #expect(story.topLine.contains("week47.csv")) }
    }
  }

  @Test func aListingWithoutTitleIsKnownByWhatItSays() {
    let story = KeyStory(on: ["listing_id,platform,colour,size\n1,Larets,white,12 cm\n2,Larets,NA,\n"])
    #expect(story.screen.contains("1 · white · 12 cm"))
  }

  @Test func aSmallScreenNamesTheKeysOfAllVerdicts() {
    let story = KeyStory(on: [SampleListings.six], 40, 10)
    for words in ["c confirm", "x false", "s unsure", "?", "q"] {
      #expect(story.bottomLine.contains(words), "\(words)")
    }
  }

  @Test(arguments: [(80, 24), (40, 10), (24, 6)]) func everyHelpLineIsReached(columns: Int, rows: Int) {
    var story = KeyStory(on: [SampleListings.six], columns, rows)
    story.press("?")
    var text = ""
    for _ in 0..<700 {
      text += story.screen
      story.press("j")
    }
    #expect(text.contains("regular"))
    let last = story.state.mode
    story.press("G")
    #expect(story.state.mode == last)
  }
}
