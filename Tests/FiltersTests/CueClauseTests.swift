import Cues
import Listings
import ListingsTestSupport
import Testing

@testable import Filters

/// `contact:`, `payment:` and `shipping:`, and the panes that count them.
@Suite struct CueClauseTests {
  private static let words = CueWords(rows: [
    ["contact", "whatsapp", "whatsapp", ""], ["contact", "wechat", "wechat", ""], ["payment", "paypal", "paypal", ""],
    ["shipping", "dhl", "dhl", ""],
  ])

  private func subject(_ count: Int = 300) -> (FilterSubject, [ListingRow]) {
    var dice = Dice(seed: 5)
    let rows = (0..<count).map { number in
      ListingRow(
        id: "\(number)", title: dice.pick(["ivory", "whatsapp me", "PayPal ok", ""]),
        description: dice.pick(["", "wechat or whatsapp", "by DHL, paypal", "bone"]))
    }
    var subject = FilterSubject(Dataset.of(rows))
    subject.cues = Self.words
    return (subject, rows)
  }

  @Test(arguments: [
    "contact:whatsapp", "contact:\"WhatsApp\"", "contact:w*", "contact:none", "contact:whatsapp,none", "payment:pal",
    "shipping:dhl payment:none", "-contact:none", "contact:paypal", "shipping:none OR payment:paypal",
    "contact:\"phone number\"",
  ])
  func everyClauseFindsWhatTheOracleFinds(text: String) throws {
    let (subject, rows) = subject()
    let filter = try FilterSyntax.read(text, columns: [])
    #expect(try FilterSyntax.read(filter.text, columns: []) == filter)
    let oracle = Oracle(rows: rows, dataset: subject.dataset, subject: subject)
    var evaluation = FilterEvaluation()
    let answer = evaluation.rows(of: filter, in: subject)
    let found = try #require(answer)
    for row in rows.indices {
      #expect(found.contains(row) == filter.clauses.allSatisfy { oracle.holds($0, row) }, "row \(row)")
    }
  }

  @Test func aPaneCountsTheCuesOfItsKindAndListingsWithoutAny() throws {
    let subject = subject().0
    let dimension = try #require(Dimension["contact"])
    let counted = try #require(dimension.subject(nil))
    var evaluation = FilterEvaluation()
    let answer = evaluation.answer(Filter(), in: subject, counting: [counted])
    let facet = try #require(answer?.facets[counted])
    #expect(Set(facet.values.map(\.name)) == ["", "whatsapp", "wechat"])
    for value in facet.values {
      let one = Filter().toggling(value.name, in: counted)
      let count = evaluation.rows(of: one, in: subject)?.count
      #expect(count == value.count, "\(one.text)")
    }
    // A choice in one pane is none in another.
    let chosen = Filter().toggling("whatsapp", in: counted)
    #expect(chosen.text == "contact:\"whatsapp\"")
    let payment = try #require(Dimension["payment"]?.subject(nil))
    #expect(chosen.chosenNames(in: payment).isEmpty)
  }

  @Test func aColumnOfThatNameIsAskedForByItsColumn() throws {
    let clause = Clause.column("shipping", [.containing("free")])
    #expect(Filter([clause]).text == "column:\"shipping\"=free")
    #expect(
      try FilterSyntax.read("shipping:free", columns: ["shipping"]).clauses == [.cue(.shipping, [.containing("free")])])
  }

  @Test func withoutATableOnlyNumbersAndAddressesAreFound() throws {
    let subject = FilterSubject(Dataset.of([ListingRow(id: "1", title: "whatsapp +66 81 234 5678")]))
    var evaluation = FilterEvaluation()
    let filter = try FilterSyntax.read("contact:\"phone number\"", columns: [])
    let numbers = evaluation.rows(of: filter, in: subject)
    let words = evaluation.rows(of: try FilterSyntax.read("contact:whatsapp", columns: []), in: subject)
    #expect(numbers?.count == 1 && words?.isEmpty == true)
  }
}
