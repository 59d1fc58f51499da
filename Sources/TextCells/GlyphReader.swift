/// Reads text of any origin into glyphs that are safe to draw.
///
/// Shape:  marks join the glyph before them; a mark without one gets a dotted circle. Emoji lose their ZWJ tail,
///         skin tone and variation selector. Two regional indicators are one flag, two cells wide.
/// Cost:   O(limit), whatever the length of the text: it stops at `limit` cells, and after 64 bytes per cell
///         asked for, in case the rest is marks; what it leaves out then is shown by `…`.
/// Fails:  never; bytes that are no UTF-8 become U+FFFD.
/// Source: widths measured against glibc 2.36, tmux 3.3 and xterm; classes in `GlyphClass`.
struct GlyphReader {
  private var decoder: UTF8Decoder
  private let cellLimit: Int
  private let byteLimit: Int
  private var cells = 0
  private var isFull = false
  private var fullAt = 0
  /// The class of the scalar before this one; `blank` where nothing can be built upon it.
  private var before = GlyphClass.blank
  private(set) var glyphs: [Glyph] = []
  /// Where each glyph begins in the bytes; empty unless asked for.
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

  /// Where the first byte is that no glyph shows: the end, or the place of the glyph that was too much.
  var endOffset: Int { isFull ? fullAt : decoder.offset }

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
    // A mark of a joining script lets a joiner follow it (virama + ZWJ); others leave the base's class standing.
    if letter == GlyphClass.joiningMark { before = letter }
  }

  /// ZWNJ and ZWJ: dropped between letters that need them and before an emoji's tail, which goes too; else shown.
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

  /// A variation selector means something after an emoji, a Han or joining letter, and the digits of keycaps.
  private var selectsVariant: Bool {
    if GlyphClass.isPictograph(before) || GlyphClass.isJoining(before) || before == GlyphClass.wide { return true }
    guard before == GlyphClass.narrow, let base = glyphs.last?.scalars.0 else { return false }
    return base == 0x23 || base == 0x2A || (0x30...0x39).contains(base)
  }

  private mutating func takeFlag(_ scalar: UInt32, at start: Int) {
    if let next = decoder.peek(), next != UTF8Decoder.invalid, GlyphClass.of(next) == GlyphClass.regionalIndicator {
      append(Glyph(scalars: (scalar, next, 0, 0), width: 2), at: start, as: GlyphClass.blank)
      if !isFull { _ = decoder.next() }
    } else {
      hide(scalar, at: start)
    }
  }

  private mutating func hide(_ scalar: UInt32, at start: Int) {
    append(.standIn(Glyph.hiddenMark, for: scalar), at: start, as: GlyphClass.blank)
  }

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
