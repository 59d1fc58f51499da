import ListingsTestSupport
import Testing

@testable import Listings

struct DatasetTests {
  @Test func everyLookSeesItsOwnRowsAndValues() {
    let growing = GrowingDataset()
    let rows = SampleListings.rows(500, seed: 3)
    var looks: [Dataset] = [growing.look()]
    for start in stride(from: 0, to: 500, by: 100) {
      growing.add(Array(rows[start..<start + 100]), file: "part \(start).csv", batchSize: 33)
      looks.append(growing.look(isComplete: start == 400))
    }
    #expect(looks.map(\.rowCount) == [0, 100, 200, 300, 400, 500])
    #expect(looks.map(\.isComplete) == [false, false, false, false, false, true])
    for look in looks {
      #expect(
        look.valueCount(of: .sellerAlias) == Set(rows.prefix(look.rowCount).map { $0.text(.sellerAlias) } + [""]).count)
      for row in 0..<look.rowCount {
        #expect(look.text(of: .title, at: row) == rows[row].text(.title))
        #expect(look.text(of: .platform, at: row) == rows[row].text(.platform))
        #expect(look.price(at: row).usDollars == rows[row].usd)
        #expect(look.time(of: .postedAt, at: row) == rows[row].posted)
        #expect(look.source(of: row).name == "part \(row / 100 * 100).csv")
        #expect(look.sourceRow(of: row) == row % 100 + 1)
        #expect(look.sourceLine(of: row) == row % 100 + 1)
      }
    }
  }

  @Test func anEmptyDatasetHasNothing() {
    #expect(Dataset.empty.rowCount == 0)
    #expect(Dataset.empty.valueCount(of: .platform) == 1)
    #expect(RowSorting.order(RowSet(allOf: 0), of: .empty, by: SortOrder(.price)).count == 0)
    #expect(Dataset.empty.rows(of: [ListingKey("id:a/b")]).isEmpty)
  }

  @Test func filesWithoutRowsOwnNone() {
    let rows = [ListingRow(title: "a"), ListingRow(title: "b")]
    let dataset = Dataset.of(files: [("none.csv", []), ("two.csv", rows), ("none again.csv", []), ("last.csv", rows)])
    #expect((0..<4).map { dataset.source(of: $0).name } == ["two.csv", "two.csv", "last.csv", "last.csv"])
  }

  @Test func fieldsThatAreNotKeptAreReadFromTheRecord() {
    let row = ListingRow(id: "7", url: "https://x.example", title: "t", price: "ask", extra: [("Notes", "seen twice")])
    let dataset = Dataset.of([ListingRow(title: "first"), row])
    #expect(dataset.text(of: .listingID, at: 1) == "7")
    #expect(dataset.text(of: .price, at: 1) == "ask")
    #expect(dataset.text(of: .url, at: 0) == "")
    #expect(dataset.price(at: 1) == Price(state: .unreadable, amount: nil, currency: nil, basis: .none, usDollars: nil))
    #expect(dataset.cells(of: 1).last == RecordCell(name: "Notes", field: nil, text: "seen twice"))
  }

  @Test func cellsOfSeveralSpeciesStandForEach() throws {
    let dataset = try #require(SampleListings.datasets[1_000]).dataset
    let lists = dataset.speciesLists
    #expect(Set(lists.names) == ["", "Manis javanica", "Loxodonta africana", "Python regius"])
    #expect(lists.members.count == dataset.valueCount(of: .species))
    let table = dataset.values(of: .species)
    for code in 1..<lists.members.count {
      #expect(lists.members[code].map { lists.names[Int($0)] } == ValueLists.split(table.string(UInt32(code))))
    }
  }
}
