import Foundation
import Testing

/// `linsang taxon`, filters by taxon on the command line, and what `linsang doctor` reports about the tables.
@Suite(.waitsElsewhere) struct TaxonCommandTests {
  private let place: Workplace
  private let week: String

  init() throws {
    place = try Workplace()
    week = try place.write(
      "week.csv",
      """
      listing_id,platform,title,species
      a1,Pipit,carved thing,Loxodonta africana
      a2,Pipit,garden chair,
      a3,Pipit,old thing,African elephants
      a4,Pipit,bracelet,Manis javanica
      a5,Pipit,vảy tê tê,
      a6,Pipit,lamp,brown shade

      """)
  }

  private func count(_ filter: String) throws -> String {
    try Program.run("query", filter, week, "--count", at: place).text
  }

  @Test func whatIsKnownAboutANameIsPrinted() throws {
    let outcome = try Program.run("taxon", "African elephant", "Manis javanica", at: place)
    #expect(outcome.status == 0 && outcome.err.isEmpty)
    for line in [
      "Loxodonta africana, species", "  asked        African elephant: common name",
      "  belongs to   Animalia · Mammalia · Proboscidea · Elephantidae · Loxodonta",
      "  synonyms     Loxodonta cyclotis · Elephas africanus · Elephas cyclotis",
      "  CITES        Appendix I/II as of 2017-04-21; later changes not checked",
      "  warning      table ends 2017-04-21; check checklist.cites.org", "Manis javanica, species",
      "  CITES        Appendix I since 2017-01-02", "  China        China level 1 since 2021-02-01",
    ] { #expect(outcome.lines.contains(line), "\(line)") }
    #expect(outcome.lines.contains { $0.contains("I, from 2017-01-02; CoP17; Commission Regulation (EU) 2017/128") })
  }

  @Test func aGroupListsItsSpeciesByAppendix() throws {
    let outcome = try Program.run("taxon", "pangolin", at: place)
    #expect(outcome.lines.contains("  species      8 in the tables, by CITES appendix: I 8"))
    #expect(outcome.lines.contains { $0.contains("its species: Appendix I (table of 2017-04-21, some later changes)") })
  }

  @Test func anUncertainNameListsCandidatesAndFails() throws {
    let outcome = try Program.run("taxon", "Iguana insularis", "psitt", "quimbly\u{202E}", at: place)
    #expect(outcome.status == 1)
    #expect(outcome.text.contains("Iguana insularis: species that is in no table, of a genus that is"))
    #expect(outcome.text.contains("near are     Psittaciformes, order; Psittacidae, family"))
    #expect(outcome.text.contains("quimbly") && !outcome.text.contains("\u{202E}"))
  }

  @Test func aMisspeltNameIsASuggestionWithoutAnAppendix() throws {
    let outcome = try Program.run("taxon", "Pan troglodites", at: place)
    #expect(outcome.status == 1)
    #expect(
      outcome.lines == [
        "Pan troglodites: in no taxon table; suggested: Pan troglodytes (one letter differs)", "  genus        Pan",
        "  not certain  so no appendix is given; ask for linsang taxon \"Pan troglodytes\"",
      ])
    let answer = try #require(
      JSONSerialization.jsonObject(with: Data(Program.run("taxon", "--json", "Pan troglodites", at: place).out))
        as? [String: Any])
    #expect(answer["accepted"] is NSNull && answer["suggested"] as? String == "Pan troglodytes")
    #expect(answer["difference"] as? String == "one letter differs" && answer["genus"] as? String == "Pan")
    #expect(answer["cites"] == nil && answer["candidates"] as? [String] == ["Pan troglodytes"])
  }

  @Test func severalNamesAreAnsweredOneByOne() throws {
    let outcome = try Program.run("taxon", "Panthera leo/tigris", at: place)
    #expect(outcome.status == 0 && outcome.lines.first == "Panthera leo/tigris: several names")
    #expect(outcome.lines.contains("Panthera leo, species") && outcome.lines.contains("Panthera tigris, species"))
    let text = try Program.run("taxon", "--json", "Panthera leo x tigris", at: place).out
    let answer = try #require(JSONSerialization.jsonObject(with: Data(text)) as? [String: Any])
    #expect(answer["by"] as? String == "hybrid" && answer["accepted"] is NSNull)
    let names = try #require(answer["names"] as? [[String: Any]])
    #expect(names.map { $0["accepted"] as? String } == ["Panthera leo", "Panthera tigris"])
  }

  @Test func statsCountSuggestionsApart() throws {
    let file = try place.write(
      "typos.csv",
      "listing_id,title,species\n1,a,Pan troglodites\n2,b,Pan troglodytes\n3,c,\n4,d,Pan troglodites\n5,e,lamp\n")
    let outcome = try Program.run("stats", file, at: place)
    for line in [
      "species by the taxon tables", "         1  name a taxon",
      "         2  have a name close to a known one: suggestions, not certain",
      "            2 × Pan troglodites: suggested: Pan troglodytes (one letter differs)",
      "         1  have a name that no table has", "         1  name no species",
    ] { #expect(outcome.lines.contains(line), "\(line)") }
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(Program.run("stats", file, "--json", at: place).out)) as? [String: Any])
    let taxa = try #require(json["taxa"] as? [String: Any])
    #expect((taxa["listings"] as? [String: Int])?["suggested"] == 2)
    #expect((taxa["suggested"] as? [[String: Any]])?.first?["suggested"] as? String == "Pan troglodytes")
    #expect(try Program.run("query", "taxon:suggested", file, "--count", at: place).text == "2\n")
    #expect(try Program.run("query", "appendix:I", file, "--count", at: place).text == "1\n")
    #expect(try Program.run("query", "taxon:Pan", file, "--count", at: place).text == "3\n")
  }

  @Test func jsonHoldsTheSameFacts() throws {
    let outcome = try Program.run("taxon", "--json", "Manis javanica", "quimbly", at: place)
    #expect(outcome.status == 1)
    let answers = try outcome.lines.map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    let pangolin = try #require(answers.first)
    #expect(pangolin["accepted"] as? String == "Manis javanica" && pangolin["rank"] as? String == "species")
    #expect((pangolin["lineage"] as? [String])?.last == "Manis")
    let cites = try #require(pangolin["cites"] as? [String: Any])
    #expect(cites["status"] as? String == "I")
    let rows = try #require(cites["rows"] as? [[String: Any]])
    #expect(rows.map { $0["until"] as? String } == ["2017-01-02", nil])
    #expect(rows.last?["source_as_of"] as? String == "2017-01-02")
    #expect(pangolin["warning"] is NSNull)
    #expect(answers.last?["accepted"] is NSNull && answers.last?["by"] as? String == "no known taxon")
  }

  @Test func listingsAreFoundByTheTaxaOfTheirCellsAndCodeWords() throws {
    #expect(try count("taxon:Elephantidae") == "2\n")
    #expect(try count("taxon:\"African elephant\"") == "2\n")
    #expect(try count("taxon:pangolin") == "2\n")
    #expect(try count("taxon:none") == "1\n")
    #expect(try count("taxon:unknown") == "1\n")
    #expect(try count("appendix:II") == "2\n")
    #expect(try count("appendix:unknown platform:pipit") == "2\n")
  }

  @Test func aFilterByAnUnknownTaxonIsWrongUsage() throws {
    let outcome = try Program.run("query", "taxon:psitt", week, at: place)
    #expect(outcome.status == 64 && outcome.out.isEmpty)
    #expect(outcome.err.contains("psitt at column 7 is no taxon known here; near are Psittaciformes"))
  }

  /// Commands once answered filters by risk and term as if the lexicons had read no row.
  @Test func aQueryAboutRiskOrTermsReadsTheListingsFirst() throws {
    #expect(try count("risk:>0") != "0\n")
    #expect(try count("term:none -term:\"vảy tê tê\"") == "5\n")
    let stats = try Program.run("stats", week, "--filter", "term:pangolin", at: place)
    #expect(stats.lines.first == "1 listings of 6, 0 problems")
  }

  @Test func doctorListsTheTablesAndHowUpToDateTheyAre() throws {
    let outcome = try Program.run("doctor", at: place)
    #expect(outcome.lines.contains { $0.hasPrefix("taxa       ") && $0.hasSuffix("names, from 9 tables") })
    #expect(outcome.lines.contains { $0.hasSuffix("Lexicons/taxa/cites-2017.csv") })
    #expect(outcome.lines.contains { $0.hasPrefix("CITES      ") && $0.contains("as of 2017-04-21") })
    #expect(outcome.lines.contains { $0.hasPrefix("warning    The CITES table ends on 2017-04-21") })
  }

  @Test func doctorNamesABrokenTableOfTheUsersAndKeepsTheOthers() throws {
    try place.write("home/.config/linsang/Lexicons/taxa/mine.csv", "name,rank,parent\nQuimbly,gens,Felidae\n")
    let outcome = try Program.run("doctor", at: place)
    #expect(outcome.lines.contains { $0.contains("from 10 tables") })
    #expect(outcome.lines.contains { $0.contains("mine.csv:2: \"gens\" is no rank; the row is left out") })
  }
}
