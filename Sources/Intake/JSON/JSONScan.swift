import CPlatform
import Glibc

/// Finds where a JSON value of any kind ends, by the grammar and without recursion.
///
/// Shape:  trailing commas and comments are accepted. The spelling of numbers and words is not checked.
/// Cost:   one pass; one bit per open level.
/// Fails:  with the position of the first byte that cannot follow.
/// Source: RFC 8259.
struct JSONScan {
  /// How the walk ended.
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
  /// What the grammar expects next.
  private var due = Due.value

  /// What may come next.
  private enum Due { case value, valueOrEnd, nameOrEnd, separator }

  private init(_ text: UnsafeRawBufferPointer, from start: Int, limit: Int) {
    self.text = text
    self.limit = min(limit, text.count)
    position = start
  }

  /// Where the value that begins at or after `start` ends, and how many levels it has.
  ///
  /// Cost:   one step per token; strings in masks of 64 bytes.
  static func end(
    in text: UnsafeRawBufferPointer, from start: Int, limit: Int
  ) -> (outcome: Outcome, levels: Int) {
    var scan = JSONScan(text, from: start, limit: limit)
    while true {
      if let outcome = scan.step() { return (outcome, scan.nesting.maximumDepth) }
    }
  }

  /// Takes one token; nil while the value continues.
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

  /// Takes a value, or opens an object or array.
  private mutating func value(_ byte: UInt8) -> Outcome? {
    if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
      nesting.open(isObject: byte == UInt8(ascii: "{"))
      due = byte == UInt8(ascii: "{") ? .nameOrEnd : .valueOrEnd
      position += 1
      return nil
    }
    if byte == .quote {
      if let problem = string() { return problem }
    } else {
      let end = JSONWords.end(in: text, from: position, limit: limit)
      guard end > position else { return .broken(at: position) }
      position = end
    }
    return afterValue()
  }

  /// Takes the name of a member and its colon.
  private mutating func name(_ byte: UInt8) -> Outcome? {
    guard byte == .quote else { return .broken(at: position) }
    if let problem = string() { return problem }
    position = JSONBlanks.end(in: text, from: position, limit: limit)
    guard position < limit else { return .open }
    guard text[position] == UInt8(ascii: ":") else { return .broken(at: position) }
    position += 1
    due = .value
    return nil
  }

  /// Takes a closing bracket.
  private mutating func close() -> Outcome? {
    nesting.close()
    position += 1
    return afterValue()
  }

  /// Decides what may follow a value.
  private mutating func afterValue() -> Outcome? {
    if nesting.isEmpty { return .whole(end: position) }
    due = .separator
    return nil
  }

  /// Takes a string.
  private mutating func string() -> Outcome? {
    switch JSONStrings.end(in: text, from: position, limit: limit) {
    case .whole(let end):
      position = end
      return nil
    case let problem: return problem
    }
  }
}

/// The open brackets and braces as a stack of bits, the outermost first.
private struct JSONNesting {
  /// One bit per level: 1 for an object.
  private var words: [UInt64] = []
  private var count = 0
  /// The deepest level so far.
  private(set) var maximumDepth = 0

  var isEmpty: Bool { count == 0 }
  var isInObject: Bool { count > 0 && words[(count - 1) >> 6] >> UInt64((count - 1) & 63) & 1 == 1 }

  mutating func open(isObject: Bool) {
    if count & 63 == 0, count >> 6 == words.count { words.append(0) }
    let bit: UInt64 = 1 << UInt64(count & 63)
    if isObject { words[count >> 6] |= bit } else { words[count >> 6] &= ~bit }
    count += 1
    maximumDepth = max(maximumDepth, count)
  }

  mutating func close() { count -= 1 }
}

/// Iterates over the members of an object, or the elements of an array.
///
/// Cost:   one pass over the text; nested values are skipped by their brackets.
/// Fails:  ends early at anything malformed, and `isBroken` says so.
struct JSONCursor {
  /// One member or element.
  struct Part {
    /// Without its quotes; empty for elements of arrays.
    let name: Range<Int>
    let value: Range<Int>
  }

  private let text: UnsafeRawBufferPointer
  private let isObject: Bool
  /// Where the next part is looked for.
  private var position: Int
  /// Whether it ended at something that no object or array can contain.
  private(set) var isBroken = false

  /// - Parameter range: a value, from bracket to bracket.
  init(_ text: UnsafeRawBufferPointer, _ range: Range<Int>) {
    self.text = UnsafeRawBufferPointer(rebasing: text[..<range.upperBound])
    isObject = text[range.lowerBound] == UInt8(ascii: "{")
    position = range.lowerBound + 1
  }

  /// The number of parts.
  static func count(_ text: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
    var cursor = JSONCursor(text, range)
    var count = 0
    while cursor.next() != nil { count += 1 }
    return count
  }

  /// The next part; nil at the closing bracket, and where the text is malformed.
  ///
  /// Shape:  stray commas are skipped.
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

  /// The member or element at `position`.
  private func part() -> Part? {
    guard isObject else { return value(from: position).map { Part(name: position..<position, value: $0) } }
    guard text[position] == .quote,
      case .whole(let end) = JSONStrings.end(in: text, from: position, limit: text.count)
    else { return nil }
    let colon = JSONBlanks.end(in: text, from: end, limit: text.count)
    guard colon < text.count, text[colon] == UInt8(ascii: ":") else { return nil }
    return value(from: colon + 1).map { Part(name: position + 1..<end - 1, value: $0) }
  }

  /// The range of a complete value.
  private func value(from position: Int) -> Range<Int>? {
    let start = JSONBlanks.end(in: text, from: position, limit: text.count)
    guard start < text.count, case .whole(let end) = JSONScan.end(in: text, from: start, limit: text.count).outcome
    else { return nil }
    return start..<end
  }
}

/// Finds the end of an object or array by counting its brackets outside strings.
enum JSONObjects {
  /// The bytes that open and close a value.
  struct Brackets {
    let open: UInt8
    let close: UInt8
    static let object = Brackets(open: UInt8(ascii: "{"), close: UInt8(ascii: "}"))
    static let array = Brackets(open: UInt8(ascii: "["), close: UInt8(ascii: "]"))
  }

  /// The position after the value that begins at `start`; nil where it does not end before `limit`, or a string contains a
  /// line break.
  ///
  /// - Parameter maximumDepth: the level at which to give up, since missing brackets add up.
  ///
  /// Cost:   one pass over masks of 64 bytes, with a step per quote and bracket.
  static func end(
    in text: UnsafeRawBufferPointer, from start: Int, limit: Int, _ brackets: Brackets = .object,
    maximumDepth: Int = JSONText.maximumDepth
  ) -> Int? {
    guard let base = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
    let (open, close) = (brackets.open, brackets.close)
    var depth = 0
    var isInString = false
    var opened = 0
    var index = start
    while index < limit {
      var mask = structure(base, index, readable: text.count, limit: limit, brackets)
      while mask != 0 {
        let position = index + mask.trailingZeroBitCount
        mask &= mask - 1
        let byte = base[position]
        if byte == .quote {
          if isInString {
            if JSONStrings.isEscaped(text, position, from: start) { continue }
            // A string cannot contain a line break, so its closing quote is missing.
            if memchr(base + opened, Int32(UInt8.lineFeed), position - opened) != nil { return nil }
            isInString = false
          } else {
            isInString = true
            opened = position
          }
        } else if isInString {
          continue
        } else if byte == open {
          depth += 1
          if depth > maximumDepth { return nil }
        } else if byte == close {
          depth -= 1
          if depth <= 0 { return position + 1 }
        }
      }
      index += 64
    }
    return nil
  }

  /// The quotes and brackets among the 64 bytes at `index`, as bits.
  @inline(__always)
  private static func structure(
    _ base: UnsafePointer<UInt8>, _ index: Int, readable: Int, limit: Int, _ brackets: Brackets
  ) -> UInt64 {
    if index + 64 <= readable {
      let mask = lp_any_mask64(base + index, .quote, brackets.open, brackets.close)
      return index + 64 <= limit ? mask : mask & (1 << UInt64(limit - index) &- 1)
    }
    var mask: UInt64 = 0
    for position in index..<limit {
      let byte = base[position]
      if byte == .quote || byte == brackets.open || byte == brackets.close { mask |= 1 << UInt64(position - index) }
    }
    return mask
  }
}
