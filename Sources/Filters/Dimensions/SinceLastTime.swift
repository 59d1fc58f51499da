import Listings
import Sentences
import Sightings

extension Dimension {
  /// What became of the listing since the scrape of its platform before.
  static let sinceLastTime = {
    var dimension = Dimension("since", title: Sentence("Since last time"), filterName: "is") { _ in
      .listed(.sinceLastTime)
    }
    dimension.pane = .platform
    dimension.words = [ListingState.new, .changed, .reappeared, .seen, .gone].map(\.rawValue)
    dimension.column = Column(Sentence("since"), .since, rank: 110, widths: [(46, 1), (110, 7)])
    dimension.needs = [.earlierScrapes]
    return dimension
  }()
}

extension ListedValues {
  /// New, changed, reappeared, seen; and those that are gone by now.
  static let sinceLastTime: ListedValues = {
    let states: [ListingState] = [.new, .changed, .reappeared, .seen, .gone]
    return ListedValues(
      "since", shownName: ListingState.shownName, values: { _ in states.map(\.rawValue) },
      clause: { patterns in
        .state(patterns.compactMap { pattern in states.first { pattern == .exactly($0.rawValue) } })
      },
      asked: { clause in
        guard case .state(let asked) = clause else { return nil }
        return ValuePattern.all(asked.map { states.contains($0) ? .exactly($0.rawValue) : nil })
      })
  }()
}

extension FilterSubject {
  /// The rows in a state since last time; nil for other states. None as long as it is not known.
  func rowsSinceLastTime(in state: ListingState) -> RowSet? {
    let none = RowSet(noneOf: dataset.rowCount)
    switch state {
    case .new: return since?.rows(.new) ?? none
    case .seen: return since?.rows(.seen) ?? none
    case .changed: return since?.rows(.changed) ?? none
    case .reappeared: return since?.rows(.reappeared) ?? none
    case .gone: return since?.gone ?? none
    default: return nil
    }
  }

  /// The rows of listings in which one of the cells changed.
  func rows(changed cells: [ComparedCell]) -> RowSet {
    cells.reduce(RowSet(noneOf: dataset.rowCount)) { rows, cell in
      since.map { rows.union($0.rows(changed: cell)) } ?? rows
    }
  }
}
