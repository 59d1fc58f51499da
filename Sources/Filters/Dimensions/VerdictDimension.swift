import Listings

extension Dimension {
  /// What was decided about a listing.
  static let verdict = {
    var dimension = Dimension("verdict", title: "Verdict", filterName: "is") { _ in .verdict }
    dimension.pane = .risk
    dimension.order = Order(.verdict, "verdict", rank: 20)
    dimension.words = ListingState.allCases.map(\.rawValue)
    dimension.needs = [.verdicts]
    return dimension
  }()
}

/// The verdicts as values of a facet: each listing has one of them.
enum VerdictValues {
  static let states: [ListingState] = [.confirmed, .falsePositive, .unsure, .unreviewed]

  /// Nil for a state that is not a verdict, as `marked`.
  static func value(of state: ListingState) -> ValuePattern? { states.contains(state) ? .exactly(state.rawValue) : nil }

  static func state(of value: ValuePattern) -> ListingState? {
    guard case .exactly(let name) = value else { return nil }
    return ListingState(rawValue: name).flatMap { states.contains($0) ? $0 : nil }
  }
}

extension Facet {
  /// How many rows have each verdict; none of them is left out, since what is missing says as much.
  init(verdictsOf subject: FilterSubject, among rows: RowSet) {
    let values = VerdictValues.states.map { state in
      FacetValue(name: state.rawValue, count: subject.rows(in: state).intersection(rows).count)
    }
    self.init(.verdict, values: values.filter { $0.count > 0 }, total: rows.count)
  }
}
