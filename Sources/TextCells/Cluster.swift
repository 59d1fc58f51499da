// What is read as one letter and must not be cut: a base with its vowels, a conjunct of several consonants.

extension GlyphClass {
  /// Follows its base, of any script, and takes a cell of its own: `ा`, `ำ`.
  static let spacingMark = UInt8(ascii: "g")

  /// Whether a mark makes one letter of the consonants on both of its sides.
  ///
  /// Limits: not Tamil, Gurmukhi, Thai and others whose mark is mostly seen between two letters that stand by themselves.
  ///         Sinhala joins only before a joiner, `joinsBeforeJoiner`.
  /// Source: UAX #29, rule GB9c; IndicSyllabicCategory.txt, "Virama" and "Invisible_Stacker".
  static func joinsConsonants(_ mark: UInt32) -> Bool {
    switch mark {
    case 0x094D, 0x09CD, 0x0ACD, 0x0B4D, 0x0C4D, 0x0CCD, 0x0D4D: true
    case 0x1039, 0x17D2, 0x1A60, 0x1B44, 0x1BAB, 0xA9C0, 0xAAF6: true
    case 0x10A3F, 0x11046, 0x110B9, 0x11133, 0x111C0, 0x11235, 0x1134D, 0x11442, 0x114C2, 0x115BF, 0x1163F: true
    default: false
    }
  }

  /// Whether a mark joins consonants where U+200D follows it.
  static func joinsBeforeJoiner(_ mark: UInt32) -> Bool { mark == 0x0DCA || mark == 0x0A4D || mark == 0x0BCD }

  /// Whether a letter is written before its base, and belongs to it.
  ///
  /// Source: GraphemeBreakProperty.txt, "Prepend", as far as those are drawn.
  static func isPrepended(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0D4E, 0x111C2, 0x111C3, 0x1193F, 0x11941, 0x11A3A, 0x11A84...0x11A89, 0x11D46: true
    default: false
    }
  }

  /// Whether a Hangul letter begins a syllable.
  static func isLeadingJamo(_ scalar: UInt32) -> Bool {
    (0x1100...0x115E).contains(scalar) || (0xA960...0xA97C).contains(scalar)
  }

  /// Whether a Hangul letter or syllable goes on with a syllable that leading letters begin.
  ///
  /// Source: UAX #29, rule GB6.
  static func followsLeadingJamo(_ scalar: UInt32) -> Bool {
    isLeadingJamo(scalar) || (0xAC00...0xD7A3).contains(scalar)
  }
}

extension Array where Element == Glyph {
  /// The first glyph of the cluster that `index` is in.
  ///
  /// Cost:   O(cluster), which has at most `GlyphReader.maximumCluster` glyphs.
  func clusterStart(at index: Int) -> Int {
    var start = index
    while start > 0, start < count, self[start].joinsLast { start -= 1 }
    return start
  }

  /// The end of the cluster that begins at `index`.
  func clusterEnd(after index: Int) -> Int {
    var end = index + 1
    while end < count, self[end].joinsLast { end += 1 }
    return end
  }

  /// How many cells a run of glyphs takes.
  func width(of glyphs: Range<Int>) -> Int { self[glyphs].reduce(0) { $0 + $1.width } }
}

extension SafeText {
  /// The first glyph at or after which a text of at least `glyph` glyphs can be cut: the start of its cluster.
  package func start(ofClusterAt glyph: Int) -> Int { glyphs.clusterStart(at: glyph) }

  /// The end of the cluster that begins with a glyph.
  package func end(ofClusterAt glyph: Int) -> Int { glyphs.clusterEnd(after: glyph) }
}
