import Intake
import Listings
import Testing

/// One listing of megabytes among others: it is kept, known again, and never stalls who looks at it.
@Suite struct GiantRecordTests {
  private static let giant = String(repeating: "ivory bracelet ", count: 400_000)
  private static let names = ["a.csv", "a.jsonl"]

  private static func text(_ name: String, giant: String) -> String {
    name.hasSuffix("csv")
      ? "listing_id,title,description,price\n1,small,a,5\n2,long,\"\(giant)\",6\n3,last,c,7\n"
      : [("1", "small", "a", "5"), ("2", "long", giant, "6"), ("3", "last", "c", "7")].map {
        "{\"listing_id\": \"\($0.0)\", \"title\": \"\($0.1)\", \"description\": \"\($0.2)\", \"price\": \($0.3)}\n"
      }.joined()
  }

  @Test(arguments: names) func itsKeyNeedsNoReadingAndStaysTheSame(_ name: String) throws {
    let (dataset, problems) = try DatasetOpening.open(text: Self.text(name, giant: Self.giant), name: name)
    #expect(problems.isEmpty)
    #expect((0..<3).map { dataset.isGiant($0) } == [false, true, false])
    #expect(dataset.rowsWithAnotherKey == [])
    #expect(dataset.key(at: 1).text.hasPrefix("text:"))
    let (again, _) = try DatasetOpening.open(text: Self.text(name, giant: Self.giant), name: name)
    #expect(again.key(at: 1) == dataset.key(at: 1))
    let (other, _) = try DatasetOpening.open(text: Self.text(name, giant: Self.giant + "s"), name: name)
    #expect(other.key(at: 1) != dataset.key(at: 1))
  }

  @Test func bytesThatAreNoTextAreToldAndChangeNothing() throws {
    // Enough of the file is UTF-8 that it stays UTF-8.
    var bytes = Array(Self.text("a.csv", giant: "à à " + Self.giant).utf8)
    bytes[1000] = 0xFF
    let (dataset, problems) = try DatasetOpening.open(bytes, name: "a.csv")
    #expect(problems.count(of: .invalidUTF8) == 1)
    #expect(dataset.rowsWithAnotherKey == [])
  }

  @Test(arguments: names) func theScreenSeesBeginningsAndAnExportSeesAll(_ name: String) throws {
    let (dataset, _) = try DatasetOpening.open(text: Self.text(name, giant: Self.giant), name: name)
    let shown = dataset.shownCells(of: 1)
    #expect(shown.map(\.field) == [.title, .description])
    #expect(shown[0].text == "long")
    #expect(shown[1].text.utf8.count == GiantRecord.shownText)
    #expect(dataset.shownText(of: .url, at: 1).isEmpty)
    #expect(dataset.cells(of: 1).first { $0.field == .description }?.text == Self.giant)
    #expect(dataset.price(at: 1).amount == Amount(tenThousandths: 60_000))
    #expect(dataset.shownCells(of: 0) == dataset.cells(of: 0))
  }
}
