import CodeWords
import Testing
import LexiconWork

/// What a change of lexicons is, and how it is told.
struct LexiconChangeTests {
  private func set(_ layers: [Term]..., off: Set<String> = []) -> LexiconSet {
    LexiconSet(
      layers: layers.enumerated().map { [Lexicon(name: "layer\($0)", file: "layer\($0).csv", terms: $1)] }, off: off)
  }

  private let ivory = Term(["ivory"], language: "en", kind: .product, denotes: "elephant ivory", weight: 60)
  private let tusk = Term(["tusk"], language: "en", kind: .product, denotes: "elephant tusk", weight: 50)
  private let resin = Term(["resin"], language: "en", kind: .benign, denotes: "other material", weight: 60)

  @Test func nothingChangesBetweenEqualSets() {
    let change = LexiconChange(from: set([ivory, tusk]), to: set([tusk, ivory]))
    #expect(change.isEmpty)
    #expect(change.sentence == "no term changes")
  }

  @Test func aNewSourceOrPlaceIsNoChange() {
    var cited = ivory
    cited.source = "wildscan"
    cited.reviewed = "2026-11-24"
    #expect(LexiconChange(from: set([ivory]), to: set([ivory], [cited])).isEmpty)
  }

  @Test func termsAreAddedChangedAndTakenOut() {
    var weaker = ivory
    weaker.weight = 30
    weaker.taxon = "Loxodonta africana"
    var off = tusk
    off.weight = 0
    let change = LexiconChange(from: set([ivory, tusk]), to: set([ivory, tusk], [weaker, off, resin]))
    #expect(change.added == [resin])
    #expect(change.removed == [tusk])
    #expect(change.changed == [.init(before: ivory, after: weaker)])
    #expect(
      change.sentence == "1 term added: “resin” (en); 1 term changed: “ivory” (en) weight 60 → 30, "
        + "taxon none → Loxodonta africana; 1 term no longer in force: “tusk” (en)")
  }

  @Test func theSameWordInAnotherLanguageIsAnotherTerm() {
    var malay = ivory
    malay.language = "ms"
    let change = LexiconChange(from: set([ivory]), to: set([malay]))
    #expect(change.added == [malay] && change.removed == [ivory] && change.changed.isEmpty)
  }

  @Test func ofTwoEqualRowsOneMoreIsOneAdded() {
    let change = LexiconChange(from: set([ivory]), to: set([ivory, ivory]))
    #expect(change.added == [ivory] && change.removed.isEmpty)
  }

  @Test func aLexiconThatIsSwitchedOffTakesItsTermsOut() {
    let change = LexiconChange(from: set([ivory, tusk, resin]), to: set([ivory, tusk, resin], off: ["layer0"]))
    #expect(change.removed.map(\.name) == ["ivory", "resin", "tusk"])
  }

  @Test func manyTermsAreCountedAndTheFirstNamed() {
    let many = (0..<5).map { Term(["word\($0)"], language: "en", kind: .product, weight: 5) }
    let change = LexiconChange(from: .empty, to: set(many))
    #expect(change.sentence == "5 terms added: “word0” (en), “word1” (en), “word2” (en), and 2 more")
  }
}
