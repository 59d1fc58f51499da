import CodeWords
import Listings
import ListingsTestSupport
import Taxa
import Testing

/// The reasons in few words, as the first lines of a listing show them.
struct ReasonsInBriefTests {
  private func brief(_ title: String, _ description: String = "", species: [Taxon] = []) -> ReasonsInBrief {
    let read = Read(title, description, species: species)
    return ListingText.with(title: title, description: description) {
      read.reading.reasonsInBrief(read.lexicons, $0)
    }
  }

  @Test func whatSpeaksForAndAgainstStandsInALineEach() {
    let both = brief("ivory tusk", "made of resin")
    #expect(both.speaking.first?.hasPrefix("“ivory") == true, "\(both)")
    #expect(both.against.contains { $0.hasPrefix("“resin” −") }, "\(both)")
  }

  @Test func evidenceThatDoesNotCountIsSaidToBeSuppressedAndByWhat() {
    let void = brief("ivory white dress")
    #expect(void.speaking.isEmpty, "\(void)")
    #expect(void.against.contains { $0.contains("“ivory” suppressed, ") && $0.contains("white") }, "\(void)")
  }

  @Test func aWordWithinALongerOneIsNoReasonAgainst() {
    #expect(brief("old ivory tusk").against.isEmpty)
  }

  /// The points of the lines are those of the risk: nothing that counts is left out.
  @Test func thePointsOfBothLinesAddUpToTheRisk() {
    var dice = Dice(seed: 11)
    let pieces = [
      "ivory", "tusk", "jelly", "ring", "果冻", "手串", "象牙", "dm for price", "inbox", "colour", "resin", "plastic",
    ]
    for _ in 0..<500 {
      let title = (0..<dice.below(8)).map { _ in dice.pick(pieces) }.joined(separator: " ")
      let species = dice.once(in: 3) ? [dice.pick(InventedLexicons.taxa)] : []
      let reading = Read(title, "", species: species).reading
      let brief = brief(title, species: species)
      func sum(_ lines: [String], _ sign: Character) -> Int {
        lines.reduce(0) { total, line in
          let digits = line.split(separator: sign).last.map { $0.prefix { $0.isNumber } } ?? ""
          return total + (line.contains(sign) ? Int(digits) ?? 0 : 0)
        }
      }
      #expect(sum(brief.speaking, "+") - sum(brief.against, "−") == reading.risk?.value ?? 0, "\(title): \(brief)")
    }
  }
}
