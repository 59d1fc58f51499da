/// Reads text of any origin into glyphs that are safe to draw.
///
/// Shape:  marks join the glyph before them; a mark without one gets a dotted circle. Emoji that fonts join are one glyph, two
///         cells wide, as are two regional indicators. A glyph that is read as one letter with the one before says so.
/// Cost:   O(limit), however long the text. It stops at `limit` cells, or after 64 bytes per requested cell in case
///         they are all marks, and then ends in `…`.
/// Fails:  never; bytes that are not UTF-8 become U+FFFD.
/// Limits: a cluster has at most `maximumCluster` glyphs, so that a text which is one endless cluster is shown all the same.
/// Source: widths measured against glibc 2.36, tmux 3.3 and xterm; classes in `GlyphClass`; clusters by UAX #29.
struct GlyphReader {
  /// More than any word of a language has in one letter.
  static let maximumCluster = 8

  private var decoder: UTF8Decoder
  private let cellLimit: Int
  private let byteLimit: Int
  private var cells = 0
  /// Whether something was left out since it no longer fitted.
  private(set) var isFull = false
  private var fullAt = 0
  /// The class of the previous scalar; `blank` if nothing can combine with it.
  private var before = GlyphClass.blank
  /// What the scalars since the last base say about the one that follows.
  private var ending = Ending.plain
  /// Where the last cluster begins: its first glyph, and its first byte.
  private var cluster = (glyph: 0, byte: 0)
  private(set) var glyphs: [Glyph] = []
  /// Where each glyph starts in the bytes; empty unless `keepsOffsets`.
  private(set) var offsets: [Int32] = []
  private let keepsOffsets: Bool

  private enum Ending {
    case plain
    /// A variation selector, which must not follow another.
    case selected
    /// A mark that makes one letter of the consonants on both of its sides.
    case joining
    /// One that does so if U+200D follows.
    case joiningIfJoined
  }

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

  /// The first byte that no glyph shows: the end, or the start of the cluster that no longer fitted.
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
      append(Glyph(scalars: (scalar, 0, 0, 0), width: 1, joinsLast: continuesLetter(scalar)), at: start, as: letter)
    case GlyphClass.wide, GlyphClass.widePictograph:
      append(Glyph(scalars: (scalar, 0, 0, 0), width: 2, joinsLast: continuesSyllable(scalar)), at: start, as: letter)
    case GlyphClass.mark, GlyphClass.joiningMark:
      takeMark(scalar, letter, at: start)
    case GlyphClass.spacingMark:
      if !hasBase || !hasRoom || endsInSequence { append(Glyph("◌"), at: start, as: GlyphClass.narrow) }
      append(Glyph(scalars: (scalar, 0, 0, 0), width: 1, joinsLast: true), at: start, as: letter)
    case GlyphClass.blank:
      if scalar == 0x0D, decoder.peek() == 0x0A { _ = decoder.next() }
      append(.blank, at: start, as: GlyphClass.blank)
    case GlyphClass.control:
      append(.picture(ofControl: scalar), at: start, as: GlyphClass.blank)
    case GlyphClass.joiner:
      takeJoiner(scalar, at: start)
    case GlyphClass.variationSelector:
      takeSelector(scalar, at: start)
    case GlyphClass.skinTone:
      if !GlyphClass.isPictograph(before) || !extend(with: scalar) {
        hide(scalar, at: start)
      } else {
        before = GlyphClass.skinTone
      }
    case GlyphClass.regionalIndicator:
      takeFlag(scalar, at: start)
    case GlyphClass.hidden:
      hide(scalar, at: start)
    default:
      append(.standIn(Glyph.replacement, for: scalar), at: start, as: GlyphClass.blank)
    }
  }

  // MARK: Marks

  /// Whether something stands before that a mark can combine with.
  private var hasBase: Bool { before != GlyphClass.blank && glyphs.last?.isBlank == false }

  private var endsInSequence: Bool { glyphs.last.map { EmojiSequence.isOne($0.scalars) } ?? false }

  private mutating func takeMark(_ scalar: UInt32, _ letter: UInt8, at start: Int) {
    if scalar == EmojiSequence.keycap, case .selected = ending, isKeycapBase, extend(with: EmojiSequence.emojiStyle) {
      _ = extend(with: scalar)
      return
    }
    if !hasBase || endsInSequence { append(Glyph("◌"), at: start, as: GlyphClass.narrow) }
    guard !isFull else { return }
    glyphs[glyphs.count - 1].add(mark: scalar)
    // After a mark of a joining script a joiner may follow (virama + ZWJ); other marks keep the class of their base.
    if letter == GlyphClass.joiningMark { before = letter }
    if GlyphClass.joinsConsonants(scalar) {
      ending = .joining
    } else if GlyphClass.joinsBeforeJoiner(scalar) {
      ending = .joiningIfJoined
    } else if case .selected = ending {
      ending = .plain
    }
  }

  // MARK: Clusters

  /// Whether the last cluster can take another glyph.
  private var hasRoom: Bool { glyphs.count - cluster.glyph < Self.maximumCluster }

  /// Whether a letter of one cell is one with what stands before: a consonant behind the mark of a conjunct, or anything behind
  /// a letter that is written before its base.
  private func continuesLetter(_ scalar: UInt32) -> Bool {
    guard hasRoom, let last = glyphs.last?.scalars.0 else { return false }
    if case .joining = ending {
      // The scripts that have conjuncts lie each within 128 code points.
      return last >> 7 == scalar >> 7 && Unicode.Scalar(scalar)?.properties.generalCategory == .otherLetter
    }
    return before != GlyphClass.blank && last > 0xD00 && GlyphClass.isPrepended(last)
  }

  /// Whether a Hangul letter or syllable goes on with what leading letters began.
  private func continuesSyllable(_ scalar: UInt32) -> Bool {
    guard GlyphClass.followsLeadingJamo(scalar), hasRoom, before == GlyphClass.wide, let last = glyphs.last else {
      return false
    }
    return GlyphClass.isLeadingJamo(last.scalars.0) && last.scalars.1 == 0
  }

  /// ZWNJ and ZWJ: dropped between letters that need them, kept in the emoji that they join, and shown otherwise.
  private mutating func takeJoiner(_ scalar: UInt32, at start: Int) {
    let next = decoder.peek()
    let letter = next.map { $0 == UTF8Decoder.invalid ? GlyphClass.replaced : GlyphClass.of($0) }
    if GlyphClass.isJoining(before), letter.map(GlyphClass.isJoining) == true {
      switch ending {
      case .joining, .joiningIfJoined: ending = scalar == EmojiSequence.joiner ? .joining : .plain
      case .plain, .selected: break
      }
      return
    }
    if scalar == EmojiSequence.joiner, GlyphClass.isPictograph(before) || before == GlyphClass.skinTone,
      let next, let letter, GlyphClass.isPictograph(letter), EmojiSequence.isJoinedByFonts(next), extend(with: next)
    {
      _ = decoder.next()
      (before, ending) = (letter, .plain)
      return
    }
    hide(scalar, at: start)
  }

  // MARK: Emoji

  /// Adds a character to the emoji that was read last, which is two cells wide from then on.
  ///
  /// - Returns: false if there is no room for more in it. If there is none for it on the line, reading ends before it.
  private mutating func extend(with scalar: UInt32) -> Bool {
    guard var emoji = glyphs.last, EmojiSequence.isOne(emoji.scalars) || emoji.scalars.1 == 0 else { return false }
    let isStyle = scalar == EmojiSequence.emojiStyle && !isKeycapBase
    let longer =
      isStyle ? EmojiSequence.beginning(with: emoji.scalars.0) : EmojiSequence.adding(scalar, to: emoji.scalars)
    guard let longer else { return false }
    let more = 2 - emoji.width
    guard cells + more <= cellLimit else {
      giveUpCluster()
      return true
    }
    cells += more
    (emoji.scalars, emoji.width) = (longer, 2)
    glyphs[glyphs.count - 1] = emoji
    return true
  }

  /// Whether the last glyph is a sign that keycaps have, and nothing else.
  private var isKeycapBase: Bool {
    guard before == GlyphClass.narrow, let base = glyphs.last?.scalars.0 else { return false }
    return base == 0x23 || base == 0x2A || (0x30...0x39).contains(base)
  }

  /// A variation selector: it makes an emoji of a sign, or is dropped where it has a meaning that is not drawn. One that has
  /// none, or follows another, hides something and is shown.
  private mutating func takeSelector(_ scalar: UInt32, at start: Int) {
    guard ending != .selected, selects(scalar) else { return hide(scalar, at: start) }
    ending = .selected
    let isSign = before == GlyphClass.narrowPictograph && glyphs.last?.scalars.1 == 0
    if scalar == EmojiSequence.emojiStyle, isSign { _ = extend(with: scalar) }
  }

  /// Whether a variation selector has a meaning here.
  ///
  /// Source: StandardizedVariants.txt and emoji-variation-sequences.txt 15.1; UTS #37 for Han.
  private func selects(_ scalar: UInt32) -> Bool {
    let isStyle = scalar == EmojiSequence.emojiStyle || scalar == 0xFE0E
    if GlyphClass.isPictograph(before) || before == GlyphClass.skinTone { return isStyle }
    if before == GlyphClass.wide { return !isStyle && !(0x180B...0x180F).contains(scalar) }
    if GlyphClass.isJoining(before) { return (0x180B...0x180F).contains(scalar) || scalar == 0xFE00 }
    return scalar == EmojiSequence.emojiStyle && isKeycapBase && decoder.peek() == EmojiSequence.keycap
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

  // MARK: Writing

  /// Shows the stand-in of a hidden character.
  private mutating func hide(_ scalar: UInt32, at start: Int) {
    append(.standIn(Glyph.hiddenMark, for: scalar), at: start, as: GlyphClass.blank)
  }

  /// Adds a glyph, or stops if it no longer fits: then its whole cluster is left out.
  private mutating func append(_ glyph: Glyph, at start: Int, as letter: UInt8) {
    guard !isFull else { return }
    if !glyph.joinsLast { cluster = (glyphs.count, start) }
    guard cells + glyph.width <= cellLimit else { return giveUpCluster() }
    cells += glyph.width
    glyphs.append(glyph)
    if keepsOffsets { offsets.append(Int32(truncatingIfNeeded: start)) }
    (before, ending) = (letter, .plain)
  }

  private mutating func giveUpCluster() {
    glyphs.removeSubrange(cluster.glyph...)
    if keepsOffsets { offsets.removeSubrange(cluster.glyph...) }
    (isFull, fullAt) = (true, cluster.byte)
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
