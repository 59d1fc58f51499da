import CodeWords
import Testing
import SmallFormats
import Taxa

/// What is said of an appendix is never more than what the tables tell.
struct ProtectionWordsTests {
  private let table = SmallTaxa.table(
    (
      "cites.csv",
      SmallTaxa.listings(
        "Elephantidae,CITES,I,,,,old", "Loxodonta africana,CITES,II,2019-11-26,,,new", "Felis parva,CITES,none,,,,old")
    ),
    ("china.csv", SmallTaxa.listings("Elephas maximus,China,1,2019-11-26,,,new")))

  private func words(_ name: String, _ list: ProtectionList = .cites) throws -> String {
    table.words(for: try #require(table.match(name).taxon), in: list)
  }

  private func warning(_ name: String) throws -> String? {
    table.indexWarning(for: [try #require(table.match(name).taxon)])
  }

  @Test func aListingOfTheIndexHasItsDayItsHolderAndAWarning() throws {
    #expect(
      try words("Elephas maximus")
        == "Appendix I as of 2017-04-21; later changes not checked (listed with Elephantidae)")
    #expect(try warning("Elephas maximus") == "table ends 2017-04-21; check checklist.cites.org")
  }

  @Test func aLaterChangeHasTheDayItIsInForceSinceAndNoWarning() throws {
    #expect(try words("Loxodonta africana") == "Appendix II since 2019-11-26")
    #expect(try warning("Loxodonta africana") == nil)
    #expect(try words("Elephas maximus", .china) == "China level 1 since 2019-11-26")
  }

  @Test func aGroupIsSaidToBeWhereItsSpeciesAre() throws {
    #expect(try words("Elephantidae") == "its species: Appendix I/II (table of 2017-04-21, some later changes)")
    #expect(try warning("Elephantidae") != nil)
  }

  @Test func whatIsUnknownIsNotNoneAndNoneIsSaidOnlyWhereATableSaysIt() throws {
    #expect(
      try words("Carnivora") == "its species: not in the CITES appendices (table of 2017-04-21, some later changes)")
    #expect(try words("Felis parva").hasPrefix("not in the CITES appendices as of 2017-04-21"))
    #expect(try words("Felis parva", .china) == "China level unknown")
    let bare = SmallTaxa.table()
    let felis = try #require(bare.match("Felis").taxon)
    #expect(bare.words(for: felis, in: .cites) == "appendix unknown")
    #expect(bare.indexWarning(for: [felis]) == nil)
  }

  @Test func aSourceOfAnotherDayIsNamed() throws {
    let table = SmallTaxa.table(("c.csv", SmallTaxa.listings("Felis,CITES,II,2020-02-02,,,new")))
    let felis = try #require(table.match("Felis").taxon)
    #expect(table.words(for: felis, in: .cites) == "Appendix II since 2020-02-02 (source of 2019-11-26)")
  }

  @Test func theShippedWarningNamesTheDayOfTheIndex() {
    #expect(ShippedTaxa.table.baseDay(of: .cites) == CalendarDay("2017-04-21"))
    #expect(ShippedTaxa.table.laterListings(in: .cites).count > 100)
    #expect(ShippedTaxa.table.files.count == 9)
  }
}
