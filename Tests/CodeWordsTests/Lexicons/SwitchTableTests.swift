import CodeWords
import Intake
import Listings
import ListingsTestSupport
import Testing

/// What a switch table says, and what becomes of it when lexicons are switched.
struct SwitchTableTests {
  private static let header = "lexicon,state,note\n"

  private func rows(_ text: String) -> [TableRow] {
    Array(text.utf8).withUnsafeBytes { SmallTable.rows(of: $0) }
  }

  private func switched(_ text: String, _ isOn: [String: Bool]) -> String {
    SwitchTable.text(of: rows(text), switching: isOn)
  }

  @Test func aNewTableHoldsWhatWasSwitchedByName() {
    #expect(switched("", ["parrots": false, "bear": true]) == Self.header + "bear,on,\nparrots,off,\n")
  }

  @Test func otherRowsTheirOrderAndAllNotesStay() {
    let before =
      Self.header + "songbirds,off,\"not ours, ask Mai\"\nbear,on,\"she said \"\"yes\"\"\"\nparrots,off,two\nlines\n"
    let after = switched(before, ["bear": false])
    #expect(after == before.replacing("bear,on", with: "bear,off"))
  }

  @Test func aRowThatIsNotUnderstoodStaysAsItIs() {
    let before = Self.header + "bear,maybe,?\nparrots,off\nbear,on,\n"
    #expect(switched(before, ["parrots": true]) == before + "parrots,on,\n")
    #expect(switched(before, ["bear": false]).contains("bear,off,?\nparrots,off\nbear,off,\n"))
  }

  @Test func namesMayHoldWhatSeparatesCells() {
    let names = ["a,b", "say \"x\"", "two\nlines", "=1+1", "蛇"]
    let isOn = Dictionary(uniqueKeysWithValues: names.map { ($0, false) })
    #expect(SwitchTable.read(rows(switched("", isOn)), file: "s.csv").isOn == isOn)
  }

  @Test func whatWasSwitchedIsReadBackAndNothingElseChanges() {
    var dice = Dice(seed: 5)
    let names = (0..<12).map { "lexicon \($0)" }
    for _ in 0..<200 {
      var text = Self.header
      for _ in 0..<dice.below(8) {
        text += "\(dice.pick(names)),\(dice.pick(["on", "off", "On", ""])),\(dice.pick(["", "why", "\"a, b\""]))\n"
      }
      let before = SwitchTable.read(rows(text), file: "s.csv").isOn
      var change: [String: Bool] = [:]
      for _ in 0...dice.below(4) { change[dice.pick(names)] = dice.once(in: 2) }
      let after = SwitchTable.read(rows(switched(text, change)), file: "s.csv").isOn
      #expect(after == before.merging(change) { $1 })
    }
  }
}
