import CodeWords
import Foundation
import Testing
import SmallFormats
import Taxa

struct TaxonResolutionTests {
  private let names = [
    "", "Loxodonta africana", "Elephas maximus", "African elephants", "Iguana insularis", "ivory", "Elephantidae",
    "Manis javanica",
  ]

  @Test func namesAreRolledUpByPlace() {
    let resolution = TaxonResolution.of(names: names, in: ShippedTaxa.table)
    #expect(
      resolution.rolledUp(to: .genus).map(ShippedTaxa.name) == [
        nil, "Loxodonta", "Elephas", "Loxodonta", "Iguana", nil, nil, "Manis",
      ])
    #expect(
      resolution.rolledUp(to: .family).map(ShippedTaxa.name) == [
        nil, "Elephantidae", "Elephantidae", "Elephantidae", "Iguanidae", nil, "Elephantidae", "Manidae",
      ])
    #expect(resolution[4] == nil && ShippedTaxa.name(resolution[1]) == "Loxodonta africana")
  }

  @Test func placesAreFoundByGroupAndByAppendix() throws {
    let resolution = TaxonResolution.of(names: names, in: ShippedTaxa.table)
    let elephants = try #require(ShippedTaxa.id("Elephantidae"))
    #expect(resolution.places(within: elephants) == [false, true, true, true, false, false, true, false])
    #expect(resolution.places(at: .first, in: .cites) == [false, true, true, true, false, false, true, true])
    #expect(resolution.places(at: .second, in: .cites) == [false, true, false, true, true, false, true, false])
  }

  @Test func namesThatComeLaterAreAdded() {
    var resolution = TaxonResolution.of(names: Array(names.prefix(3)), in: ShippedTaxa.table)
    _ = resolution.extend(over: names)
    #expect(resolution.matches == TaxonResolution.of(names: names, in: ShippedTaxa.table).matches)
  }

  private static let adverts = ShippedTaxa.data.appendingPathComponent("05_rinne_lesser_antilles_reptiles/results.csv")

  /// Real adverts carry an expert's reading of the appendix, as of 2023.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: adverts.path), "the real files are not beside the project"))
  func theAppendixOfRealAdvertsAgreesWithTheExperts() throws {
    let table = ShippedTaxa.table
    let text = try String(contentsOf: Self.adverts, encoding: .utf8)
    var said: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline).dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      said[String(cells[1])] = String(cells[11])
    }
    #expect(said.count > 40)
    for (name, appendix) in said where appendix != "0" {
      let match = table.match(name.first!.uppercased() + name.dropFirst())
      let taxon = try #require(match.nearest, "\(name)")
      #expect("Appendix \(table.taxon(taxon, on: CalendarDay("2023-06-01")).appendix ?? "")" == appendix, "\(name)")
    }
    for (name, appendix) in said where appendix == "0" {
      #expect(table.match(name).nearest.map { table.levels(of: $0, in: .cites) } ?? [] == [], "\(name)")
    }
  }
}
