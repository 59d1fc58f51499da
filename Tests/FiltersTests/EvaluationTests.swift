import ListingsTestSupport
import Testing

@testable import Filters
@testable import Listings

struct EvaluationTests {
  static let texts = [
    "", "ivory", "\"ivory ring\"", "-ivory", "象牙", "te", "manis", "bao_t", "(ivory OR 象牙) -ring", "/iv.*g/", "/^$/",
    "platform:ebay", "platform:\"ebay\"",
    "platform:e*y", "platform:*", "platform:*bay*", "platform:none", "-platform:none", "platform:xianyu,none",
    "species:\"Python regius\"", "species:manis,none",
    "species:p*s", "species:none", "seller:莲*", "seller:\"none\"", "seller:*\"none\"", "seller:none", "title:ivory",
    "title:\"ivory\"", "title:none", "title:iv*g", "id:7",
    "id:\"7\"", "id:none", "Notes:seen", "Notes:\"seen\"", "Notes:none", "country:cn,vn", "currency:cny",
    "currency:none", "currency:c*,\"usd\"", "price:none",
    "price:unread", "price:100..500", "price:>100", "price:<100", "price:100", "price:..100,500..", "price:0..",
    "price:100..500cny", "price:>300usd", "price:1xyz",
    "posted:2026-10..", "posted:2026-11", "posted:none", "posted:..2026-10,none", "captured:none", "captured:2026",
    "is:confirmed", "is:unreviewed,marked",
    "-is:reviewed", "is:noted", "is:fp,unsure", "file:*2*", "file:week1", "file:\"week2.csv\"",
    "-(platform:ebay price:>100) OR species:none", "()", "-()",
  ]

  private static let oracle: Oracle = {
    let rows = sampleRows(700, seed: 47)
    let dataset = Dataset.of(
      files: [("week1.csv", Array(rows.prefix(300))), ("none.csv", []), ("week2.csv", Array(rows.dropFirst(300)))],
      batchSize: 100)
    var subject = FilterSubject(dataset)
    for row in 0..<700 {
      if row % 7 == 0 { subject.confirmed.insert(row) }
      if row % 7 == 1 { subject.falsePositive.insert(row) }
      if row % 7 == 2 { subject.unsure.insert(row) }
      if row % 11 == 0 { subject.noted.insert(row) }
      if row % 5 == 0 { subject.marked.insert(row) }
    }
    return Oracle(rows: rows, dataset: dataset, subject: subject)
  }()

  @Test(arguments: texts)
  func everyClauseAnswersAsIfEachRowWereAskedByItself(text: String) throws {
    let oracle = Self.oracle
    let filter = try FilterSyntax.read(text, columns: ["Notes"])
    var evaluation = FilterEvaluation()
    let expected = oracle.rows.indices.filter { row in filter.clauses.allSatisfy { oracle.holds($0, row) } }
    for _ in 0..<2 { #expect(evaluation.rows(of: filter, in: oracle.subject)?.rows == expected) }
  }

  @Test func decisionsAreAskedEveryTimeAndDatasetsAreNotMixedUp() throws {
    var evaluation = FilterEvaluation()
    let filter = try FilterSyntax.read("platform:ebay -is:confirmed")
    var subject = FilterSubject(Dataset.of([ListingRow(platform: "eBay"), ListingRow(platform: "eBay")]))
    #expect(evaluation.rows(of: filter, in: subject)?.rows == [0, 1])
    subject.confirmed.insert(0)
    #expect(evaluation.rows(of: filter, in: subject)?.rows == [1])
    let other = FilterSubject(
      Dataset.of([ListingRow(platform: "x"), ListingRow(platform: "eBay"), ListingRow(platform: "x")]))
    #expect(evaluation.rows(of: filter, in: other)?.rows == [1])
    #expect(evaluation.rows(of: filter, in: FilterSubject(.empty))?.rows == [])
  }

  @Test func manyClausesStillHaveTheirAnswers() throws {
    var evaluation = FilterEvaluation()
    let subject = Self.oracle.subject
    let text = (0..<60).map { "-id:\"\($0)\"" }.joined(separator: " ")
    #expect(evaluation.rows(of: try FilterSyntax.read(text), in: subject)?.count == 0)
  }

  @Test(arguments: [
    "ivory", "/ivory/", "platform:ebay", "title:x", "Notes:x", "price:>1", "price:unread", "currency:cny",
    "posted:none", "file:x", "-ivory", "(a OR b)",
  ])
  func aCancelledFilterHasNoAnswer(text: String) throws {
    let cancelled = Cancellation()
    cancelled.cancel()
    var evaluation = FilterEvaluation()
    let filter = try FilterSyntax.read(text, columns: ["Notes"])
    #expect(evaluation.rows(of: filter, in: Self.oracle.subject, cancelled) == nil)
    #expect(evaluation.answer(filter, in: Self.oracle.subject, cancelled) == nil)
    #expect(evaluation.rows(of: filter, in: Self.oracle.subject) != nil)
  }
}
