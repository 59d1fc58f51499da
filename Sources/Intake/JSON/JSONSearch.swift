import Listings

/// Determines how the listings are laid out in a JSON file.
///
/// Shape:  several objects are listings, unless each is a page of results. A single object may be a listing, contain
///         lists of listings at any depth, or be a table: by columns, by ids, as lists, or as pandas writes it. Whatever
///         names the most fields of a listing is taken, with everything like it; the rest is reported.
/// Cost:   looks at the beginning of a file of many objects or arrays; one pass over a file that is a single object.
/// Fails:  never; where nothing looks like listings, objects are taken as such.
struct JSONSearch {
  private let text: UnsafeRawBufferPointer
  private let mapping: ColumnMapping
  private let hasHeader: Bool?

  /// How much of the beginning is examined for objects on lines.
  private static let sampleSize = 1 << 16
  /// Objects that are examined for pages of results.
  private static let sampledPages = 10
  /// How deep an array may be nested in others that hold nothing else.
  private static let maximumArrayDepth = 4

  private init(_ text: UnsafeRawBufferPointer, _ options: IntakeOptions) {
    self.text = text
    mapping = options.mapping
    hasHeader = options.hasHeader
  }

  /// How to read a text; nil where it is not JSON.
  ///
  /// Shape:  a bracket decides the form; a word only where objects follow it.
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

  /// The layout of objects on lines.
  private func lines(from start: Int) -> JSONLayout {
    JSONLayout(form: .lines, contents: [JSONLayout.Content(bytes: start..<text.count)])
  }

  // MARK: Objects

  /// How to read a text that begins with an object.
  ///
  /// Shape:  several objects are read as they are; one object is searched for listings.
  private func objects(from first: Int) -> JSONPlan {
    let beginning = min(text.count, first + Self.sampleSize)
    if let end = JSONObjects.end(in: text, from: first, limit: beginning), isFollowed(end) {
      return .read(severalObjects(from: first))
    }
    guard let node = JSONOutline.node(in: text, at: first) else { return .read(severalObjects(from: first)) }
    if node.isWhole, isFollowed(node.range.upperBound) { return .read(severalObjects(from: first)) }
    let candidates = JSONCandidates(text, node, mapping)
    let choice = JSONChoice(candidates)
    // A malformed first line that is not the only one.
    if !node.isWhole, choice.chosen.isEmpty, JSONOpening.isLines(text, from: first, beginning) {
      return .read(severalObjects(from: first))
    }
    return singleObject(node, candidates, choice)
  }

  /// Whether more objects or arrays follow.
  private func isFollowed(_ end: Int) -> Bool {
    let next = nextStart(after: end)
    return next < text.count && (text[next] == UInt8(ascii: "{") || text[next] == UInt8(ascii: "["))
  }

  /// The next position that is neither blank, comment nor comma.
  private func nextStart(after end: Int) -> Int {
    var next = JSONBlanks.end(in: text, from: end, limit: text.count)
    while next < text.count, text[next] == .comma {
      next = JSONBlanks.end(in: text, from: next + 1, limit: text.count)
    }
    return next
  }

  /// The layout of objects in sequence.
  private func severalObjects(from first: Int) -> JSONLayout {
    var layout = JSONLayout(contents: [JSONLayout.Content(bytes: first..<text.count)])
    if JSONOpening.isLines(text, from: first, min(text.count, first + Self.sampleSize)) { layout.form = .lines }
    findPages(&layout)
    return layout
  }

  /// Finds the lists of listings, where most of the first objects are pages of results.
  ///
  /// Shape:  ten objects are examined, or four megabytes; more than half must be pages.
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

  /// How to read a text that begins with an array.
  ///
  /// - Parameter depth: how many arrays around it hold nothing else.
  private func array(from first: Int, depth: Int = 0) -> JSONPlan {
    let elements = JSONOutline.elements(in: text, from: first + 1)
    var layout = JSONLayout(contents: [JSONLayout.Content(bytes: first + 1..<text.count)])
    layout.isCutOff = JSONOpening.isCutOff(text, from: first)
    if elements.isEmpty || areObjects(elements, first) {
      findPages(&layout)
      return .read(layout)
    }
    guard let row = elements.first(where: { $0.kind == .array }) else {
      // An array of single values is a row if others follow it.
      guard let end = JSONObjects.end(in: text, from: first, limit: text.count, .array, maximumDepth: .max),
        isFollowed(end)
      else { return .read(layout) }
      return .read(rows(layout, [first..<text.count]))
    }
    let inner = JSONOutline.elements(
      in: UnsafeRawBufferPointer(rebasing: text[..<row.range.upperBound]), from: row.range.lowerBound + 1)
    if inner.contains(where: { $0.kind == .object }) || inner.isEmpty { return .read(layout) }
    if elements.count == 1, inner.first?.kind == .array, depth < Self.maximumArrayDepth {
      return array(from: row.range.lowerBound, depth: depth + 1)
    }
    return .read(rows(layout, [first + 1..<text.count]))
  }

  /// Whether the elements are objects. If rows occur among them, whichever name more fields of a listing count.
  ///
  /// Cost:   parses the first elements.
  private func areObjects(_ elements: [JSONNode], _ first: Int) -> Bool {
    let objects = elements.filter { $0.kind == .object }
    guard !objects.isEmpty, elements.contains(where: { $0.kind == .array }) else { return !objects.isEmpty }
    let rows = JSONRowNames(text, first + 1..<text.count, mapping, hasHeader: hasHeader).names
    let names = JSONCells.names(text, objects, mapping)
    return JSONEnvelope.fields(names, mapping).count >= JSONEnvelope.fields(rows, mapping).count
  }

  /// The layout of rows, named by the first list of them.
  ///
  /// Shape:  rows above the header are reported as an omission.
  private func rows(_ layout: JSONLayout, _ contents: [Range<Int>]) -> JSONLayout {
    var layout = layout
    layout.form = .rows
    layout.contents = contents.map { content in
      let names = JSONRowNames(text, content, mapping, hasHeader: hasHeader)
      if layout.header == nil {
        layout.header = names.names
        if names.titleRows > 0 { layout.omissions.append(.titleRows(names.titleRows)) }
      }
      return JSONLayout.Content(bytes: names.start..<content.upperBound)
    }
    return layout
  }

  // MARK: One object

  /// How to read a file that is a single object.
  ///
  /// Shape:  what was not taken but looks like listings is reported as an omission.
  private func singleObject(_ node: JSONNode, _ candidates: JSONCandidates, _ choice: JSONChoice) -> JSONPlan {
    var layout = JSONLayout(contents: [JSONLayout.Content(bytes: node.range.lowerBound..<text.count)])
    guard let best = choice.chosen.first else {
      if !candidates.unequal.isEmpty {
        return .read(JSONLayout(contents: [], omissions: [.unequalLists(candidates.unequal)]))
      }
      if choice.isEmptyResult { layout.contents = [] }
      return .read(layout)
    }
    layout.isCutOff = !node.isWhole
    layout.omissions += choice.leftOut.isEmpty ? [] : [.otherLists(choice.leftOut)]
    if node.isWhole, nextStart(after: node.range.upperBound) < text.count {
      let rest = text[nextStart(after: node.range.upperBound)...].prefix(60)
      layout.omissions.append(.trailingText(String(decoding: rest, as: UTF8.self)))
    }
    let sentence = choice.sentence
    switch best.kind {
    case .objects, .members: return .read(located(choice.chosen, layout, sentence))
    case .rows:
      layout = rows(layout, choice.chosen.map(\.node.content))
      layout.conversions.append(sentence)
      return .read(layout)
    case .columns, .lists, .split: return JSONTables(text, mapping, hasHeader).plan(choice.chosen, layout, sentence)
    }
  }

  /// The layout of listings in arrays, or under names of their own.
  private func located(_ chosen: [JSONCandidate], _ layout: JSONLayout, _ sentence: String) -> JSONLayout {
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

/// Decides which of the lists in an object are its listings, or that the object is a listing itself.
///
/// Shape:  the candidate that names the most fields wins, the longer one in a tie, and takes those like it along.
struct JSONChoice {
  /// The best candidate and those like it; empty where the object is a listing.
  let chosen: [JSONCandidate]
  /// Names of other lists that look like listings.
  let leftOut: [String]
  /// The names of the lists of listings, where the object is clearly one page of results among others.
  let pageLists: Set<String>
  /// Whether the object is a page without results.
  let isEmptyResult: Bool
  private let others: [String]

  /// Names that the sentence mentions.
  private static let shownNames = 8

  /// Chooses among the candidates.
  ///
  /// Shape:  lists like the best one are taken along, except for pandas' `split`.
  init(_ candidates: JSONCandidates) {
    let outer = candidates.outerFields
    let best = candidates.found.max {
      ($0.fields.count, $0.node.range.count) < ($1.fields.count, $1.node.range.count)
    }
    isEmptyResult = candidates.hasEmptyList && outer.isDisjoint(with: [.title, .price, .description])
    guard let best, !Self.isListing(outer, around: best) else {
      (chosen, leftOut, pageLists, others) = ([], [], [], [])
      return
    }
    let alike = best.kind == .split ? [] : candidates.found.filter { $0.path != best.path && $0.isLike(best) }
    let chosen = [best] + alike
    let rest = candidates.found.filter { other in !chosen.contains { $0.path == other.path } }
    self.chosen = chosen
    leftOut = rest.filter(\.looksLikeListings).map(\.name)
    others = candidates.others + rest.map(\.name)
    let isPage =
      best.kind == .objects && outer.isDisjoint(with: [.title, .price, .description])
      && (best.fields.isSuperset(of: [.title, .price]) || best.fields.count > 3)
    pageLists = isPage ? Set(chosen.map(\.name)) : []
  }

  /// Whether the object is a listing, and the list part of it: pictures, categories, similar listings.
  ///
  /// Shape:  an object with as many known fields as the list, or with a title, unless only the list has prices.
  private static func isListing(_ outer: Set<Field>, around list: JSONCandidate) -> Bool {
    // Data by column, or under ids, is never part of a listing.
    if list.path.isEmpty { return false }
    let inner = list.fields
    if outer.isEmpty { return false }
    if inner.count > outer.count { return false }
    if inner.isSuperset(of: [.title, .price]), !outer.contains(.price) { return false }
    return outer.contains(.title) || outer.count >= inner.count
  }

  /// What was taken and what was not, for people.
  var sentence: String {
    guard let best = chosen.first else { return "" }
    let names = chosen.map { $0.path.isEmpty ? "the whole" : "`\($0.name)`" }
    let shown = Self.shortened(names)
    let beside = others.isEmpty ? "" : "; what stands beside it belongs to no listing: " + Self.shortened(others)
    return switch best.kind {
    case .objects where chosen.count == 1: "listings taken from the array \(shown) of one object\(beside)"
    case .objects: "listings taken from the arrays \(shown) of one object\(beside)"
    case .members: "listings taken from the members of one object (\(shown)), each with its name\(beside)"
    case .rows: "listings taken from the rows of \(shown)\(beside)"
    case .columns, .lists: "turned from columns into rows (\(shown))\(beside)"
    case .split: "listings taken from the rows of \(shown), named by its columns\(beside)"
    }
  }

  /// The first names of a list.
  private static func shortened(_ names: [String]) -> String {
    names.prefix(shownNames).joined(separator: ", ") + (names.count > shownNames ? ", …" : "")
  }
}
