import CodeWords
import Foundation
import ListingsTestSupport
import Testing
import Taxa

/// A misspelt scientific name suggests what it is near to, and is never taken for it.
struct TaxonSuggestionTests {
  private let table = ShippedTaxa.table

  private func suggestion(_ written: String) -> TaxonSuggestion? { table.match(written).suggestion }

  @Test(arguments: [
    ("Pan troglodites", "Pan troglodytes", SpellingDifference.otherLetter),
    ("Chelonia midas", "Chelonia mydas", .otherLetter), ("Loxodonta africanna", "Loxodonta africana", .extraLetter),
    ("Loxodontha africana", "Loxodonta africana", .extraLetter), ("Ursus artcos", "Ursus arctos", .swappedLetters),
    ("Python regis", "Python regius", .missingLetter), ("Manis javanicus", "Manis javanica", .ending),
    ("Phyllobates terribillis", "Phyllobates terribilis", .extraLetter),
    ("Fyllobates terribilis", "Phyllobates terribilis", .sound), ("Panthera tigriss", "Panthera tigris", .extraLetter),
    ("Loxodontha africanna", "Loxodonta africana", .genusAndEpithet), ("Pantheraleo", "Panthera leo", .blank),
    ("Pan troglo dytes", "Pan troglodytes", .blank), ("Kuora trifasciata", "Cuora trifasciata", .otherLetter),
    ("Apalone spinifera atrra", "Apalone spinifera", nil),
  ])
  func aMisspeltNameSuggestsTheSpecies(written: String, meant: String, difference: SpellingDifference?) throws {
    guard let difference else {
      // The species of a subspecies that is not known is certain.
      #expect(ShippedTaxa.name(table.match(written).taxon) == meant)
      return
    }
    let suggestion = try #require(self.suggestion(written))
    #expect(ShippedTaxa.name(suggestion.taxon) == meant && suggestion.difference == difference)
    #expect(table.match(written).taxon == nil)
  }

  @Test(arguments: [
    "pan troglodites", "PAN TROGLODITES", "Pan Troglodites", "Pan_troglodites", "Pan troglodites (Blumenbach, 1775)",
    "Pan troglodites Blumenbach, 1775", "  Pan   troglodites ",
  ])
  func caseAuthorsAndBlanksDoNotHideIt(written: String) {
    #expect(ShippedTaxa.name(suggestion(written)?.taxon) == "Pan troglodytes")
  }

  @Test func aMisspeltSynonymSuggestsTheAcceptedNameAndSaysByWhichName() throws {
    let suggestion = try #require(self.suggestion("Selenarctos tibetanus"))
    #expect(ShippedTaxa.name(suggestion.taxon) == "Ursus thibetanus")
    #expect(
      table.words(for: suggestion)
        == "suggested: Ursus thibetanus, by its synonym Selenarctos thibetanus (one letter is missing)")
  }

  @Test func aMisspeltGenusIsSuggestedWhereTheSpeciesIsLeftOpen() {
    #expect(ShippedTaxa.name(suggestion("Loxodontha sp.")?.taxon) == "Loxodonta")
    #expect(ShippedTaxa.name(suggestion("Elephantidea")?.taxon) == "Elephantidae")
    #expect(suggestion("Pann sp.") == nil, "a short word is near to too much")
    #expect(ShippedTaxa.name(suggestion("Loxodontha")?.taxon) == "Loxodonta")
    #expect(suggestion("elephantidea") == nil, "a word in small letters is not written as a name")
    #expect(suggestion("Amphibian") == nil && suggestion("Isabella") == nil, "a word that is near by chance")
  }

  @Test func theGenusIsCertainOnlyWhereItIsSpeltCorrectlyAndNoOtherIsClose() throws {
    let pan = try #require(ShippedTaxa.id("Pan"))
    #expect(suggestion("Pan troglodites")?.genus == pan && table.match("Pan troglodites").nearest == pan)
    #expect(suggestion("pan troglodites")?.genus == nil)
    #expect(suggestion("Loxodontha africana")?.genus == nil && table.match("Loxodontha africana").nearest == nil)
  }

  @Test func ofTwoThatAreEquallyNearNoneIsChosenAndBothAreNamed() throws {
    let small = SmallTaxa.table(("more.csv", "name,rank,parent\nFelis pulchra,species,\nFelis pulchta,species,\n"))
    let suggestion = try #require(small.match("Felis pulchsa").suggestion)
    #expect(suggestion.taxon == nil)
    #expect(suggestion.candidates.map(\.name) == ["Felis pulchra", "Felis pulchta"])
    #expect(
      small.words(for: suggestion)
        == "equally near to Felis pulchra and Felis pulchta (one letter differs): none is chosen")
    #expect(small.candidates(named: "Felis pulchsa").count == 2 && small.taxon(named: "Felis pulchsa") == nil)
  }

  @Test func aNearerNameIsNotHeldUpByOneThatIsFurther() throws {
    let small = SmallTaxa.table(
      ("more.csv", "name,rank,parent\nFelis philippinensis,species,\nFelis filipinensa,species,\n"))
    #expect(small.match("Felis philippinnsis").suggestion?.candidates.map(\.name) == ["Felis philippinensis"])
  }

  @Test func noAppendixFollowsFromASuggestion() throws {
    for written in ["Pan troglodites", "Chelonia midas", "Loxodontha africana"] {
      let match = table.match(written)
      #expect(table.levels(of: match, in: .cites) == [] && table.taxa(named: written) == [])
      #expect(table.taxon(named: written) == nil)
    }
  }

  @Test(arguments: [
    "Prunus americana", "Iguana insularis", "Manis nova", "brown shade", "Tree Boa", "Horned Frog", "wooden chair",
    "Vintage carved elephant", "Orange cat", "Panthera skin", "Python programming", "Pan flute", "Naja snake",
    "Aloe gel", "Boa scarf", "", "Ab cd", "x y z", "123 456", "Manis 2019", "Ara parrots for sale", "Leather handbag",
  ])
  func otherNamesAndWordsSuggestNothing(written: String) { #expect(suggestion(written) == nil) }

  @Test func withoutTablesNothingIsSuggested() {
    #expect(TaxonTable.empty.match("Pan troglodites") == .unknown)
    #expect(TaxonTable.empty.match("Pantheraleo / x") == .unknown)
  }

  // MARK: An oracle

  private static let species: [String] = ShippedTaxa.table.all.lazy
    .filter { ShippedTaxa.table.rank(of: $0) == .species }.map { ShippedTaxa.table.acceptedName(of: $0) }
    .filter { $0.utf8.allSatisfy { $0 == 0x20 || $0 & 0xDF &- 0x41 < 26 } && $0.split(separator: " ").count == 2 }

  /// Names of the tables with one fault each. What is suggested is the name, or nothing; a fault that makes another name
  /// of the tables is no fault.
  @Test(arguments: [1, 2] as [UInt64])
  func aNameWithOneMisspellingNeverSuggestsAnother(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    var (right, none, wrong) = (0, 0, [String]())
    for _ in 0..<250 {
      let name = dice.pick(Self.species)
      let written = Self.misspelt(name, &dice)
      let match = table.match(written)
      guard match.taxon == nil else { continue }
      switch match.suggestion?.taxon {
      case nil: none += 1
      case let taxon? where table.acceptedName(of: taxon) == name: right += 1
      case let taxon?: wrong.append("\(written): \(table.acceptedName(of: taxon)), not \(name)")
      }
    }
    #expect(wrong.isEmpty)
    #expect(right > 220 && none < 15, "\(right) right, \(none) without a suggestion")
  }

  private static func misspelt(_ name: String, _ dice: inout Dice) -> String {
    var words = name.split(separator: " ").map { Array($0.utf8) }
    let word = dice.once(in: 3) ? 0 : 1
    let place = 1 + dice.below(words[word].count - 1)
    let letter = UInt8(0x61 + dice.below(26))
    switch dice.below(5) {
    case 0: words[word][place] = letter
    case 1: words[word].insert(letter, at: place)
    case 2: if words[word].count > 3 { words[word].remove(at: place) }
    case 3: if place > 1 { words[word].swapAt(place, place - 1) }
    default: words[word].insert(words[word][place], at: place)
    }
    return words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
  }
}
