import CodeWords
import Testing
import Taxa

struct TaxonNamesTests {
  private let table = ShippedTaxa.table

  private func name(of written: String) -> String? { table.taxon(named: written)?.acceptedName }

  @Test(arguments: [
    ("Loxodonta africana", "Loxodonta africana"), ("LOXODONTA AFRICANA", "Loxodonta africana"),
    ("  loxodonta   africana ", "Loxodonta africana"), ("Loxodonta_africana", "Loxodonta africana"),
    ("Ｌｏｘｏｄｏｎｔａ　ａｆｒｉｃａｎａ", "Loxodonta africana"),
    ("Loxodonta africana (Blumenbach, 1797)", "Loxodonta africana"),
    ("Python regius Shaw 1802", "Python regius"), ("Elephantidae Gray, 1821", "Elephantidae"),
    ("Loxodonta spp.", "Loxodonta"), ("Loxodonta sp", "Loxodonta"), ("Elephantidae spp.", "Elephantidae"),
    ("Manis sp. 2", "Manis"), ("Python cf. regius", "Python"),
    ("Loxodonta africana knochenhaueri", "Loxodonta africana"),
    ("Apalone spinifera ssp. atra", "Apalone spinifera atra"), ("Aloe laeta maniaensis", "Aloe laeta var. maniaensis"),
    ("Holothuria (Microthele) fuscogilva", "Holothuria fuscogilva"), ("Python", "Python"),
    ("Bulbophyllum vothii", "Bulbophyllum vöthii"),
  ])
  func aScientificNameIsUnderstoodAsPeopleWriteIt(written: String, accepted: String) {
    #expect(name(of: written) == accepted)
  }

  @Test(arguments: [
    ("Panthera uncia", "Uncia uncia"), ("Phataginus tricuspis", "Manis tricuspis"),
    ("Malayopython reticulatus", "Python reticulatus"), ("Aonyx cinereus", "Aonyx cinerea"),
    ("Geochelone sulcata", "Centrochelys sulcata"), ("Loxodonta cyclotis", "Loxodonta africana"),
  ])
  func aSynonymMeansTheNameThatTheTableAccepts(written: String, accepted: String) throws {
    let taxon = try #require(ShippedTaxa.id(accepted))
    #expect(table.match(written) == .taxon(taxon, by: .synonym))
  }

  @Test(arguments: [
    ("African Elephant", "Loxodonta africana"), ("african elephants", "Loxodonta africana"),
    ("Elefante africano", "Loxodonta africana"), ("Elephant d'Afrique", "Loxodonta africana"),
    ("Eléphant d’Afrique", "Loxodonta africana"), ("非洲象", "Loxodonta africana"),
    ("tê tê java", "Manis javanica"), ("ช้างแอฟริกา", "Loxodonta africana"), ("穿山甲", "Manidae"),
    ("pangolins", "Manidae"), ("Kemps Ridley", "Lepidochelys kempii"), ("Crowned guenon", "Cercopithecus pogonias"),
    ("Bismarck Masked Owl", "Tyto aurantia"),
  ])
  func aCommonNameMeansItsTaxonWhateverItsCaseAndAccents(written: String, accepted: String) {
    #expect(name(of: written) == accepted)
  }

  @Test func aNameOfSeveralTaxaMeansTheirGenusOrFamily() throws {
    // Four species of ramin are listed by that one name.
    guard case .group(let group, let taxa) = table.match("Ramin") else {
      Issue.record("\(table.match("Ramin"))")
      return
    }
    #expect(table.acceptedName(of: group) == "Gonystylus" && taxa.count > 1)
  }

  @Test func aNameOfTaxaThatHaveNoFamilyInCommonIsAmbiguous() throws {
    let small = SmallTaxa.table(
      (
        "names.csv",
        """
        taxon,language,kind,names,source
        Loxodonta africana,en,common,Grey One|Tusker,
        Elephas maximus,en,common,Tusker,
        Felis parva,en,common,Grey One,

        """
      ))
    #expect(small.taxon(named: "grey one") == nil)
    #expect(small.candidates(named: "grey one").map(small.acceptedName) == ["Loxodonta africana", "Felis parva"])
    #expect(small.taxon(named: "tuskers")?.acceptedName == "Elephantidae")
  }

  @Test(arguments: [
    "Loxodonta africanna", "elephnat", "", "   ", "???", "x", "ivory", "Panthera tigris × Panthera leo",
    "L. africana",
  ])
  func nothingIsGuessed(written: String) {
    #expect(name(of: written) == nil)
  }

  @Test func aHybridNamesItsParentsAsCandidates() {
    let parents = table.candidates(named: "Panthera tigris x P. leo").map(table.acceptedName)
    #expect(parents == ["Panthera tigris", "Panthera leo"])
    #expect(
      table.candidates(named: "Panthera tigris × leo").map(table.acceptedName) == ["Panthera tigris", "Panthera leo"])
  }

  @Test func aSpeciesThatTheTableLacksIsCountedUnderItsGenusAndIsNoTaxonOfItsOwn() throws {
    let iguana = try #require(ShippedTaxa.id("Iguana"))
    #expect(table.match("Iguana insularis") == .within(iguana))
    #expect(table.taxon(named: "Iguana insularis") == nil)
    #expect(table.match("iguana insularis") == .unknown, "small letters throughout are no sign of a scientific name")
    #expect(table.match("Python programming book") == .unknown)
  }

  @Test func anAbbreviatedGenusIsUnderstoodOnlyBesideIt() throws {
    let elephant = try #require(ShippedTaxa.id("Elephas maximus"))
    let african = try #require(ShippedTaxa.id("Loxodonta africana"))
    #expect(table.match("L. africana") == .unknown)
    #expect(table.match("L. africana", among: [elephant]) == .unknown)
    #expect(table.match("L. africana", among: [elephant, african]) == .taxon(african, by: .accepted))
    let cell = table.matches(ofCell: ["Elephas maximus", "Loxodonta spp.", "L. africana"])
    #expect(cell.map { ShippedTaxa.name($0.taxon) } == ["Elephas maximus", "Loxodonta", "Loxodonta africana"])
  }

  @Test func twoTaxaMayBearOneWordAtTwoRanks() {
    #expect(table.taxon(named: "Pholidota")?.rank == .order)
    #expect(table.taxon(named: "Pholidota imbricata")?.family == "Orchidaceae")
    #expect(table.taxon(named: "Manis javanica")?.order == "Pholidota")
  }

  @Test(arguments: ["Orca", "Puma", "Tiger", "Lion", "Cedar", "Ajo", "Tigre", "Loup", "Brown Bear", "Golden Eagle"])
  func everydayWordsAreMarked(word: String) {
    let spellings = ShippedTaxa.spellings.filter { $0.spelling.text.lowercased() == word.lowercased() }
    #expect(!spellings.isEmpty && spellings.allSatisfy(\.isEveryday), "\(word)")
  }

  @Test(arguments: ["African Elephant", "Pangolin", "Vaquita", "Saola", "Manis javanica", "非洲象", "Elephantidae"])
  func namesThatAreNothingElseAreNotMarkedEveryday(name: String) {
    let spellings = ShippedTaxa.spellings.filter { $0.spelling.text == name }
    #expect(!spellings.isEmpty && spellings.allSatisfy { !$0.isEveryday }, "\(name)")
  }

  @Test func spellingsCanBeAskedForByLanguage() throws {
    let thai = try #require(NameLanguage("th"))
    let spellings = table.spellings(for: [thai])
    #expect(spellings.count > 40 && spellings.allSatisfy { $0.language == thai })
    #expect(table.languages.isSuperset(of: [.latin, .english, thai]))
  }

  /// Any bytes at all: names from listings are hostile.
  @Test func anyNameIsAnswered() {
    var random = SeededBytes(seed: 7)
    let pieces = [
      "Manis", " ", "(", ")", "×", "x", "spp.", "\u{202E}", "\u{1B}[2J", "象", "ß", "é", "var.", "L.", "1797", ",",
    ]
    for _ in 0..<3000 {
      let count = Int(random.next() % 9)
      let name = (0..<count).map { _ in pieces[Int(random.next()) % pieces.count] }.joined()
      let match = table.match(name)
      if let taxon = match.taxon { #expect(taxon.number < table.count) }
    }
  }
}

/// Bytes that are the same on every run.
struct SeededBytes {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt8 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt8(truncatingIfNeeded: state >> 33)
  }
}
