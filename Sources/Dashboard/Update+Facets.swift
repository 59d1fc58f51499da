import Filters
import Listings
import TerminalIO

extension State {
  /// The values of a facet that its pane lists: those with a listing, the chosen ones, among them those found.
  package func shownValues(of field: Field) -> [FacetValue] { facetLists[field] ?? [] }

  /// Lists the facets anew, after a new answer or choice. The cursor stays on its value.
  mutating func relistFacets() {
    for field in FilterAnswer.facetFields { relist(field) }
  }

  private mutating func relist(_ field: Field) {
    var place = facetPlaces[field] ?? FacetPlace()
    let new = listedValues(of: field)
    facetLists[field] = new
    let isStillThere = new.indices.contains(place.cursor) && new[place.cursor].name == place.name
    if let name = place.name, !isStillThere, let moved = new.firstIndex(where: { $0.name == name }) {
      place.top += moved - place.cursor
      place.cursor = moved
    }
    place.cursor = max(0, min(place.cursor, new.count - 1))
    place.top = max(0, min(place.top, place.cursor))
    facetPlaces[field] = place
  }

  private func listedValues(of field: Field) -> [FacetValue] {
    var values = answer?.facets[field]?.values ?? []
    // A value that was chosen stays visible even when nothing has it any more.
    for name in filter.chosenNames(in: field) where !values.contains(where: { $0.name == name }) {
      values.append(FacetValue(name: name, count: 0))
    }
    guard let search = TextSearch(facetPlaces[field]?.find ?? "") else { return values }
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
      notice = Notice(.warned, "Prices are narrowed by a range: < and > set its ends, Enter begins one")
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
    find("", in: field)
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
    switch key {
    case .escape, .control("c"):
      mode = .browsing
      find("", in: field)
    case .enter: mode = .browsing
    case .down, .up:
      mode = .browsing
      return move(.line(key == .down ? 1 : -1))
    default:
      guard editor.take(key) else { return [] }
      mode = .findingValue(field, editor)
      find(editor.text, in: field)
    }
    return []
  }

  /// Lists only the values of a facet in which a text stands.
  mutating func find(_ text: String, in field: Field) {
    var place = facetPlaces[field] ?? FacetPlace()
    guard place.find != text else { return }
    place.find = text
    // A shorter list begins at its top; given up, it goes back to the value that was found.
    if !text.isEmpty {
      (place.cursor, place.top, place.name) = (0, 0, nil)
    } else {
      let values = shownValues(of: field)
      place.name = values.indices.contains(place.cursor) ? values[place.cursor].name : nil
    }
    facetPlaces[field] = place
    relist(field)
    if text.isEmpty { keepFacetCursorVisible(field) }
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
