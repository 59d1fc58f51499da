import CodeWords
import Filters
import Listings
import ListingsTestSupport
import Testing

/// What every dimension promises, and the two that were added as a file each.
struct DimensionTests {
  @Test func idsAndOrdersAreUnlikeEachOther() {
    #expect(Set(Dimension.all.map(\.id)).count == Dimension.all.count)
    #expect(Set(Dimension.orders.map(\.subject)).count == Dimension.orders.count)
    #expect(Set(Dimension.orders.map(\.rank)).count == Dimension.orders.count)
    #expect(Set(Dimension.columns.compactMap { $0.column?.rank }).count == Dimension.columns.count)
  }

  @Test func everyFilterNameCanBeTypedAndIsCompleted() throws {
    for dimension in Dimension.all {
      #expect(FilterCompletion.names.contains(dimension.filterName), "\(dimension.id)")
      let value = dimension.words?.first ?? (["price", "posted", "risk"].contains(dimension.id) ? ">0" : "x")
      let text =
        switch dimension.id {
        case "posted": "posted:2026"
        case "week": "week:2026-W47"
        case "reason": "reason:replica"
        default: "\(dimension.filterName):\(value)"
        }
      #expect((try? FilterSyntax.read(text)) != nil, "\(text)")
    }
  }

  @Test func everyOrderIsRememberedByItsName() {
    for subject in SortOrder.Subject.allCases { #expect(SortOrder.Subject(named: subject.name) == subject) }
    #expect(SortOrder.Subject(named: "seller") == .seller, "as casebooks of earlier versions have it")
    #expect(SortOrder.Subject(named: "nonsense") == nil)
  }

  @Test func everyPaneHasAFirstDimensionThatNeedsNoTables() {
    for dimension in Dimension.firstOfPanes where dimension.id != "price" { #expect(dimension.subject(nil) != nil) }
  }

  /// A choice in a facet is a clause, and the clause is that choice.
  @Test func aChosenValueFindsAsManyRowsAsStandBesideIt() throws {
    let rows = [
      ListingRow(id: "1", platform: "eBay", species: "Panthera leo", seller: "bob", country: "TH", language: "th"),
      ListingRow(id: "2", platform: "eBay", seller: "ann", country: "VN"),
      ListingRow(id: "3", platform: "OLX", country: "TH"), ListingRow(id: "4", platform: "OLX"),
    ]
    let dataset = Dataset.of(rows)
    var subject = FilterSubject(dataset)
    subject.confirmed.insert(0)
    subject.unsure.insert(2)
    var evaluation = FilterEvaluation()
    let subjects = Dimension.all.compactMap { $0.subject(nil) }
    let counted = evaluation.answer(.everything, in: subject, counting: subjects)
    let answer = try #require(counted)
    for about in subjects {
      for value in try #require(answer.facets[about]).values where about != .risk && about != .term {
        let filter = Filter.everything.toggling(value.name, in: about)
        let found = evaluation.rows(of: filter, in: subject)
        #expect(found?.count == value.count, "\(filter.text)")
        #expect(filter.choice(of: value.name, in: about) == .chosen)
        #expect(try FilterSyntax.read(filter.text) == filter)
        #expect(filter.toggling(value.name, in: about) == .everything)
      }
    }
  }

  @Test func countriesAreCountedAndSortedBy() throws {
    let dataset = Dataset.of(["VN", "", "TH", "VN"].map { ListingRow(title: "x", country: $0) })
    var evaluation = FilterEvaluation()
    let answer = evaluation.answer(.everything, in: FilterSubject(dataset), counting: [.field(.country)])
    #expect(answer?.facets[.field(.country)]?.values.map(\.name) == ["VN", "", "TH"])
    let order = RowSorting.order(RowSet(allOf: 4), of: dataset, by: SortOrder(.field(.country)))
    #expect(order.rows == [2, 0, 3, 1])
  }

  @Test func verdictsAreCountedUnderTheOtherClauses() throws {
    let dataset = Dataset.of((0..<5).map { ListingRow(platform: $0 < 3 ? "eBay" : "OLX", title: "x") })
    var subject = FilterSubject(dataset)
    subject.confirmed.insert(0)
    subject.falsePositive.insert(1)
    subject.confirmed.insert(4)
    var evaluation = FilterEvaluation()
    let filter = try FilterSyntax.read("platform:ebay is:confirmed")
    let answer = evaluation.answer(filter, in: subject, counting: [.verdict])
    let facet = try #require(answer?.facets[.verdict])
    #expect(facet.values.map { "\($0.name) \($0.count)" } == ["confirmed 1", "false-positive 1", "unreviewed 1"])
    #expect(filter.chosenNames(in: .verdict) == ["confirmed"])
    #expect(filter.without(.verdict).text == "platform:ebay")
    // Marks are no verdict: a clause that asks for them is a condition on the facet, not a choice in it.
    #expect(try FilterSyntax.read("is:marked").chosenNames(in: .verdict) == [])
  }
}
