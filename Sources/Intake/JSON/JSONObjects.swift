import CPlatform
import Glibc

/// Finds where objects end in a text, by braces outside strings.
enum JSONObjects {
  enum Found {
    case object(Range<Int>)
    /// Text that is no whole object; reading goes on after it, at a line that begins with a brace.
    case broken(Range<Int>)
  }

  /// An object larger than this is taken for broken: a missing brace must not cost a pass over the whole file each time.
  private static let longest = 1 << 24

  /// The next object at or after `position`, commas and the brackets of arrays passed over, so that several arrays one
  /// after another are read as one; nil at the end.
  static func next(in text: UnsafeRawBufferPointer, from position: Int) -> Found? {
    var start = position
    while start < text.count, isBetween(text[start]) { start += 1 }
    guard start < text.count else { return nil }
    if text[start] == UInt8(ascii: "{"), let end = end(in: text, from: start, limit: min(text.count, start + longest)) {
      return .object(start..<end)
    }
    return .broken(start..<resumption(in: text, after: start))
  }

  private static func isBetween(_ byte: UInt8) -> Bool {
    byte <= .blank || byte == .comma || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
  }

  /// The next line that begins with a brace.
  private static func resumption(in text: UnsafeRawBufferPointer, after start: Int) -> Int {
    var position = start
    while let lineBreak = text[position...].firstIndex(of: .lineFeed) {
      position = lineBreak + 1
      var first = position
      while first < text.count, text[first] != .lineFeed, isBetween(text[first]) { first += 1 }
      if first < text.count, text[first] == UInt8(ascii: "{") { return first }
    }
    return text.count
  }

  /// The place after the object that begins at `start`; nil if it is not over at `limit`, or a string has a line break.
  ///
  /// Cost: one pass over masks of 64 bytes; a step per quote and brace.
  static func end(in text: UnsafeRawBufferPointer, from start: Int, limit: Int) -> Int? {
    guard let base = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
    var depth = 0
    var isInString = false
    var opened = 0
    var index = start
    while index < limit {
      var mask = structure(base, index, readable: text.count, limit: limit)
      while mask != 0 {
        let position = index + mask.trailingZeroBitCount
        mask &= mask - 1
        switch base[position] {
        case .quote:
          if isInString {
            if isEscaped(base, position, from: start) { continue }
            // A line break cannot stand in a string: its closing quote is missing.
            if memchr(base + opened, Int32(UInt8.lineFeed), position - opened) != nil { return nil }
            isInString = false
          } else {
            isInString = true
            opened = position
          }
        case UInt8(ascii: "{"):
          if isInString { continue }
          depth += 1
          // Missing braces add up: deeper than any object, it is not worth a walk to the end of the file.
          if depth > JSONText.deepest { return nil }
        default:
          if isInString { continue }
          depth -= 1
          if depth <= 0 { return position + 1 }
        }
      }
      index += 64
    }
    return nil
  }

  private static func structure(_ base: UnsafePointer<UInt8>, _ index: Int, readable: Int, limit: Int) -> UInt64 {
    if index + 64 <= readable {
      let mask = lp_any_mask64(base + index, .quote, UInt8(ascii: "{"), UInt8(ascii: "}"))
      return index + 64 <= limit ? mask : mask & (1 << UInt64(limit - index) &- 1)
    }
    var mask: UInt64 = 0
    for position in index..<limit {
      let byte = base[position]
      if byte == .quote || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") {
        mask |= 1 << UInt64(position - index)
      }
    }
    return mask
  }

  /// Whether an odd number of backslashes stands before a quote.
  private static func isEscaped(_ base: UnsafePointer<UInt8>, _ position: Int, from start: Int) -> Bool {
    var count = 0
    while position - 1 - count > start, base[position - 1 - count] == .backslash { count += 1 }
    return count & 1 == 1
  }
}
