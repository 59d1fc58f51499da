import CNcurses
import ListingsTestSupport
import TerminalIO
import Testing
import TextCells
import Theming

@testable import Dashboard
@testable import NcursesBackend

/// How many bytes keys cost. They do not depend on the machine, so the numbers are promises.
@Suite(.serialized) struct ThinLinkTests {
  private static let words = [
    "ivory", "carved", "antique", "pendant", "genuine", "scale", "象牙", "手串", "穿山甲", "现货", "бивень", "коллекция", "ngà",
    "vòng", "trầm hương", "งาช้าง", "🐘",
  ]

  private static let listings: String = {
    var dice = Dice(seed: 11)
    func some(_ count: Int) -> String { (0..<count).map { _ in dice.pick(words) }.joined(separator: " ") }
    var text = "listing_id,platform,url,title,description,species,price,currency,seller_alias,posted_at\n"
    for number in 0..<400 {
      let platform = dice.pick(["facemart", "shopaloo", "tokobagus-x", "vkbaraholka"])
      let day = 10 + dice.below(18)
      text += "L\(number),\(platform),https://\(platform).example/\(number),\(some(8)),\(some(40)),"
      text += "\(dice.pick(["Manis javanica", "Loxodonta africana", ""])),\(dice.below(100_000)),"
      text += "\(dice.pick(["USD", "CNY", "VND"])),\(dice.pick(words)) \(dice.below(90)),2026-11-\(day)\n"
    }
    return text
  }()

  private struct Link {
    var story = KeyStory(on: [ThinLinkTests.listings], 200, 50)
    var painter: FramePainter

    init() throws {
      var problem: Int32 = 0
      try #require(setupterm("xterm-256color", 1, &problem) == 0)
      let dark = ThemeLoader(folders: [SampleListings.root + "/Themes"]).load("dark")
      #expect(dark.problems.isEmpty)
      painter = FramePainter(paints: PaintTable(dark.theme, .palette256), sequences: TerminalSequences())
      _ = sent()
    }

    mutating func sent() -> Int { painter.paint(story.frame).count }

    mutating func sent(holding key: String, times: Int) -> [Int] {
      (0..<times).map { _ in
        story.hold(key, times: 1)
        return sent()
      }
    }
  }

  @Test func aRowOfAKeyHeldDownCostsAHundredBytes() throws {
    try SoleUse.ofTerminalDescription {
      var link = try Link()
      let rows = link.sent(holding: "j", times: 20).dropFirst(2)
      #expect(rows.reduce(0, +) / rows.count <= 120, "\(rows)")
    }
  }

  @Test func turningThePageIsPaidForByTheRowsThatDoNot() throws {
    try SoleUse.ofTerminalDescription {
      var link = try Link()
      let rows = link.sent(holding: "j", times: 200)
      #expect(rows.reduce(0, +) / rows.count <= 400, "\(rows)")
    }
  }

  @Test func oneRowAfterARestMovesTheCursorForAHundredBytes() throws {
    try SoleUse.ofTerminalDescription {
      var link = try Link()
      var costs: [Int] = []
      for _ in 0..<20 {
        costs += link.sent(holding: "j", times: 1)
        link.story.rest()
        _ = link.sent()
      }
      #expect(costs.max()! <= 140, "\(costs)")
    }
  }

  @Test func oneRowWithItsListingInFullCostsLittleMoreThanItsText() throws {
    try SoleUse.ofTerminalDescription {
      var link = try Link()
      var costs: [Int] = []
      for _ in 0..<20 {
        link.story.press("j")
        costs.append(link.sent())
      }
      #expect(costs.reduce(0, +) / costs.count <= 1000, "\(costs)")
    }
  }

  @Test func aPageCostsNoMoreThanItsText() throws {
    try SoleUse.ofTerminalDescription {
      var link = try Link()
      var costs: [Int] = []
      for _ in 0..<6 {
        link.story.press("PgDn")
        costs.append(link.sent())
      }
      #expect(costs.reduce(0, +) / costs.count <= 7000, "\(costs)")
    }
  }

  @Test func aLetterOfAFilterWritesTheFilterAndWhatChanged() throws {
    try SoleUse.ofTerminalDescription {
      var link = try Link()
      link.story.press("/")
      _ = link.sent()
      link.story.answersAtOnce = false
      link.story.type("q")
      #expect(link.sent() <= 250)
    }
  }
}
