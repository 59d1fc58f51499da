/// Walks over one JSON value of any kind and finds where it ends, by the grammar and without recursion.
///
/// Shape:  commas before a closing bracket and comments are passed over; what numbers and words are made of is not looked at.
/// Cost:   one pass; a bit per open level.
/// Source: RFC 8259.
struct JSONScan {
  enum Outcome: Equatable {
    case whole(end: Int)
    /// Nothing is wrong, but the text or the limit ends first.
    case open
    case broken(at: Int)
  }

  private let text: UnsafeRawBufferPointer
  private let limit: Int
  private var position: Int
  private var nesting = JSONNesting()
  private var due = Due.value

  /// What may come next.
  private enum Due { case value, valueOrEnd, nameOrEnd, separator }

  private init(_ text: UnsafeRawBufferPointer, from start: Int, limit: Int) {
    self.text = text
    self.limit = min(limit, text.count)
    position = start
  }

  /// Where the value that begins at or after `start` ends, and how many levels it has.
  static func end(
    in text: UnsafeRawBufferPointer, from start: Int, limit: Int
  ) -> (outcome: Outcome, levels: Int) {
    var scan = JSONScan(text, from: start, limit: limit)
    while true {
      if let outcome = scan.step() { return (outcome, scan.nesting.deepest) }
    }
  }

  /// Takes the next sign; nil: the value goes on.
  private mutating func step() -> Outcome? {
    position = JSONBlanks.end(in: text, from: position, limit: limit)
    guard position < limit else { return .open }
    let byte = text[position]
    switch due {
    case .value, .valueOrEnd:
      if byte == UInt8(ascii: "]"), due == .valueOrEnd { return close() }
      return value(byte)
    case .nameOrEnd: return byte == UInt8(ascii: "}") ? close() : name(byte)
    case .separator:
      if byte == .comma {
        position += 1
        due = nesting.isInObject ? .nameOrEnd : .valueOrEnd
        return nil
      }
      return byte == (nesting.isInObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) ? close() : .broken(at: position)
    }
  }

  private mutating func value(_ byte: UInt8) -> Outcome? {
    if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
      nesting.open(isObject: byte == UInt8(ascii: "{"))
      due = byte == UInt8(ascii: "{") ? .nameOrEnd : .valueOrEnd
      position += 1
      return nil
    }
    if byte == .quote {
      if let fault = string() { return fault }
    } else {
      let end = JSONWords.end(in: text, from: position, limit: limit)
      guard end > position else { return .broken(at: position) }
      position = end
    }
    return afterValue()
  }

  private mutating func name(_ byte: UInt8) -> Outcome? {
    guard byte == .quote else { return .broken(at: position) }
    if let fault = string() { return fault }
    position = JSONBlanks.end(in: text, from: position, limit: limit)
    guard position < limit else { return .open }
    guard text[position] == UInt8(ascii: ":") else { return .broken(at: position) }
    position += 1
    due = .value
    return nil
  }

  private mutating func close() -> Outcome? {
    nesting.close()
    position += 1
    return afterValue()
  }

  private mutating func afterValue() -> Outcome? {
    if nesting.isEmpty { return .whole(end: position) }
    due = .separator
    return nil
  }

  private mutating func string() -> Outcome? {
    switch JSONStrings.end(in: text, from: position, limit: limit) {
    case .whole(let end):
      position = end
      return nil
    case let fault: return fault
    }
  }
}

/// The open brackets and braces, from the outermost.
private struct JSONNesting {
  private var words: [UInt64] = []
  private var count = 0
  private(set) var deepest = 0

  var isEmpty: Bool { count == 0 }
  var isInObject: Bool { count > 0 && words[(count - 1) >> 6] >> UInt64((count - 1) & 63) & 1 == 1 }

  mutating func open(isObject: Bool) {
    if count & 63 == 0, count >> 6 == words.count { words.append(0) }
    let bit: UInt64 = 1 << UInt64(count & 63)
    if isObject { words[count >> 6] |= bit } else { words[count >> 6] &= ~bit }
    count += 1
    deepest = max(deepest, count)
  }

  mutating func close() { count -= 1 }
}
