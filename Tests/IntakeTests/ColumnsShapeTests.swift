import Listings
import ListingsTestSupport
import Testing

@testable import Intake

/// What columns are taken for by their values, where names say nothing.
@Suite struct ColumnsShapeTests {
  /// The fields of a file of `columns`, each a name and its values.
  private func fields(_ columns: [(String, [String])]) -> [Field?] {
    let rows = columns[0].1.indices.map { row in columns.map { $0.1[row] } }
    let sample = ColumnSample(names: columns.map(\.0), records: rows)
    let options = IntakeOptions(tables: InventedTables.tables)
    let mapping = options.mapping.fitted(
      to: HeaderSignature(names: columns.map(\.0)), [], InventedTables.tables, sample)
    return mapping.columns(named: columns.map(\.0)).map(\.field)
  }

  private func values(_ count: Int = 40, _ make: (Int) -> String) -> [String] { (0..<count).map(make) }

  private var addresses: [String] { values { "https://market.example/a/\($0 * 37)" } }
  private var prices: [String] { values { "\(50 + $0 * $0 * 7 / 5 * 5).00" } }
  private var titles: [String] { values { "carved bangle no \($0), old and heavy" } }

  @Test func aFileWithoutNamesIsReadByItsShapes() {
    let found = fields([
      ("column1", titles), ("column2", values { ["rings", "lamps"][$0 % 2] }), ("column3", prices),
      ("column4", addresses), ("column5", values { "https://img.market.example/\($0).jpg" }),
      ("column6", values { "2026-11-\(10 + $0 % 15) 10:00:0\($0 % 10)" }),
    ])
    #expect(found == [.title, nil, .price, .url, .image, .postedAt])
  }

  @Test func aNameThatSaysSomethingElseIsNoPriceAndNoTitle() {
    #expect(fields([("weight_g", prices), ("link", addresses)]) == [nil, .url])
    #expect(fields([("remarks of the reviewer", titles), ("link", addresses)]) == [nil, .url])
    #expect(fields([("shipping", values { "$\($0).50" }), ("link", addresses)]) == [nil, .url])
  }

  @Test func aKnownNameIsOverruledOnlyWhereItsAddressesAreWords() {
    let swapped = fields([("title", addresses), ("url", titles), ("price", titles), ("column4", prices)])
    #expect(swapped == [.title, nil, .price, nil])
  }

  @Test func wordsInAColumnNamedAfterAddressesAreNoAddresses() {
    let words = values { ["View item", "See the advert"][$0 % 2] }
    #expect(fields([("url", words), ("title", titles), ("column3", addresses)]) == [nil, .title, .url])
    // Addresses without a scheme are addresses.
    #expect(fields([("url", values { "market.example/a/\($0)" }), ("title", titles)]) == [.url, .title])
  }

  @Test func ofTwoAmountsTheOneThatIsNeverAboveTheOtherIsAsked() {
    let reduced = values { "\(40 + $0 * $0 * 7 / 5 * 5).00" }
    #expect(fields([("column1", addresses), ("column2", prices), ("column3", reduced)])[1...2] == [nil, .price])
    #expect(fields([("column1", addresses), ("column2", reduced), ("column3", prices)])[1...2] == [.price, nil])
    // A fee is a small part of its price; of two that cross neither is more likely.
    let fee = values { "\(5 + $0 % 12 * 5).00" }
    #expect(fields([("column1", addresses), ("column2", fee), ("column3", prices)])[1...2] == [nil, .price])
    #expect(
      fields([("column1", addresses), ("column2", prices), ("column3", prices.reversed())])[1...2] == [nil, nil])
  }

  /// Numbers that are no prices.
  @Test(arguments: [
    "rows", "years", "counts", "stars", "places", "ids", "telephones", "moments", "views",
  ])
  func numbersThatAreNoPrices(_ kind: String) {
    var dice = Dice(seed: 7)
    let numbers = values(60) { index in
      switch kind {
      case "rows": "\(index + 1)"
      case "years": "\(1990 + index % 30)"
      case "counts": "\(index % 12)"
      case "stars": "\(index % 5).5"
      case "places": "54.70\(23_541 + index * 17)"
      case "ids": "\(592_843_000_000 + Int.random(in: 0..<999_999, using: &dice))"
      case "telephones": "08\(10_000_000 + Int.random(in: 0..<89_999_999, using: &dice))"
      case "moments": "\(1_790_000_000 + index * 61)"
      default: "\(Int.random(in: 0..<5000, using: &dice))"
      }
    }
    #expect(fields([("column1", values(60) { "https://market.example/a/\($0)" }), ("column2", numbers)])[1] != .price)
  }

  @Test func anIdIsTakenOnlyWhereThereIsNoAddress() {
    let ids = values { "ad-\(93_000 + $0 * 7919)" }
    #expect(fields([("column1", ids), ("column2", titles)])[0] == .listingID)
    #expect(fields([("column1", ids), ("column2", addresses)]) == [nil, .url])
    #expect(fields([("column1", values { "\($0 + 1000)" }), ("column2", titles)])[0] == nil)
    #expect(fields([("column1", values { "ad-\(93_000 + $0 / 2)" }), ("column2", titles)])[0] == nil)
  }

  @Test func ofTwoColumnsOfAddressesTheOneWinsThatDiffersFromListingToListing() {
    let others = values { "https://market.example/b/\($0)" }
    #expect(fields([("column1", addresses), ("column2", others)]) == [.url, nil])
    let sellers = values { "https://market.example/user/\($0 / 3)" }
    #expect(fields([("column1", sellers), ("column2", addresses)]) == [nil, .url])
    #expect(fields([("column1", sellers), ("column2", titles)])[0] == nil)
    #expect(fields([("page of the seller", others), ("column2", addresses)]) == [nil, .url])
  }

  @Test func scientificNamesAreToldFromWordsByTheirEndings() {
    let names = ["Loxodonta africana", "Manis javanica", "Psittacus erithacus", "Elephas maximus", "Python bivittatus"]
    let words = ["Carved ivory", "Resin beads", "Parrot eggs", "Tiger rug", "Shell comb"]
    #expect(
      fields([("taxon_found", values { names[$0 % 5] }), ("column2", values { words[$0 % 5] })]) == [.species, nil])
    for name in names + ["Manis javanica; Elephas maximus", "Panthera tigris (Linnaeus, 1758)"] {
      #expect(ScientificName.matches(name), "\(name)")
    }
    for word in words { #expect(!ScientificName.matches(word), "\(word)") }
  }

  @Test func redListCategoriesLanguagesAndStatesAreNoCountries() {
    func field(_ codes: [String]) -> Field? {
      fields([("where", values { codes[$0 % codes.count] }), ("column2", titles)])[0]
    }
    #expect(field(["TH", "VN", "CN", "NL"]) == .country)
    #expect(field(["LC", "VU", "CR", "DD"]) == nil)
    #expect(field(["th", "vi", "id"]) == nil)
    #expect(field(["CA", "PA", "IL", "GA"]) == nil)
    #expect(field(["S", "M", "XL"]) == nil)
  }

  @Test func sellersAreGuessedOnlyWherePeopleNameThemselves() {
    func seller(_ make: (Int) -> String) -> Field? {
      fields([("column1", titles), ("column2", prices), ("column3", values(40, make))])[2]
    }
    #expect(seller { "moss_lane\($0 % 20)" } == .sellerAlias)
    #expect(seller { ["bao.t", "ostap77", "kite_\($0)", "moss-lane9", "h@nna\($0 / 2)"][$0 % 5] } == .sellerAlias)
    // Categories, conditions, codes and places are no sellers.
    #expect(seller { ["high_risk", "low_risk"][$0 % 2] } == nil)
    #expect(seller { ["Used", "New"][$0 % 2] } == nil)
    #expect(seller { "\(93_000 + $0)" } == nil)
    #expect(seller { ["Leeds", "York", "Hull"][$0 % 3] } == nil)
  }

  @Test func platformsAreGuessedOnlyByTheirNames() {
    let shops = values { ["moss_lane", "bao_t", "ostap 77"][$0 % 3] }
    let platforms = values { ["Xianyu", "Taobao", "gumtree.example"][$0 % 3] }
    #expect(
      fields([("column1", shops), ("column2", platforms), ("column3", values { "old bangle \($0)" })])[0...1] == [
        nil, .platform,
      ])
  }

  @Test func marksAreNoPlatform() {
    #expect(fields([("title", titles), ("price", prices), ("done", values { ["x", ""][$0 % 2] })])[2] == nil)
  }

  @Test func wordsForNoPriceStandAmongPrices() {
    let mixed = values { $0 % 4 == 0 ? "free" : "$\(40 + $0 * 5)" }
    #expect(fields([("column1", titles), ("column2", mixed), ("column3", addresses)])[1] == .price)
  }

  @Test func amountsBesideTheirCurrencyAreThePriceHoweverFewThereAre() {
    let rare = values { $0 % 4 == 0 ? "\(19 + $0).99" : "" }
    let codes = values { $0 % 4 == 0 ? ["USD", "EUR"][$0 % 8 / 4] : "" }
    let converted = values { $0 % 4 == 0 ? "\(17 + $0).5634217" : "" }
    let found = fields([("column1", titles), ("column2", converted), ("column3", rare), ("column4", codes)])
    #expect(found[1...] == [nil, .price, .currency])
  }

  @Test func aFileWithoutATitleIsOfferedItsLongestText() {
    let columns: [(String, [String])] = [
      ("remarks of the reviewer", titles), ("state", values { ["new", "used"][$0 % 2] }),
    ]
    let rows = titles.indices.map { row in columns.map { $0.1[row] } }
    let sample = ColumnSample(names: columns.map(\.0), records: rows)
    let header = HeaderSignature(names: columns.map(\.0))
    let findings = IntakeOptions(tables: InventedTables.tables).mapping
      .fitted(to: header, [], InventedTables.tables, sample).findings(named: columns.map(\.0))
    #expect(findings.map(\.field) == [nil, nil])
    #expect(findings.map(\.isOffered) == [true, false])
  }

  @Test func aGuessSaysWhatSpokeForIt() throws {
    let text = (0..<40).map { "\"carved bangle, no \($0), old\",\($0 * 35 + 15).00,https://taobao.example/\($0)\n" }
      .joined()
    let (dataset, problems) = try DatasetOpening.open(text: text)
    #expect(problems.isEmpty)
    let findings = dataset.sources[0].reader.findings
    #expect(findings.map(\.field) == [.title, .price, .url])
    #expect(findings[1].sentence == "price from column2: looks like prices: 40 of 40 sampled values")
    #expect(dataset.text(of: .title, at: 3) == "carved bangle, no 3, old")
    #expect(dataset.price(at: 2).amount?.description == "85")
    #expect(dataset.text(of: .platform, at: 0) == "Taobao")
    #expect(dataset.rowsWithAnotherKey.isEmpty)
  }

  @Test func objectsAreRecognisedToo() throws {
    let lines = (0..<30).map {
      #"{"css-1x": "bangle no \#($0), carved", "href2": "https://taobao.example/\#($0)", "f3": "$\#($0 * 5)"}"#
    }
    let (dataset, _) = try DatasetOpening.open(text: lines.joined(separator: "\n"), name: "week.jsonl")
    #expect(dataset.text(of: .url, at: 7) == "https://taobao.example/7")
    #expect(dataset.text(of: .title, at: 7) == "bangle no 7, carved")
    #expect(dataset.price(at: 7).amount?.description == "35")
    #expect(dataset.rowsWithAnotherKey.isEmpty)
  }

  /// Nothing is made of noise, and nothing crashes on it.
  @Test(arguments: 0..<30) func noiseIsNoField(seed: UInt64) {
    var dice = Dice(seed: seed)
    let alphabet = Array("abcxyz019 .,-:/$¥%é象\u{301}\u{200B}\"'[]{}")
    let columns = (1...6).map { number in
      (
        "column\(number)",
        values(50) { _ in
          String((0..<Int.random(in: 0..<14, using: &dice)).map { _ in alphabet.randomElement(using: &dice)! })
        }
      )
    }
    #expect(fields(columns).allSatisfy { $0 == nil })
  }

  /// A known column beside damaged values is still one or nothing, never another field.
  @Test(arguments: 0..<25) func damageNeverMakesAnotherFieldOfAColumn(seed: UInt64) {
    var dice = Dice(seed: seed)
    func damaged(_ values: [String]) -> [String] {
      values.map {
        Int.random(in: 0..<10, using: &dice) == 0 ? ["", "NA", "?", "sold", "\u{0}"].randomElement(using: &dice)! : $0
      }
    }
    let truth: [(Field, [String])] = [(.title, titles), (.price, prices), (.url, addresses)].shuffled(using: &dice)
    let found = fields(truth.enumerated().map { ("column\($0 + 1)", damaged($1.1)) })
    for (field, wanted) in zip(found, truth) { #expect(field == nil || field == wanted.0) }
  }

  @Test func recordsThatStandThereSeveralTimesCountOnce() {
    let sample = ColumnSample(names: ["a", "b"], records: [["x", "NA"], ["x", "na"], ["y", " z "], ["y"]])
    #expect(sample.records == [["x", ""], ["y", "z"], ["y", ""]])
  }
}
