import Glibc
import Intake
import Listings
import Testing

/// Files that others wrote, beside the project; the expected numbers were counted with Python's `csv` and `json`.
enum RealFiles {
  private static let root = String(#filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined())
  static let data = root.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/shared/data"
  static let lexicons = root + "/Lexicons"
  static let arePresent = access(data, R_OK) == 0 && access(lexicons + "/field-names.csv", R_OK) == 0

  /// The files of the folder whose name begins with `folder` that begin and end as told, in the order of their names.
  static func paths(_ folder: String, _ start: String = "", _ end: String) -> [String] {
    guard let name = names(in: data).first(where: { $0.hasPrefix(folder) }) else { return [] }
    return names(in: "\(data)/\(name)").filter { $0.hasPrefix(start) && $0.hasSuffix(end) }.sorted()
      .map { "\(data)/\(name)/\($0)" }
  }

  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let file = readdir(directory) {
      names.append(
        withUnsafePointer(to: &file.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names
  }

  static func open(
    _ paths: [String], chosen: [Field: String] = [:]
  ) throws -> (dataset: Dataset, problems: IntakeProblems) {
    let options = IntakeOptions(tables: ReferenceTables(folders: [lexicons]), chosenColumns: chosen)
    return try DatasetOpening.open(paths: paths, options: options)
  }
}

extension Dataset {
  /// Bytes of a text field in all rows.
  fileprivate func byteCount(of field: Field) -> Int {
    (0..<rowCount).reduce(0) { $0 + bytes(of: field, at: $1).count }
  }

  /// Rows with an amount, and the sum of their amounts.
  fileprivate var amounts: (count: Int, sum: Int64) {
    let amounts = (0..<rowCount).compactMap { price(at: $0).amount?.tenThousandths }
    return (amounts.count, amounts.reduce(0, +))
  }
}

@Suite(.enabled(if: RealFiles.arePresent, "the folder of real files is not beside the project"))
struct RealFilesTests {
  @Test(arguments: ["csv", "jsonl"])
  func thaiListings(_ ending: String) throws {
    let (dataset, problems) = try RealFiles.open(RealFiles.paths("03", "DERIVED", ending))
    #expect(dataset.rowCount == 193)
    #expect(problems.isEmpty)
    #expect(dataset.text(of: .title, at: 100) == "ตะกรุดงาช้างไม่ทราบเกจิ")
    #expect(dataset.text(of: .price, at: 100) == "1.0")
    #expect(dataset.price(at: 100).state == .placeholder)
    #expect(dataset.price(at: 100).currency == "THB")
    #expect(dataset.text(of: .listingID, at: 192) == "fb-2094999931310891")
    #expect(dataset.amounts.count == 91)
    #expect(dataset.text(of: .platform, at: 0) == "kaidee.com")
    #expect(dataset.time(of: .postedAt, at: 0) == 1_774_778_400)
    #expect(dataset.rowsWithAnotherKey.isEmpty)
  }

  @Test func reptilesWithBracketsForMissingCells() throws {
    let (dataset, problems) = try RealFiles.open(RealFiles.paths("05", "results", "csv"))
    #expect(dataset.rowCount == 599)
    // Species and prices without a word of the adverts: no lexicon can read them.
    #expect(problems.kept.map(\.kind) == [.noTextColumn])
    #expect(dataset.amounts.count == 42)
    #expect(dataset.text(of: .species, at: 3) == "Thecadactylus oskrobapreinorum")
    #expect(dataset.price(at: 3).amount?.description == "199.99")
    #expect(dataset.price(at: 3).state == .withoutCurrency)
    #expect(dataset.text(of: .listingID, at: 3) == "598")
    #expect(dataset.cells(of: 0)[0] == RecordCell(name: "original_datarow", field: .listingID, text: "129"))
    #expect(dataset.rowsWithAnotherKey.isEmpty)
  }

  @Test func frogsAsTableAndAsArray() throws {
    let (table, tableProblems) = try RealFiles.open(RealFiles.paths("06", "amphibians", "csv"))
    #expect(table.rowCount == 373)
    #expect(table.amounts.sum == 362_380_000)
    #expect(tableProblems.isEmpty)
    #expect(table.text(of: .title, at: 372) == "Ranitomeya Variabilis (Southern)")
    #expect(table.text(of: .url, at: 372) == "/us/c/amphibians/frogs/other-dart-frogs/1263712")
    let (array, _) = try RealFiles.open(RealFiles.paths("06", "amphibians", "json"))
    #expect(array.rowCount == 375)
    #expect(array.amounts.sum == 363_880_000)
    #expect(array.text(of: .title, at: 2) == "6-7\"")
    #expect(array.price(at: 2).currency == "USD")
    #expect(array.rowsWithAnotherKey.isEmpty && table.rowsWithAnotherKey.isEmpty)
    // The same advert in both scrapes is the same listing.
    #expect(array.key(at: 374) == table.key(at: 372))
  }

  @Test func fortyFiveDaysOfOnePlatformAfterAnother() throws {
    let paths = RealFiles.paths("10", "", "csv")
    #expect(paths.count == 45)
    let (dataset, problems) = try RealFiles.open(paths)
    #expect(dataset.rowCount == 47_058)
    #expect(problems.isEmpty)
    #expect(dataset.byteCount(of: .title) == 1_380_544)
    #expect(dataset.byteCount(of: .description) == 16_047_833)
    #expect(dataset.amounts.count == 41_481)
    #expect(dataset.amounts.sum == 8_913_433_183_000)
    #expect(dataset.price(at: 0).currency == "ZAR")
    #expect(dataset.text(of: .title, at: 20_000) == "TREK 1400 - SLR - ALPHA SUPERLIGHT RACE")
    #expect(dataset.text(of: .url, at: 20_000).hasSuffix("/555084/trek-1400-slr-alpha-superlight-race"))
    #expect(dataset.price(at: 20_000).state == .missing)
    #expect(dataset.time(of: .capturedAt, at: 20_000) == 1_655_211_246)
    // 5,048 addresses: of 184 adverts the title changed, and the address with it.
    #expect(Set((0..<dataset.rowCount).map { dataset.keyFingerprints[$0] }).count == 4864)
    #expect(
      (0..<dataset.rowCount).filter { $0 % 7 == 0 }.allSatisfy {
        dataset.key(at: $0).fingerprint == dataset.keyFingerprints[$0]
      })
  }

  @Test func chineseListingsWithoutAHeader() throws {
    let (dataset, problems) = try RealFiles.open(
      RealFiles.paths("12", "", "csv"), chosen: [.title: "column1", .price: "column3", .url: "column7"])
    #expect(dataset.rowCount == 5020)
    #expect(problems.count(of: .tooFewCells) == 2)
    #expect(problems.kept.filter { $0.kind == .tooFewCells }.map(\.line) == [1225, 3588])
    #expect(dataset.byteCount(of: .title) == 232_157)  // 239,642 before HTML was decoded
    #expect(
      dataset.cellTexts[1234] == [
        "ZOWZOW呛口小辣椒羽绒服女中长款2017新款…", "服装", "600.00", "899.00", "非全新", "福建福州 晋安区",
        "http://2.taobao.com/item.htm?id=593913245567",
      ])
    #expect(dataset.price(at: 1234).currency == "CNY")
    #expect(dataset.rowsWithAnotherKey.isEmpty)
  }

  @Test func chineseListingsAreToldByTheirValues() throws {
    let (dataset, problems) = try RealFiles.open(RealFiles.paths("12", "", "csv"))
    #expect(problems.count == problems.count(of: .tooFewCells))
    #expect(dataset.sources[0].reader.fields == [.title, nil, .price, nil, nil, nil, .url])
    #expect(dataset.sources[0].reader.findings[2].why.hasPrefix("looks like prices: 172 of 172"))
    #expect(dataset.text(of: .platform, at: 0) == "Xianyu")
    // 5,018 with digits, 30 of which are placeholders such as 9999.
    #expect(dataset.amounts.count == 4988)
    #expect(dataset.rowsWithAnotherKey.isEmpty)
  }

  /// Shapes add to what names tell in these files in one place only: a species that another program had matched.
  @Test func namesThatAreRightStayWhatTheyAre() throws {
    for (folder, endings) in [
      ("01", ["csv"]), ("03", ["csv", "jsonl"]), ("05", ["csv"]), ("06", ["csv", "json"]), ("10", ["01-37-PM.csv"]),
      ("14", ["jsonl"]), ("15", ["jsonl", "json"]), ("16", ["csv"]), ("20", ["tsv"]), ("21", ["csv"]), ("22", ["csv"]),
    ] {
      for path in endings.flatMap({ RealFiles.paths(folder, "", $0) }) {
        let (dataset, _) = try RealFiles.open([path])
        let guessed = dataset.sources[0].reader.findings.filter { if case .shape = $0.basis { true } else { false } }
        let expected = path.hasSuffix("DERIVED_listings.jsonl") ? ["code_word_matches.species_scientific"] : []
        #expect(guessed.map(\.name) == expected, "\(path)")
      }
    }
  }

  /// The names of columns taken away: what is still told must be what the names told.
  @Test func withoutTheirNamesColumnsAreWhatTheyWereOrNothing() throws {
    let files =
      ["01", "03", "05", "06", "16"].flatMap { RealFiles.paths($0, "", "csv") }
      + RealFiles.paths("10", "", "01-06-PM.csv")
    #expect(files.count > 8)
    let folder = InventedFolder()
    var found = 0
    for path in files {
      let (named, _) = try RealFiles.open([path])
      let reader = named.sources[0].reader
      let first = UnsafeRawBufferPointer(rebasing: reader.bytes[Self.headerEnd(of: named)...])
      let heading = reader.columns.indices.map { "column\($0 + 1)" }.joined(separator: ",") + "\n"
      let (bare, _) = try RealFiles.open([folder.write("bare.csv", Array(heading.utf8) + first)])
      for (name, (told, truth)) in zip(reader.columns, zip(bare.sources[0].reader.fields, reader.fields)) {
        #expect(told == nil || told == truth, "\(path): \(name)")
        found += told == nil ? 0 : 1
      }
    }
    #expect(found >= 25)
  }

  private static func headerEnd(of dataset: Dataset) -> Int {
    Int(bitPattern: dataset.record(at: 0).baseAddress) - Int(bitPattern: dataset.sources[0].reader.bytes.baseAddress)
  }

  @Test func nestedLines() throws {
    let (dataset, problems) = try RealFiles.open(RealFiles.paths("14", "", "jsonl"))
    #expect(dataset.rowCount == 721)
    #expect(problems.isEmpty)
    #expect(dataset.byteCount(of: .title) == 48_629)
    #expect(dataset.amounts.count == 716)
    #expect(dataset.amounts.sum == 1_648_285_300)
    #expect((0..<721).count { !dataset.text(of: .sellerAlias, at: $0).isEmpty } == 376)
    #expect(dataset.rowsWithAnotherKey.isEmpty)
  }

  @Test func antiques() throws {
    let (lines, problems) = try RealFiles.open(RealFiles.paths("15", "DERIVED", "jsonl"))
    #expect(lines.rowCount == 538)
    #expect(problems.isEmpty)
    #expect(lines.byteCount(of: .title) == 26_180)
    #expect(lines.amounts.count == 525)  // 533 prices, of which 8 read "None"
    #expect(lines.text(of: .title, at: 200) == "Electric Yoga Bike Shorts")
    #expect(lines.price(at: 200).amount?.description == "36")
    let (array, _) = try RealFiles.open(RealFiles.paths("15", "poshmark", "json"))
    #expect(array.rowCount == 96)
    #expect(array.text(of: .title, at: 50).hasPrefix("925 Sterling Silver Dainty Bar Ring"))
    #expect(array.rowsWithAnotherKey.isEmpty && lines.rowsWithAnotherKey.isEmpty)
  }

  @Test func carsWithLongDecimals() throws {
    let (dataset, problems) = try RealFiles.open(RealFiles.paths("16", "", "csv"))
    #expect(dataset.rowCount == 1100)
    #expect(problems.isEmpty)
    #expect(dataset.amounts.count == 1100)
    #expect(dataset.amounts.sum == 1_808_728_794_744)
    #expect((0..<1100).count { dataset.price(at: $0).amount?.tenThousandths == 1_644_298_904 } == 461)
    #expect(dataset.price(at: 1099).amount?.description == "169000")
    #expect(dataset.rowsWithAnotherKey.isEmpty)
  }
}
