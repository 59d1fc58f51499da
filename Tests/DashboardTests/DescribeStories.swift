import Casework
import Dashboard
import Foundation
import Listings
import Testing

/// The description of listings in codes: chosen, filed, shown with who gave it.
struct DescribeStories {
  private static let codes: DescriptionCodes = {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Lexicons/codes.toml").path
    var codes = DescriptionCodes()
    do { try codes.add(String(contentsOfFile: path, encoding: .utf8), file: path) } catch { Issue.record("\(error)") }
    return codes
  }()

  private func story(_ columns: Int = 80, _ rows: Int = 24) -> KeyStory {
    var story = KeyStory(on: [SampleListings.six], columns, rows)
    story.state.codes = Self.codes
    return story
  }

  private func sheet(_ story: KeyStory) -> DescribeSheet? {
    if case .describe(let sheet) = story.state.mode { sheet } else { nil }
  }

  @Test func everyLineIsThereAt80By24() {
    var story = story()
    story.press("d")
    for aspect in Aspect.allCases { #expect(story.screen.contains(aspect.label), "\(aspect)") }
    #expect(story.screen.contains("Describe: "))
    #expect(story.screen.contains("not stated"))
  }

  @Test func whatIsChosenIsFiledAndShownWithWhoGaveIt() {
    var story = story()
    story.press("d Right Right Down c o v Down Down")
    story.type("12 kil")
    story.press("Down Down Down")
    #expect(sheet(story)?.aspect == .grading)
    story.type("b2")
    story.press("Down")
    story.type("ivc")
    story.press("^S")
    #expect(
      story.wanted == ["describe species probable, offer covert, quantity 12 KIL, grading B2, term IVC: 1"])
    story.save()
    story.press("Enter")
    #expect(story.screen.contains("species probable"))
    #expect(story.screen.contains("grading B2") && story.screen.contains("CITES term IVC · by"))
    story.press("d")
    #expect(story.screen.contains("probable (rk)") && story.screen.contains("B2 (rk)"))
    story.press("^S")
    #expect(story.wanted == [] && story.bottomLine.contains("Nothing was changed"))
  }

  @Test func documentsAreSeveralOrNone() {
    var story = story()
    story.press("d Down Down Down Down Right Space")
    #expect(sheet(story)?.answers[.documents] == "permit")
    story.type("an")
    story.press("Space")
    #expect(sheet(story)?.answers[.documents] == "antique,permit")
    story.type("n")
    story.press("Space")
    #expect(sheet(story)?.answers[.documents] == "none-claimed")
    story.press("Space")
    #expect(sheet(story)?.answers[.documents] == "")
    story.press("^S")
    #expect(story.wanted == [], "what ends as it began is not filed")
  }

  @Test func whatIsNoQuantityIsSaidAndNothingIsFiled() {
    var story = story()
    story.press("d Down Down Down")
    story.type("about a dozen")
    story.press("^S")
    #expect(story.wanted == [])
    #expect(story.screen.contains("is no value of quantity"))
    #expect(sheet(story)?.aspect == .quantity)
    story.press("^U")
    story.type("12 NO")
    story.press("^S")
    #expect(story.wanted == ["describe quantity 12 NO: 1"])
  }

  @Test func markedListingsAreDescribedAtOnceAndWhatDiffersIsSaid() {
    var story = story()
    story.press("d Right ^S")
    story.save()
    story.press("Space Space D")
    #expect(story.screen.contains("Describe 2 marked listings"))
    #expect(story.screen.contains("they differ"))
    story.press("^S")
    #expect(story.wanted == [], "a line that was not touched changes nothing")
    story.press("D Del ^S")
    #expect(story.wanted == ["describe species cleared: 1 2"])
    story.saveAll()
    #expect(story.state.decisions.statuses.values.allSatisfy { $0.description.isEmpty })
  }

  @Test func escapeFilesNothingAndUndoTakesAllOfOneFormBack() {
    var story = story()
    story.press("d Right Esc")
    #expect(story.wanted == [] && story.bottomLine.contains("Nothing was saved"))
    story.press("d Right Down Right ^S")
    story.save()
    story.press("u")
    story.takeBack()
    #expect(story.state.decisions[story.key(of: "1")]?.status == ReviewStatus.none)
  }

  @Test func aFilterFindsWhatWasStated() {
    var story = story()
    story.press("d Right ^S")
    story.save()
    story.press("/")
    story.type("species-is:certain")
    story.press("Enter")
    #expect(story.shown == ["1"])
    story.press("d Right ^S")
    story.save()
    #expect(story.shown == [], "the filter is asked again")
    story.press("/ ^U")
    story.type("species-is:none")
    story.press("Enter")
    #expect(story.shown == ["2", "3", "4", "5", "6"])
  }

  @Test func theSheetFitsASmallScreen() {
    var story = story(40, 10)
    story.press("d Up")
    for _ in Aspect.allCases {
      #expect(story.screen.contains(sheet(story)!.aspect.label.prefix(10)))
      story.press("Down")
    }
  }
}
