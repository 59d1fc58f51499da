import Filters
import Listings
import TerminalIO

extension State {
  /// The values of a facet that its pane lists: those found, with the chosen and excluded ones first kept in place.
  package func shownValues(of field: Field) -> [FacetValue] {
    var values = answer?.facets[field]?.values ?? []
    // A value that was chosen stays visible even when nothing has it any more.
    for name in filter.chosenNames(in: field) where !values.contains(where: { $0.name == name }) {
      values.append(FacetValue(name: name, count: 0))
    }
    let find = facetPlaces[field]?.find ?? ""
    guard let search = TextSearch(find) else { return values }
    var scratch: [UInt8] = []
    return values.filter { value in
      var name = value.name
      return name.withUTF8 { search.occurs(in: UnsafeRawBufferPointer($0), scratch: &scratch) }
    }
  }

  private var valueUnderCursor: (Field, String)? {
    guard let field = focus.facetField else { return nil }
    let values = shownValues(of: field)
    let cursor = facetPlaces[field]?.cursor ?? 0
    return values.indices.contains(cursor) ? (field, values[cursor].name) : nil
  }

  mutating func toggleValue() -> [Effect] {
    if focus == .price { return togglePrice() }
    guard let (field, name) = valueUnderCursor else { return [] }
    return set(filter.toggling(name, in: field))
  }

  mutating func excludeValue() -> [Effect] {
    guard let (field, name) = valueUnderCursor else {
      notice = Notice(.warned, "Prices are narrowed by a range: Enter begins one, arrows move its end")
      return []
    }
    return set(filter.togglingExclusion(name, in: field))
  }

  mutating func clearFacet() -> [Effect] {
    if focus == .price {
      pricePlace.anchor = nil
      return set(filter.pricing(nil))
    }
    guard let field = focus.facetField else { return [] }
    facetPlaces[field]?.find = ""
    return set(filter.without(field))
  }

  // MARK: Finding a value

  mutating func startFinding() -> [Effect] {
    guard let field = focus.facetField else { return [] }
    mode = .findingValue(field, LineEditor(facetPlaces[field]?.find ?? ""))
    return []
  }

  mutating func findValue(_ key: Key, _ field: Field, _ editor: LineEditor) -> [Effect] {
    var editor = editor
    var place = facetPlaces[field] ?? FacetPlace()
    switch key {
    case .escape, .control("c"):
      place.find = ""
      mode = .browsing
    case .enter: mode = .browsing
    case .down, .up:
      mode = .browsing
      return move(.line(key == .down ? 1 : -1))
    default:
      guard editor.take(key) else { return [] }
      place.find = editor.text
      place.cursor = 0
      place.top = 0
      mode = .findingValue(field, editor)
    }
    facetPlaces[field] = place
    return []
  }

  // MARK: The price range

  /// The buckets the pane draws: where any listing of the dataset has a price, one more on each side.
  package var priceSpan: ClosedRange<Int> {
    guard let occupied = answer?.prices.occupied else { return 6...21 }
    let last = PriceHistogram.edges.count - 2
    return max(0, min(occupied.lowerBound, pricePlace.bucket))...min(last, max(occupied.upperBound, pricePlace.bucket))
  }

  /// The cursor begins where most prices are.
  mutating func settlePriceCursor() {
    guard let buckets = answer?.prices.buckets, let largest = buckets.max(), largest > 0,
      buckets[pricePlace.bucket] == 0, pricePlace.anchor == nil
    else { return }
    pricePlace.bucket = buckets.firstIndex(of: largest) ?? pricePlace.bucket
  }

  mutating func movePrice(_ direction: Int) -> [Effect] {
    guard pricePlace.line == .histogram else { return [] }
    pricePlace.bucket = max(0, min(pricePlace.bucket + direction, PriceHistogram.edges.count - 2))
    return pricePlace.anchor == nil ? [] : set(filter.pricing(priceTest))
  }

  private mutating func togglePrice() -> [Effect] {
    switch pricePlace.line {
    case .missing: return togglePriceTest(.missing)
    case .unread: return togglePriceTest(.unread)
    case .histogram:
      if pricePlace.anchor != nil {
        pricePlace.anchor = nil
        notice = Notice(.told, "Range kept; Backspace takes it away")
        return []
      }
      pricePlace.anchor = pricePlace.bucket
      notice = Notice(.told, "Arrows move the end of the range, Enter keeps it")
      return set(filter.pricing(priceTest))
    }
  }

  private mutating func togglePriceTest(_ test: PriceTest) -> [Effect] {
    pricePlace.anchor = nil
    let isOn = filter.clauses.contains(.price([test]))
    return set(filter.pricing(isOn ? nil : test))
  }

  private var priceTest: PriceTest {
    let ends = [pricePlace.anchor ?? pricePlace.bucket, pricePlace.bucket].sorted()
    let high = PriceHistogram.edges[ends[1] + 1]
    return .range(
      low: PriceHistogram.edge(ends[0]), high: high == .max ? nil : Amount(tenThousandths: high - 1), currency: nil)
  }
}

extension Filter {
  /// The values of a field that are chosen or excluded by their exact name.
  func chosenNames(in field: Field) -> [String] {
    clauses.flatMap { clause -> [ValuePattern] in
      switch clause {
      case .field(field, let values), .not(.field(field, let values)): values
      default: []
      }
    }.compactMap { pattern in
      switch pattern {
      case .exactly(let name): name
      case .missing: ""
      default: nil
      }
    }
  }
}
