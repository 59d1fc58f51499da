@testable import Intake
import Listings
import ListingsTestSupport
import Testing

/// Whole files of every kind, changed at random: whatever stands in them, opening ends, and what it gives holds together.
///
/// `LINSANG_FUZZ_SEED` gives other files than those of every run. For a long night:
/// `LINSANG_FUZZ_CASES=100000 swift test --sanitize address --filter ReaderFuzzTests`.
@Suite struct ReaderFuzzTests {
  private static let cases = Trials.count(150)
  private static let seed = Trials.setting("LINSANG_FUZZ_SEED") ?? 1

  /// A kind of file: a whole one, and what is written over it.
  struct Kind: CustomTestStringConvertible, Sendable {
    let name: String
    let whole: [UInt8]
    var testDescription: String { name }
  }

  private static let table = """
    listing_id,title,price,seller,posted_at,url,description
    1,"carved ""old"" bracelet","1,200.50",Ana,2025-11-03,https://a.example/1,"two
    lines, and a half"
    2,象牙手串,¥3.000,莲,03/11/2025,,<b>ivory</b> &amp; bone
    3,ngà voi,1tr6,Bo_T,3 days ago,https://a.example/3,\u{202E}=1+1
    4,,面议,,1730592000,,
    5,งาช้าง,9 THB,ร้าน,,https://a.example/5,🐘

    """

  private static let lines = """
    {"listing_id": 1, "title": "carved \\u8c61\\u7259", "price": {"value": "12.50", "currency": "USD"}, "seller": {"username": "Ana"}}
    {"listing_id": 2, "title": "a\\nb", "price": null, "tags": ["x", {"y": [1, 2.5e3]}], "seller": "Bo"}

    {"listing_id": "3", "title": "\\ud83d\\udc18", "price": 5, "active": true}
    [{"title": "in an array"}, {"title": "too", "url": "https:\\/\\/a.example\\/2"}]

    """

  static let kinds: [Kind] = [
    Kind(name: "week.csv", whole: Array(table.utf8)),
    Kind(name: "week.jsonl", whole: Array(lines.utf8)),
    Kind(name: "utf16.csv", whole: [0xFF, 0xFE] + table.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }),
    Kind(
      name: "week.zip",
      whole: InventedArchive.bytes("zip", [("a.csv", Array(table.utf8)), ("b.jsonl", Array(lines.utf8))])),
    Kind(name: "week.csv.gz", whole: InventedArchive.bytes("gzip", [("", Array(table.utf8))])),
    Kind(
      name: "week.xlsx",
      whole: InventedWorkbook(rows: [["title", "price"], ["象牙", "5"], [nil, "1,200.50"], ["a", nil, "more"]]).bytes),
  ]

  @Test(arguments: kinds) func anythingMayStandInAFile(_ kind: Kind) throws {
    let folder = InventedFolder()
    var random = Dice(seed: UInt64(Self.seed))
    for number in 0..<Self.cases {
      let bytes = Self.changed(kind.whole, &random)
      let path = folder.write(kind.name, bytes)
      var options = IntakeOptions(tables: InventedTables.tables, workers: 1)
      // Pieces end anywhere in so small a file.
      options.pieceSize = Int.random(in: 16...512, using: &random)
      options.firstPieceSize = options.pieceSize
      do throws(IntakeError) {
        let (dataset, problems) = try DatasetOpening.open(paths: [path], options: options)
        Self.judge(dataset, problems, "\(kind.name), seed \(Self.seed), case \(number)")
      } catch {
        #expect(error.description.contains(kind.name), "case \(number): \(error.description)")
      }
    }
  }

  /// Pieces of the file taken out, doubled, exchanged, or written over.
  private static func changed(_ whole: [UInt8], _ random: inout Dice) -> [UInt8] {
    let telling: [UInt8] = [0, 9, 10, 13, 34, 39, 44, 58, 59, 91, 92, 93, 123, 124, 125, 128, 0xC3, 0xE2, 0xF0, 0xFF]
    var bytes = whole
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, place + Int.random(in: 0...24, using: &random))
      switch Int.random(in: 0..<7, using: &random) {
      case 0: bytes.removeSubrange(place..<end)
      case 1: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 2: bytes.insert(telling.randomElement(using: &random)!, at: place)
      case 3 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 4 where place < bytes.count: bytes[place] = telling.randomElement(using: &random)!
      case 5 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 6 where Int.random(in: 0..<6, using: &random) == 0: bytes.removeLast(bytes.count - place)
      default: break
      }
    }
    return bytes
  }

  /// What holds for every dataset, wherever it came from.
  private static func judge(_ dataset: Dataset, _ problems: IntakeProblems, _ label: String) {
    #expect(dataset.isComplete, "\(label)")
    #expect(dataset.sources.reduce(0) { $0 + $1.rows.count } == dataset.rowCount, "\(label)")
    #expect(dataset.rowsWithAnotherKey == [], "\(label)")
    for row in 0..<dataset.rowCount {
      #expect(dataset.sourceRow(of: row) >= 1 && dataset.sourceLine(of: row) >= 1, "\(label)")
      let price = dataset.price(at: row)
      // A price that was not read has no amount, and never becomes zero.
      #expect((price.state == .missing || price.state == .unreadable) <= (price.amount == nil), "\(label), row \(row)")
      for field in Field.allCases { _ = dataset.text(of: field, at: row) }
    }
    #expect(problems.kept.count <= problems.count, "\(label)")
    for problem in problems.kept { #expect(!problem.description.isEmpty, "\(label)") }
  }
}

extension Bool {
  /// Implication.
  fileprivate static func <= (a: Bool, b: Bool) -> Bool { !a || b }
}
