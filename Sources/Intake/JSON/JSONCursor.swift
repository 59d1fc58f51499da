/// Walks over the members of an object, or the elements of an array, one at a time.
struct JSONCursor {
  struct Part {
    /// Without its quotes; empty in arrays.
    let name: Range<Int>
    let value: Range<Int>
  }

  private let text: UnsafeRawBufferPointer
  private let isObject: Bool
  private var position: Int
  /// Whether the last part was followed by something that no object or array holds.
  private(set) var isBroken = false

  /// - Parameter range: a value from its bracket to its bracket.
  init(_ text: UnsafeRawBufferPointer, _ range: Range<Int>) {
    self.text = UnsafeRawBufferPointer(rebasing: text[..<range.upperBound])
    isObject = text[range.lowerBound] == UInt8(ascii: "{")
    position = range.lowerBound + 1
  }

  /// How many there are.
  static func count(_ text: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
    var cursor = JSONCursor(text, range)
    var count = 0
    while cursor.next() != nil { count += 1 }
    return count
  }

  mutating func next() -> Part? {
    position = JSONBlanks.end(in: text, from: position, limit: text.count)
    while position < text.count, text[position] == .comma {
      position = JSONBlanks.end(in: text, from: position + 1, limit: text.count)
    }
    guard position < text.count, text[position] != (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
      isBroken = isBroken || position >= text.count
      return nil
    }
    guard let part = part() else {
      isBroken = true
      position = text.count
      return nil
    }
    position = part.value.upperBound
    return part
  }

  private func part() -> Part? {
    guard isObject else { return value(from: position).map { Part(name: position..<position, value: $0) } }
    guard text[position] == .quote,
      case .whole(let end) = JSONStrings.end(in: text, from: position, limit: text.count)
    else { return nil }
    let colon = JSONBlanks.end(in: text, from: end, limit: text.count)
    guard colon < text.count, text[colon] == UInt8(ascii: ":") else { return nil }
    return value(from: colon + 1).map { Part(name: position + 1..<end - 1, value: $0) }
  }

  private func value(from place: Int) -> Range<Int>? {
    let start = JSONBlanks.end(in: text, from: place, limit: text.count)
    guard start < text.count, case .whole(let end) = JSONScan.end(in: text, from: start, limit: text.count).outcome
    else { return nil }
    return start..<end
  }
}
