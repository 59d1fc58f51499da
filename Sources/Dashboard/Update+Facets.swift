import Filters
import Listings
import TerminalIO

extension State {
  /// The values of a facet that its pane lists: those with a listing, the chosen ones, among them those found.
  package func shownValues(of subject: FacetSubject) -> [FacetValue] { facetLists[subject] ?? [] }

  /// Lists the facets anew, after a new answer or choice. The cursor stays on its value.
  mutating func relistFacets() {
    for subject in facetSubjects { relist(subject) }
  }

  private mutating func relist(_ subject: FacetSubject) {
    var place = facetPlaces[subject] ?? FacetPlace()
    let new = listedValues(of: subject)
    facetLists[subject] = new
    // Listings without a value are no measure for those with one.
    facetMaxima[subject] = new.reduce(0) { $1.name.isEmpty ? $0 : max($0, $1.count) }
    let isStillThere = new.indices.contains(place.cursor) && new[place.cursor].name == place.name
    if let name = place.name, !isStillThere, let moved = new.firstIndex(where: { $0.name == name }) {
      place.top += moved - place.cursor
      place.cursor = moved
    }
    place.cursor = max(0, min(place.cursor, new.count - 1))
    place.top = max(0, min(place.top, place.cursor))
    facetPlaces[subject] = place
  }

  private func listedValues(of subject: FacetSubject) -> [FacetValue] {
    var values = answer?.facets[subject]?.values ?? []
    // A value that was chosen stays visible even when nothing has it any more.
    for name in filter.chosenNames(in: subject) where !values.contains(where: { $0.name == name }) {
      values.append(FacetValue(name: name, count: 0))
    }
    guard let search = TextSearch(facetPlaces[subject]?.find ?? "") else { return values }
    var scratch: [UInt8] = []
    func isFound(_ text: String) -> Bool {
      var text = text
      return text.withUTF8 { search.occurs(in: UnsafeRawBufferPointer($0), scratch: &scratch) }
    }
    return values.filter { isFound($0.name) || isFound($0.meaning) }
  }

  private var valueUnderCursor: (FacetSubject, String)? {
    guard let subject = facetSubject(of: focus) else { return nil }
    let values = shownValues(of: subject)
    let cursor = facetPlaces[subject]?.cursor ?? 0
    return values.indices.contains(cursor) ? (subject, values[cursor].name) : nil
  }

  mutating func toggleValue() -> [Effect] {
    if focus == .price { return togglePrice() }
    guard let (subject, name) = valueUnderCursor else { return [] }
    return set(filter.toggling(name, in: subject))
  }

  mutating func excludeValue() -> [Effect] {
    guard let (subject, name) = valueUnderCursor else {
      notice = Notice(.warned, "Prices are narrowed by a range: < and > set its ends, Enter begins one")
      return []
    }
    return set(filter.togglingExclusion(name, in: subject))
  }

  mutating func clearFacet() -> [Effect] {
    if focus == .price {
      pricePlace.anchor = nil
      return set(filter.pricing(nil))
    }
    guard let subject = facetSubject(of: focus) else { return [] }
    find("", in: subject)
    return set(filter.without(subject))
  }

  // MARK: Finding a value

  mutating func startFinding() -> [Effect] {
    guard let subject = facetSubject(of: focus) else { return [] }
    mode = .findingValue(subject, LineEditor(facetPlaces[subject]?.find ?? ""))
    return []
  }

  mutating func findValue(_ key: Key, _ subject: FacetSubject, _ editor: LineEditor) -> [Effect] {
    var editor = editor
    switch key {
    case .escape, .control("c"):
      mode = .browsing
      find("", in: subject)
    case .enter: mode = .browsing
    // The line stays open: the letters that follow are still text.
    case .down, .up: return move(.line(key == .down ? 1 : -1))
    default:
      guard editor.take(key) else { return [] }
      mode = .findingValue(subject, editor)
      find(editor.text, in: subject)
    }
    return []
  }

  /// Lists only the values of a facet in which a text stands.
  mutating func find(_ text: String, in subject: FacetSubject) {
    var place = facetPlaces[subject] ?? FacetPlace()
    guard place.find != text else { return }
    place.find = text
    // A shorter list begins at its top; given up, it goes back to the value that was found.
    if !text.isEmpty {
      (place.cursor, place.top, place.name) = (0, 0, nil)
    } else {
      let values = shownValues(of: subject)
      place.name = values.indices.contains(place.cursor) ? values[place.cursor].name : nil
    }
    facetPlaces[subject] = place
    relist(subject)
    if text.isEmpty { keepFacetCursorVisible(subject) }
  }
}
