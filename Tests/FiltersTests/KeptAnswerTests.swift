import ListingsTestSupport
import Testing

@testable import Filters
@testable import Listings

/// What an evaluation kept must never show in its answers.
struct KeptAnswerTests {
  @Test(arguments: 0..<12 as Range<UInt64>)
  func anEvaluationThatWasUsedAnswersLikeANewOneWhileRowsArrive(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let growing = GrowingDataset()
    var used = FilterEvaluation()
    let texts = [
      "", "i", "iv", "ivo", "ivory", "vory", "ivory ring", "platform:ebay", "-platform:ebay i",
      "species:\"Manis javanica\"",
      "seller:none te", "price:>100", "象", "象牙", "te",
    ]
    for _ in 0..<6 {
      growing.add(sampleRows(dice.below(120), seed: dice.next()), batchSize: 50)
      var subject = FilterSubject(growing.look())
      for _ in 0..<8 {
        let text = dice.pick(texts) + (dice.once(in: 4) ? " is:confirmed" : "")
        let filter = try FilterSyntax.read(text)
        var new = FilterEvaluation()
        let (answer, expected) = (used.answer(filter, in: subject), new.answer(filter, in: subject))
        #expect(answer?.rows == expected?.rows, "\(text)")
        #expect(answer?.facets == expected?.facets, "\(text)")
        #expect(answer?.prices == expected?.prices, "\(text)")
        if subject.dataset.rowCount > 0 { subject.confirmed.insert(dice.below(subject.dataset.rowCount)) }
      }
    }
  }

  @Test(arguments: SortOrder.Subject.allCases)
  func theOrderOfAPartIsPickedFromTheOrderOfAll(subject: SortOrder.Subject) throws {
    let dataset = Dataset.of(sampleRows(400, seed: 5))
    var used = FilterEvaluation()
    for descending in [false, true, true] {
      let sort = SortOrder(subject, descending: descending)
      for step in [1, 2, 3, 50, 1, 5] {
        let rows = RowSet((0..<400).filter { $0 % step == 0 }, of: 400)
        let rank: (Int) -> UInt8 = { $0 % 3 == 0 ? .max : UInt8($0 % 3) }
        let order = used.order(of: rows, by: sort, in: dataset, rank: rank)
        #expect(order == RowSorting.order(rows, of: dataset, by: sort, rank: rank))
      }
    }
  }

  @Test func namesThatComeLaterStandInTheirPlace() throws {
    let growing = GrowingDataset()
    var evaluation = FilterEvaluation()
    growing.add([ListingRow(platform: "m"), ListingRow(platform: "EBAY")])
    _ = evaluation.answer(.everything, in: FilterSubject(growing.look()))
    growing.add([ListingRow(platform: "eBay"), ListingRow(platform: "a"), ListingRow(platform: "z"), ListingRow()])
    let facet = evaluation.answer(.everything, in: FilterSubject(growing.look()))?.facets[.platform]
    #expect(facet?.values.map(\.name) == ["EBAY", "", "a", "m", "z"])
    #expect(facet?.values.map(\.count) == [2, 1, 1, 1, 1])
  }
}
