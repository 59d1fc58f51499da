import Casework
import Filters
import Listings
import ListingsTestSupport
import NearDuplicates
import TerminalIO
import TextCells
import Testing

@testable import Dashboard
import Workspace

/// Keys, pastes, resizes and answers in any order: nothing crashes, and the screen stays true to what is in force.
struct RandomKeysTests {
  @Test(arguments: 0..<12) func whateverIsPressedTheStateStaysSound(seed: Int) {
    var chance = Dice(seed: UInt64(seed))
    let texts = [
      [SampleListings.hostile, SampleListings.many(90)], [SampleListings.six, SampleListings.again],
      [FoldingStories.listings, SampleListings.six, FoldingStories.listings],
    ][seed % 3]
    let whole = SampleListings.dataset(texts)
    var story = KeyStory(on: whole, 80, 24)
    story.answersAtOnce = false
    for step in 0..<Trials.count(600) {
      happen(&story, whole, &chance)
      expectSound(story, draws: step % 5 == 0, "seed \(seed), step \(step)")
      if !story.state.isRunning {
        story = KeyStory(on: whole, 80, 24)
        story.answersAtOnce = false
      }
    }
    story.answerAll()
    expectSound(story, draws: true, "seed \(seed), all answered")
  }

  private static let keys: [Key] =
    "cxsrnuUv*;/0SNf-<>h l j k g G T 1 2 3 4 5 6 7 V z P y ? p e i R M F L w o O = a : сч".unicodeScalars
    .map { .character($0) }
    + [
      .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left, .right, .home, .end, .pageUp, .pageDown,
    ]
    + "abdefklsuvw".unicodeScalars.map { .control($0) } + [.function(1), .unknown(7)]
  private static let typed = Array("platform:sei \"()-OR/*.,<>12é象\u{301}\u{200B}".unicodeScalars)
  private static let pasted = [
    "platform:\"Larets\"", "price:10..500", "is:unreviewed", "-(a OR b)", "\u{1B}[31m\r\n", "", "/[/", "species:none",
  ]
  private static let sizes = [
    (120, 36), (80, 24), (60, 20), (40, 10), (24, 6), (20, 5), (1, 1), (0, 0), (160, 50), (24, 40),
  ]

  private func happen(_ story: inout KeyStory, _ whole: Dataset, _ chance: inout Dice) {
    switch Int.random(in: 0..<100, using: &chance) {
    case 0..<58: story.tell(.terminal(.key(Self.keys.randomElement(using: &chance)!)))
    case 58..<67: story.tell(.terminal(.key(.character(Self.typed.randomElement(using: &chance)!))))
    case 67:
      let actions: [MouseReport.Action] = [.press, .press, .drag, .drag, .release, .wheelUp, .wheelDown]
      for _ in 0..<4 {
        story.tell(
          .terminal(
            .mouse(
              MouseReport(
                actions.randomElement(using: &chance)!,
                column: Int.random(in: -2..<story.state.size.columns + 9, using: &chance),
                row: Int.random(in: -2..<story.state.size.rows + 9, using: &chance)))))
      }
    case 68..<69: story.paste(Self.pasted.randomElement(using: &chance)!)
    case 69..<71:
      story.wait(Int.random(in: 0..<900, using: &chance))
      story.tell(
        .keysRead((0..<Int.random(in: 2..<7, using: &chance)).map { _ in Self.keys.randomElement(using: &chance)! }))
    case 71..<74:
      let size = Self.sizes.randomElement(using: &chance)!
      story.resize(size.0, size.1)
    case 74..<86:
      if !story.questions.isEmpty { story.answerNext() }
      if !story.placings.isEmpty { story.answerPlacing() }
      if !story.wordTrials.isEmpty { story.answerWordTrial() }
    case 86..<92: if !story.filings.isEmpty { story.save() }
    case 92..<93: if !story.filings.isEmpty { story.refuse() }
    case 93..<95: Bool.random(using: &chance) ? story.takeBack() : story.doAgain()
    case 95:
      story.tell(.terminal(.tick))
      let dataset = story.state.dataset
      if let duplicates = DuplicateGroups.find(in: dataset) { story.tell(.duplicatesFound(duplicates, of: dataset)) }
      happenToLexicons(&story, &chance)
    case 96: story.tell(.failed("something went wrong; nothing is lost"))
    case 97: story.tell(.packetRefused([PacketFault(.recipient, "say to whom")]))
    case 98: story.tell(.packetWritten(paths: ["here"], listings: 3))
    case 99 where Bool.random(using: &chance):
      let old = story.state.dataset
      if story.state.mode == .browsing { story.press("R") }
      story.tell(
        .filesReread(
          RereadFiles(
            whole, problems: SampleProblems.several, problemRows: RowSet([0], of: whole.rowCount),
            carried: CarriedRows(from: old, to: whole)), from: old))
    default:
      story.tell(.grew(to: whole, problems: SampleProblems.list(1), rows: [0]))
    }
  }

  /// They are read, counted, tried and flagged with, in part or whole.
  private func happenToLexicons(_ story: inout KeyStory, _ chance: inout Dice) {
    let off = Set(["birds", "ivory", "mine", "cues"].filter { _ in Int.random(in: 0..<3, using: &chance) == 0 })
    switch Int.random(in: 0..<4, using: &chance) {
    case 0: if !story.tallies.isEmpty { story.answerTally() }
    case 1:
      if !story.trials.isEmpty {
        story.answerTrial(with: SampleLexicons.flags(of: story.state.dataset, off: off))
      }
    case 2: story.tell(.lexiconsRead(SampleLexicons.loaded(off: off), switched: ["birds": true]))
    default:
      story.tell(.lexiconsRead(SampleLexicons.loaded(off: off), switched: nil))
      story.tell(.flagged(SampleLexicons.flags(of: story.state.dataset, off: off), of: story.state.dataset))
    }
  }

  private func expectSound(_ story: KeyStory, draws: Bool, _ place: @autoclosure () -> String) {
    for fault in faults(story.state) + (draws ? faults(story.frame, story.state) : []) {
      Issue.record("\(fault): \(place()), \(story.state.mode)")
    }
  }

  private func faults(_ state: State) -> [String] {
    var faults: [String] = []
    func hold(_ isSound: Bool, _ fault: String) { if !isSound { faults.append(fault) } }
    let count = state.order.count
    hold((0..<max(1, count)).contains(state.table.cursor), "the cursor is outside the order")
    hold((0..<max(1, count)).contains(state.table.top), "the first line is outside the order")
    hold(state.table.row == (count > 0 ? state.order[state.table.cursor] : nil), "the cursor has lost its row")
    // Earlier sightings are below the lines of their listings.
    let listings = state.order.rows.filter { !state.isEarlierSighting(Int($0)) }
    let (lines, all) = (Set(listings), Set(state.unfoldedOrder.rows))
    hold(Set(state.order.rows).count == count, "a row has two lines")
    hold(lines.isSubset(of: all), "a line is not of what the filter shows")
    let behind = listings.map { max(1, state.folding.rows(behind: Int($0)).count) }.reduce(0, +)
    hold(behind == all.count, "\(all.count) rows are shown, and lines stand for \(behind)")
    for (field, facet) in state.facets.positions {
      hold(
        (0..<max(1, state.shownValues(of: field).count)).contains(facet.list.cursor), "the cursor is outside \(field)")
      hold((0...facet.list.cursor).contains(facet.list.top), "\(field) is scrolled past its cursor")
    }
    hold(state.detail.top >= 0, "the detail is scrolled above its first line")
    hold(state.marked.rowCount == state.dataset.rowCount, "marks are of other rows")
    let read = try? FilterSyntax.read(state.filter.text, columns: state.columnNames)
    hold(read == state.filter, "\(state.filter.text) is not read as the filter in force")
    return faults
  }

  private func faults(_ frame: Frame, _ state: State) -> [String] {
    if frame.size != state.size { return ["the frame has another size"] }
    guard Layout.isLargeEnough(state.size) else { return [] }
    guard let cursor = frame.cursor else { return ["the terminal's cursor is hidden"] }
    let isInside = (0..<state.size.columns).contains(cursor.column) && (0..<state.size.rows).contains(cursor.row)
    return isInside ? [] : ["the terminal's cursor is off the screen"]
  }
}
