import Listings
import ListingsTestSupport
import Testing

@testable import Intake

/// What people assigned to columns: remembered by header, before names and shapes, after the command line.
@Suite struct ColumnsAssignedTests {
  private func assignment(
    _ header: HeaderSignature, _ lines: [(String, Field?)], _ origin: ColumnAssignment.Origin = .remembered
  ) -> ColumnAssignment {
    ColumnAssignment(
      header: header, lines: lines.map { ColumnAssignment.Line(column: $0.0, field: $0.1) }, origin: origin)
  }

  private func open(
    _ texts: [(String, String)], _ assignments: [ColumnAssignment], chosen: [Field: String] = [:]
  ) throws -> (dataset: Dataset, problems: IntakeProblems) {
    let folder = InventedFolder()
    var options = IntakeOptions(tables: InventedTables.tables, chosenColumns: chosen)
    options.assignments = assignments
    return try DatasetOpening.open(paths: texts.map { folder.write($0.0, $0.1) }, options: options)
  }

  @Test func anAnswerComesBeforeNamesAndAfterTheCommandLine() throws {
    let text = "title,what,cost\nA,bangle,5\n"
    let header = HeaderSignature(names: ["title", "what", "cost"])
    let answer = assignment(header, [("what", .title), ("cost", .price)])
    let (dataset, _) = try open([("a.csv", text)], [answer])
    #expect(dataset.text(of: .title, at: 0) == "bangle")
    #expect(dataset.price(at: 0).amount?.description == "5")
    #expect(dataset.sources[0].reader.findings.map(\.basis) == [.nothing, .remembered, .remembered])
    let (mapped, _) = try open([("a.csv", text)], [answer], chosen: [.title: "title"])
    #expect(mapped.text(of: .title, at: 0) == "A")
    #expect(mapped.sources[0].reader.findings.map(\.basis) == [.map, .nothing, .remembered])
  }

  @Test func aColumnMayBeSaidToBeNoField() throws {
    let header = HeaderSignature(names: ["title", "price"])
    let (dataset, _) = try open([("a.csv", "title,price\nA,5\n")], [assignment(header, [("price", nil)], .chosen)])
    #expect(dataset.sources[0].reader.fields == [.title, nil])
    #expect(dataset.sources[0].reader.findings[1].basis == .chosen)
    #expect(dataset.sources[0].reader.findings[1].sentence == "no field from price: chosen by you")
  }

  @Test func onlyFilesWithThatHeaderAreReadSo() throws {
    let answer = assignment(HeaderSignature(names: ["title", "what"]), [("what", .species)])
    let texts = [
      ("a.csv", "title,what\nA,x\n"), ("b.csv", "what,title\ny,B\n"), ("c.jsonl", #"{"what": "z", "name": "C"}"#),
    ]
    let (dataset, _) = try open(texts, [answer])
    #expect((0..<3).map { dataset.text(of: .species, at: $0) } == ["x", "", ""])
    let (objects, _) = try open(texts, [assignment(dataset.sources[2].reader.header, [("what", .species)])])
    #expect((0..<3).map { objects.text(of: .species, at: $0) } == ["", "", "z"])
    #expect(objects.rowsWithAnotherKey.isEmpty)
  }

  @Test func aFileWithoutAHeaderIsKnownAgainByItsShapeNextWeek() throws {
    func week(_ number: Int, _ extra: String = "") -> String {
      (0..<30).map { "bangle \(number)-\($0),\($0 * 5 + number),https://taobao.example/\(number)/\($0)\(extra)\n" }
        .joined()
    }
    let (first, _) = try open([("a.csv", week(1))], [])
    let (second, _) = try open([("b.csv", week(2))], [])
    let (other, _) = try open([("c.csv", week(2, ",x"))], [])
    #expect(first.sources[0].reader.header == second.sources[0].reader.header)
    #expect(first.sources[0].reader.header != other.sources[0].reader.header)
    #expect(first.sources[0].reader.header.words == "3 columns without names: text, number, address")
  }

  @Test func aMappedColumnThatNoFileHasIsOneProblemWithThoseThereAre() throws {
    let texts = [
      ("a.csv", "title,price\nA,5\n"), ("b.jsonl", "{\"title\": \"B\"}\n{\"title\": \"C\", \"kosten\": 4}\n"),
    ]
    let (dataset, problems) = try open(texts, [], chosen: [.price: "kosten", .species: "taxon"])
    #expect(problems.kept.map(\.what) == [.chosenColumnMissing(column: "taxon", among: ["title", "price", "kosten"])])
    #expect(problems.kept[0].description.hasPrefix("2 files: there is no column taxon to take species from"))
    #expect(dataset.price(at: 2).amount?.description == "4")
  }

  @Test func theSameFilesAreReadAgainWithOtherColumnsRowByRow() async throws {
    let folder = InventedFolder()
    let text = "what,cost\n" + (1...500).map { "bangle \($0),\($0)\n" }.joined()
    let path = folder.write("a.csv", text)
    var options = IntakeOptions(tables: InventedTables.tables, workers: 2)
    options.pieceSize = 512
    options.firstPieceSize = 512
    let before = try await finish { DatasetOpening.start(paths: [path], options: options, onEvent: $0) }
    options.assignments = [assignment(HeaderSignature(names: ["what", "cost"]), [("what", .title), ("cost", .price)])]
    let preview = try #require(ColumnPreview.dataset(of: before.dataset.sources[0], options: options))
    #expect(preview.rowCount == 500)
    #expect(preview.text(of: .title, at: 6) == "bangle 7")
    let after = try await finish { before.opening.startAgain(options: options, onEvent: $0) }
    #expect(after.dataset.rowCount == 500)
    #expect(before.dataset.text(of: .title, at: 499) == "")
    #expect(after.dataset.text(of: .title, at: 499) == "bangle 500")
    #expect(after.dataset.record(at: 499).elementsEqual(before.dataset.record(at: 499)))
    #expect(preview.keyFingerprints[3] == after.dataset.keyFingerprints[3])
    #expect(after.dataset.rowsWithAnotherKey.isEmpty)
  }

  private func finish(
    _ start: (@escaping @Sendable (IntakeEvent) -> Void) -> DatasetOpening?
  ) async throws -> (opening: DatasetOpening, dataset: Dataset) {
    let (events, continuation) = AsyncStream.makeStream(of: IntakeEvent.self)
    let opening = try #require(start { continuation.yield($0) })
    for await case .finished(let progress) in events { return (opening, progress.dataset) }
    throw IntakeError.nothingGiven
  }

  // MARK: The table of what is remembered

  @Test func whatIsRememberedIsReadBack() {
    let hostile = ["=cmd()", "'quoted", "a,b", "say \"x\"", "two\nlines", "価格", "-", " "]
    let header = HeaderSignature(names: hostile)
    let answer = assignment(header, hostile.enumerated().map { ($1, $0 % 2 == 0 ? Field.allCases[$0] : nil) })
    var memory = ColumnMemory()
    memory.remember(answer)
    let again = ColumnMemory(text: memory.text)
    #expect(again.assignments == [answer])
    #expect(again.unreadable.isEmpty)
    for line in memory.text.split(separator: "\n") { #expect(!line.contains(",=") && !line.contains(",\"=")) }
    #expect(ColumnMemory(text: memory.text.replacing("\n", with: "\r\n")).assignments.count == 1)
  }

  @Test func aNewAnswerReplacesTheOldOneAndNoneForgetsIt() {
    let (one, two) = (HeaderSignature(names: ["a"]), HeaderSignature(names: ["b"]))
    var memory = ColumnMemory()
    memory.remember(assignment(one, [("a", .title)]))
    memory.remember(assignment(two, [("b", .price)]))
    memory.remember(assignment(one, [("a", .url)]))
    #expect(memory.assignments.map(\.lines).flatMap { $0.map(\.field) } == [.price, .url])
    memory.remember(assignment(two, []))
    #expect(memory.assignments.map(\.header) == [one])
  }

  @Test func linesThatMeanNothingAreToldAndKept() {
    let text = "header,columns,column,field\nab12,1 column,x,title\nab12,1 column,y,colour\nshort\n"
    var memory = ColumnMemory(text: text)
    #expect(memory.unreadable.map(\.line) == [3, 4])
    #expect(memory.assignments.map(\.lines.count) == [1])
    memory.remember(assignment(HeaderSignature(id: "ab12", words: "1 column"), [("x", .url)]))
    #expect(memory.text == "header,columns,column,field\nab12,1 column,y,colour\nshort\nab12,1 column,x,url\n")
  }

  @Test(arguments: 0..<200) func anyTextIsReadWithoutACrash(seed: UInt64) {
    var dice = Dice(seed: seed)
    let bytes = (0..<Int.random(in: 0..<200, using: &dice)).map { _ in
      Array("header,columns,column,field\n\"'title=none\r\u{FEFF}é".utf8).randomElement(using: &dice)!
    }
    let memory = ColumnMemory(text: String(decoding: bytes, as: UTF8.self))
    let again = ColumnMemory(text: memory.text)
    #expect(again.assignments == memory.assignments)
  }
}
