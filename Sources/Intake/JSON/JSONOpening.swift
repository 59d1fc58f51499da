import Glibc

/// What the beginning and the end of a text tell about its form.
enum JSONOpening {
  private static let sampled = 1 << 16
  private static let sampledLines = 10

  /// Whether a text that begins with a bracket is JSON: a bracket alone may also begin a CSV cell.
  static func isArray(_ text: UnsafeRawBufferPointer, at start: Int) -> Bool {
    let limit = min(text.count, start + sampled)
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

  /// Whether an array that ends here is followed by nothing, another value or the end of its line.
  private static func isEnd(_ text: UnsafeRawBufferPointer, _ end: Int) -> Bool {
    var next = end
    while next < text.count, text[next] <= .blank || text[next] == .comma {
      if text[next] == .lineFeed { return true }
      next += 1
    }
    return next == text.count || text[next] == UInt8(ascii: "[") || text[next] == UInt8(ascii: "{")
  }

  /// Whether a word stands where an object should, and objects follow on the next lines: `null`.
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

  /// Whether objects stand each on its line: most of the first lines are whole objects, or none is and none goes on
  /// properly on the next ones.
  static func isLines(_ text: UnsafeRawBufferPointer, from start: Int, _ beginning: Int) -> Bool {
    if let end = JSONObjects.end(in: text, from: start, limit: beginning) {
      // Another object on the same line: they run together.
      return text[start..<end].contains(.lineFeed) ? false : isLineEnd(text, end)
    }
    guard case .broken(let fault) = JSONScan.end(in: text, from: start, limit: text.count).outcome else {
      return hasLinesBehind(text, from: start)
    }
    return !text[start..<fault].contains(.lineFeed) || hasLinesBehind(text, from: start)
  }

  private static func isLineEnd(_ text: UnsafeRawBufferPointer, _ end: Int) -> Bool {
    let rest = text[end...].prefix { $0 != .lineFeed }
    return rest.allSatisfy { $0 <= .blank || $0 == .comma }
  }

  /// Whether one of the lines behind the first is a whole object.
  private static func hasLinesBehind(_ text: UnsafeRawBufferPointer, from start: Int) -> Bool {
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

  /// Whether an array that begins here ends with the text instead of its bracket.
  static func isCutOff(_ text: UnsafeRawBufferPointer, from start: Int) -> Bool {
    var last = text.count - 1
    while last > start, text[last] <= .blank { last -= 1 }
    switch text[last] {
    case UInt8(ascii: "}"), UInt8(ascii: "["), .comma:
      return JSONObjects.end(in: text, from: start, limit: text.count, .array, deepest: .max) == nil
    default: return false
    }
  }
}
