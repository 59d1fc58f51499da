import CPlatform

/// A spelling found in a text.
package struct SpellingMatch: Hashable, Sendable {
  /// Its place in the list the matcher was made from.
  package let spelling: UInt32
  /// UTF-8 range in the original text: whole characters with their marks.
  package let bytes: Range<Int>
  /// The folds without which it would not have matched; empty where it stands exactly so.
  package let folds: Folds

  package init(spelling: UInt32, bytes: Range<Int>, folds: Folds) {
    self.spelling = spelling
    self.bytes = bytes
    self.folds = folds
  }
}

/// Finds all spellings of a list in a text, through all disguises, in one pass.
///
/// A first reading, of every text, folds case, width, accents and Chinese variants, and notes signs of disguise. Only a
/// text that shows one is read a second time, with all letters that pass for one another taken for one, and without
/// what stands between them. Both readings only propose; `Alignment` decides.
/// Shape:  matches ordered by start, end and spelling; overlapping ones are all kept, as are spellings that fold alike.
/// Cost:   the bytes of the text, whatever the number of spellings; a text without matches allocates nothing.
/// Fails:  never; bytes that are not UTF-8 match nothing and shift nothing.
package final class SpellingMatcher: Sendable {
  package let spellings: [Spelling]
  /// Of the first reading: folded spellings, and those of several words once more as one word.
  let plain: KeyIndex
  /// Of the second reading.
  let disguised: KeyIndex
  let texts: [SpellingText]
  /// Each spelling under all of its own folds, ready to be held against a text.
  let patterns: [SpellingPattern]
  /// The borders of each spelling, laid out for the first reading.
  let edges: FixedTable<SpellingEdges>
  /// The lower 16 bits of the characters with which a spelling may begin inside a word.
  private let anywhere: FixedTable<UInt64>
  /// What the scan looks up in: addresses of tables that live as long as the matcher.
  let filter: ScanFilter

  package init(_ spellings: [Spelling]) {
    self.spellings = spellings
    var plain: [(characters: [UInt32], owner: UInt32)] = []
    var disguised: [(characters: [UInt32], owner: UInt32)] = []
    var texts: [SpellingText] = []
    var patterns: [SpellingPattern] = []
    var anywhere = [UInt64](repeating: 0, count: 1024)
    plain.reserveCapacity(spellings.count)
    disguised.reserveCapacity(spellings.count)
    for (place, spelling) in spellings.enumerated() {
      let folds = spelling.folds.union(CharacterTable.firstReading)
      let pattern = SpellingPattern(spelling, under: folds)
      texts.append(SpellingText(spelling, pattern))
      patterns.append(folds == spelling.folds ? pattern : SpellingPattern(spelling, under: spelling.folds))
      guard let first = pattern.characters.first else { continue }
      plain.append((pattern.characters, UInt32(place)))
      if pattern.mayBeJoined {
        plain.append((pattern.characters.filter { $0 != SpellingPattern.blank }, UInt32(place)))
      }
      disguised.append((DisguisedReading.key(of: pattern.characters), UInt32(place)))
      if WordBorders.mayBeginInside(spelling.borders, first: first) {
        anywhere[Int(first & 0xFFFF) >> 6] |= 1 << UInt64(first & 63)
      }
    }
    self.plain = KeyIndex(plain)
    self.disguised = KeyIndex(disguised)
    self.anywhere = FixedTable(anywhere)
    self.texts = texts
    self.patterns = patterns
    edges = FixedTable(zip(spellings, texts).map { SpellingEdges($0, $1) })
    filter = ScanFilter(self.plain, anywhere: self.anywhere)
  }

  /// What a pass over many texts keeps between them.
  package struct Scratch {
    package init() {}
    var scan = ScanBuffers()
    var found: [SpellingMatch] = []
    var literal = TextReading(readingReferences: false)
    var decoded = TextReading(readingReferences: true)
    var disguised = DisguisedReading()
    var memory = FoldMemory()
    var isRead = false

    /// The text unit by unit, made only where a match cannot be told without it.
    mutating func read(_ text: UnsafeRawBufferPointer) {
      guard !isRead else { return }
      literal.read(text)
      isRead = true
    }
  }

  /// All matches in a text.
  package func matches(in text: UnsafeRawBufferPointer) -> [SpellingMatch] {
    var scratch = Scratch()
    var matches: [SpellingMatch] = []
    forEachMatch(in: text, using: &scratch) { matches.append($0) }
    return matches
  }

  package func matches(in text: String) -> [SpellingMatch] {
    var text = text
    return text.withUTF8 { matches(in: UnsafeRawBufferPointer($0)) }
  }

  package func forEachMatch(in text: UnsafeRawBufferPointer, _ body: (SpellingMatch) -> Void) {
    var scratch = Scratch()
    forEachMatch(in: text, using: &scratch, body)
  }

  /// The same, for a pass over many texts.
  package func forEachMatch(
    in text: UnsafeRawBufferPointer, using scratch: inout Scratch, _ body: (SpellingMatch) -> Void
  ) {
    if !scratch.found.isEmpty { scratch.found.removeAll(keepingCapacity: true) }
    scratch.isRead = false
    let signs = scratch.scan.scan(text, filter)
    if scratch.scan.candidateCount > 0 { checkPlainCandidates(text, &scratch) }
    if signs != 0 { readDisguised(text, signs, &scratch) }
    guard !scratch.found.isEmpty else { return }
    if scratch.found.count > 1 {
      scratch.found.sort {
        ($0.bytes.lowerBound, $0.bytes.upperBound, $0.spelling) < (
          $1.bytes.lowerBound, $1.bytes.upperBound, $1.spelling
        )
      }
    }
    for match in scratch.found { body(match) }
  }

  /// The memory of its tables.
  package var byteCount: Int {
    let kept = zip(texts, patterns).reduce(0) { $0 + $1.0.byteCount + $1.1.byteCount }
    return plain.byteCount + disguised.byteCount + anywhere.byteCount + edges.byteCount + kept
  }
}
