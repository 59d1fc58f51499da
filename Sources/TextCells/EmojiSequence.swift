/// The characters of one cell: a base with up to three marks, or an emoji that is put together of several.
///
/// Shape:  unused slots are 0. An emoji sequence has its first character in the first slot, so that whoever knows nothing of
///         sequences reads that one, and `EmojiSequence.bit` in the second.
package typealias CellScalars = (UInt32, UInt32, UInt32, UInt32)

/// Emoji that are put together of several characters, as one cell holds them: families, skin tones, keycaps, and signs such as
/// ❤ that only a selector makes an emoji.
///
/// Shape:  up to five characters behind the base, in 16 bits each: those from U+1F000 without their highest bit. Joiners are not
///         kept, nor is the selector behind a sign of text, since both follow from what stands there. So the longest that
///         Unicode recommends, a couple with two skin tones and a kiss, has room. All are two cells wide.
/// Cost:   no memory beyond the cell.
/// Source: UTS #51, "emoji ZWJ sequence", "emoji modifier sequence", "emoji keycap sequence" and
///         "emoji presentation sequence".
package enum EmojiSequence {
  static let joiner: UInt32 = 0x200D
  static let emojiStyle: UInt32 = 0xFE0F
  static let keycap: UInt32 = 0x20E3

  /// Set in the second slot. No character has it, and no cell of a picture.
  private static let bit: UInt32 = 1 << 30

  /// Whether the cell holds a sequence.
  package static func isOne(_ scalars: CellScalars) -> Bool { scalars.1 & bit != 0 && scalars.1 < 1 << 31 }

  /// A sequence of its base alone, in the style of emoji.
  static func beginning(with base: UInt32) -> CellScalars { (base, bit, 0, 0) }

  /// A sequence with one more character: a pictograph that is joined, a skin tone, a selector or the frame of a keycap; nil if
  /// it is full.
  static func adding(_ scalar: UInt32, to scalars: CellScalars) -> CellScalars? {
    let unit = scalar & 0xFFFF
    var next = isOne(scalars) ? scalars : beginning(with: scalars.0)
    if next.1 & 0xFFFF == 0 {
      next.1 |= unit
    } else if next.2 == 0 {
      next.2 = unit
    } else if next.2 >> 16 == 0 {
      next.2 |= unit << 16
    } else if next.3 == 0 {
      next.3 = unit
    } else if next.3 >> 16 == 0 {
      next.3 |= unit << 16
    } else {
      return nil
    }
    return next
  }

  /// What stands behind the base, without joiners.
  private static func units(of scalars: CellScalars) -> [UInt32] {
    [scalars.1 & 0xFFFF, scalars.2 & 0xFFFF, scalars.2 >> 16, scalars.3 & 0xFFFF, scalars.3 >> 16]
      .filter { $0 != 0 }.map { (0xF000..<0xFE00).contains($0) ? $0 | 0x1_0000 : $0 }
  }

  /// All characters in the order in which a terminal takes them, with joiners and selectors.
  static func characters(of scalars: CellScalars) -> [UInt32] {
    let parts = [scalars.0] + units(of: scalars)
    var characters: [UInt32] = []
    for (index, part) in parts.enumerated() {
      let letter = GlyphClass.of(part)
      let isPictograph = GlyphClass.isPictograph(letter)
      if index > 0, isPictograph { characters.append(joiner) }
      characters.append(part)
      let isToned = index + 1 < parts.count && GlyphClass.of(parts[index + 1]) == GlyphClass.skinTone
      if letter == GlyphClass.narrowPictograph, !isToned { characters.append(emojiStyle) }
    }
    return characters
  }

  /// The most cells that a terminal can take for a sequence which it does not know as one: each part by itself, and a cell for
  /// what it should not show at all.
  package static func maximumWidth(of scalars: CellScalars) -> Int {
    characters(of: scalars).reduce(0) { $0 + ($1 == joiner || $1 == emojiStyle ? 1 : 2) }
  }

  /// Whether something in a sequence that Unicode recommends is joined to what stands before it by this pictograph.
  ///
  /// Why:    what no font joins would be hidden: a terminal shows only the first of them. Such joiners are shown instead.
  /// Source: emoji-zwj-sequences.txt 15.1: people, hair, hearts, what people do or hold, sexes, directions, and the second part
  ///         of each sequence of animals, faces, fruit and flags.
  static func isJoinedByFonts(_ pictograph: UInt32) -> Bool { joinedPictographs.contains(pictograph) }

  private static let joinedPictographs: Set<UInt32> = [
    0x2194, 0x2195, 0x2620, 0x2640, 0x2642, 0x2695, 0x2696, 0x26A7, 0x2708, 0x2744, 0x2764, 0x27A1, 0x2B1B,
    0x1F308, 0x1F32B, 0x1F33E, 0x1F373, 0x1F37C, 0x1F384, 0x1F393, 0x1F3A4, 0x1F3A8, 0x1F3EB, 0x1F3ED,
    0x1F466, 0x1F467, 0x1F468, 0x1F469, 0x1F48B, 0x1F4A5, 0x1F4A8, 0x1F4AB, 0x1F4BB, 0x1F4BC, 0x1F525, 0x1F527, 0x1F52C,
    0x1F5E8, 0x1F680, 0x1F692, 0x1F7E9, 0x1F7EB, 0x1F91D, 0x1F9AF, 0x1F9B0, 0x1F9B1, 0x1F9B2, 0x1F9B3, 0x1F9BA, 0x1F9BC,
    0x1F9BD, 0x1F9D1, 0x1F9D2, 0x1FA79,
  ]

  /// The characters of any cell, in the order in which a terminal takes them; those of a continuation are none.
  package static func forEachCharacter(of scalars: CellScalars, _ body: (Unicode.Scalar) -> Void) {
    if isOne(scalars) {
      for value in characters(of: scalars) { if let scalar = Unicode.Scalar(value) { body(scalar) } }
      return
    }
    for value in [scalars.0, scalars.1, scalars.2, scalars.3] {
      if value != 0, let scalar = Unicode.Scalar(value) { body(scalar) }
    }
  }
}
