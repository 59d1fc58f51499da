import CodeWords
import Filters
import Listings
import Testing

@testable import Dashboard
import Taxa

/// The species pane by rank, filters by taxon, and what the detail pane says of a listing's taxa.
struct TaxonStories {
  private static let table = TaxonTable(lexicons: [SampleListings.root + "/Lexicons"])

  private static let lexicons = CompiledLexicons(
    LexiconSet(layers: [
      [
        Lexicon(
          name: "invented", file: "invented.csv",
          terms: [Term(["ivory"], language: "en", kind: .product, denotes: "tusk", taxon: "Elephantidae", weight: 60)])
      ]
    ]), taxon: { table.taxon(named: $0) })

  private static let week = """
    listing_id,platform,title,description,species
    T1,Hearthside,Carved ivory ring,old family piece,Loxodonta africana
    T2,Hearthside,Ivory box,,
    T3,ChoLang,Scale bracelet,ask,Manis javanica
    T4,ChoLang,Shell comb,,Hawksbill turtle
    T5,Larets,Parrot eggs,discreet,Psittacus erithacus; Amazona ochrocephala
    T6,Larets,Lamp,,brown shade
    T7,Larets,Iguana,,Iguana insularis
    T8,Larets,Chair,,
    T9,Larets,Bead,,Elephantidae
    """

  /// A story in which the tables are read and every row is flagged.
  private func story(_ columns: Int = 120, _ rows: Int = 36, hasTaxa: Bool = true) -> KeyStory {
    var story = KeyStory(on: [Self.week], columns, rows)
    if hasTaxa { story.tell(.taxaRead(Self.table)) }
    story.tell(.flagged(RowFlagging(Self.lexicons).extend(over: story.state.dataset), of: story.state.dataset))
    return story
  }

  private func values(_ story: KeyStory) -> [String] {
    guard let subject = story.state.facetSubject(of: .species) else { return [] }
    return story.state.shownValues(of: subject).map { "\($0.name) \($0.count)" }
  }

  @Test func eachPressOfTCountsByTheNextRankAndComesBack() {
    var story = story()
    story.press("2")
    let written = values(story)
    var titles: [String] = []
    for _ in Dimension.inPane(.species) {
      story.press("T")
      titles.append(story.state.dimension(of: .species)?.title ?? "")
      #expect(story.screen.contains("2 " + titles[titles.count - 1]))
      #expect(!values(story).isEmpty)
    }
    #expect(
      titles == ["Accepted species", "Genus", "Family", "Order", "Class", "CITES appendix", "Species"])
    #expect(values(story) == written)
  }

  @Test func valuesAreTheTaxaOfCellsAndCodeWordsAndNoListingIsLost() {
    var story = story()
    story.press("2 T T T")
    #expect(
      values(story) == [
        "Elephantidae 3", " 1", "Cheloniidae 1", "Iguanidae 1", "Manidae 1", "Psittacidae 1", "unknown 1",
      ])
    story.press("T T T")
    #expect(Set(values(story)).isSuperset(of: ["unknown 2", "I 6"]))
  }

  @Test func enterAndMinusGiveAClauseThatIsOneWithTheFilter() {
    var story = story()
    story.press("2 T T T Enter")
    #expect(story.state.filter.text == "taxon:\"Elephantidae\"")
    #expect(story.shown == ["T1", "T2", "T9"])
    // The ranks below show what is in the family.
    story.press("T T T T T T")
    #expect(values(story) == ["=Elephantidae 2", "Loxodonta 1"])
    #expect(story.screen.contains("family Elepha"))
    story.press("g -")
    #expect(story.state.filter.text == "taxon:\"Elephantidae\" -taxon:\"=Elephantidae\"")
    #expect(story.shown == ["T1"])
    story.press("Backspace")
    #expect(story.state.filter.text == "taxon:\"Elephantidae\"")
  }

  @Test func anAppendixIsChosenAsOne() {
    var story = story()
    story.press("2 T T T T T T G Enter")
    #expect(story.state.filter.text.hasPrefix("appendix:"))
    #expect(!story.shown.isEmpty)
  }

  @Test func theAppendixStandsBehindTheNameAsFarAsItIsKnown() {
    var story = story(160, 60)
    story.press("2")
    #expect(story.screen.contains("Manis javanica I "))
    #expect(story.screen.contains("Iguana insularis II "))
    #expect(!story.screen.contains("brown shade I"))
    story.press("T T")
    #expect(story.screen.contains("Loxodonta I/II "))
    #expect(story.screen.contains("not a known taxon"))
  }

  @Test(arguments: [(80, 24), (40, 10), (120, 36)])
  func ranksAreShownAtEverySize(columns: Int, rows: Int) {
    var story = story(columns, rows)
    story.press("2 T T")
    #expect(story.screen.contains("2 Genus"))
    #expect(story.screen.contains("family Ele"))
  }

  @Test func theDetailPaneSaysWhatEachTaxonIsWhoNamedItAndWhatProtectsIt() {
    var story = story(200, 60)
    story.press("6")
    #expect(story.screen.contains("taxon       Loxodonta africana, species of Elephantidae · species column"))
    #expect(story.screen.contains("CITES: Appendix I/II as of 2017-04-21; later changes not checked"))
    #expect(story.screen.contains("table ends 2017-04-21; check checklist.cites.org"))
    story.press("5 j 6")
    #expect(story.screen.contains("taxon       Elephantidae, family · code word “ivory”"))
    story.press("5 j 6")
    #expect(story.screen.contains("CITES: Appendix I since 2017-01-02 · China level 1 since 2021-02-01"))
    #expect(!story.screen.contains("table ends"))
    story.press("5 j 6")
    #expect(story.screen.contains("Eretmochelys imbricata, species of Cheloniidae · common name “Hawksbill turtle”"))
    story.press("5 j j 6")
    #expect(story.screen.contains("taxon       “brown shade” is in no taxon table; appendix unknown"))
    story.press("5 j 6")
    #expect(story.screen.contains("its genus is, Iguana; as a whole in CITES appendix II"))
    story.press("5 j 6")
    #expect(!story.screen.contains("taxon "))
  }

  @Test func aMisspeltNameIsASuggestionInThePaneAndInTheDetailAndHasNoAppendix() {
    var story = KeyStory(
      on: [
        "listing_id,title,species\nad-1,Toy,Pan troglodites\n2,Skin,Panthera leo/tigris\n3,Cub,Panthera leo x tigris\n"
          + "4,Bird,Ara macao\n"
      ], 200, 60)
    story.tell(.taxaRead(Self.table))
    story.press("2")
    #expect(!story.screen.contains("Pan troglodites I "))
    story.press("T")
    #expect(story.screen.contains("suggested, not certain"))
    #expect(Set(values(story)).isSuperset(of: ["suggested 1", "Panthera leo 2", "Panthera tigris 2", "=Pan 1"]))
    story.press("T T T T T 5 6")
    #expect(
      story.screen.contains(
        "taxon       “Pan troglodites” suggested: Pan troglodytes (one letter differs); not certain, so without appendix"
      ))
    story.press("5 j 6")
    #expect(story.screen.contains("Panthera tigris, species of Felidae · “Panthera leo/tigris” in the species column"))
    story.press("5 j 6")
    #expect(story.screen.contains("Panthera tigris, species of Felidae · parent of the hybrid “Panthera leo x tigris”"))
    story.press("/")
    story.type("taxon:suggested")
    story.press("Enter")
    #expect(story.state.order.rows.map { story.state.dataset.text(of: .title, at: Int($0)) } == ["Toy"])
  }

  @Test func aHostileNameInTheSpeciesColumnActsOnNothing() {
    var story = KeyStory(
      on: ["listing_id,title,species\n1,x,\u{1B}[31m=Manis\u{202E}; unknown; none; \"\"=Manis\n"], 120, 60)
    story.tell(.taxaRead(Self.table))
    story.press("2 T T Enter")
    // Signs before a name do not make it another one.
    #expect(story.state.filter.text == "taxon:\"Manis\"")
    #expect(story.shown.count == 1)
    #expect(!story.screen.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
  }

  // MARK: Before the tables are read

  @Test func beforeTheTablesAreReadThereIsAReasonAndNoRank() {
    var story = story(hasTaxa: false)
    story.press("2 T")
    #expect(story.bottomLine.contains("The taxon tables are still being read"))
    #expect(story.state.dimension(of: .species)?.id == "species")
    story.tell(.taxaRead(.empty))
    story.press("T")
    #expect(story.bottomLine.contains("No taxon table is loaded: linsang doctor says where they are looked for"))
  }

  @Test func aFilterOfLastTimeIsReadByItsAcceptedNamesOnceTheTablesAreThere() {
    var story = story(hasTaxa: false)
    story.press("/")
    story.type("taxon:elephants")
    story.press("Enter")
    #expect(story.state.filter.text == "taxon:\"elephants\"" && story.shown.isEmpty)
    story.tell(.taxaRead(Self.table))
    #expect(story.state.filter.text == "taxon:\"Elephantidae\"")
    #expect(story.shown == ["T1", "T2", "T9"])
  }

  @Test func aNameThatTurnsOutToBeUnknownIsToldAndStaysInForce() {
    var story = story(hasTaxa: false)
    story.press("/")
    story.type("taxon:quimbly")
    story.press("Enter")
    story.tell(.taxaRead(Self.table))
    #expect(story.state.filter.text == "taxon:\"quimbly\"")
    #expect(story.state.notice?.text.contains("quimbly at column 7 is no taxon known here") == true)
  }

  @Test func aNameThatIsBeingTypedIsReadAnewWhenTheTablesCome() {
    var story = story(hasTaxa: false)
    story.press("/")
    story.type("taxon:elephant")
    story.tell(.taxaRead(Self.table))
    #expect(story.shown == ["T1", "T2", "T9"])
    story.type("x")
    #expect(story.bottomLine.contains("not applied yet: elephantx"))
    #expect(story.shown == ["T1", "T2", "T9"])
  }

  @Test func theSameTablesOnceMoreAskNothing() {
    var story = story()
    story.tell(.taxaRead(Self.table))
    #expect(story.wanted.isEmpty)
  }
}
