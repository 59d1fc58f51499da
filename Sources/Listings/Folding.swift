/// Folds text for comparison: without case, width (full or half) and accents.
///
/// The same folding applies to a word in the filter, a facet value, a column name and the text of a listing.
///
/// Shape:  UTF-8 to UTF-8. Invalid bytes pass unchanged. Combining marks U+0300…U+036F are dropped. A half-width kana with
///         a voicing mark (ｶﾞ) becomes the full-width letter that both mean (ガ).
/// Cost:   one comparison per ASCII byte, and a table lookup per other character. No allocation if the buffer has room.
/// Source: see `foldingRuns`.
package enum Folding {
  /// The folded form of a text.
  package static func folded(_ text: String) -> String {
    var text = text
    return text.withUTF8 { String(decoding: folded(UnsafeRawBufferPointer($0)), as: UTF8.self) }
  }

  /// The folded form of UTF-8 bytes.
  package static func folded(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    append(bytes, to: &out)
    return out
  }

  /// Appends the folded form of `bytes` to `out`.
  ///
  /// Cost:   no allocation if `out` has room for twice as many bytes.
  package static func append(_ bytes: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    guard bytes.count > 0 else { return }
    let start = out.count
    if bytes.allSatisfy({ $0 < 0x80 }) {
      out.append(contentsOf: bytes)
      for index in start..<out.count where out[index] &- 0x41 < 26 { out[index] |= 0x20 }
      return
    }
    out.append(contentsOf: repeatElement(0, count: 2 * bytes.count))
    let written = out.withUnsafeMutableBufferPointer { write(bytes, into: $0.baseAddress.unsafelyUnwrapped + start) }
    out.removeLast(2 * bytes.count - written)
  }

  /// Writes the folded form of `bytes` to `out`, and returns its length.
  ///
  /// - Parameter out: must have room for twice as many bytes. No character grows by more than a half (Ⱥ, two bytes, to ⱥ,
  ///   three).
  package static func write(_ bytes: UnsafeRawBufferPointer, into out: UnsafeMutablePointer<UInt8>) -> Int {
    table.withUnsafeBufferPointer { table in
      var written = 0
      var index = 0
      while index < bytes.count {
        let byte = bytes[index]
        if byte < 0x80 {
          out[written] = byte &- 0x41 < 26 ? byte | 0x20 : byte
          (written, index) = (written + 1, index + 1)
          continue
        }
        let (scalar, length) = decode(bytes, index)
        guard length > 0 else {
          out[written] = byte
          (written, index) = (written + 1, index + 1)
          continue
        }
        index += length
        if scalar >= 0x300, scalar <= 0x36F { continue }
        if scalar >= 0xFF66, scalar <= 0xFF9D, let voiced = voiced(scalar, bytes, index) {
          written += encode(voiced, into: out + written)
          index += 3
          continue
        }
        written += encode(scalar < 0x10000 ? table[Int(scalar)] : scalar, into: out + written)
      }
      return written
    }
  }

  /// How many bytes at `index` fold as one character; invalid bytes count one by one.
  package static func unitLength(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Int {
    let (scalar, length) = decode(bytes, index)
    if scalar >= 0xFF66, scalar <= 0xFF9D, voiced(scalar, bytes, index + length) != nil { return length + 3 }
    return max(1, length)
  }

  /// The full-width letter for a half-width kana, if the bytes at `index` are a voicing mark that applies to it.
  ///
  /// Source: Unicode 15, Halfwidth and Fullwidth Forms; JIS X 0201 for the marks.
  private static func voiced(_ kana: UInt32, _ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt32? {
    // U+FF9E (voiced) is EF BE 9E, U+FF9F (half voiced) EF BE 9F.
    guard index + 3 <= bytes.count, bytes[index] == 0xEF, bytes[index + 1] == 0xBE,
      bytes[index + 2] == 0x9E || bytes[index + 2] == 0x9F
    else { return nil }
    let letter = fold(kana)
    let isHalf = bytes[index + 2] == 0x9F
    switch letter {
    case 0x30CF, 0x30D2, 0x30D5, 0x30D8, 0x30DB: return letter + (isHalf ? 2 : 1)
    case 0x30AB...0x30C2 where !isHalf && letter % 2 == 1: return letter + 1
    case 0x30C4, 0x30C6, 0x30C8: return isHalf ? nil : letter + 1
    case 0x30A6: return isHalf ? nil : 0x30F4
    case 0x30EF: return isHalf ? nil : 0x30F7
    case 0x30F2: return isHalf ? nil : 0x30FA
    default: return nil
    }
  }

  /// The folded form of a single scalar.
  @inline(__always)
  package static func fold(_ scalar: UInt32) -> UInt32 {
    if scalar < 0x80 { return scalar &- 0x41 < 26 ? scalar | 0x20 : scalar }
    if scalar >= 0x10000 || !touchedPages[Int(scalar >> 8)] { return scalar }
    return table[Int(scalar)]
  }

  /// The scalar at `index` and its length in bytes; a length of 0 means an invalid sequence.
  ///
  /// Source: The Unicode Standard, table 3-7, "Well-Formed UTF-8 Byte Sequences".
  @inline(__always)
  package static func decode(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> (scalar: UInt32, length: Int) {
    let first = UInt32(bytes[index])
    let left = bytes.count - index
    @inline(__always) func tail(_ offset: Int) -> UInt32? {
      let byte = UInt32(bytes[index + offset])
      return byte & 0xC0 == 0x80 ? byte & 0x3F : nil
    }
    if first < 0x80 { return (first, 1) }
    if first >= 0xC2, first < 0xE0, left >= 2, let a = tail(1) { return ((first & 0x1F) << 6 | a, 2) }
    if first >= 0xE0, first < 0xF0, left >= 3, let a = tail(1), let b = tail(2) {
      let scalar = (first & 0x0F) << 12 | a << 6 | b
      return scalar >= 0x800 && !(0xD800...0xDFFF).contains(scalar) ? (scalar, 3) : (0, 0)
    }
    if first >= 0xF0, first < 0xF5, left >= 4, let a = tail(1), let b = tail(2), let c = tail(3) {
      let scalar = (first & 0x07) << 18 | a << 12 | b << 6 | c
      return scalar >= 0x10000 && scalar <= 0x10FFFF ? (scalar, 4) : (0, 0)
    }
    return (0, 0)
  }

  /// Writes a scalar as UTF-8, and returns its length.
  @inline(__always)
  private static func encode(_ scalar: UInt32, into out: UnsafeMutablePointer<UInt8>) -> Int {
    if scalar < 0x80 {
      out[0] = UInt8(truncatingIfNeeded: scalar)
      return 1
    }
    let tail = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
    let middle = UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F)
    if scalar < 0x800 {
      out[0] = UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6)
      out[1] = tail
      return 2
    }
    if scalar < 0x10000 {
      out[0] = UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12)
      (out[1], out[2]) = (middle, tail)
      return 3
    }
    out[0] = UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18)
    out[1] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F)
    (out[2], out[3]) = (middle, tail)
    return 4
  }

  /// The folded form of every scalar in the Basic Multilingual Plane.
  private static let table: [UInt32] = {
    var table = (0..<UInt32(0x10000)).map { $0 }
    for run in foldingRuns {
      for offset in 0..<run.count { table[Int(run.first + offset)] = UInt32(Int32(run.first + offset) + run.delta) }
    }
    return table
  }()

  /// The pages of 256 characters with any that folds. Most text beyond ASCII (Chinese, Thai, Arabic …) is on others.
  private static let touchedPages: [Bool] = {
    var pages = Array(repeating: false, count: 256)
    for run in foldingRuns { for offset in 0..<run.count { pages[Int(run.first + offset) >> 8] = true } }
    return pages
  }()
}
