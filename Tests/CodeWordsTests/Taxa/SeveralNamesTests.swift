import CodeWords
import Testing
import Taxa

/// Species cells that hold several names, hybrids, and abbreviations.
struct SeveralNamesTests {
  private let table = ShippedTaxa.table

  private func taxa(_ written: String) -> [String?] { table.match(written).each.map { ShippedTaxa.name($0.taxon) } }

  @Test(arguments: [
    "Panthera leo/tigris", "Panthera leo / Panthera tigris", "Panthera leo & tigris", "Panthera leo and tigris",
    "Panthera leo + P. tigris", "P. leo / Panthera tigris", "Panthera leo, Panthera tigris", "Panthera leo, tigris",
    "Panthera leo; Panthera tigris", "Panthera leo (Linnaeus, 1758) & Panthera tigris (Linnaeus, 1758)",
    "Panthera leo Linnaeus, 1758, Panthera tigris Linnaeus, 1758", "lion/tiger", "Lions and tigers",
    "Panthera leo/tiger",
    "Panthera leo y Panthera tigris", "panthera leo/tigris", "Lion, Tiger",
  ])
  func twoNamesInOneCellAreTwoTaxa(written: String) {
    #expect(taxa(written) == ["Panthera leo", "Panthera tigris"])
    #expect(table.match(written).taxon == nil && !table.match(written).isHybrid)
    #expect(table.candidates(named: written).count == 2 && table.taxa(named: written).count == 2)
  }

  @Test func moreThanTwoAndMixturesAreUnderstood() {
    #expect(taxa("Ara ararauna/macao/militaris") == ["Ara ararauna", "Ara macao", "Ara militaris"])
    #expect(taxa("African and Asian elephants") == ["Loxodonta africana", "Elephas maximus"])
    #expect(taxa("Elephas/Loxodonta") == ["Elephas", "Loxodonta"])
    #expect(taxa("Panthera leo x tigris, Ara macao") == ["Panthera leo", "Panthera tigris", "Ara macao"])
    #expect(taxa("Iguana insularis / Iguana iguana") == [nil, "Iguana iguana"])
  }

  @Test func eachNameIsKnownByItsFullForm() {
    let parts = table.match("Panthera leo/tigris").parts(of: "Panthera leo/tigris")
    #expect(parts.map(\.written) == ["Panthera leo", "Panthera tigris"])
    let one = table.match("Manis javanica").parts(of: "Manis javanica")
    #expect(one == [NamedPart(written: "Manis javanica", match: table.match("Manis javanica"))])
  }

  @Test func aMisspeltNameInAListIsSuggestedAndTheOthersAreCertain() throws {
    let match = table.match("Panthera leo/tigriss")
    #expect(ShippedTaxa.name(match.each[0].taxon) == "Panthera leo")
    let suggestion = try #require(match.each[1].suggestion)
    #expect(ShippedTaxa.name(suggestion.taxon) == "Panthera tigris" && match.each[1].taxon == nil)
  }

  @Test(arguments: [
    ("Varanus komodoensis Ouwens & Smith, 1912", "Varanus komodoensis"),
    ("Aquila clanga Temminck & Wolf, 1820", "Aquila clanga"), ("Python regius Shaw, 1802", "Python regius"),
    ("Python regius, female, albino", "Python regius"), ("Panthera leo skin & claws", "Panthera leo"),
    ("3 x African elephant", "Loxodonta africana"), ("Panthera leo, 2", "Panthera leo"),
    ("Geochelone/Stigmochelys pardalis", "Stigmochelys pardalis"), ("Ara macao / Scarlet Macaw", "Ara macao"),
  ])
  func authorsRemarksNumbersAndTwoNamesOfOneTaxonAreOne(written: String, accepted: String) {
    #expect(ShippedTaxa.name(table.match(written).taxon) == accepted)
  }

  @Test(arguments: [
    "wood, metal", "black & white", "and", "/", "×", "x", "Leather, tiger print", "M/F", "a/b/c", "1/2",
  ])
  func wordsThatAreNoNamesAreNoList(written: String) { #expect(table.match(written) == .unknown) }

  @Test(arguments: [
    ("Spotted something (Panthera tigris)", "Panthera tigris"), ("Tsavo cat [Panthera leo]", "Panthera leo"),
    ("Lion (Panthera leo)", "Panthera leo"), ("Panthera leo (African lion)", "Panthera leo"),
  ])
  func aScientificNameInBracketsCountsWhereTheWordsBeforeSayNothing(written: String, accepted: String) {
    #expect(ShippedTaxa.name(table.match(written).taxon) == accepted)
    #expect(table.match("Lamp (Wolf)") == .unknown && table.match("Something (Shaw, 1802)") == .unknown)
    #expect(ShippedTaxa.name(table.match("Some chimp (Pan troglodites)").suggestion?.taxon) == "Pan troglodytes")
  }

  // MARK: Hybrids

  @Test(arguments: [
    ("Panthera leo x tigris", ["Panthera leo", "Panthera tigris"]),
    ("Panthera leo × Panthera tigris", ["Panthera leo", "Panthera tigris"]),
    ("Panthera tigris X P. leo", ["Panthera tigris", "Panthera leo"]),
    ("Amazona ochrocephala × A. aestiva", ["Amazona ochrocephala", "Amazona aestiva"]),
    ("Panthera leo×tigris", ["Panthera leo", "Panthera tigris"]),
  ])
  func aHybridNamesItsParentsAndIsNeitherOfThem(written: String, parents: [String]) {
    let match = table.match(written)
    #expect(match.isHybrid && match.taxon == nil && taxa(written) == parents)
  }

  @Test func aHybridOfWhichOneParentIsInNoTableIsNotTheOtherOne() {
    let match = table.match("Panthera leo x quimbly")
    #expect(match.isHybrid && match.taxon == nil)
    #expect(match.each.map { ShippedTaxa.name($0.taxon) } == ["Panthera leo", nil])
  }

  @Test func aHybridWithANameOfItsOwnIsCountedUnderItsGenusUnlessTheTablesHaveIt() throws {
    let cattleya = try #require(ShippedTaxa.id("Cattleya"))
    #expect(table.match("Cattleya × quimblyi") == .within(cattleya))
    #expect(ShippedTaxa.name(table.match("Cattleya × dolosa").taxon) == "Cattleya dolosa")
  }

  // MARK: Open names and ranks

  @Test(arguments: [
    ("cf. Python regius", "Python"), ("Python aff. regius", "Python"), ("Python sp. nov.", "Python"),
    ("Python n. sp.", "Python"), ("Panthera tigris ssp. altaica", "Panthera tigris"),
    ("Panthera tigris tigris", "Panthera tigris"), ("Aloe laeta v. maniaensis", "Aloe laeta var. maniaensis"),
    ("Panthera tigris L.", "Panthera tigris"),
  ])
  func openNamesAreTheirGenusAndLowerRanksTheirSpecies(written: String, accepted: String) {
    #expect(ShippedTaxa.name(table.match(written).taxon) == accepted)
  }

  // MARK: Abbreviations

  @Test func anAbbreviatedNameIsThatOfItsFullFormElsewhereInTheFile() {
    func meaning(_ names: String...) -> String? {
      ShippedTaxa.name(table.matches(ofCell: [names[0]], beside: names)[0].taxon)
    }
    #expect(meaning("L. africana", "Loxodonta africana") == "Loxodonta africana")
    #expect(meaning("Lox. africana", "Loxodonta africana") == "Loxodonta africana")
    #expect(meaning("P. t. tigris", "Panthera tigris") == "Panthera tigris")
    #expect(meaning("P. tigris altaica", "Panthera tigris") == "Panthera tigris")
    #expect(meaning("L. africana", "Lemur catta") == nil, "another L")
    #expect(meaning("L. africana") == nil)
    #expect(meaning("L. africana", "Loxodonta africana", "Lacerta africana") == nil, "it may be that one")
  }

  @Test func abbreviationsOfADatasetAreUnderstoodByNamesThatComeLaterAndDoubtedByOthers() {
    var resolution = TaxonResolution.of(names: ["", "L. africana", "Manis javanica"], in: table)
    #expect(resolution[1] == nil)
    #expect(resolution.extend(over: ["", "L. africana", "Manis javanica", "Loxodonta africana"]) == [1])
    #expect(ShippedTaxa.name(resolution[1]) == "Loxodonta africana")
    let more = ["", "L. africana", "Manis javanica", "Loxodonta africana", "Lacerta africana", "L. africana "]
    #expect(resolution.extend(over: more) == [1])
    #expect(resolution[1] == nil && resolution[5] == nil)
    #expect(resolution.extend(over: more) == [])
  }

  // MARK: Common names

  @Test(arguments: [
    ("sea horse", "Hippocampus"), ("seahorse", "Hippocampus"), ("Sea-horses", "Hippocampus"),
    ("gyr falcon", "Falco rusticolus"), ("africanelephant", "Loxodonta africana"),
  ])
  func aCommonNameDividedOtherwiseIsThatName(written: String, accepted: String) {
    #expect(ShippedTaxa.name(table.match(written).taxon) == accepted)
  }
}

/// Names of other years and books mean the taxon that the tables accept.
struct TaxonSynonymsTests {
  @Test(arguments: [
    ("Selenarctos thibetanus", "Ursus thibetanus"), ("Chrysemys scripta", "Trachemys scripta"),
    ("Geochelone elongata", "Indotestudo elongata"), ("Geochelone elephantopus", "Chelonoidis niger"),
    ("Boa canina", "Corallus caninus"), ("Liasis amethystinus", "Morelia amethistina"),
    ("Chilabothrus striatus", "Epicrates striatus"), ("Naja naja kaouthia", "Naja kaouthia"),
    ("Psittacara leucophthalmus", "Aratinga leucophthalma"), ("Eupsittula canicularis", "Aratinga canicularis"),
    ("Thectocercus acuticaudatus", "Aratinga acuticaudata"), ("Kakatoe galerita", "Cacatua galerita"),
    ("Propyrrhura maracana", "Primolius maracana"), ("Ara chloroptera", "Ara chloropterus"),
    ("Antigone vipio", "Grus vipio"), ("Felis nebulosa", "Neofelis nebulosa"),
    ("Felis planiceps", "Prionailurus planiceps"),
    ("Felis concolor", "Puma concolor"), ("Phataginus tricuspis", "Manis tricuspis"),
    ("Smutsia gigantea", "Manis gigantea"),
    ("Clemmys insculpta", "Glyptemys insculpta"), ("Uromastyx hardwickii", "Saara hardwickii"),
    ("Dendrobates imitator", "Ranitomeya imitator"), ("Sapajus apella", "Cebus apella"),
    ("Python curtus breitensteini", "Python breitensteini"), ("Astur gentilis", "Accipiter gentilis"),
  ])
  func aFormerOrALaterNameIsASynonym(written: String, accepted: String) throws {
    let taxon = try #require(ShippedTaxa.id(accepted))
    #expect(ShippedTaxa.table.match(written) == .taxon(taxon, by: .synonym))
  }

  @Test func aGenusThatIsNewerThanTheTablesStandsWithItsFamily() throws {
    let genus = try #require(ShippedTaxa.id("Psittacara"))
    #expect(ShippedTaxa.table.match("Psittacara quimblyi") == .within(genus))
    #expect(ShippedTaxa.table.levelsOfWhole(genus, in: .cites) == .second)
  }
}
