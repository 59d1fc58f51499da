import Listings

/// A part of a JSON object that holds listings, or rows of any kind.
struct JSONCandidate {
  enum Kind: Equatable {
    /// An array of objects.
    case objects
    /// An array of arrays.
    case rows
    /// An object of objects, each under a name of its own.
    case members
    /// An object of objects, one per column: values by the label of their row.
    case columns
    /// An object of arrays, one per column.
    case lists
    /// An object with column names, rows, and maybe labels of rows, as pandas' `split` has them.
    case split
  }

  let kind: Kind
  /// The names that lead there.
  let path: [String]
  let node: JSONNode
  /// What its columns are called, as far as is known.
  let names: [String]
  let fields: Set<Field>

  var name: String { path.joined(separator: ".") }

  /// Whether two lists hold the same kind of thing.
  func isLike(_ other: JSONCandidate) -> Bool {
    guard kind == other.kind else { return false }
    let (mine, theirs) = (Set(names), Set(other.names))
    if mine.isEmpty { return theirs.isEmpty }
    return 2 * mine.intersection(theirs).count >= mine.union(theirs).count
      || !other.fields.isEmpty && fields.isSuperset(of: other.fields)
  }

  /// Whether it may be a list of listings that somebody would miss.
  var looksLikeListings: Bool { fields.count >= 2 && !fields.isDisjoint(with: [.title, .price]) }
}

/// Finds what may be listings in an object that is a whole file, or a page of results.
struct JSONCandidates {
  private let text: UnsafeRawBufferPointer
  private let mapping: ColumnMapping
  private(set) var found: [JSONCandidate] = []
  /// The dotted names of all else.
  private(set) var others: [String] = []
  /// Whether an array in it is empty.
  private(set) var hasEmptyList = false
  /// Lists by column that are not equally long.
  private(set) var unequal: [String] = []

  init(_ text: UnsafeRawBufferPointer, _ node: JSONNode, _ mapping: ColumnMapping) {
    self.text = text
    self.mapping = mapping
    judge(node, [])
  }

  /// The fields that are told outside all lists.
  var outerFields: Set<Field> { fields(others) }

  private func fields(_ names: some Sequence<String>) -> Set<Field> { JSONEnvelope.fields(names, mapping) }

  private func name(_ node: JSONNode) -> String { JSONCells.text(text[node.name]) }

  private mutating func add(_ kind: JSONCandidate.Kind, _ path: [String], _ node: JSONNode, _ names: [String]) {
    found.append(JSONCandidate(kind: kind, path: path, node: node, names: names, fields: fields(names)))
  }

  // MARK: Objects

  private mutating func judge(_ node: JSONNode, _ path: [String]) {
    if judgeTable(node, path) || judgeByColumn(node, path) || judgeLists(node, path) { return }
    for part in node.parts {
      let inner = path + [name(part)]
      switch part.kind {
      case .object where !part.parts.isEmpty: judge(part, inner)
      case .array where judgeArray(part, inner): break
      default: others.append(inner.joined(separator: "."))
      }
    }
  }

  private func part(_ wanted: String, _ kind: JSONNode.Kind, of node: JSONNode) -> JSONNode? {
    node.parts.first { $0.kind == kind && name($0) == wanted }
  }

  /// pandas' `split` and `table`.
  private mutating func judgeTable(_ node: JSONNode, _ path: [String]) -> Bool {
    guard let data = part("data", .array, of: node) else { return false }
    if let columns = part("columns", .array, of: node), data.parts.first.map({ $0.kind == .array }) ?? true {
      add(.split, path, node, JSONCells.elements(text, columns))
      return true
    }
    guard let schema = part("schema", .object, of: node), part("fields", .array, of: schema) != nil else {
      return false
    }
    others.append((path + ["schema"]).joined(separator: "."))
    return judgeArray(data, path + ["data"])
  }

  /// An object of objects that have the same names: by column, or one listing each.
  private mutating func judgeByColumn(_ node: JSONNode, _ path: [String]) -> Bool {
    let members = node.parts.filter { $0.kind == .object }
    // Under ids there may be something else than listings; under other names it is a listing itself.
    let areIDs = JSONLabels.lookLikeIDs(node.parts.map(name))
    guard (areIDs ? 4 : 1) * 10 * members.count >= 9 * node.parts.count, let first = members.first else { return false }
    let labels = Set(first.parts.map(name))
    let sampled = members.filter { !$0.parts.isEmpty }
    let areAlike = sampled.allSatisfy { member in
      let names = Set(member.parts.map(name))
      return 2 * names.intersection(labels).count >= min(names.count, labels.count)
    }
    guard !labels.isEmpty, areAlike else { return false }
    let outer = members.map(name)
    let (outerFields, innerFields) = (fields(outer), fields(labels))
    if innerFields.isEmpty, isByColumn(outer, outerFields, labels) {
      add(.columns, path, node, outer)
      return true
    }
    let isOne = members.count == 1 && !JSONLabels.lookLikeIDs(outer)
    guard !isOne, innerFields.count > outerFields.count || innerFields.isEmpty && JSONLabels.lookLikeIDs(outer) else {
      return judgeDeeperMembers(members, path, node)
    }
    add(.members, path, node, JSONCells.names(text, members.prefix(JSONOutline.sampledElements), mapping))
    return true
  }

  /// Whether names are those of columns and labels those of rows.
  private func isByColumn(_ names: [String], _ fields: Set<Field>, _ labels: Set<String>) -> Bool {
    if JSONLabels.areNumbers(labels) { return !JSONLabels.areNumbers(names) }
    return !fields.isDisjoint(with: [.title, .description, .url])
  }

  /// Members that are listings only one object deeper: `{"a1": {"node": {"title": …}}}`.
  private mutating func judgeDeeperMembers(_ members: [JSONNode], _ path: [String], _ node: JSONNode) -> Bool {
    guard members.count > 1, JSONLabels.lookLikeIDs(members.map(name)) else { return false }
    let names = JSONCells.names(text, members.prefix(JSONOutline.sampledElements), mapping)
    guard fields(names).count >= 2 else { return false }
    add(.members, path, node, names)
    return true
  }

  /// An object of lists that are equally long.
  private mutating func judgeLists(_ node: JSONNode, _ path: [String]) -> Bool {
    let lists = node.parts.filter { $0.kind == .array }
    guard !lists.isEmpty, lists.count == node.count, lists.allSatisfy(\.isWhole) else { return false }
    let names = lists.map(name)
    let areValues = lists.allSatisfy { list in list.parts.contains { $0.kind == .scalar } || list.parts.isEmpty }
    guard areValues, !fields(names).isEmpty || lists.count > 1 else { return false }
    let counts = lists.map { JSONCursor.count(text, $0.range) }
    if Set(counts).count == 1, let count = counts.first, count > 0 {
      add(.lists, path, node, names)
      return true
    }
    // One listing may have many pictures and words; several titles beside fewer prices are no listing.
    let known = zip(names, counts).filter { !fields([$0.0]).isDisjoint(with: [.title, .price, .url, .description]) }
    guard known.count > 1, known.allSatisfy({ $0.1 > 1 }) else { return false }
    unequal += zip(names, counts).map { "\((path + [$0.0]).joined(separator: ".")): \($0.1)" }
    return true
  }

  // MARK: Arrays

  private mutating func judgeArray(_ node: JSONNode, _ path: [String]) -> Bool {
    if node.parts.isEmpty {
      hasEmptyList = hasEmptyList || node.isWhole && text[node.content].allSatisfy { $0 <= .blank }
      return false
    }
    let objects = node.parts.filter { $0.kind == .object }
    if !objects.isEmpty {
      add(.objects, path, node, JSONCells.names(text, objects, mapping))
      return true
    }
    guard let row = node.parts.first(where: { $0.kind == .array }) else { return false }
    let inner = JSONOutline.elements(
      in: UnsafeRawBufferPointer(rebasing: text[..<row.range.upperBound]), from: row.range.lowerBound + 1)
    if inner.contains(where: { $0.kind == .object }) {
      add(.objects, path, node, JSONCells.names(text, inner.filter { $0.kind == .object }, mapping))
    } else if node.parts.count > 1, inner.contains(where: { $0.kind == .scalar }) {
      let rows = JSONRowNames(text, node.content, mapping, hasHeader: nil)
      add(.rows, path, node, rows.names)
    } else {
      return false
    }
    return true
  }
}
