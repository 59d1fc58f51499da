import Foundation
import Listings
import Testing

@testable import Intake

/// Small inputs, each of a kind that scrapers write and readers get wrong; the right values stand beside them.
@Suite(.enabled(if: RealFiles.arePresent, "the folder of real files is not beside the project"))
struct SmallCasesTests {
  private func open(_ name: String) throws -> (dataset: Dataset, problems: IntakeProblems) {
    try RealFiles.open(["\(RealFiles.data)/cases/\(name)"])
  }

  private func fields(_ dataset: Dataset) -> [String: String] {
    let reader = dataset.sources[0].reader
    return Dictionary(
      zip(reader.columns, reader.fields).compactMap { name, field in field.map { ($0.rawValue, name) } },
      uniquingKeysWith: { first, _ in first })
  }

  private func prices(_ dataset: Dataset) -> [String] {
    (0..<dataset.rowCount).map { row in
      let price = dataset.price(at: row)
      return "\(price.amount?.description ?? "unread") \(price.currency ?? "?")"
    }
  }

  private func texts(_ field: Field, _ dataset: Dataset) -> [String] {
    (0..<dataset.rowCount).map { dataset.text(of: field, at: $0) }
  }

  @Test func whoseDollarsTheyAreIsSaidInManyWays() throws {
    let (dataset, _) = try open("01-dollar-codes.csv")
    let expected = (0..<dataset.rowCount).map { row in
      let cell = dataset.cells(of: row).first { $0.name == "expected" }?.text ?? ""
      return cell.replacing(".50 ", with: ".5 ")
    }
    #expect(dataset.rowCount == 12)
    #expect(prices(dataset).map { $0.replacing(".50 ", with: ".5 ").replacing(".00 ", with: " ") } == expected)
  }

  @Test func ofTwoPricesRunTogetherNoDigitsAreJoined() throws {
    let (dataset, _) = try open("02-two-prices.csv")
    let allowed: [Set<String>] = [
      ["65 USD"], ["20 GBP", "15 GBP"], ["20 EUR", "30 EUR"], ["20 USD", "15 USD"], ["65 CAD"], ["20 SGD", "30 SGD"],
      ["1500 USD"], ["80 USD"],
    ]
    for (price, allowed) in zip(prices(dataset), allowed) {
      #expect(price.hasPrefix("unread") || allowed.contains(price), "\(price), not \(allowed)")
    }
    #expect(prices(dataset)[7] == "80 USD")
  }

  @Test func anElementThatIsNoObjectCostsNothingElse() throws {
    let (dataset, problems) = try open("03-null-in-array.json")
    #expect(dataset.rowCount == 23)
    #expect(problems.kept.map(\.kind).contains(.malformedJSON))
    #expect(try open("04-lines-with-comma.json").dataset.rowCount == 6)
  }

  @Test(
    arguments: [
      ("06-header-less.csv", 24, ["column1": "title", "column2": "price", "column3": "seller_alias"]),
      ("11-no-price-words.csv", 24, ["column1": "title", "column2": "price", "column3": "url"]),
      ("12-rooms-as-birr.csv", 24, ["House Name": "title", "House Price": "price", "Posted Date": "posted_at"]),
      (
        "13-plural-names.csv", 24,
        ["names": "title", "prices": "price", "merchants": "seller_alias", "locations": "location"]
      ),
      (
        "14-turkish.csv", 24,
        [
          "İlan Başlığı": "title", "Fiyat": "price", "Adres": "location", "Tarih": "posted_at",
          "Satıcı": "seller_alias",
        ]
      ),
      ("17-backslash-quotes.csv", 3, ["title": "title", "price": "price", "seller": "seller_alias"]),
      ("18-preamble.csv", 2, ["title": "title", "price": "price", "seller": "seller_alias"]),
      ("19-pandas-columns.json", 5, ["title": "title", "price": "price"]),
      ("22-line-quoted.csv", 6, ["title": "title", "price": "price", "seller": "seller_alias"]),
      (
        "23-no-comma-column-names.csv", 24, ["Name_of_product": "title", "price": "price", "listed_time": "posted_at"]
      ),
    ] as [(String, Int, [String: String])])
  func columnsAreKnownAndNoRowIsLost(_ file: String, _ rows: Int, _ columns: [String: String]) throws {
    let (dataset, _) = try open(file)
    #expect(dataset.rowCount == rows)
    let found = fields(dataset)
    for (name, field) in columns { #expect(found[field] == name, "\(field) of \(file): \(found)") }
    #expect(Set((0..<rows).map { dataset.key(at: $0) }).count == rows, "keys of \(file)")
  }

  @Test func whoSellsIsNeitherLeftOutNorTakenTwice() throws {
    let found = fields(try open("23-no-comma-column-names.csv").dataset)
    #expect(["seller_name", "ad_owner_name"].contains(found["seller_alias"]))
  }

  @Test func headersThatAreThereAreNoListings() throws {
    let (header, problems) = try open("18-preamble.csv")
    #expect(problems.kept.map(\.kind).contains(.preamble))
    #expect(texts(.title, header).allSatisfy { !$0.hasPrefix("Report") && $0 != "title" })
    #expect(texts(.title, try open("17-backslash-quotes.csv").dataset)[0] == #"Horn "old" comb"#)
  }

  @Test func linkedWordsAreNoAddresses() throws {
    let (dataset, _) = try open("08-hyperlinks.xlsx")
    #expect(texts(.url, dataset) == ["https://jp.mercari.com/item/m111", "https://jp.mercari.com/item/m222"])
    #expect(texts(.title, dataset) == ["象牙の印鑑", "鼈甲 眼鏡"])
    #expect(dataset.key(at: 0) != dataset.key(at: 1))
    #expect(dataset.cells(of: 0).contains { $0.text == "開く" })
    #expect(dataset.price(at: 1).currency == "JPY")
  }

  @Test func trackingMakesNoOtherListing() throws {
    let (dataset, _) = try open("09-same-listing-tracking.csv")
    #expect(dataset.rowCount == 8)
    #expect(Set((0..<8).map { dataset.key(at: $0) }).count == 4)
  }

  @Test func aColumnOfMarksIsNoPlatform() throws {
    let (dataset, _) = try open("10-x-marks.csv")
    #expect(fields(dataset)["platform"] == nil)
  }

  @Test func multiplesAndMarksAreReadAsTheyAreUsed() throws {
    let (dataset, _) = try open("24-units.csv")
    #expect(
      prices(dataset) == ["1500000 VND", "2000000000 VND", "25000 IDR", "1500000 IDR", "1200 CZK", "1500 SEK"])
  }
}

/// What files that others wrote lose without their first line: nothing.
@Suite(.enabled(if: RealFiles.arePresent, "the folder of real files is not beside the project"))
struct CutHeadersTests {
  /// As much of a file as tells its columns.
  private static let looked = 80_000

  private static let files: [String] = {
    let all = FileManager.default.enumerator(atPath: RealFiles.data)?.compactMap { $0 as? String } ?? []
    // Tables about animals, and inputs that have no header or a title above it.
    let others = ["20_", "21_", "22_", "30_", "32_", "cases/"]
    return all.filter { path in
      (path.hasSuffix("csv") || path.hasSuffix("tsv")) && !others.contains { path.hasPrefix($0) }
    }.sorted()
  }()

  @Test func everyFileKeepsItsRowsAndItsTitlePriceAndAddress() throws {
    #expect(Self.files.count > 50)
    let folder = InventedFolder()
    for file in Self.files {
      let whole = Array(try Data(contentsOf: URL(fileURLWithPath: "\(RealFiles.data)/\(file)")).prefix(Self.looked))
      guard let end = whole.firstIndex(of: 0x0A) else { continue }
      let (named, _) = try RealFiles.open([folder.write("named-" + Self.name(file), whole)])
      // The files of one folder have no header, and keep what they have.
      let isBare = named.sources[0].reader.columns.allSatisfy { $0.hasPrefix("column") }
      let (bare, _) = try RealFiles.open([folder.write("bare-" + Self.name(file), Array(whole[(end + 1)...]))])
      #expect(bare.rowCount == named.rowCount - (isBare ? 1 : 0), "\(file)")
      let columns = zip(named.sources[0].reader.columns.indices, named.sources[0].reader.fields)
      for field in [Field.title, .price, .url] {
        guard let place = columns.first(where: { $1 == field })?.0,
          (0..<named.rowCount).contains(where: { !["", "NA"].contains(named.text(of: field, at: $0)) })
        else { continue }
        let found = bare.sources[0].reader.fields.firstIndex(of: field)
        #expect(found == place, "\(field) of \(file): column \(found ?? -1), not \(place)")
      }
    }
  }

  private static func name(_ file: String) -> String { file.replacing("/", with: "_") }
}
