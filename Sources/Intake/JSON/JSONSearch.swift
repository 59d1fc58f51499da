import Listings

/// Finds out how the listings lie in a JSON file.
///
/// Rules:  several objects are listings, unless each is a page of results. One object that is the whole file may be a
///         listing, hold lists of listings anywhere, or be a table: by columns, by ids, by lists, as pandas writes it.
///         What tells the most fields of a listing is taken, and all that is like it; the rest is said.
/// Cost:   files of many objects or arrays: a look at their beginning. One object as a whole file: a pass over it.
struct JSONSearch {
  private let text: UnsafeRawBufferPointer
  private let mapping: ColumnMapping
  private let hasHeader: Bool?

  /// How much of the beginning tells whether objects lie in lines.
  private static let sampled = 1 << 16
  private static let sampledPages = 10
  private static let deepest = 4

  private init(_ text: UnsafeRawBufferPointer, _ options: IntakeOptions) {
    self.text = text
    mapping = options.mapping
    hasHeader = options.hasHeader
  }

  /// What to do with a text; nil: it is not JSON.
  static func plan(_ text: UnsafeRawBufferPointer, from start: Int, _ options: IntakeOptions) -> JSONPlan? {
    let first = JSONBlanks.end(in: text, from: start, limit: text.count)
    guard first < text.count else { return nil }
    let search = JSONSearch(text, options)
    switch text[first] {
    case UInt8(ascii: "{"): return search.objects(from: first)
    case UInt8(ascii: "["): return JSONOpening.isArray(text, at: first) ? search.array(from: first) : nil
    default: return JSONOpening.isWordBeforeObjects(text, at: first) ? .read(search.lines(from: first)) : nil
    }
  }

  private func lines(from start: Int) -> JSONLayout {
    JSONLayout(form: .lines, contents: [JSONLayout.Content(bytes: start..<text.count)])
  }

  // MARK: Objects

  private func objects(from first: Int) -> JSONPlan {
    let beginning = min(text.count, first + Self.sampled)
    if let end = JSONObjects.end(in: text, from: first, limit: beginning), isFollowed(end) {
      return .read(severalObjects(from: first))
    }
    guard let node = JSONOutline.node(in: text, at: first) else { return .read(severalObjects(from: first)) }
    if node.isWhole, isFollowed(node.range.upperBound) { return .read(severalObjects(from: first)) }
    let candidates = JSONCandidates(text, node, mapping)
    let choice = JSONChoice(candidates)
    // A first line that is broken, and not the only one.
    if !node.isWhole, choice.chosen.isEmpty, JSONOpening.isLines(text, from: first, beginning) {
      return .read(severalObjects(from: first))
    }
    return one(node, candidates, choice)
  }

  /// Whether more objects or arrays follow.
  private func isFollowed(_ end: Int) -> Bool {
    let next = after(end)
    return next < text.count && (text[next] == UInt8(ascii: "{") || text[next] == UInt8(ascii: "["))
  }

  private func after(_ end: Int) -> Int {
    var next = JSONBlanks.end(in: text, from: end, limit: text.count)
    while next < text.count, text[next] == .comma {
      next = JSONBlanks.end(in: text, from: next + 1, limit: text.count)
    }
    return next
  }

  private func severalObjects(from first: Int) -> JSONLayout {
    var layout = JSONLayout(contents: [JSONLayout.Content(bytes: first..<text.count)])
    if JSONOpening.isLines(text, from: first, min(text.count, first + Self.sampled)) { layout.form = .lines }
    findPages(&layout)
    return layout
  }

  /// Whether most of the first objects are pages of results.
  private func findPages(_ layout: inout JSONLayout) {
    var lists: Set<String> = []
    var (pages, objects) = (0, 0)
    JSONListings.visit(text, layout) { range in
      objects += 1
      if let node = JSONOutline.node(
        in: UnsafeRawBufferPointer(rebasing: text[..<range.upperBound]), at: range.lowerBound)
      {
        let names = JSONChoice(JSONCandidates(text, node, mapping)).pageLists
        if !names.isEmpty { pages += 1 }
        lists.formUnion(names)
      }
      return objects < Self.sampledPages && range.upperBound - layout.start < 1 << 22
    }
    guard pages > 0, 2 * pages > objects else { return }
    layout.pages = lists
    layout.conversions = ["listings taken from the list \(lists.sorted().joined(separator: ", ")) of each object"]
  }

  // MARK: Arrays

  /// - Parameter depth: how many arrays with nothing else in them lie around it.
  private func array(from first: Int, depth: Int = 0) -> JSONPlan {
    let elements = JSONOutline.elements(in: text, from: first + 1)
    var layout = JSONLayout(contents: [JSONLayout.Content(bytes: first + 1..<text.count)])
    layout.isCutOff = JSONOpening.isCutOff(text, from: first)
    if elements.isEmpty || areObjects(elements, first) {
      findPages(&layout)
      return .read(layout)
    }
    guard let row = elements.first(where: { $0.kind == .array }) else {
      // An array of single values is a row where others follow it.
      guard let end = JSONObjects.end(in: text, from: first, limit: text.count, .array, deepest: .max),
        isFollowed(end)
      else { return .read(layout) }
      return .read(rows(layout, [first..<text.count]))
    }
    let inner = JSONOutline.elements(
      in: UnsafeRawBufferPointer(rebasing: text[..<row.range.upperBound]), from: row.range.lowerBound + 1)
    if inner.contains(where: { $0.kind == .object }) || inner.isEmpty { return .read(layout) }
    if elements.count == 1, inner.first?.kind == .array, depth < Self.deepest {
      return array(from: row.range.lowerBound, depth: depth + 1)
    }
    return .read(rows(layout, [first + 1..<text.count]))
  }

  /// Whether the elements are objects; where rows stand among them, those count that tell more of a listing.
  private func areObjects(_ elements: [JSONNode], _ first: Int) -> Bool {
    let objects = elements.filter { $0.kind == .object }
    guard !objects.isEmpty, elements.contains(where: { $0.kind == .array }) else { return !objects.isEmpty }
    let rows = JSONRowNames(text, first + 1..<text.count, mapping, hasHeader: hasHeader).names
    let names = JSONCells.names(text, objects, mapping)
    return JSONEnvelope.fields(names, mapping).count >= JSONEnvelope.fields(rows, mapping).count
  }

  private func rows(_ layout: JSONLayout, _ contents: [Range<Int>]) -> JSONLayout {
    var layout = layout
    layout.form = .rows
    layout.contents = contents.map { content in
      let names = JSONRowNames(text, content, mapping, hasHeader: hasHeader)
      if layout.header == nil {
        layout.header = names.names
        if names.titleRows > 0 { layout.lacks.append(.titleRows(names.titleRows)) }
      }
      return JSONLayout.Content(bytes: names.start..<content.upperBound)
    }
    return layout
  }

  // MARK: One object

  private func one(_ node: JSONNode, _ candidates: JSONCandidates, _ choice: JSONChoice) -> JSONPlan {
    var layout = JSONLayout(contents: [JSONLayout.Content(bytes: node.range.lowerBound..<text.count)])
    guard let best = choice.chosen.first else {
      if !candidates.unequal.isEmpty {
        return .read(JSONLayout(contents: [], lacks: [.unequalLists(candidates.unequal)]))
      }
      if choice.isEmptyResult { layout.contents = [] }
      return .read(layout)
    }
    layout.isCutOff = !node.isWhole
    layout.lacks += choice.leftOut.isEmpty ? [] : [.otherLists(choice.leftOut)]
    if node.isWhole, after(node.range.upperBound) < text.count {
      let rest = text[after(node.range.upperBound)...].prefix(60)
      layout.lacks.append(.trailingText(String(decoding: rest, as: UTF8.self)))
    }
    let sentence = choice.sentence
    switch best.kind {
    case .objects, .members: return .read(places(choice.chosen, layout, sentence))
    case .rows:
      layout = rows(layout, choice.chosen.map(\.node.content))
      layout.conversions.append(sentence)
      return .read(layout)
    case .columns, .lists, .split: return JSONTables(text, mapping, hasHeader).plan(choice.chosen, layout, sentence)
    }
  }

  /// Listings that stand in arrays, or under names of their own.
  private func places(_ chosen: [JSONCandidate], _ layout: JSONLayout, _ sentence: String) -> JSONLayout {
    var layout = layout
    layout.contents = chosen.map { JSONLayout.Content(bytes: $0.node.content, name: $0.node.name) }
      .sorted { $0.bytes.lowerBound < $1.bytes.lowerBound }
    if chosen.count > 1 { layout.partColumn = "list" }
    if chosen[0].kind == .members {
      layout.form = .members
      let names = chosen[0].node.parts.map { JSONCells.text(text[$0.name]) }
      layout.memberColumn = JSONLabels.column(names, count: chosen[0].node.count, beside: chosen[0].names)
    }
    if !chosen[0].path.isEmpty || chosen[0].kind == .members { layout.conversions.append(sentence) }
    return layout
  }
}
