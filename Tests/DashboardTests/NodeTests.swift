import ListingsTestSupport
import TerminalIO
import TextCells
import Testing

@testable import Dashboard

/// The tree of nodes says enough for renderings that nobody looks at: what lies under a mouse, and a screen that is heard.
struct NodeTests {
  // MARK: Two renderings

  /// What lies at a spot: the meanings from the outside in.
  private static func hit(_ node: Node, _ area: Area, _ spot: Spot) -> [String] {
    guard let pointed = node.under(spot, in: area) else { return [] }
    return pointed.meanings.filter { $0 != .group }.map { "\($0)" } + (pointed.piece.map { ["\($0)"] } ?? [])
  }

  /// The screen as lines to be heard: no borders, no bars, and every value after its name.
  private static func spoken(_ node: Node) -> [String] {
    switch node.content {
    case .line(let line):
      let words = line.pieces.compactMap { piece -> String? in
        let text = piece.text.text.trimmed
        switch piece.meaning {
        case .decoration, .band: return nil
        case .value(let name): return text.isEmpty ? nil : "\(name) \(text)"
        default: return text.isEmpty ? nil : text
        }
      }
      return words.isEmpty ? [] : [words.joined(separator: ", ")]
    case .picture: return []
    case .stack(let nodes), .layers(let nodes): return nodes.flatMap { spoken($0) }
    case .placed(let parts): return parts.flatMap { spoken($0.node) }
    case .bordered(let border, let content): return [border.title.text] + spoken(content)
    case .sheet(let box, let content): return [box.border.title.text] + spoken(content)
    }
  }

  // MARK: What they find

  @Test func piecesThatAreOneTextRunTogetherBehindTheirLabel() {
    var frame = Frame(Size(columns: 40, rows: 2))
    let pieces = [Piece("text ", .fieldName, .label), Piece("צבי ", .text), Piece("ים", .hit), Piece(" 12", .text)]
    frame.draw(
      Node(.group, .line(Line(pieces, direction: .byFirstLetter))), in: Area(column: 0, row: 0, columns: 40, rows: 1))
    frame.draw(Node(.group, .line(Line(pieces))), in: Area(column: 0, row: 1, columns: 40, rows: 1))
    #expect(frame.textRuns.filter { $0.row == 0 }.map(\.columns) == [5..<14])
    #expect(frame.textRuns.filter { $0.row == 1 }.map(\.columns) == [5..<8, 9..<11])
  }

  @Test func aSpotOnTheTableIsAListingAndAColumn() {
    let story = KeyStory(on: [SampleListings.six], 120, 36)
    let table = story.state.layout.table
    let title = TableColumn.chosen(for: table.insideBorder.columns, story.state).first { $0.cell == .title }
    let spot = Spot(column: table.column + 1 + (title?.start ?? 0), row: table.row + 3)
    #expect(
      Self.hit(story.state.screen, Area(story.state.size), spot)
        == ["screen", "pane(Dashboard.Pane.listings)", "row(1)", "value(\"title\")"])
  }

  @Test func aSpotOnTheBottomLineIsTheKeyToPress() {
    let story = KeyStory(on: [SampleListings.six], 120, 36)
    let line = story.bottomLine
    let column = line.distance(from: line.startIndex, to: line.firstRange(of: "confirm")!.lowerBound)
    #expect(
      Self.hit(story.state.screen, Area(story.state.size), Spot(column: column, row: 35)).last
        == "button(TerminalIO.Key.character(\"c\"))")
  }

  @Test func aSheetLiesOverThePanes() {
    var story = KeyStory(on: [SampleListings.six], 80, 24)
    story.press("S")
    let menu = story.frame.cursor!
    let path = Self.hit(story.state.screen, Area(story.state.size), Spot(column: menu.column + 3, row: menu.row))
    #expect(path == ["screen", "sheet", "row(0)", "value(\"choice\")"])
    #expect(
      Self.hit(story.state.screen, Area(story.state.size), Spot(column: 2, row: 2)).first { $0.hasPrefix("pane") }
        != nil)
  }

  @Test func theScreenIsHeardLineByLine() {
    let story = KeyStory(on: [SampleListings.six], 120, 36)
    let lines = Self.spoken(story.state.screen)
    #expect(lines.contains("5 Listings"))
    #expect(lines.contains { $0.hasPrefix("verdict ·, ") && $0.contains("platform ") && $0.contains("title ") })
    #expect(!lines.joined().contains("█"))
  }

  /// Every sheet there is can be heard, and says which keys it has.
  @Test(arguments: ["/", "1 f", "n", "r", "* ;", "?", "a", "p", "M", "M Space", ":", "P"])
  func aSheetIsHeardToo(keys: String) {
    var story = KeyStory(on: [SampleListings.six], 80, 24)
    story.tell(.grew(to: story.state.dataset, problems: SampleProblems.several, rows: [0]))
    if keys == "P" { story.confirmAll() }
    story.press(keys)
    let lines = Self.spoken(story.state.screen)
    #expect(lines.count > 5)
    #expect(story.state.mode.sheet?.hintPiece(story.state).text.isEmpty == false)
  }
}

/// What holds for the keys of every sheet.
struct SheetKeyTests {
  private static func rows<S: Sheet>(of sheet: S.Type) -> [(keys: [Key], help: String, weight: KeyWeight)] {
    S.keys.map { ($0.keys, $0.help, $0.weight) }
  }

  @Test func everySheetCanBeLeftWithEsc() {
    for sheet in Mode.sheets {
      #expect(Self.rows(of: sheet).contains { $0.keys.contains(.escape) && $0.weight == .light }, "\(sheet.name)")
    }
  }

  @Test func everyKeyThatDecidesSaysWhatItDoes() {
    for sheet in Mode.sheets {
      for row in Self.rows(of: sheet) where row.weight != .light { #expect(!row.help.isEmpty, "\(sheet.name)") }
    }
  }

  @Test func everySheetHasANameOfItsOwn() {
    let names = Mode.sheets.map { $0.name }
    #expect(Set(names).count == names.count)
  }
}
