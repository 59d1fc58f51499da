import Filters
import Listings
import Sentences

// Counting by a dimension, and choosing one of the values by its number.

extension LinearDialogue {
  /// The dimensions that can be counted: those that a pane lists, and prices, which have a pane of bands.
  static let countable = Dimension.all.filter { $0.pane != nil || $0 == Dimension["price"] }

  /// Their names, as the headings of their panes: a filter's name may stand for several.
  private static var names: [String] { countable.map { $0.title.lowercased() } }

  mutating func count(_ text: String, _ state: State, at now: Moment) -> LinearTurn {
    let wanted = text.lowercased()
    guard !wanted.isEmpty else {
      return LinearTurn(localized("Count by which? \(Self.names.joined(separator: ", "))."))
    }
    let exact = Self.countable.first { $0.title.lowercased() == wanted || $0.filterName == wanted || $0.id == wanted }
    let beginning = Self.countable.filter { $0.title.lowercased().hasPrefix(wanted) }
    guard let dimension = exact ?? (beginning.count == 1 ? beginning[0] : nil) else {
      return LinearTurn(
        localized("Nothing is counted by “\(wanted)”; there are: \(Self.names.joined(separator: ", "))."))
    }
    return ask(.count(dimension), .count(dimension), at: now)
  }

  /// The values with their counts, numbered.
  mutating func counts(by dimension: Dimension, _ state: State) -> [SpokenLine] {
    guard let pane = Pane.allCases.first(where: { $0.slot != nil && $0.slot == dimension.pane }), pane != .price else {
      return prices(dimension, state)
    }
    guard state.dimension(of: pane) == dimension, let subject = state.facetSubject(of: pane) else {
      let why = dimension.needs.contains(.codeWords) ? state.flagsBlocked : nil
      let none = why ?? localized("These listings have no values of \(dimension.filterName)")
      return [SpokenLine(state.soFar(none, until: state.unfinished(pane)))]
    }
    let values = state.shownValues(of: subject)
    counted = Counted(dimension: dimension, values: values.map { .value(subject, $0.name) })
    guard !values.isEmpty else {
      let none = localized("There are no values of \(dimension.filterName)")
      return [SpokenLine(state.soFar(none, until: state.unfinished(pane)))]
    }
    return [heading(dimension, values.count, state.unfinished(pane), state)]
      + values.enumerated().map { number, value in line(number + 1, value, subject, state) }
  }

  private func heading(_ dimension: Dimension, _ count: Int, _ awaited: Unfinished?, _ state: State) -> SpokenLine {
    let unit = state.unitOfRows.isEmpty ? "" : ", " + localized("in rows")
    let sentence = "\(dimension.title)\(unit): \(Sentences.counted(count, "value"))"
    let more = localized("choose and a number filters by one.")
    return SpokenLine(state.soFar(sentence, until: awaited) + "; " + more)
  }

  private func line(_ number: Int, _ value: FacetValue, _ subject: FacetSubject, _ state: State) -> SpokenLine {
    let name = value.name.isEmpty ? localized("none given") : TaxonValue.name(of: value.name, in: subject) ?? value.name
    var text = "\(number). \(SpokenLine(name, bytes: 80).text), \(grouped(value.count))"
    if !value.meaning.isEmpty { text += ", \(value.meaning)" }
    if let appendix = TaxonValue.appendix(of: value.name, in: subject, state.taxa) {
      text += ", " + localized("Appendix \(appendix)")
    }
    if let share = value.record?.confirmedShare {
      text += ", " + localized("\(share) percent confirmed")
    }
    switch state.filter.choice(of: value.name, in: subject) {
    case .chosen: text += ", " + localized("chosen", context: "a value")
    case .excluded: text += ", " + localized("left out", context: "a value")
    default: break
    }
    return SpokenLine(text, bytes: 180)
  }

  /// Bands of prices in US dollars, those that have a listing, and what has no place in them.
  private mutating func prices(_ dimension: Dimension, _ state: State) -> [SpokenLine] {
    guard let prices = state.answer?.prices else {
      return [SpokenLine(state.soFar(localized("Prices are not counted yet")))]
    }
    let bands = prices.buckets.indices.filter { prices.buckets[$0] > 0 }
    var values = bands.map { Counted.Value.band($0) }
    var lines = bands.map { band in
      let (low, high) = state.band(band)
      let bottom = TableColumn.amount(low)
      let top = high.map { TableColumn.amount(Amount(tenThousandths: $0.tenThousandths + 1)) }
      let range =
        top.map { localized("\(bottom) to \($0)", context: "prices") }
        ?? localized("\(bottom) and more", context: "prices")
      return "\(range), \(grouped(prices.buckets[band]))"
    }
    for (words, count, test) in [
      (localized("no price"), prices.missing, PriceTest.missing),
      (localized("unclear", context: "prices"), prices.unread, .unread),
    ]
    where count > 0 {
      values.append(.price(test))
      lines.append("\(words), \(grouped(count))")
    }
    counted = Counted(dimension: dimension, values: values)
    guard !lines.isEmpty else {
      return [SpokenLine(state.soFar(localized("No listing is shown"), until: state.unfinished(.price)))]
    }
    let heading = localized("Price in US dollars, about")
    return [SpokenLine(state.soFar(heading, until: state.unfinished(.price)) + ":")]
      + lines.enumerated().map { SpokenLine("\($0.offset + 1). \($0.element)") }
  }

  // MARK: Choosing

  mutating func choose(_ text: String, excludes: Bool, _ state: State, at now: Moment) -> LinearTurn {
    guard let counted else {
      return LinearTurn(localized("Nothing was counted yet; count platform says the platforms."))
    }
    guard let number = LinearLine.number(text), counted.values.indices.contains(number - 1) else {
      return LinearTurn(
        localized("“\(text)” is no number from 1 to \(grouped: counted.values.count); the filter stays as it was."))
    }
    let filter: Filter
    switch counted.values[number - 1] {
    case .value(let subject, let name):
      filter = excludes ? state.filter.togglingExclusion(name, in: subject) : state.filter.toggling(name, in: subject)
    case _ where excludes:
      return LinearTurn(localized("A price cannot be left out; / sets a range, such as /price:100..500"))
    case .band(let band):
      let (low, high) = state.band(band)
      filter = state.filter.pricing(.range(low: low, high: high, currency: nil))
    case .price(let test): filter = state.filter.pricing(test)
    }
    return ask(.setFilter(filter), .filter, at: now)
  }
}
