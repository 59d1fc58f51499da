import CodeWords
import Listings
import ListingsTestSupport
import SmallFormats
import Taxa
import Testing

@testable import Tallies

/// Counts of adverts for publication.
@Suite struct TalliesTests {
  /// 2026-11-16, a Monday.
  private static let monday: Int64 = 1_794_787_200
  private static let day: Int64 = 86_400

  private static let rows = [
    ListingRow(
      id: "1", platform: "Facemart", url: "https://facemart.example/1", title: "ivory", species: "Loxodonta africana",
      seller: "kofi", country: "TH", usd: 120, posted: monday),
    ListingRow(
      id: "2", platform: "Facemart", url: "https://facemart.example/2", title: "scales", species: "Manis javanica",
      seller: "kofi", country: "TH", amount: 1000.5, currency: "THB", usd: 30.25, posted: monday + 7 * day - 1),
    // The first advert again, a week later and cheaper.
    ListingRow(
      id: "1", platform: "Facemart", url: "https://facemart.example/1", title: "ivory", species: "Loxodonta africana",
      seller: "kofi", country: "TH", usd: 90, posted: monday + 7 * day),
    ListingRow(
      id: "9", platform: "Bazaar", url: "https://bazaar.example/9", title: "a skin and a tusk",
      species: "Loxodonta africana; Felis parva", seller: "kofi", amount: 5, captured: monday - day),
    ListingRow(id: "10", platform: "Bazaar", title: "a bicycle", species: "no such thing"),
  ]

  private static let table = TaxonTable(files: [
    TaxonFile(
      path: "taxa.csv",
      text: """
        name,rank,parent
        Animalia,kingdom,
        Mammalia,class,Animalia
        Elephantidae,family,Mammalia
        Loxodonta,genus,Elephantidae
        Loxodonta africana,species,
        Manidae,family,Mammalia
        Manis,genus,Manidae
        Manis javanica,species,
        Felidae,family,Mammalia
        Felis,genus,Felidae
        Felis parva,species,

        """),
    TaxonFile(
      path: "cites.csv",
      text: """
        taxon,annex,level,from,until,note,source
        Loxodonta africana,CITES,II,,,,old
        Manidae,CITES,I,2017-01-02,,,old
        Felis parva,CITES,III,,,,old

        """),
    TaxonFile(path: "sources.csv", text: "id,citation,url,as_of,note\nold,An old list,,2017-04-21,\n"),
  ])

  private func tallies(
    of rows: [ListingRow] = rows, among: (Dataset) -> RowSet = { RowSet(allOf: $0.rowCount) }, confirmed: [Int] = [],
    falsePositive: [Int] = []
  ) -> Tallies {
    let dataset = Dataset.of(rows)
    var taxa = RowTaxa(in: Self.table)
    _ = taxa.turn(to: dataset, RowFlags())
    let none = RowSet(noneOf: dataset.rowCount)
    return Tallies(
      of: dataset, among: among(dataset),
      Tallies.Verdicts(
        confirmed: RowSet(confirmed, of: dataset.rowCount), unsure: none,
        falsePositive: RowSet(falsePositive, of: dataset.rowCount)), taxa: taxa,
      siteCountry: { _, platform in platform == "Facemart" ? "TH" : "" })
  }

  private func name(_ taxon: TaxonID?) -> String { taxon.map { Self.table.acceptedName(of: $0) } ?? "–" }

  @Test func anAdvertInSeveralRowsCountsOnceByItsFirstRow() {
    let total = tallies().total
    #expect(total.adverts == 4 && total.rows == 5)
    #expect(total.dollars.text == "150.25" && total.advertsInDollars == 2)
    #expect(total.values["USD"]?.sum.text == "120" && total.values["THB"]?.sum.text == "1000.5")
    #expect(total.values[""]?.sum.text == "5" && total.values[""]?.adverts == 1)
  }

  @Test func platformsAreThoseOfSitesInCountries() {
    let platforms = tallies().platforms
    #expect(
      platforms.map(\.site) == [.init(platform: "Bazaar", country: ""), .init(platform: "Facemart", country: "TH")])
    #expect(platforms.map(\.tally.adverts) == [2, 2] && platforms.map(\.tally.rows) == [2, 3])
  }

  @Test func anAdvertThatNamesSeveralTaxaCountsForEachAndUnderTheirAppendicesOnce() {
    let all = tallies()
    #expect(
      all.taxa.map { "\(name($0.taxon)) \($0.tally.adverts)" }.sorted() == [
        "Felis parva 1", "Loxodonta africana 2", "Manis javanica 1", "– 1",
      ])
    #expect(
      all.appendices.map { "\($0.levels.text(in: .cites)) \($0.tally.adverts)" } == ["I 1", "II 1", "II/III 1", " 1"])
  }

  @Test func weeksBeginOnMondayAndAdvertsWithoutADayComeLast() {
    let weeks = tallies().weeks
    #expect(weeks.map { $0.monday?.description ?? "–" } == ["2026-11-09", "2026-11-16", "–"])
    #expect(weeks.map(\.tally.adverts) == [1, 2, 1])
    #expect(tallies().firstDay?.description == "2026-11-15" && tallies().lastDay?.description == "2026-11-22")
  }

  @Test func pricesWithoutACurrencyAndAdvertsWithoutAPriceAreToldApart() {
    #expect(tallies().currencies.map { "\($0.name) \($0.tally.adverts)" } == [" 1", "? 1", "THB 1", "USD 1"])
  }

  @Test func theSameAliasOnTwoPlatformsIsTwoSellers() {
    #expect(tallies().sellers == 2 && tallies().advertsWithoutSeller == 1)
  }

  @Test func verdictsAreThoseOfAdverts() {
    // The third row is the first advert again; what it says counts with its first row.
    let total = tallies(confirmed: [0, 2], falsePositive: [4]).total
    #expect(total.confirmed == 1 && total.falsePositive == 1 && total.unsure == 0 && total.unreviewed == 2)
  }

  @Test func onlyTheRowsThatAreAskedForCount() {
    let some = tallies(among: { RowSet([2, 3], of: $0.rowCount) })
    #expect(some.total.adverts == 2 && some.total.dollars.text == "90")
    let none = tallies(among: { RowSet(noneOf: $0.rowCount) })
    #expect(none.total == Tally() && none.weeks.isEmpty && none.firstDay == nil)
  }

  /// The law of every grouping, on invented rows of all sorts.
  @Test func groupsAddUpToTheWhole() {
    var dice = Dice(seed: 12)
    let rows = (0..<400).map { _ in
      ListingRow(
        id: String(dice.below(150)), platform: dice.pick(["Facemart", "Bazaar", ""]), title: dice.pick(["a", "b"]),
        species: dice.pick(["", "Loxodonta africana", "Felis parva; Manis javanica", "Manis", "unheard of"]),
        seller: dice.pick(["", "kofi", "ama"]), country: dice.pick(["", "TH", "Ghana"]),
        amount: dice.once(in: 3) ? nil : Double(dice.below(100_000)) / 7, currency: dice.pick([nil, "THB", "EUR"]),
        usd: dice.once(in: 2) ? Double(dice.below(9_999)) / 3 : nil,
        posted: dice.once(in: 4) ? nil : Self.monday + Int64(dice.below(90)) * Self.day,
        captured: dice.once(in: 2) ? nil : Self.monday)
    }
    let all = tallies(of: rows, confirmed: (0..<400).filter { $0 % 5 == 0 }, falsePositive: [1, 2, 3])
    let groupings = [
      all.platforms.map(\.tally), all.countries.map(\.tally), all.currencies.map(\.tally), all.weeks.map(\.tally),
      all.appendices.map(\.tally),
    ]
    for groups in groupings {
      #expect(groups.reduce(0) { $0 + $1.adverts } == all.total.adverts)
      #expect(groups.reduce(0) { $0 + $1.rows } == all.total.rows && all.total.rows == 400)
      #expect(groups.reduce(0) { $0 + $1.confirmed } == all.total.confirmed)
      #expect(groups.reduce(0) { $0 + $1.unreviewed } == all.total.unreviewed)
      #expect(groups.reduce(0) { $0 + $1.advertsInDollars } == all.total.advertsInDollars)
      for currency in all.total.values.keys {
        #expect(groups.reduce(0) { $0 + ($1.values[currency]?.adverts ?? 0) } == all.total.values[currency]?.adverts)
      }
    }
  }

  @Test(arguments: [
    ([Int64](), "0", "0"), ([10_000], "1", "1"), ([12_345, 5], "1.235", "1"), ([15_000], "1.5", "2"),
    ([-15_000], "-1.5", "-2"), ([-5], "-0.0005", "0"),
    ([Int64.max, Int64.max], "1844674407370955.1614", "1844674407370955"),
  ])
  func sumsAreExact(parts: [Int64], text: String, rounded: String) {
    var sum = Sum()
    for part in parts { sum.add(Amount(tenThousandths: part)) }
    #expect(sum.text == text && sum.rounded == rounded)
  }
}
