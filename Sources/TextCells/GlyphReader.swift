/// Reads text of any origin into glyphs that are safe to draw.
///
/// Shape:  marks join the glyph before them; a mark without one gets a dotted circle. Emoji lose their ZWJ tail,
///         skin tone and variation selector. Two regional indicators make one flag, two cells wide.
/// Cost:   O(limit), however long the text. It stops at `limit` cells, or after 64 bytes per requested cell in case
///         they are all marks, and then ends in `…`.
/// Fails:  never; bytes that are not UTF-8 become U+FFFD.
/// Source: widths measured against glibc 2.36, tmux 3.3 and xterm; classes in `GlyphClass`.
struct GlyphReader {
  private var decoder: UTF8Decoder
  private let cellLimit: Int
  private let byteLimit: Int
  private var cells = 0
  private var isFull = false
  private var fullAt = 0
  /// The class of the previous scalar; `blank` if nothing can combine with it.
  private var before = GlyphClass.blank
  private(set) var glyphs: [Glyph] = []
  /// Where each glyph starts in the bytes; empty unless `keepsOffsets`.
  private(set) var offsets: [Int32] = []
  private let keepsOffsets: Bool

  static func glyphs(of text: String) -> [Glyph] {
    var text = text
    return text.withUTF8 { glyphs(of: UnsafeRawBufferPointer($0), limit: .max) }
  }

  static func glyphs(of bytes: UnsafeRawBufferPointer, limit: Int) -> [Glyph] {
    var reader = GlyphReader(bytes, limit: limit)
    reader.read()
    return reader.glyphs
  }

  init(_ bytes: UnsafeRawBufferPointer, limit: Int, keepsOffsets: Bool = false) {
    decoder = UTF8Decoder(bytes)
    cellLimit = max(0, limit)
    byteLimit = cellLimit < Int.max / 128 ? cellLimit * 64 + 64 : Int.max
    self.keepsOffsets = keepsOffsets
    glyphs.reserveCapacity(min(bytes.count, cellLimit))
  }

  /// The first byte that no glyph shows: the end, or the start of the glyph that no longer fitted.
  var endOffset: Int { isFull ? fullAt : decoder.offset }

  /// Reads until the end or a limit.
  mutating func read() {
    while !isFull {
      let start = decoder.offset
      guard start < byteLimit else {
        if !decoder.isAtEnd { append(Glyph("…"), at: start, as: GlyphClass.blank) }
        return
      }
      guard let scalar = decoder.next() else { return }
      if scalar &- 0x20 < 0x5F {
        append(Glyph(scalars: (scalar, 0, 0, 0), width: 1), at: start, as: GlyphClass.narrow)
      } else if scalar == UTF8Decoder.invalid {
        append(.standIn(Glyph.replacement, for: 0xFFFD), at: start, as: GlyphClass.blank)
      } else {
        take(scalar, GlyphClass.of(scalar), at: start)
      }
    }
  }

  /// Draws, drops or replaces one scalar according to its class.
  private mutating func take(_ scalar: UInt32, _ letter: UInt8, at start: Int) {
    switch letter {
    case GlyphClass.narrow, GlyphClass.joining, GlyphClass.narrowPictograph:
      append(Glyph(scalars: (scalar, 0, 0, 0), width: 1), at: start, as: letter)
    case GlyphClass.wide, GlyphClass.widePictograph:
      append(Glyph(scalars: (scalar, 0, 0, 0), width: 2), at: start, as: letter)
    case GlyphClass.mark, GlyphClass.joiningMark:
      takeMark(scalar, letter, at: start)
    case GlyphClass.blank:
      if scalar == 0x0D, decoder.peek() == 0x0A { _ = decoder.next() }
      append(.blank, at: start, as: GlyphClass.blank)
    case GlyphClass.control:
      append(.picture(ofControl: scalar), at: start, as: GlyphClass.blank)
    case GlyphClass.joiner:
      takeJoiner(scalar, at: start)
    case GlyphClass.variationSelector:
      if !selectsVariant { hide(scalar, at: start) }
    case GlyphClass.skinTone:
      if !GlyphClass.isPictograph(before) { hide(scalar, at: start) }
    case GlyphClass.regionalIndicator:
      takeFlag(scalar, at: start)
    case GlyphClass.hidden:
      hide(scalar, at: start)
    default:
      append(.standIn(Glyph.replacement, for: scalar), at: start, as: GlyphClass.blank)
    }
  }

  private mutating func takeMark(_ scalar: UInt32, _ letter: UInt8, at start: Int) {
    let hasBase = before != GlyphClass.blank && glyphs.last?.isBlank == false
    if !hasBase { append(Glyph("◌"), at: start, as: GlyphClass.narrow) }
    guard !isFull else { return }
    glyphs[glyphs.count - 1].add(mark: scalar)
    // After a mark of a joining script a joiner may follow (virama + ZWJ); other marks keep the class of their base.
    if letter == GlyphClass.joiningMark { before = letter }
  }

  /// ZWNJ and ZWJ: dropped between letters that need them, dropped along with an emoji's tail, and shown otherwise.
  private mutating func takeJoiner(_ scalar: UInt32, at start: Int) {
    let next = decoder.peek()
    let letter = next.map { $0 == UTF8Decoder.invalid ? GlyphClass.replaced : GlyphClass.of($0) }
    if GlyphClass.isJoining(before), letter.map(GlyphClass.isJoining) == true { return }
    if scalar == 0x200D, GlyphClass.isPictograph(before), letter.map(GlyphClass.isPictograph) == true {
      _ = decoder.next()
      return
    }
    hide(scalar, at: start)
  }

  /// Whether a variation selector has a meaning here: after an emoji, a Han or joining letter, or a keycap's digit.
  private var selectsVariant: Bool {
    if GlyphClass.isPictograph(before) || GlyphClass.isJoining(before) || before == GlyphClass.wide { return true }
    guard before == GlyphClass.narrow, let base = glyphs.last?.scalars.0 else { return false }
    return base == 0x23 || base == 0x2A || (0x30...0x39).contains(base)
  }

  /// Two regional indicators are a flag; a lone one is hidden.
  private mutating func takeFlag(_ scalar: UInt32, at start: Int) {
    if let next = decoder.peek(), next != UTF8Decoder.invalid, GlyphClass.of(next) == GlyphClass.regionalIndicator {
      append(Glyph(scalars: (scalar, next, 0, 0), width: 2), at: start, as: GlyphClass.blank)
      if !isFull { _ = decoder.next() }
    } else {
      hide(scalar, at: start)
    }
  }

  /// Shows the stand-in of a hidden character.
  private mutating func hide(_ scalar: UInt32, at start: Int) {
    append(.standIn(Glyph.hiddenMark, for: scalar), at: start, as: GlyphClass.blank)
  }

  /// Adds a glyph, or stops if it no longer fits.
  private mutating func append(_ glyph: Glyph, at start: Int, as letter: UInt8) {
    guard cells + glyph.width <= cellLimit else {
      isFull = true
      fullAt = start
      return
    }
    cells += glyph.width
    glyphs.append(glyph)
    if keepsOffsets { offsets.append(Int32(truncatingIfNeeded: start)) }
    before = letter
  }
}

/// Decodes scalars from bytes that may not be valid UTF-8.
///
/// Shape:  an ill-formed run gives one `invalid` by the "maximal subpart" rule, so counts agree with
///         `String(decoding:as:)`.
/// Cost:   O(1) per scalar; allocates nothing and never reads past the end.
/// Source: Unicode 15, section 3.9, table 3-7 (well-formed byte sequences) and "U+FFFD substitution".
struct UTF8Decoder {
  /// Returned for ill-formed bytes; no scalar has this value.
  static let invalid: UInt32 = .max

  private let bytes: UnsafeRawBufferPointer
  private(set) var offset = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { offset >= bytes.count }

  /// The next scalar, or `invalid`; nil at the end.
  mutating func next() -> UInt32? {
    guard offset < bytes.count else { return nil }
    let first = bytes[offset]
    offset += 1
    switch first {
    case 0x00...0x7F: return UInt32(first)
    case 0xC2...0xDF: return continued(UInt32(first & 0x1F), more: 1, first: 0x80...0xBF)
    case 0xE0: return continued(UInt32(first & 0x0F), more: 2, first: 0xA0...0xBF)
    case 0xED: return continued(UInt32(first & 0x0F), more: 2, first: 0x80...0x9F)
    case 0xE1...0xEF: return continued(UInt32(first & 0x0F), more: 2, first: 0x80...0xBF)
    case 0xF0: return continued(UInt32(first & 0x07), more: 3, first: 0x90...0xBF)
    case 0xF1...0xF3: return continued(UInt32(first & 0x07), more: 3, first: 0x80...0xBF)
    case 0xF4: return continued(UInt32(first & 0x07), more: 3, first: 0x80...0x8F)
    default: return Self.invalid
    }
  }

  /// The next scalar, without consuming it.
  func peek() -> UInt32? {
    var ahead = self
    return ahead.next()
  }

  /// Reads `more` continuation bytes. Table 3-7 narrows only the range of the first.
  private mutating func continued(_ lead: UInt32, more: Int, first: ClosedRange<UInt8>) -> UInt32 {
    var value = lead
    var allowed = first
    for _ in 0..<more {
      guard offset < bytes.count, allowed.contains(bytes[offset]) else { return Self.invalid }
      value = value << 6 | UInt32(bytes[offset] & 0x3F)
      offset += 1
      allowed = 0x80...0xBF
    }
    return value
  }
}
