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

  @Test func onlyRowsThatWereAddedAreAskedAndTheAnswerIsThatToAll() throws {
    let growing = GrowingDataset()
    var used = FilterEvaluation()
    let filters = try [
      "ivory", "-ivory", "platform:ebay", "price:>100", "price:unread", "price:none", "posted:none", "posted:>=2026-11",
      "/ri.g/", "(象 OR species:none) -seller:bao*", "currency:cny", "file:listings",
    ].map { try FilterSyntax.read($0) }
    // More than one block of rows, so that whole blocks are known.
    for count in [40_000, 30_000, 1, 70_000] {
      growing.add(sampleRows(count, seed: UInt64(count)))
      let subject = FilterSubject(growing.look())
      for filter in filters {
        var new = FilterEvaluation()
        let (answer, expected) = (used.answer(filter, in: subject), new.answer(filter, in: subject))
        #expect(answer?.rows == expected?.rows, "\(filter.text)")
        #expect(answer?.facets == expected?.facets, "\(filter.text)")
        #expect(answer?.prices == expected?.prices, "\(filter.text)")
      }
    }
  }

  @Test func anotherDatasetIsNoContinuation() throws {
    var evaluation = FilterEvaluation()
    let filter = try FilterSyntax.read("ivory")
    for seed in [1, 2, 3] as [UInt64] {
      let subject = FilterSubject(Dataset.of(sampleRows(100 * Int(seed), seed: seed)))
      var new = FilterEvaluation()
      #expect(evaluation.answer(filter, in: subject)?.rows == new.answer(filter, in: subject)?.rows)
    }
  }

  @Test(arguments: ["ivory", "/iv.ry/", "price:>100", "seller:bao*", "-platform:ebay 象"])
  func aQuestionCancelledAtAnyMomentHasNoAnswerOrTheRightOne(text: String) throws {
    let subject = FilterSubject(Dataset.of(sampleRows(20_000, seed: 9)))
    let filter = try FilterSyntax.read(text)
    var new = FilterEvaluation()
    let expected = new.answer(filter, in: subject)
    var evaluation = FilterEvaluation()
    var look = 1
    while true {
      // What was kept of the attempts before must not be half an answer.
      let answer = evaluation.answer(filter, in: subject, Cancellation(afterChecks: look))
      if let answer {
        #expect(answer.rows == expected?.rows)
        #expect(answer.facets == expected?.facets)
        #expect(answer.prices == expected?.prices)
        break
      }
      look += 1
    }
  }

  @Test func theWishToStopIsLookedAtEveryThousandRowsOfText() throws {
    let subject = FilterSubject(Dataset.of(sampleRows(20_000, seed: 9)))
    for text in ["ivory", "/iv.ry/"] {
      let clause = try #require(try FilterSyntax.read(text).clauses.first)
      for look in 1...(20_000 / 1024) {
        var evaluation = FilterEvaluation()
        #expect(evaluation.rows(of: clause, in: subject, Cancellation(afterChecks: look)) == nil, "\(text), \(look)")
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
        let rank: (Int) -> UInt32 = { $0 % 3 == 0 ? .max : UInt32($0 % 3) }
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
