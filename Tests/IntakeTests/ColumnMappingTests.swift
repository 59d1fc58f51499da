@testable import Intake
import Listings
import Testing

@Suite struct ColumnMappingTests {
  private func fields(_ names: [String], chosen: [Field: String] = [:]) -> [Field?] {
    let tables = InventedTables.tables
    return ColumnMapping(names: tables.fieldNames, values: tables.values, chosen: chosen)
      .columns(named: names).map(\.field)
  }

  @Test func namesAreComparedWithoutCaseBlanksAndMarks() {
    #expect(fields(["Listing ID", "PRICE", "Posted-At", "ราคา"]) == [.listingID, .price, .postedAt, nil])
    #expect(fields(["\u{FEFF}Title", "Ｔitle2", "seller.userName"]) == [.title, nil, .sellerAlias])
  }

  @Test func theBestClaimWinsAndTheLeftmostOfEquals() {
    #expect(fields(["name", "title", "Title"]) == [nil, .title, nil])
    #expect(fields(["link", "url"]) == [nil, .url])
  }

  @Test func theUsersChoiceComesFirst() {
    #expect(fields(["title", "Überschrift"], chosen: [.title: "überschrift"]) == [nil, .title])
    #expect(fields(["title", "price"], chosen: [.price: "none"]) == [.title, nil])
  }

  @Test func aPriceColumnMayCarryItsCurrency() throws {
    let (dataset, _) = try DatasetOpening.open(text: "title,price_thb\na,320\n")
    #expect(dataset.price(at: 0).currency == "THB")
    #expect(dataset.price(at: 0).basis == .columnName)
    #expect(dataset.price(at: 0).usDollars == Amount(tenThousandths: 100_000))
  }

  @Test func aConvertedPriceDoesNotStandInForThePriceItself() {
    #expect(fields(["price_usd", "price", "title"]) == [nil, .price, .title])
    #expect(fields(["Price (EUR)", "title"]) == [.price, .title])
  }

  @Test func aPlaceOnAResultPageIsNoIdentity() {
    #expect(fields(["ad_number", "title"]) == [.listingID, .title])
    #expect(fields(["ad_number", "link", "title"]) == [nil, .url, .title])
  }

  @Test func aChosenColumnThatIsNotThereIsAProblem() throws {
    let (_, problems) = try DatasetOpening.open(text: "title,price\na,1\n", chosen: [.species: "taxon"])
    #expect(problems.kept.map(\.what) == [.chosenColumnMissing(column: "taxon", among: ["title", "price"])])
  }

  @Test func theUsersTableReplacesTheShippedOne() {
    let shipped = InventedFolder()
    let own = InventedFolder()
    for name in ["field-name-words.csv", "exchange-rates.csv", "currency-marks.csv", "platforms.csv"] {
      _ = shipped.write(name, "h,h,h,h\n")
    }
    _ = shipped.write("field-names.csv", "field,language,name,rank\ntitle,en,what,1\nprice,en,cost,1\n")
    _ = own.write("field-names.csv", "field,language,name,rank\nspecies,en,WHAT,1\n,en,cost,1\nshort\n")
    let tables = ReferenceTables(folders: [shipped.path, own.path])
    #expect(tables.fieldNames.claim(of: "what")?.field == .species)
    #expect(tables.fieldNames.claim(of: "cost")?.field == .price)
    #expect(tables.problems.map(\.what) == [.tooFewCells(found: 1, expected: 4)])
    #expect(tables.problems.map(\.line) == [4])
  }

  @Test func thePlatformIsNamedOrToldByTheAddress() throws {
    let text = """
      title,platform,url
      a,My Market,http://taobao.example/1
      b,,https://www.taobao.example/2
      c,,http://M.Taobao.Example:80/3
      d,NA,http://user@else.example/4
      e,,/relative/5

      """
    let (dataset, _) = try DatasetOpening.open(text: text)
    #expect(
      (0..<5).map { dataset.text(of: .platform, at: $0) } == ["My Market", "Taobao", "Taobao", "else.example", ""])
    #expect(dataset.rowsWithAnotherKey.isEmpty)
  }

  @Test func rowsWithoutAnIdAreNotOneListing() throws {
    let text = "listing_id,platform,title\nNA,P,a\nNA,P,b\n7,P,c\n"
    let (dataset, _) = try DatasetOpening.open(text: text)
    #expect(Set((0..<3).map { dataset.key(at: $0) }).count == 3)
    #expect(dataset.rowsWithAnotherKey.isEmpty)
    #expect(dataset.key(at: 2) == ListingKey("id:p/7"))
  }

  @Test func namibiaIsNoMissingValue() throws {
    let (dataset, _) = try DatasetOpening.open(text: "title,country,seller\na,NA,NA\n")
    #expect(dataset.text(of: .country, at: 0) == "NA")
    #expect(dataset.text(of: .sellerAlias, at: 0) == "")
  }
}
