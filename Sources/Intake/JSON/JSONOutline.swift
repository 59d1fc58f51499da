import Glibc

/// A value of a JSON text, with as many of its parts as it takes to recognise it.
struct JSONNode {
  /// The kind of a value, decided by its first byte.
  enum Kind { case object, array, scalar }

  let kind: Kind
  /// Its name without quotes; empty for elements of arrays.
  let name: Range<Int>
  /// Extends to the end of the text where the value is incomplete.
  var range: Range<Int>
  /// Whether the end of the value was found.
  var isWhole = true
  /// Of an object: all arrays, and the first of the other members. Of an array: the first elements.
  var parts: [JSONNode] = []
  /// How many members an object has in all.
  var count = 0

  /// What is between the brackets.
  var content: Range<Int> { range.lowerBound + 1..<max(range.lowerBound + 1, range.upperBound - (isWhole ? 1 : 0)) }
}

/// Outlines a JSON value: its nested objects, and where its arrays are.
///
/// Shape:  `maximumDepth` levels. Deeper values, and all but the first elements of arrays, are skipped by their brackets.
/// Cost:   one pass, most of it over masks.
/// Fails:  where a value is malformed, everything around it counts as incomplete and ends there.
struct JSONOutline {
  private let text: UnsafeRawBufferPointer
  private var position: Int
  /// Whether to outline every member, instead of the first ones.
  private let isThorough: Bool

  /// How many levels are outlined.
  private static let maximumDepth = 6
  /// How many members of an object are outlined; of others only the end is found.
  private static let sampledMembers = 64
  /// How many members are kept besides arrays.
  private static let maximumParts = 400
  /// How many elements of an array are kept.
  static let sampledElements = 20

  private init(_ text: UnsafeRawBufferPointer, at position: Int, isThorough: Bool) {
    self.text = text
    self.position = position
    self.isThorough = isThorough
  }

  /// The outline of the value that begins at `start`.
  ///
  /// Fails:  returns nil where no value begins.
  static func node(in text: UnsafeRawBufferPointer, at start: Int, isThorough: Bool = false) -> JSONNode? {
    var outline = JSONOutline(text, at: start, isThorough: isThorough)
    return outline.value(name: 0..<0, depth: 0, isSampled: true)
  }

  /// The arrays with these dotted names in an object.
  ///
  /// Cost:   outlines the whole object.
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

  /// The value at `position`, outlined if it is sampled and not too deep.
  ///
  /// Fails:  returns nil for a malformed scalar, and at the end of the text.
  private mutating func value(name: Range<Int>, depth: Int, isSampled: Bool) -> JSONNode? {
    position = JSONBlanks.end(in: text, from: position, limit: text.count)
    guard position < text.count else { return nil }
    switch text[position] {
    case UInt8(ascii: "{"):
      return isSampled && depth < Self.maximumDepth ? object(name: name, depth: depth) : skipped(.object, name)
    case UInt8(ascii: "["): return array(name: name, isSampled: isSampled && depth < Self.maximumDepth)
    default:
      let start = position
      guard case .whole(let end) = JSONScan.end(in: text, from: start, limit: text.count).outcome else { return nil }
      position = end
      return JSONNode(kind: .scalar, name: name, range: start..<end)
    }
  }

  /// An object or array that is not outlined: only its end is found.
  ///
  /// Cost:   a walk over masks.
  private mutating func skipped(_ kind: JSONNode.Kind, _ name: Range<Int>) -> JSONNode {
    let start = position
    let brackets = kind == .object ? JSONObjects.Brackets.object : .array
    let end = JSONObjects.end(in: text, from: start, limit: text.count, brackets, maximumDepth: .max)
    position = end ?? text.count
    return JSONNode(kind: kind, name: name, range: start..<position, isWhole: end != nil)
  }

  /// An object with its members.
  ///
  /// Shape:  the first `sampledMembers` are outlined; of later ones only the end is found.
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
      if part.kind == .array || isThorough || node.parts.count < Self.maximumParts { node.parts.append(part) }
      if !part.isWhole { break }
    }
    node.range = node.range.lowerBound..<text.count
    node.isWhole = false
    return node
  }

  /// The name of the next member. Afterwards, `position` is past its colon.
  ///
  /// Fails:  returns nil for anything but a string and a colon.
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

  /// An array with its first elements.
  ///
  /// Shape:  elements only where it is sampled, and at most `sampledElements`.
  private mutating func array(name: Range<Int>, isSampled: Bool) -> JSONNode {
    let start = position
    var node = skipped(.array, name)
    guard isSampled else { return node }
    let end = position
    node.parts = Self.elements(in: UnsafeRawBufferPointer(rebasing: text[..<node.content.upperBound]), from: start + 1)
    position = end
    return node
  }

  /// The first complete elements of an array.
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
      guard let element = outline.value(name: 0..<0, depth: maximumDepth, isSampled: false), element.isWhole else {
        break
      }
      elements.append(element)
    }
    return elements
  }
}

/// Recognises the form of a text by its beginning and end.
enum JSONOpening {
  /// Bytes at the beginning that are examined.
  private static let sampleSize = 1 << 16
  /// Lines that are examined.
  private static let sampledLines = 10

  /// Whether a text that begins with a bracket is JSON, since a bracket may also begin a CSV cell.
  ///
  /// Shape:  the values before the first bracket must be JSON, with commas between them.
  static func isArray(_ text: UnsafeRawBufferPointer, at start: Int) -> Bool {
    let limit = min(text.count, start + sampleSize)
    var position = start + 1
    while true {
      position = JSONBlanks.end(in: text, from: position, limit: limit)
      guard position < limit else { return true }
      switch text[position] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): return true
      case UInt8(ascii: "]"): return isEnd(text, position + 1)
      case .comma:
        position += 1
        continue
      case .quote:
        guard case .whole(let end) = JSONStrings.end(in: text, from: position, limit: limit) else { return false }
        position = end
      default:
        let end = JSONWords.end(in: text, from: position, limit: limit)
        guard JSONWords.kind(of: UnsafeRawBufferPointer(rebasing: text[position..<end])) != nil else { return false }
        position = end
      }
      let next = JSONBlanks.end(in: text, from: position, limit: limit)
      guard next >= limit || text[next] == .comma || text[next] == UInt8(ascii: "]") else { return false }
    }
  }

  /// Whether nothing, another value or the end of the line follows an array that ends here.
  ///
  /// Shape:  blanks and commas may come between.
  private static func isEnd(_ text: UnsafeRawBufferPointer, _ end: Int) -> Bool {
    var next = end
    while next < text.count, text[next] <= .blank || text[next] == .comma {
      if text[next] == .lineFeed { return true }
      next += 1
    }
    return next == text.count || text[next] == UInt8(ascii: "[") || text[next] == UInt8(ascii: "{")
  }

  /// Whether there is a word such as `null` instead of an object, with objects on the next lines.
  ///
  /// Shape:  some exports write `null` for listings that have gone.
  static func isWordBeforeObjects(_ text: UnsafeRawBufferPointer, at start: Int) -> Bool {
    let end = JSONWords.end(in: text, from: start, limit: min(text.count, start + 16))
    guard let kind = JSONWords.kind(of: UnsafeRawBufferPointer(rebasing: text[start..<end])), kind != .number else {
      return false
    }
    var next = end
    while next < text.count, text[next] <= .blank || text[next] == .comma { next += 1 }
    guard next + 1 < text.count, text[next] == UInt8(ascii: "{"), text[end..<next].contains(.lineFeed) else {
      return false
    }
    let name = JSONBlanks.end(in: text, from: next + 1, limit: text.count)
    return name < text.count && text[name] == .quote
  }

  /// Whether each object is on a line of its own: most of the first lines are complete objects, or the first is malformed
  /// and does not continue properly on the next lines.
  ///
  /// Shape:  objects on the same line make it a sequence without lines.
  static func isLines(_ text: UnsafeRawBufferPointer, from start: Int, _ beginning: Int) -> Bool {
    if let end = JSONObjects.end(in: text, from: start, limit: beginning) {
      // Another object on the same line means that they follow each other without structure.
      return text[start..<end].contains(.lineFeed) ? false : isLineEnd(text, end)
    }
    guard case .broken(let position) = JSONScan.end(in: text, from: start, limit: text.count).outcome else {
      return hasLinesAfter(text, from: start)
    }
    return !text[start..<position].contains(.lineFeed) || hasLinesAfter(text, from: start)
  }

  /// Whether nothing but blanks and commas is left on the line.
  ///
  /// Shape:  the end of the text counts as one.
  private static func isLineEnd(_ text: UnsafeRawBufferPointer, _ end: Int) -> Bool {
    let rest = text[end...].prefix { $0 != .lineFeed }
    return rest.allSatisfy { $0 <= .blank || $0 == .comma }
  }

  /// Whether one of the next lines is a complete object.
  ///
  /// Limits: `sampledLines` lines.
  private static func hasLinesAfter(_ text: UnsafeRawBufferPointer, from start: Int) -> Bool {
    var position = start
    for _ in 0..<sampledLines {
      guard let lineBreak = text[position...].firstIndex(of: .lineFeed) else { return false }
      position = lineBreak + 1
      let lineEnd = text[position...].firstIndex(of: .lineFeed) ?? text.count
      guard position < lineEnd, text[position] == UInt8(ascii: "{") else { continue }
      if let end = JSONObjects.end(in: text, from: position, limit: lineEnd), isLineEnd(text, end) { return true }
    }
    return false
  }

  /// Whether the text ends before the array that begins here is closed.
  ///
  /// Cost:   a walk over the array, unless its last byte is that of a complete file.
  static func isCutOff(_ text: UnsafeRawBufferPointer, from start: Int) -> Bool {
    var last = text.count - 1
    while last > start, text[last] <= .blank { last -= 1 }
    switch text[last] {
    case UInt8(ascii: "}"), UInt8(ascii: "["), .comma:
      return JSONObjects.end(in: text, from: start, limit: text.count, .array, maximumDepth: .max) == nil
    default: return false
    }
  }
}
