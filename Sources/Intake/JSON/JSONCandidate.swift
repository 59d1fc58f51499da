import Listings

/// A part of a JSON text that may hold the listings, or rows of any other kind.
struct JSONCandidate {
  /// How the rows are written.
  enum Kind: Equatable {
    /// An array of objects.
    case objects
    /// An array of arrays.
    case rows
    /// An object of objects, each under a name of its own.
    case members
    /// An object of objects, one per column, with values by the label of their row.
    case columns
    /// An object of arrays, one per column.
    case lists
    /// An object with column names, rows, and perhaps row labels, as pandas writes with `orient="split"`.
    case split
  }

  /// Decides how the rows are read or turned.
  let kind: Kind
  /// The member names that lead to it, from the outside.
  let path: [String]
  /// Where it is in the text, with its outline.
  let node: JSONNode
  /// The names of its columns, as far as they are known.
  let names: [String]
  /// The fields that these names stand for.
  let fields: Set<Field>

  /// The path as one dotted name; empty for the outermost object.
  var name: String { path.joined(separator: ".") }

  /// Whether two lists hold the same kind of thing: half of all their names are common to both.
  ///
  /// Shape:  or it has every field that the other one has.
  func isLike(_ other: JSONCandidate) -> Bool {
    guard kind == other.kind else { return false }
    let (mine, theirs) = (Set(names), Set(other.names))
    if mine.isEmpty { return theirs.isEmpty }
    return 2 * mine.intersection(theirs).count >= mine.union(theirs).count
      || !other.fields.isEmpty && fields.isSuperset(of: other.fields)
  }

  /// Whether someone would miss it if it were left out.
  ///
  /// Shape:  two known fields or more, title or price among them.
  var looksLikeListings: Bool { fields.count >= 2 && !fields.isDisjoint(with: [.title, .price]) }
}

/// Finds everything that may be listings in an object that is a whole file, or a page of results.
///
/// Cost:   works on the outline; only lists by column are counted through.
struct JSONCandidates {
  /// The JSON text that the outline belongs to.
  private let text: UnsafeRawBufferPointer
  /// The known column names, with those of `--map`.
  private let mapping: ColumnMapping
  /// The candidates in the order of the text.
  private(set) var found: [JSONCandidate] = []
  /// The dotted names of everything else.
  private(set) var others: [String] = []
  /// Whether it contains an empty array, as a page without results does.
  private(set) var hasEmptyList = false
  /// Lists by column of different lengths, with their lengths.
  private(set) var unequal: [String] = []

  /// Examines an object with all objects in it, down to the depth of the outline.
  init(_ text: UnsafeRawBufferPointer, _ node: JSONNode, _ mapping: ColumnMapping) {
    self.text = text
    self.mapping = mapping
    judge(node, [])
  }

  /// The fields named outside all candidates.
  var outerFields: Set<Field> { fields(others) }

  /// The fields that names stand for, each name judged by itself.
  private func fields(_ names: some Sequence<String>) -> Set<Field> { JSONEnvelope.fields(names, mapping) }

  /// The name of a member, without escapes.
  ///
  /// Cost:   decodes the name.
  private func name(_ node: JSONNode) -> String { JSONCells.text(text[node.name]) }

  /// Adds a candidate, with the fields that its names stand for.
  private mutating func add(_ kind: JSONCandidate.Kind, _ path: [String], _ node: JSONNode, _ names: [String]) {
    found.append(JSONCandidate(kind: kind, path: path, node: node, names: names, fields: fields(names)))
  }

  // MARK: Objects

  /// Takes a whole object as one candidate, or else looks for candidates among its members.
  ///
  /// Shape:  whatever is not a candidate is listed in `others`.
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

  /// The member with this name, if it is of this kind.
  ///
  /// Cost:   compares the names of all members.
  private func part(_ wanted: String, _ kind: JSONNode.Kind, of node: JSONNode) -> JSONNode? {
    node.parts.first { $0.kind == kind && name($0) == wanted }
  }

  /// Recognises what pandas writes with `orient="split"` and `orient="table"`.
  ///
  /// Source: pandas, "DataFrame.to_json", `orient`.
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

  /// Recognises an object whose member objects share their names: one per column, or one per listing.
  ///
  /// Shape:  90 % of the members are objects (40 % under ids), and each shares half of its names with the first. Fields in the
  ///         outer names make them columns, fields in the inner names make each member a listing.
  private mutating func judgeByColumn(_ node: JSONNode, _ path: [String]) -> Bool {
    let members = node.parts.filter { $0.kind == .object }
    // Under ids there may be other things beside listings. Under other names it is a listing itself.
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

  /// Whether the outer names are those of columns and the inner ones those of rows.
  ///
  /// - Parameter labels: the names in the member objects.
  private func isByColumn(_ names: [String], _ fields: Set<Field>, _ labels: Set<String>) -> Bool {
    if JSONLabels.areNumbers(labels) { return !JSONLabels.areNumbers(names) }
    return !fields.isDisjoint(with: [.title, .description, .url])
  }

  /// Recognises members that hold their listing one object deeper: `{"a1": {"node": {"title": …}}}`.
  ///
  /// Shape:  only under ids, and with two known fields inside.
  private mutating func judgeDeeperMembers(_ members: [JSONNode], _ path: [String], _ node: JSONNode) -> Bool {
    guard members.count > 1, JSONLabels.lookLikeIDs(members.map(name)) else { return false }
    let names = JSONCells.names(text, members.prefix(JSONOutline.sampledElements), mapping)
    guard fields(names).count >= 2 else { return false }
    add(.members, path, node, names)
    return true
  }

  /// Recognises an object of arrays, one per column, and reports those that differ in length.
  ///
  /// Shape:  all members are complete arrays of values, and one name is known or there are several.
  /// Cost:   counts the elements of each array.
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
    // A listing may have many pictures and tags. Several titles beside fewer prices are not a listing.
    let known = zip(names, counts).filter { !fields([$0.0]).isDisjoint(with: [.title, .price, .url, .description]) }
    guard known.count > 1, known.allSatisfy({ $0.1 > 1 }) else { return false }
    unequal += zip(names, counts).map { "\((path + [$0.0]).joined(separator: ".")): \($0.1)" }
    return true
  }

  // MARK: Arrays

  /// Recognises an array of objects, of arrays of objects, or of rows; false for anything else.
  ///
  /// Shape:  an array of arrays of objects counts as objects, since nested arrays are read as one list.
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

/// Objects that hold their listing one or more objects deeper, as GeoJSON does in `properties` and search engines in
/// `_source`. Names of the listing start there, while values beside it keep their own names.
struct JSONEnvelope: Sendable {
  /// The member names that lead to the listing.
  let path: [[UInt8]]
  /// Names beside the listing that also occur in it.
  private let duplicates: Set<[UInt8]>

  /// The prefix that sets such a name apart.
  static let mark = Array("outer.".utf8)
  /// How deep in an object the listing may be.
  private static let maximumLevels = 3

  /// Whether a value beside the listing needs `mark`.
  func isDuplicate(_ name: [UInt8]) -> Bool { duplicates.contains(name) }

  /// The envelope of objects with these dotted names; nil where the objects are the listings.
  ///
  /// Shape:  the names below must stand for at least two fields more than the others, with title, price or address among
  ///         them. A name below counts for the outer object if it stands for another field with its path than without, as
  ///         `author.name` stands for the seller.
  /// Cost:   O(names squared), over at most a few hundred names.
  static func find(among names: [String], _ mapping: ColumnMapping) -> JSONEnvelope? {
    var best: (prefix: String, count: Int)?
    var tried: Set<String> = []
    for name in names {
      for prefix in prefixes(of: name) where tried.insert(prefix).inserted {
        let found = fields(inner(prefix, names), mapping)
        guard found.count >= fieldsOfWhole(names, besides: prefix, mapping).count + 2,
          !found.isDisjoint(with: [.title, .price, .url])
        else { continue }
        if found.count > best?.count ?? 0 { best = (prefix, found.count) }
      }
    }
    return best.map { JSONEnvelope(prefix: $0.prefix, among: names) }
  }

  /// The fields of the outer object, beside what is under `prefix`.
  ///
  /// Shape:  a name below `prefix` only counts where its path gives it another meaning.
  private static func fieldsOfWhole(_ names: [String], besides prefix: String, _ mapping: ColumnMapping) -> Set<Field> {
    fields(
      names.filter { name in
        guard let below = inner(prefix, [name]).first else { return true }
        return mapping.claim(of: name).field != mapping.claim(of: below).field
      }, mapping)
  }

  /// Splits the prefix into its names, and notes those that occur on both sides.
  private init(prefix: String, among names: [String]) {
    path = prefix.split(separator: ".", omittingEmptySubsequences: false).map { Array($0.utf8) }
    let inside = Set(Self.inner(prefix, names))
    duplicates = Set(names.filter { !$0.hasPrefix(prefix + ".") && inside.contains($0) }.map { Array($0.utf8) })
  }

  /// The paths that lead to a name, up to `maximumLevels`.
  ///
  /// Shape:  the shortest first.
  private static func prefixes(of name: String) -> [String] {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return (1...max(1, min(parts.count, maximumLevels + 1))).dropLast().map { parts.prefix($0).joined(separator: ".") }
  }

  /// The names under a path, without it.
  private static func inner(_ prefix: String, _ names: [String]) -> [String] {
    names.compactMap { $0.hasPrefix(prefix + ".") ? String($0.dropFirst(prefix.count + 1)) : nil }
  }

  /// The fields that names stand for.
  static func fields(_ names: some Sequence<String>, _ mapping: ColumnMapping) -> Set<Field> {
    Set(names.compactMap { mapping.claim(of: $0).field })
  }
}

/// Judges names of members that stand for rows: numbers that count them, or ids.
enum JSONLabels {
  /// Numbers up to this may count the rows of a larger table, of which these are a part.
  private static let largestRowNumber = 100_000

  /// Whether all labels are digits.
  static func areNumbers(_ labels: some Collection<String>) -> Bool {
    !labels.isEmpty && labels.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(\.isDigit) }
  }

  /// Whether all names contain a digit, as ids do and names of columns do not.
  static func lookLikeIDs(_ labels: some Collection<String>) -> Bool {
    !labels.isEmpty && labels.allSatisfy { $0.utf8.contains(where: \.isDigit) }
  }

  /// Whether labels are positions of rows in a table, or times, which do not identify a listing.
  ///
  /// An id that is only a position would give two listings of different weeks the same identity.
  static func arePositions(_ labels: some Collection<String>, count: Int) -> Bool {
    if !labels.isEmpty, labels.allSatisfy(isTime) { return true }
    guard areNumbers(labels) else { return false }
    let numbers = labels.map { Int($0) ?? .max }
    let isMoment = numbers.allSatisfy {
      (1_000_000_000...2_100_000_000).contains($0) || (1_000_000_000_000...2_100_000_000_000).contains($0)
    }
    return isMoment || numbers.allSatisfy { $0 < max(largestRowNumber, 10 * count) }
  }

  /// Whether a label is a date or time, and not merely digits.
  private static func isTime(_ label: String) -> Bool {
    var label = label
    return label.withUTF8 { TimeReading.read(UnsafeRawBufferPointer($0)) != nil } && label.utf8.contains { !$0.isDigit }
  }

  /// A name for the column of labels, unlike the names beside it.
  static func column(_ labels: some Collection<String>, count: Int, beside names: [String]) -> String {
    let choice = arePositions(labels, count: count) ? ["index", "row label"] : ["id", "key", "row label"]
    return choice.first { !names.contains($0) } ?? "row label"
  }
}
