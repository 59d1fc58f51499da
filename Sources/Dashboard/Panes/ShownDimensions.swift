import CodeWords
import Filters
import Listings
import Sentences

// Which dimension each pane lists the values of: the first of those that share the pane, until the analyst goes on to the
// next with a key.

extension Pane {
  /// The place of the screen that dimensions ask for; nil for panes that list no values.
  var slot: Dimension.PaneSlot? {
    switch self {
    case .platform: .platform
    case .species: .species
    case .price: .price
    case .seller: .seller
    case .term: .term
    case .risk: .risk
    case .listings, .detail: nil
    }
  }
}

extension State {
  /// What a pane lists the values of.
  package func dimension(of pane: Pane) -> Dimension? {
    guard let slot = pane.slot else { return nil }
    if let chosen = facets.chosen[pane].flatMap({ Dimension[$0] }), isCountable(chosen) { return chosen }
    return Dimension.firstOfPanes.first { $0.pane == slot }
  }

  /// What a pane breaks the listings into; nil for panes that list no values.
  package func facetSubject(of pane: Pane) -> FacetSubject? { dimension(of: pane)?.subject(taxa) }

  /// What the panes count.
  var facetSubjects: [FacetSubject] {
    let panes = Pane.allCases.compactMap { facetSubject(of: $0) }
    guard case .weekChart = mode, !panes.contains(WeekChartSheet.subject) else { return panes }
    return panes + [WeekChartSheet.subject]
  }

  /// Whether a pane or the filter or the order changes with every decision.
  var asksAboutDecisions: Bool {
    filter.asksAboutDecisions || sort.subject == .verdict || facetSubjects.contains(.verdict)
  }

  /// Whether the species pane counts taxa rather than names as they are written.
  var countsTaxa: Bool { dimension(of: .species)?.needs.contains(.taxa) == true }

  /// Why the pane has nothing else to count; nil where it has.
  var countingOtherwiseBlocked: String? {
    if focus == .species { return taxaBlocked }
    guard countable(in: focus).count < 2 else { return nil }
    return soFar(localized("No file has another column that this pane could count"), until: unfinished([]))
  }

  /// The dimensions of a pane that these listings have values of.
  private func countable(in pane: Pane) -> [Dimension] {
    guard let slot = pane.slot else { return [] }
    let all = Dimension.inPane(slot)
    return all.filter { $0 == all[0] || isCountable($0) }
  }

  func isCountable(_ dimension: Dimension) -> Bool {
    if let column = Dimension.columnName(ofID: dimension.id) { return columnNames.contains(column) }
    // Taxa are also named in the column of species; risks and terms are not there without lexicons.
    if dimension.needs == [.codeWords], !hasLexicons { return false }
    if dimension.needs.contains(.earlierScrapes) { return snapshot.since?.hasEarlier == true }
    if dimension.needs.contains(.taxa) { return taxa?.isEmpty == false }
    if case .listed(let listed) = dimension.subject(taxa) { return listed.mayOccur(in: dataset) }
    return dimension.field.map { hasValues($0) } ?? (dimension.subject(taxa) != nil)
  }

  /// Sorts the values of the pane with the keyboard by the next of the orders that there are.
  mutating func sortValues() -> [Effect] {
    guard let dimension = dimension(of: focus) else { return [] }
    let all = ValueOrder.allCases
    let now = facets.orders[dimension.id] ?? .count
    let next = all[((all.firstIndex(of: now) ?? 0) + 1) % all.count]
    facets.orders[dimension.id] = next == .count ? nil : next
    if let subject = dimension.subject(taxa) { facets.positions[subject]?.list = ListPosition() }
    let more = localized("\(key("value-order")) for the next order")
    return say(.info, "\(dimension.title) \(next.words); \(more)") + evaluate()
  }

  /// What the values of the panes are sorted by, where that is not their own order.
  var valueOrders: [FacetSubject: ValueOrder] {
    var orders: [FacetSubject: ValueOrder] = [:]
    for pane in Pane.allCases {
      guard let dimension = dimension(of: pane), let order = facets.orders[dimension.id],
        let subject = dimension.subject(taxa)
      else { continue }
      orders[subject] = order
    }
    return orders
  }

  /// Counts the pane with the keyboard by the next of its dimensions, and behind the last by the first.
  mutating func countByNextDimension() -> [Effect] {
    let dimensions = countable(in: focus)
    guard let now = dimension(of: focus), dimensions.count > 1 else { return [] }
    let next = ((dimensions.firstIndex(of: now) ?? -1) + 1) % dimensions.count
    facets.chosen[focus] = next == 0 ? nil : dimensions[next].id
    relistFacets()
    return evaluate()
  }
}
