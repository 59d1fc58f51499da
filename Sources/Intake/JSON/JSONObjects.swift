import CPlatform
import Glibc

/// Finds where objects, or arrays, end in a text, by their brackets outside strings.
enum JSONObjects {
  /// What opens and closes a value.
  struct Brackets {
    let open: UInt8
    let close: UInt8
    static let object = Brackets(open: UInt8(ascii: "{"), close: UInt8(ascii: "}"))
    static let array = Brackets(open: UInt8(ascii: "["), close: UInt8(ascii: "]"))
  }

  /// The place after the value that begins at `start`; nil if it is not over at `limit`, or a string has a line break.
  ///
  /// - Parameter deepest: levels beyond which it is given up: missing brackets add up.
  /// Cost: one pass over masks of 64 bytes; a step per quote and bracket.
  static func end(
    in text: UnsafeRawBufferPointer, from start: Int, limit: Int, _ brackets: Brackets = .object,
    deepest: Int = JSONText.deepest
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
            // A line break cannot stand in a string: its closing quote is missing.
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
          if depth > deepest { return nil }
        } else if byte == close {
          depth -= 1
          if depth <= 0 { return position + 1 }
        }
      }
      index += 64
    }
    return nil
  }

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
