import CodeWords
import Listings
import ListingsTestSupport
import Testing
import LexiconWork

/// A change of lexicons, held against verdicts.
struct BackTestTests {
  private static let quimbly = Term(["quimbly"], language: "en", kind: .codeWord, denotes: "x", weight: 50)

  private static func flags(_ dataset: Dataset, _ terms: [Term]) -> RowFlags {
    RowFlagging(InventedLexicons.compiled(terms)).extend(over: dataset)
  }

  private static func backTest(
    _ titles: [String], confirmed: [Int] = [], falsePositive: [Int] = [], threshold: Int = 40,
    from before: [Term] = InventedLexicons.terms, to after: [Term]
  ) -> BackTest {
    let dataset = Dataset.of(titles.map { ListingRow(title: $0) })
    let count = titles.count
    return BackTest(
      before: flags(dataset, before), after: flags(dataset, after), confirmed: RowSet(confirmed, of: count),
      falsePositive: RowSet(falsePositive, of: count), threshold: threshold)
  }

  @Test func aWordMoreFindsWhatWasMissedAndSaysAtWhatPrice() {
    let test = Self.backTest(
      ["tusk", "quimbly", "quimbly pudding", "chair", "quimbly tusk"], confirmed: [0, 1, 4], falsePositive: [2, 3],
      to: InventedLexicons.terms + [Self.quimbly])
    #expect(test.before.flagged == 2 && test.after.flagged == 4)
    #expect(test.before.precision == 1 && test.before.coverage == 2.0 / 3)
    #expect(test.after.precision == 0.75 && test.after.coverage == 1)
    #expect(test.before.confirmedAll == 3 && test.before.falsePositiveAll == 2)
    #expect(test.raised == 3 && test.lowered == 0 && test.changed == 3)
    #expect(test.newlyFlagged == 2 && test.reaching.confirmed == 1 && test.reaching.falsePositive == 1)
    #expect(test.reaching.undecided == 0 && test.noLongerFlagged == 0)
    #expect(test.rows.map(\.row) == [1, 2, 4] && test.decidedRows == test.rows)
    #expect(test.rows[0] == .init(row: 1, before: .value(0), after: .value(50), decided: .confirmed))
  }

  @Test func aListingThatWasSeenOftenWeighsNoMoreThanOthers() throws {
    let rows = ["a", "a", "a", "b", "c"].map {
      ListingRow(id: $0, platform: "ebay", title: $0 == "c" ? "chair" : "quimbly")
    }
    let dataset = Dataset.of(rows)
    let test = BackTest(
      before: Self.flags(dataset, InventedLexicons.terms), after: Self.flags(dataset, [Self.quimbly]),
      confirmed: RowSet([0, 1, 2], of: 5), falsePositive: RowSet([3], of: 5), threshold: 40,
      among: try #require(ListingRows(of: dataset)).first)
    #expect(test.rowCount == 3)
    #expect(test.after.flagged == 2 && test.after.precision == 0.5)
    #expect(test.reaching.rows == 2)
  }

  @Test func nothingDecidedIsNoShareAtAll() {
    let test = Self.backTest(["quimbly"], to: [Self.quimbly])
    #expect(test.after.flagged == 1)
    for side in [test.before, test.after] {
      #expect(side.precision == nil && side.coverage == nil && side.averagePrecision == nil)
    }
    #expect(test.after.precisionShare.basis == "none decided" && test.after.precisionShare.text == "–")
  }

  @Test func averagePrecisionNeedsBothKindsOfVerdict() {
    let all = Self.backTest(["quimbly", "tusk"], confirmed: [0, 1], to: [Self.quimbly])
    #expect(all.before.averagePrecision == nil && all.before.coverage == 0.5)
    let both = Self.backTest(["quimbly", "tusk"], confirmed: [0], falsePositive: [1], to: [Self.quimbly])
    #expect(both.before.averagePrecision == 0.5 && both.after.averagePrecision == 1)
  }

  @Test func whatBecomesReadableIsNeitherRaisedNorLowered() {
    let korean = Term(["상아"], language: "ko", kind: .product, denotes: "ivory", weight: 60)
    let test = Self.backTest(["팔찌", "상아", "chair"], to: InventedLexicons.terms + [korean])
    #expect(test.newlyReadable == 2 && test.noLongerReadable == 0 && test.raised == 0 && test.lowered == 0)
    #expect(test.newlyFlagged == 1)
    #expect(test.rows.map(\.row) == [1, 0])
    let back = Self.backTest(["팔찌", "상아"], from: InventedLexicons.terms + [korean], to: InventedLexicons.terms)
    #expect(back.noLongerReadable == 2 && back.noLongerFlagged == 1)
    #expect(back.rows.map(\.after) == [.notCovered, .notCovered])
  }

  @Test func examplesAreTheMostChangedAndNotAllOfThem() {
    let titles = (0..<1000).map { $0 % 10 == 7 ? "quimbly" : "tusk quimbly" }
    let test = Self.backTest(titles, to: InventedLexicons.terms + [Self.quimbly])
    #expect(test.changed == 1000)
    #expect(test.rows.count == BackTest.maximumRows)
    #expect(test.rows.prefix(100).map(\.row) == (0..<100).map { $0 * 10 + 7 })
    #expect(test.rows.map(\.distance) == test.rows.map(\.distance).sorted(by: >))
  }

  @Test func everyCountIsThatOfItsRows() {
    var dice = Dice(seed: 8)
    let words = ["quimbly", "tusk", "jelly", "ring", "resin", "chair", "팔찌", ""]
    for round in 0..<40 {
      let titles = (0..<60).map { _ in dice.pick(words) + " " + dice.pick(words) }
      let verdicts = titles.map { _ in dice.below(4) }
      let threshold = dice.below(101)
      let (old, new) = (InventedLexicons.terms, InventedLexicons.terms.dropLast(dice.below(15)) + [Self.quimbly])
      let dataset = Dataset.of(titles.map { ListingRow(title: $0) })
      let (before, after) = (Self.flags(dataset, old), Self.flags(dataset, Array(new)))
      let rows = Array(titles.indices)
      let test = BackTest(
        before: before, after: after, confirmed: RowSet(rows.filter { verdicts[$0] == 1 }, of: 60),
        falsePositive: RowSet(rows.filter { verdicts[$0] == 2 }, of: 60), threshold: threshold)
      func isFlagged(_ flags: RowFlags, _ row: Int) -> Bool {
        flags.risk(at: row).value.map { $0 >= threshold } ?? false
      }
      for (side, flags) in [(test.before, before), (test.after, after)] {
        let flagged = rows.filter { isFlagged(flags, $0) }
        #expect(side.flagged == flagged.count)
        #expect(side.confirmed == flagged.count { verdicts[$0] == 1 })
        #expect(side.falsePositive == flagged.count { verdicts[$0] == 2 })
      }
      #expect(test.newlyFlagged == rows.count { !isFlagged(before, $0) && isFlagged(after, $0) }, "round \(round)")
      #expect(test.noLongerFlagged == rows.count { isFlagged(before, $0) && !isFlagged(after, $0) })
      #expect(test.changed == rows.count { before.risk(at: $0) != after.risk(at: $0) })
      #expect(Set(test.rows.map(\.row)) == Set(rows.filter { before.risk(at: $0) != after.risk(at: $0) }))
    }
  }

  @Test func aShareOfThreeIsShownAsOne() {
    let share = DecidedShare(2, of: 3)
    #expect(share.text == "0.67")
    #expect(share.basis == "2 of 3, so 0.21 to 0.94")
    #expect(DecidedShare(200, of: 300).basis == "200 of 300, so 0.61 to 0.72")
    #expect(DecidedShare(0, of: 4).range?.lowerBound == 0)
    #expect(DecidedShare(4, of: 4).range?.upperBound == 1)
    #expect(DecidedShare.hundredths(0.05) == "0.05" && DecidedShare.hundredths(1) == "1.00")
  }
}
