@testable import Intake
import Listings
import Testing

@Suite struct DoubleEncodingTests {
  /// Text as it stands after its UTF-8 was read in `encoding` and saved again.
  private func misread(_ text: String, _ encoding: TextEncoding) -> [UInt8] {
    Array(text.utf8).withUnsafeBytes { TextDecoding.text($0, encoding)?.utf8 ?? [] }
  }

  private func open(_ bytes: [UInt8], repairs: Bool) throws -> (dataset: Dataset, problems: IntakeProblems) {
    let folder = InventedFolder()
    var options = IntakeOptions(tables: InventedTables.tables)
    options.repairsEncoding = repairs
    return try DatasetOpening.open(paths: [folder.write("week.csv", bytes)], options: options)
  }

  @Test(arguments: [
    (TextEncoding.windows1252, "Peau de léopard, très bon état"), (.windows1251, "Продам бивень"),
    (.gb18030, "出售象牙手镯"),
  ])
  func misreadTextIsToldAndTurnedBackOnRequest(_ encoding: TextEncoding, _ title: String) throws {
    let plain = title.replacing(",", with: "")
    let bytes = misread("title,price\n" + String(repeating: "\(plain),5\n", count: 10), encoding)
    let (told, problems) = try open(bytes, repairs: false)
    #expect(problems.kept.map(\.kind) == [.doubleEncoded])
    #expect(problems.kept.first?.description.contains("was probably") == true)
    #expect(told.text(of: .title, at: 0) != plain)
    let (repaired, rest) = try open(bytes, repairs: true)
    #expect(rest.isEmpty)
    #expect((0..<10).allSatisfy { repaired.text(of: .title, at: $0) == plain }, "\(repaired.text(of: .title, at: 0))")
    #expect(repaired.sources[0].reader.conversions.map(\.kind) == [.repaired])
    #expect(Array(repaired.sources[0].reader.originalBytes) == bytes)
  }

  @Test func theSentenceHasAWorkedExample() throws {
    let (_, problems) = try open(misread("title\ncafé\ncafé\ncafé\n", .windows1252), repairs: false)
    #expect(problems.kept.first?.description.contains("`Ã©` was probably `é`") == true)
  }

  @Test func properTextOfAnyLanguageIsNotSuspected() {
    for (encoding, titles) in InventedAdverts.titles {
      let text = Array(InventedAdverts.table(titles, rows: 40).utf8)
      #expect(text.withUnsafeBytes { DoubleEncoding.find(in: $0) } == nil, "\(encoding)")
    }
    for text in ["title\n«CAFÉ»\n", "title\nСёмга Рёв\n", "title\nMAÇÃ, São Tomé, 20°\n"] {
      #expect(Array(text.utf8).withUnsafeBytes { DoubleEncoding.find(in: $0) } == nil, "\(text)")
    }
  }
}
