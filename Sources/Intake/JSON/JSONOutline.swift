/// A value of a JSON text, and of its parts as many as tell what it is.
struct JSONNode {
  enum Kind { case object, array, scalar }

  let kind: Kind
  /// Without quotes; empty for elements of arrays.
  let name: Range<Int>
  /// To the end of the text where it is not whole.
  var range: Range<Int>
  var isWhole = true
  /// Members of an object: all arrays, and the first others. Elements of an array: the first.
  var parts: [JSONNode] = []
  /// How many members an object has.
  var count = 0

  /// What lies between the brackets.
  var content: Range<Int> { range.lowerBound + 1..<max(range.lowerBound + 1, range.upperBound - (isWhole ? 1 : 0)) }
}

/// Looks over a JSON value: the objects within objects, and where arrays lie.
///
/// Shape:  some levels deep; what lies deeper, and the elements of arrays beyond the first, are passed over by their brackets.
/// Cost:   one pass, most of it over masks.
/// Fails:  where a value is broken, what is around it is not whole and ends there.
struct JSONOutline {
  private let text: UnsafeRawBufferPointer
  private var position: Int
  /// Whether the parts of all members are looked at.
  private let isThorough: Bool

  private static let deepest = 6
  private static let sampledMembers = 64
  private static let keptMembers = 400
  static let sampledElements = 20

  private init(_ text: UnsafeRawBufferPointer, at position: Int, isThorough: Bool) {
    self.text = text
    self.position = position
    self.isThorough = isThorough
  }

  /// The value that begins at `start`.
  static func node(in text: UnsafeRawBufferPointer, at start: Int, isThorough: Bool = false) -> JSONNode? {
    var outline = JSONOutline(text, at: start, isThorough: isThorough)
    return outline.value(name: 0..<0, depth: 0, isSampled: true)
  }

  /// The arrays of an object by these dotted names.
  static func lists(
    _ names: Set<String>, in text: UnsafeRawBufferPointer, _ object: Range<Int>
  ) -> [JSONLayout.Content] {
    let text = UnsafeRawBufferPointer(rebasing: text[..<object.upperBound])
    guard let node = node(in: text, at: object.lowerBound, isThorough: true) else { return [] }
    var lists: [JSONLayout.Content] = []
    func collect(_ node: JSONNode, _ path: String) {
      for part in node.parts {
        let name = (path.isEmpty ? "" : path + ".") + String(decoding: text[part.name], as: UTF8.self)
        if part.kind == .array, names.contains(name) {
          lists.append(JSONLayout.Content(bytes: part.content, name: part.name))
        } else if part.kind == .object {
          collect(part, name)
        }
      }
    }
    collect(node, "")
    return lists
  }

  private mutating func value(name: Range<Int>, depth: Int, isSampled: Bool) -> JSONNode? {
    position = JSONBlanks.end(in: text, from: position, limit: text.count)
    guard position < text.count else { return nil }
    switch text[position] {
    case UInt8(ascii: "{"):
      return isSampled && depth < Self.deepest ? object(name: name, depth: depth) : passed(.object, name)
    case UInt8(ascii: "["): return array(name: name, isSampled: isSampled && depth < Self.deepest)
    default:
      let start = position
      guard case .whole(let end) = JSONScan.end(in: text, from: start, limit: text.count).outcome else { return nil }
      position = end
      return JSONNode(kind: .scalar, name: name, range: start..<end)
    }
  }

  /// An object or array of which only the end is looked for.
  private mutating func passed(_ kind: JSONNode.Kind, _ name: Range<Int>) -> JSONNode {
    let start = position
    let brackets = kind == .object ? JSONObjects.Brackets.object : .array
    let end = JSONObjects.end(in: text, from: start, limit: text.count, brackets, deepest: .max)
    position = end ?? text.count
    return JSONNode(kind: kind, name: name, range: start..<position, isWhole: end != nil)
  }

  private mutating func object(name: Range<Int>, depth: Int) -> JSONNode {
    var node = JSONNode(kind: .object, name: name, range: position..<position)
    position += 1
    while true {
      position = JSONBlanks.end(in: text, from: position, limit: text.count)
      guard position < text.count else { break }
      if text[position] == UInt8(ascii: "}") {
        position += 1
        node.range = node.range.lowerBound..<position
        return node
      }
      if text[position] == .comma {
        position += 1
        continue
      }
      let isSampled = isThorough || node.count < Self.sampledMembers
      guard let member = memberName(), let part = value(name: member, depth: depth + 1, isSampled: isSampled) else {
        break
      }
      node.count += 1
      if part.kind == .array || isThorough || node.parts.count < Self.keptMembers { node.parts.append(part) }
      if !part.isWhole { break }
    }
    node.range = node.range.lowerBound..<text.count
    node.isWhole = false
    return node
  }

  /// The name of the next member; `position` is behind its colon.
  private mutating func memberName() -> Range<Int>? {
    guard text[position] == .quote,
      case .whole(let end) = JSONStrings.end(in: text, from: position, limit: text.count)
    else { return nil }
    let name = position + 1..<end - 1
    let colon = JSONBlanks.end(in: text, from: end, limit: text.count)
    guard colon < text.count, text[colon] == UInt8(ascii: ":") else { return nil }
    position = colon + 1
    return name
  }

  private mutating func array(name: Range<Int>, isSampled: Bool) -> JSONNode {
    let start = position
    var node = passed(.array, name)
    guard isSampled else { return node }
    let end = position
    node.parts = Self.elements(in: UnsafeRawBufferPointer(rebasing: text[..<node.content.upperBound]), from: start + 1)
    position = end
    return node
  }

  /// The first elements of an array that are whole.
  static func elements(in text: UnsafeRawBufferPointer, from start: Int) -> [JSONNode] {
    var outline = JSONOutline(text, at: start, isThorough: false)
    var elements: [JSONNode] = []
    while elements.count < sampledElements {
      outline.position = JSONBlanks.end(in: text, from: outline.position, limit: text.count)
      guard outline.position < text.count, text[outline.position] != UInt8(ascii: "]") else { break }
      if text[outline.position] == .comma {
        outline.position += 1
        continue
      }
      guard let element = outline.value(name: 0..<0, depth: deepest, isSampled: false), element.isWhole else { break }
      elements.append(element)
    }
    return elements
  }
}
