import CodeWords
import Testing

/// Shipped lexicons with the user's own laid over them.
struct LexiconSetTests {
  private func lexicon(_ name: String, _ terms: [Term]) -> Lexicon {
    Lexicon(name: name, file: name + ".csv", terms: terms)
  }

  private let ivory = Term(["ivory"], language: "en", kind: .product, weight: 60)

  @Test func anOwnRowReplacesTheShippedOneOfTheSameLanguageAndFirstWriting() {
    let own = Term(["Ivory", "ivories"], language: "en", kind: .codeWord, weight: 30)
    let set = LexiconSet(layers: [[lexicon("a", [ivory])], [lexicon("mine", [own])]])
    #expect(set.terms == [own])
  }

  @Test func anotherLanguageIsAnotherTerm() {
    let own = Term(["ivory"], language: "ms", kind: .product, weight: 30)
    #expect(LexiconSet(layers: [[lexicon("a", [ivory])], [lexicon("mine", [own])]]).terms.count == 2)
  }

  @Test func weightZeroSwitchesATermOff() {
    let own = Term(["ivory"], language: "en", kind: .product, weight: 0)
    #expect(LexiconSet(layers: [[lexicon("a", [ivory])], [lexicon("mine", [own])]]).terms == [])
  }

  @Test func aWordMayBelongToSeveralGroupsAndCountByItself() {
    let terms = [
      Term(["shell"], language: "en", kind: .product, weight: 10),
      Term(["shell"], language: "en", kind: .context, denotes: "jewellery"),
      Term(["shell"], language: "en", kind: .context, denotes: "body part"),
    ]
    let own = Term(["shell", "shells"], language: "en", kind: .context, denotes: "jewellery")
    let set = LexiconSet(layers: [[lexicon("a", terms)], [lexicon("mine", [own])]])
    #expect(set.terms.count == 3)
    #expect(set.terms.contains(own) && set.terms.contains(terms[0]) && set.terms.contains(terms[2]))
  }

  @Test func aLexiconIsSwitchedOffByItsNameAndThenReplacesNothing() {
    let own = Term(["ivory"], language: "en", kind: .product, weight: 30)
    let layers = [[lexicon("a", [ivory])], [lexicon("mine", [own])]]
    #expect(LexiconSet(layers: layers, off: ["mine"]).terms == [ivory])
    #expect(LexiconSet(layers: layers, off: ["a", "mine"]).terms == [])
    #expect(LexiconSet(layers: layers, off: ["mine"]).lexicons.map(\.name) == ["a", "mine"])
  }

  @Test func filesOfOneNameAreOneLexicon() {
    let own = Term(["tusk"], language: "en", kind: .product, weight: 30)
    let set = LexiconSet(layers: [[lexicon("a", [ivory])], [lexicon("a", [own])]])
    #expect(set.lexicons.map(\.name) == ["a"])
    #expect(LexiconSet(layers: [[lexicon("a", [ivory])], [lexicon("a", [own])]], off: ["a"]).terms == [])
  }
}
