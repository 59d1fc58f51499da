import CodeWords
import ListingsTestSupport
import Testing

@testable import Filters
@testable import Listings

/// Facets count listings: a value's count is how many listings choosing it shows, in however many rows they are.
struct ListingCountTests {
  /// Listings that are in several rows, which differ in some cells.
  private func subject(_ count: Int, seed: UInt64) -> FilterSubject {
    let dataset = Dataset.of(sampleRows(count, seed: seed))
    var subject = FilterSubject(dataset)
    subject.listings = ListingRows(of: dataset)
    #expect(subject.listings?.hasRepeats == true)
    var dice = Dice(seed: seed)
    subject.confirmed = RowSet((0..<count).filter { _ in dice.once(in: 5) }, of: count)
    subject.falsePositive = RowSet(
      (0..<count).filter { _ in dice.once(in: 5) }, of: count
    ).subtracting(subject.confirmed)
    return subject
  }

  private func rows(of filter: Filter, in subject: FilterSubject) throws -> RowSet {
    var evaluation = FilterEvaluation()
    let rows = evaluation.rows(of: filter, in: subject)
    return try #require(rows)
  }

  private static let subjects: [FacetSubject] = [
    .platform, .species, .sellerAlias, .field(.country), .coded(.week), .coded(.column("Notes")), .verdict,
    Dimension.currency.subject(nil)!,
  ]

  @Test(arguments: UInt64(0)..<6) func choosingAValueShowsAsManyListingsAsItCounts(seed: UInt64) throws {
    let subject = subject(300, seed: seed)
    for text in ["", "ivory", "price:>100", "-platform:ebay", "seller:莲 OR bone"] {
      let filter = try FilterSyntax.read(text, columns: subject.dataset.columnNames)
      var evaluation = FilterEvaluation()
      let found = evaluation.answer(filter, in: subject, counting: Self.subjects)
      let answer = try #require(found)
      #expect(answer.count == subject.listings?.count(of: answer.rows))
      #expect(answer.newest.isSubset(of: answer.rows))
      #expect(subject.listings?.count(of: answer.newest) == answer.newest.count)
      for about in Self.subjects {
        for value in try #require(answer.facets[about]).values {
          let chosen = filter.without(about).toggling(value.name, in: about)
          let found = evaluation.answer(chosen, in: subject, counting: [])
          #expect(found?.count == value.count, "\(text): \(value.name)")
        }
      }
      for (band, count) in answer.prices.buckets.enumerated() where count > 0 {
        let top = PriceHistogram.edges[band + 1]
        let range = PriceTest.range(
          low: PriceHistogram.edge(band), high: top == .max ? nil : Amount(tenThousandths: top - 1), currency: nil)
        let found = evaluation.answer(filter.pricing(range), in: subject, counting: [])
        #expect(found?.count == count, "\(text): band \(band)")
      }
    }
  }

  @Test func rowsAreCountedWhereThatIsAskedFor() throws {
    var subject = subject(300, seed: 1)
    var evaluation = FilterEvaluation()
    let counted = evaluation.answer(.everything, in: subject)
    let listings = try #require(counted)
    subject.countsRows = true
    let answer = evaluation.answer(.everything, in: subject)
    let rows = try #require(answer)
    #expect(rows.count == 300)
    #expect(listings.count < 300)
    #expect(rows.facets[.platform]?.values.reduce(0) { $0 + $1.count } == 300)
    #expect(rows.newest == rows.rows)
  }

  @Test func whatIsDecidedIsCountedByListing() throws {
    let subject = subject(300, seed: 2)
    var evaluation = FilterEvaluation()
    let counted = evaluation.reviews(.everything, in: subject, counting: Self.subjects)
    let reviews = try #require(counted)
    #expect(reviews[.verdict] == nil)
    for about in Self.subjects where about != .verdict {
      for (name, review) in try #require(reviews[about]) {
        let chosen = Filter.everything.toggling(name, in: about)
        let rows = try rows(of: chosen, in: subject)
        #expect(review.decided == subject.listings?.count(of: rows.intersection(subject.reviewed)), "\(name)")
        #expect(review.confirmed == subject.listings?.count(of: rows.intersection(subject.confirmed)), "\(name)")
      }
    }
  }

  @Test func valuesAreSortedAsAsked() throws {
    let subject = subject(300, seed: 3)
    var evaluation = FilterEvaluation()
    func values(_ order: ValueOrder) throws -> [FacetValue] {
      let answer = evaluation.answer(
        .everything, in: subject, counting: [.field(.country)], orders: [.field(.country): order])
      return try #require(answer?.facets[.field(.country)]).values
    }
    let byCount = try values(.count)
    #expect(try values(.name).map(\.name) == ["", "cn", "vn"])
    #expect(Set(byCount.map(\.name)) == ["", "cn", "vn"])
    for order in ValueOrder.allCases { #expect(try Set(values(order).map(\.name)) == Set(byCount.map(\.name))) }
    let counted = evaluation.reviews(.everything, in: subject, counting: [.field(.country)])
    let reviews = try #require(counted)
    let left = try values(.undecided).map { $0.count - (reviews[.field(.country)]?[$0.name]?.decided ?? 0) }
    #expect(left == left.sorted(by: >))
    let shares = try values(.confirmed).map { value in
      reviews[.field(.country)]?[value.name].map { Double($0.confirmed) / Double($0.decided) } ?? -1
    }
    #expect(shares == shares.sorted(by: >))
  }

  @Test func theNewestListingOfAValuePutsItFirst() throws {
    let dataset = Dataset.of(
      [("vn", 100), ("cn", 900), ("th", 500), ("vn", 800), ("la", nil)].enumerated().map { number, row in
        ListingRow(id: "\(number)", platform: "x", country: row.0, posted: row.1.map { Int64($0) })
      })
    var evaluation = FilterEvaluation()
    let answer = evaluation.answer(
      .everything, in: FilterSubject(dataset), counting: [.field(.country)], orders: [.field(.country): .newest])
    #expect(answer?.facets[.field(.country)]?.values.map(\.name) == ["cn", "vn", "th", "la"])
  }
}

/// Weeks are those of ISO 8601.
struct WeekTests {
  @Test(arguments: [
    ("1970-01-01", "1970-W01"), ("1969-12-28", "1969-W52"), ("2026-11-16", "2026-W47"), ("2026-11-22", "2026-W47"),
    ("2026-11-23", "2026-W48"), ("2027-01-03", "2026-W53"), ("2027-01-04", "2027-W01"), ("2024-12-30", "2025-W01"),
    ("2021-01-03", "2020-W53"), ("2000-02-29", "2000-W09"),
  ]) func aDayIsInItsWeek(day: String, name: String) throws {
    let span = try #require(TimeSpan.span(day))
    for second in [span.lowerBound, span.upperBound - 1] {
      #expect(Week(of: second).text == name)
    }
    let week = try #require(Week(name))
    #expect(week == Week(of: span.lowerBound))
    #expect(week.monday.description <= day)
  }

  @Test(arguments: ["2026-W54", "2025-W53", "2026-W00", "2026W47", "26-W47", "2026-47", "2026-W7", "W47", ""])
  func whatIsNoWeekIsRefused(text: String) {
    #expect((Week(text) != nil) == (text == "2026W47"))
  }

  @Test func everyWeekOfACenturyIsReadAsItIsWritten() {
    for number in Week(of: 0).number..<Week(of: 0).number + 5_300 {
      #expect(Week(Week(number: number).text)?.number == number)
    }
  }
}
