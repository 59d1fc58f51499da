import CodeWords
import Testing

@testable import Packets

/// What a packet says of species is what the taxon tables say, with day and source, and no more.
@Suite struct CitedTaxonTests {
  private func statement(_ species: [String], _ title: String = "chair", day: String? = nil) -> TaxonStatement {
    var listing = Invented.bareListing()
    listing.title = title
    listing.taxa = species
    listing.reading = InventedReadings.reading(title, species: species, day: day)
    return TaxonStatement(of: listing)
  }

  @Test func aSynonymAndACommonNameComeToTheAcceptedName() {
    let synonym = statement(["Elephas africanus"])
    #expect(synonym.scientificName == "Loxodonta africana" && synonym.commonName == nil && synonym.rank == .species)
    #expect(synonym.basis.contains("named “Elephas africanus” in the dataset's species field (synonym)"))
    let common = statement(["asian elephant"])
    #expect(common.scientificName == "Elephas maximus" && common.commonName == "asian elephant")
    #expect(common.basis.contains("verified"))
  }

  @Test func theAppendixStandsWithItsDayAndSource() {
    #expect(statement(["Elephas maximus"]).appendix == "I")
    #expect(statement(["Elephas maximus"]).basis.contains("Appendix I since 2019-11-26 (source new)"))
    #expect(statement(["Elephas maximus"]).basis.contains("China level 1 since 2021-02-01 (source china)"))
    let african = statement(["Loxodonta africana"])
    #expect(african.appendix == "I/II")
    #expect(african.basis.contains("as of 2017-04-21; later changes not checked"))
    #expect(
      african.basis.contains("populations of four countries in II") && african.basis.contains("China's list: unknown"))
    #expect(statement(["Felis parva"]).appendix == "N")
    #expect(statement(["Felis parva"]).basis.contains("day unknown (unverified)"))
  }

  @Test func whatTheTablesDoNotKnowIsUnknown() {
    let other = statement(["Foo bar"])
    #expect(other.scientificName == "Foo bar" && other.appendix == "?")
    #expect(other.basis.contains("“Foo bar”: in no taxon table"))
    let within = statement(["Felis ignota"])
    #expect(within.appendix == "?" && within.basis.contains("of its genus Felis"))
    let several = statement(["small one"])
    #expect(several.scientificName == "unknown" && several.appendix == "?")
    #expect(several.basis.contains("it may mean"))
  }

  @Test func aMisspeltNameIsStatedAsItIsWrittenWithTheSuggestionAndNoAppendix() {
    let misspelt = statement(["Elephas maximas"])
    #expect(misspelt.scientificName == "Elephas maximas" && misspelt.appendix == "?")
    #expect(misspelt.basis.contains("in no taxon table; suggested: Elephas maximus (one letter differs)"))
    #expect(misspelt.basis.contains("a suggestion only, from which no appendix follows"))
    #expect(!misspelt.basis.contains("Appendix I"))
    let reading = InventedReadings.reading("chair", species: ["Elephas maximas"])
    #expect(reading.taxa.isEmpty && reading.unresolved.map(\.written) == ["Elephas maximas"])
  }

  @Test func severalNamesInOneCellAreCitedOneByOne() {
    let reading = InventedReadings.reading("chair", species: ["Elephas maximus/Loxodonta africana"])
    #expect(reading.taxa.map(\.name) == ["Elephas maximus", "Loxodonta africana"])
    let both = statement(["Elephas maximus/Loxodonta africana"])
    #expect(both.scientificName == "Elephas maximus" && both.appendix == "I")
    #expect(both.basis.contains("one of several names there") && both.basis.contains("also named: Loxodonta africana"))
  }

  @Test func aHybridIsStatedAsOneAndIsNeitherOfItsParents() {
    let hybrid = statement(["Elephas maximus x Loxodonta africana"])
    #expect(hybrid.scientificName == "Elephas maximus × Loxodonta africana" && hybrid.appendix == "?")
    #expect(hybrid.basis.contains("a hybrid, whose own appendix the tables do not tell"))
    #expect(hybrid.basis.contains("a parent of the hybrid") && hybrid.basis.contains("also named: Loxodonta africana"))
    let half = statement(["Elephas maximus x Quimbly dolorosa"])
    #expect(half.scientificName == "Elephas maximus x Quimbly dolorosa" && half.appendix == "?")
  }

  @Test func anAbbreviatedNameIsCitedByItsFullFormInTheFile() {
    let reading = ListingText.with(title: "chair") { text in
      InventedReadings.citation.reading(
        InventedReadings.compiled.reading(of: text), of: text, species: ["E. maximus"], beside: ["Elephas maximus"])
    }
    #expect(reading.taxa.map(\.name) == ["Elephas maximus"])
  }

  @Test func ranksForWhichTheFormatHasNoWordAreNamed() {
    #expect(statement(["Felinae"]).rank == .family)
    #expect(statement(["Felinae"]).basis.contains("the rank is subfamily"))
    #expect(statement(["Mammalia"]).rank == .order)
    #expect(statement(["Felis parva var. alba"]).rank == .subspecies)
  }

  @Test func withoutASpeciesTheTaxonOfTheStrongestTermIsNamed() {
    let statement = statement([], "象牙 and white gold ring")
    #expect(statement.scientificName == "Elephantidae" && statement.rank == .family)
    #expect(statement.basis.contains("meant by its words “象牙”") && statement.basis.contains("also named: Loxodonta"))
    // A void hit names nothing, and a name of scientific form is not overruled by a term.
    #expect(self.statement([], "ivory colour").scientificName == "unknown")
    #expect(self.statement(["Foo bar"], "象牙").scientificName == "Foo bar")
  }

  @Test func theAppendixOnTheDayOfTheAdvertIsStatedWhereItDiffered() throws {
    let before = InventedReadings.reading("x", species: ["Elephas maximus"], day: "2018-05-01").taxa[0]
    #expect(before.onDay?.cites.level == "II")
    #expect(before.dayInWords?.contains("on the day of the advert, 2018-05-01: Appendix II") == true)
    let after = InventedReadings.reading("x", species: ["Elephas maximus"], day: "2020-01-01").taxa[0]
    #expect(after.onDay?.cites.level == "I" && after.dayInWords == nil)
    // Before the table's own day nobody knows.
    let old = InventedReadings.reading("x", species: ["Elephas maximus"], day: "2010-01-01").taxa[0]
    #expect(old.onDay == nil)
    #expect(old.dayInWords?.contains("came into force after the day of the advert, 2010-01-01") == true)
  }

  @Test func theProductIsCodedOnlyWhereTheWordsSayOneThing() throws {
    func product(_ title: String) -> String? { InventedReadings.reading(title).product }
    #expect(product("ivory ring") == "IVC")
    #expect(product("ivory colour") == nil, "a void hit says nothing")
    #expect(product("穿山甲") == nil)
    var reading = InventedReadings.reading("ivory, 象牙")
    #expect(reading.product == "IVC")
    reading.hits[1].term.row.product = "TUS"
    #expect(reading.product == nil)
    reading.hits[1].term.row.product = "ivc"
    #expect(reading.product == nil, "a user's own table may hold anything")
  }
}
