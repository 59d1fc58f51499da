import CodeWords
import Listings
import Testing

/// What the formula comes to, in figures that can be checked by hand.
struct RiskFormulaTests {
  @Test func aTermAloneComesToItsWeight() {
    #expect(Read("tusk").risk == 50)
    #expect(Read("象牙").risk == 70)
  }

  @Test func aSecondTermTakesItsShareOfWhatIsLeft() {
    // 70, then 50 of the 30 that are left.
    #expect(Read("象牙 tusk").risk == 85)
  }

  @Test func aWeakHitCountsAFifth() {
    #expect(Read("jelly beans").risk == 8)
  }

  @Test func theAppendixOfTheTaxonCountsWhereATermCountsInFull() {
    // 90, then 20 of the 10 that are left.
    let read = Read("vảy tê tê")
    #expect(read.risk == 92)
    #expect(
      read.why == [
        "90 “vảy tê tê”, Vietnamese product name: pangolin scales (Manis javanica)",
        "2 Manis javanica: CITES Appendix I as of 2025-02-07",
      ])
    #expect(Read("jelly beans").why.count == 1)
  }

  @Test func transactionCuesCountBesideATermOnlyAndNoMoreThanTheirLimit() {
    #expect(Read("chair, dm for price").risk == 0)
    #expect(Read("jelly beans, dm for price").risk == 8)
    #expect(Read("tusk, dm for price").risk == 60)
    #expect(Read("tusk, dm for price, discreet").risk == 62)
  }

  @Test func harmlessGroupsTakeTheirShareOnceEach() {
    #expect(Read("tusk, resin").risk == 20)
    #expect(Read("tusk, resin, plastic").risk == 20)
    #expect(Read("tusk, resin, plastic, replica").risk == 10)
    #expect(
      Read("tusk, replica").why == [
        "50 “tusk”, English product name: elephant tusk", "-25 “replica” speaks for: replica",
      ])
  }

  @Test func theSpeciesCellCountsALittleByItself() {
    #expect(Read("old chair", species: [InventedLexicons.pangolin]).risk == 15)
    #expect(
      Read("old chair", species: [InventedLexicons.pangolin]).why == ["15 the species column says Manis javanica"])
    // 50, 15 % of the rest, and 20 % of what is left then.
    #expect(Read("tusk", species: [InventedLexicons.pangolin]).risk == 66)
  }

  @Test func aVoidHitIsShownWithNothing() {
    let read = Read("ivory coast")
    #expect(read.risk == 0)
    #expect(
      read.why == [
        "0 “ivory”, English product name: elephant ivory (Loxodonta africana); void, since it is part of “ivory coast”"
      ])
  }

  @Test func wholePointsLoseAndInventNothing() throws {
    let read = Read("果冻 手串 🐘 vảy tê tê กระ tusk", "discreet, inbox, resin, replica")
    let risk = try #require(read.reading.risk)
    #expect(risk.points.count > 8)
    #expect(risk.points.reduce(0) { $0 + $1.points } == risk.value)
  }
}
