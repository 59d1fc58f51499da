import CodeWords
import Foundation
import Testing
import SmallFormats
import Taxa

struct TaxonProtectionTests {
  private let table = ShippedTaxa.table

  private func appendix(_ name: String, _ day: String? = nil) -> String? {
    table.taxon(named: name, on: day.flatMap { CalendarDay($0) })?.appendix
  }

  @Test(arguments: [
    ("Elephas maximus", "I"), ("Loxodonta africana", "I/II"), ("Loxodonta", "I/II"), ("Elephantidae", "I/II"),
    ("Manis javanica", "I"), ("Psittacus erithacus", "I"), ("Saiga tatarica", "II"), ("Panthera tigris", "I"),
    ("Lynx lynx", "II"), ("Ursus americanus", "II"), ("Ursus arctos", "I/II"), ("Paphiopedilum sanderianum", "I"),
    ("Phalaenopsis amabilis", "II"), ("Nymphicus hollandicus", "none"), ("Felis catus", "none"),
    ("Struthio camelus", "I/none"), ("Balaenoptera musculus", "I"), ("Orcinus orca", "II"),
    ("Caiman crocodilus", "I/II"),
    ("Dalbergia nigra", "I"), ("Homo sapiens", nil),
  ])
  func theAppendixIsThatOfTheTaxonOrTheGroupItIsListedWith(name: String, expected: String?) {
    #expect(appendix(name) == expected)
  }

  @Test(arguments: [
    ("Manis javanica", "2017-01-01", "II"), ("Manis javanica", "2017-01-02", "I"),
    ("Psittacus erithacus", "2017-01-01", "II"), ("Psittacus erithacus", "2017-01-02", "I"),
    ("Giraffa camelopardalis", "2019-11-25", nil), ("Giraffa camelopardalis", "2019-11-26", "II"),
    ("Gekko gecko", "2019-11-25", nil), ("Gekko gecko", "2019-11-26", "II"),
    ("Aonyx cinerea", "2019-11-25", "II"), ("Aonyx cinerea", "2019-11-26", "I"),
    ("Geochelone elegans", "2019-11-25", "II"), ("Geochelone elegans", "2020-01-01", "I"),
    ("Pycnonotus zeylanicus", "2023-11-24", "II"), ("Pycnonotus zeylanicus", "2023-11-25", "I"),
    ("Carcharhinus falciformis", "2018-01-01", "II"), ("Carcharhinidae", "2023-11-24", nil),
    ("Carcharhinidae", "2023-11-25", "II"), ("Cedrela odorata", "2019-01-01", "III"),
    ("Cedrela odorata", "2021-01-01", "II"), ("Apalone ferox", "2022-01-01", "III"),
    ("Apalone ferox", "2024-01-01", "II"),
    ("Apalone spinifera atra", "2024-01-01", "I"), ("Carcharhinus longimanus", "2026-03-04", "II"),
    ("Carcharhinus longimanus", "2026-03-05", "I"), ("Okapia johnstoni", "2026-03-04", nil),
    ("Okapia johnstoni", "2026-03-05", "I"),
  ])
  func aChangeCountsFromTheDayItCameIntoForce(name: String, day: String, expected: String?) {
    #expect(appendix(name, day) == expected)
  }

  @Test func whatRestsOnTheTableOf2017SaysSo() throws {
    let saiga = try #require(table.taxon(named: "Saiga tatarica"))
    #expect(saiga.appendixInWords == "Appendix II as of 2017-04-21; later changes not checked")
    #expect(saiga.asOf == "2017-04-21")
    let giraffe = try #require(table.taxon(named: "Giraffa camelopardalis"))
    #expect(giraffe.appendixInWords == "Appendix II since 2019-11-26")
    let newt = try #require(table.taxon(named: "Laotriton laoensis"))
    #expect(newt.appendixInWords == "Appendix II since 2023-02-23 (unverified)")
    let budgerigar = try #require(table.taxon(named: "Melopsittacus undulatus"))
    #expect(budgerigar.appendixInWords == "not in the CITES appendices as of 2017-04-21; later changes not checked")
    let raccoonDog = try #require(table.taxon(named: "Nyctereutes procyonoides"))
    #expect(
      raccoonDog.appendix == nil && raccoonDog.appendixInWords == "appendix unknown" && raccoonDog.asOf == "unknown")
  }

  @Test func everybodyIsWarnedThatTheTableEndsIn2017() throws {
    let warning = try #require(table.warning)
    #expect(warning.hasPrefix("The CITES table ends on 2017-04-21; "))
    #expect(warning.hasSuffix(" up to 2026-03-05 are added, others are not. Check an appendix before relying on it."))
    #expect(TaxonTable.empty.warning == nil)
    let small = SmallTaxa.table(("l.csv", SmallTaxa.listings("Loxodonta,CITES,I,,,,old")))
    #expect(small.warning == "The CITES table ends on 2017-04-21; later changes are not in it.")
  }

  @Test func chinasLevelStandsBesideTheAppendixWithItsDay() throws {
    let pangolin = try #require(table.taxon(named: "Manis pentadactyla"))
    #expect(pangolin.chinaLevelInWords == "China level 1 since 2021-02-01")
    let leopard = try #require(table.taxon(named: "Panthera uncia"))
    #expect(leopard.acceptedName == "Uncia uncia" && leopard.china?.text == "1")
    let seahorse = try #require(table.taxon(named: "Hippocampus kuda"))
    #expect(seahorse.china?.text == "2" && seahorse.china?.holder == ShippedTaxa.id("Hippocampus"))
    #expect(table.taxon(named: "Loxodonta africana")?.china == nil)
    #expect(table.taxon(named: "Loxodonta africana")?.chinaLevelInWords == "level unknown")
  }

  @Test func aGroupsRowHoldsForItsMembersUntilOneHasItsOwn() {
    let table = SmallTaxa.table(
      ("l.csv", SmallTaxa.listings("Elephantidae,CITES,II,,,,old", "Elephas maximus,CITES,I,2019-11-26,,,new")))
    #expect(table.problems == [])
    #expect(table.taxon(named: "Loxodonta africana alba")?.appendix == "II")
    #expect(table.taxon(named: "Elephas maximus")?.appendix == "I")
    #expect(table.taxon(named: "Elephas maximus", on: CalendarDay("2019-11-25"))?.appendix == "II")
    #expect(table.taxon(named: "Elephantidae")?.appendix == "I/II")
    #expect(table.taxon(named: "Felis parva")?.appendix == nil)
  }

  private static let index = ShippedTaxa.data.appendingPathComponent("20_cites_index_2017/DERIVED_cites_names.tsv")

  /// The oracle: the index that the tables were derived from tells every species' listing by itself.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: index.path), "the real files are not beside the project"))
  func everySpeciesStandsWhereTheIndexOf2017SaysSo() throws {
    let day = try #require(CalendarDay("2017-04-21"))
    var wrong: [String] = []
    var count = 0
    for line in try String(contentsOf: Self.index, encoding: .utf8).split(separator: "\n").dropFirst() {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard ["SPECIES", "SUBSPECIES", "VARIETY"].contains(cells[1]) else { continue }
      count += 1
      let said: String = cells[6].isEmpty ? "none" : String(cells[6].replacing("NC", with: "none"))
      let found = table.match(String(cells[5])).taxon.flatMap { table.status(of: $0, in: .cites, on: day)?.text }
      if found != said { wrong.append("\(cells[5]): \(said), found \(found ?? "nothing")") }
    }
    #expect(count > 35_000)
    #expect(wrong.prefix(20) == [])
  }
}

struct DayTests {
  @Test(arguments: ["2017-04-21", "2024-02-29", "0001-01-01", "2000-02-29"])
  func aDayIsWrittenAsItWasRead(text: String) { #expect(CalendarDay(text)?.description == text) }

  @Test(arguments: [
    "", "2017-4-21", "2023-02-29", "1900-02-29", "2017-13-01", "2017-00-01", "2017-01-00", "21.04.2017x",
  ])
  func whatIsNoDayIsRefused(text: String) { #expect(CalendarDay(text) == nil) }

  @Test func daysAreOrderedAsTheCalendar() throws {
    let days = try ["2016-12-31", "2017-01-01", "2017-01-31", "2017-02-01"].map { try #require(CalendarDay($0)) }
    #expect(days == days.sorted() && Set(days).count == 4)
  }
}
