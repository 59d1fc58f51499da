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
/// Shape:  matches ordered by start, end and spelling; overlapping ones are all kept, as are spellings that fold alike.
/// Fails:  never; bytes that are not UTF-8 match nothing and shift nothing.
package final class SpellingMatcher: Sendable {
  package let spellings: [Spelling]
  private let byFirstKind: [UInt32: [UInt32]]

  package init(_ spellings: [Spelling]) {
    self.spellings = spellings
    var byFirstKind: [UInt32: [UInt32]] = [:]
    for (place, spelling) in spellings.enumerated() {
      let characters = SpellingPattern.folded(spelling.text, under: CharacterTable.firstReading)
      guard let first = characters.first else { continue }
      byFirstKind[LookAlikes.kind(ofFolded: first), default: []].append(UInt32(place))
    }
    self.byFirstKind = byFirstKind
  }

  /// What a pass over many texts keeps between them.
  package struct Scratch: Sendable {
    package init() {}
    var found: [SpellingMatch] = []
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

  /// The same, for a pass over many texts: nothing is allocated for a text without matches.
  package func forEachMatch(
    in text: UnsafeRawBufferPointer, using scratch: inout Scratch, _ body: (SpellingMatch) -> Void
  ) {
    scratch.found.removeAll(keepingCapacity: true)
    var readings = [TextReading(text, readingReferences: false)]
    let decoded = TextReading(text, readingReferences: true)
    if decoded.hasReferences { readings.append(decoded) }
    for reading in readings {
      reading.units.withUnsafeBufferPointer { units in
        for start in units.indices {
          for spelling in byFirstKind[firstKind(of: units[start])] ?? [] {
            var folds = spellings[Int(spelling)].folds
            if reading.readsReferences {
              guard folds.contains(.references) else { continue }
            } else {
              folds.remove(.references)
            }
            for end in ends(of: spelling, under: folds, in: units, from: start) {
              let bytes = Int(units[start].start)..<Int(units[end - 1].end)
              guard !scratch.found.contains(where: { $0.spelling == spelling && $0.bytes == bytes }) else { continue }
              scratch.found.append(SpellingMatch(spelling: spelling, bytes: bytes, folds: folds))
            }
          }
        }
      }
    }
    scratch.found.sort {
      ($0.bytes.lowerBound, $0.bytes.upperBound, $0.spelling) < ($1.bytes.lowerBound, $1.bytes.upperBound, $1.spelling)
    }
    for match in scratch.found {
      let folds = neededFolds(match, readings)
      body(SpellingMatch(spelling: match.spelling, bytes: match.bytes, folds: folds))
    }
  }

  private func firstKind(of unit: TextReading.Unit) -> UInt32 {
    if unit.has(.expands) {
      var folded: [UInt32] = []
      CharacterFolding.append(unit.scalar, under: CharacterTable.firstReading, to: &folded)
      return LookAlikes.kind(ofFolded: folded[0])
    }
    return LookAlikes.kind(ofFolded: unit.entry & CharacterTable.scalarMask)
  }

  private func ends(
    of spelling: UInt32, under folds: Folds, in units: UnsafeBufferPointer<TextReading.Unit>, from start: Int
  ) -> [Int] {
    let pattern = SpellingPattern(spellings[Int(spelling)], under: folds)
    guard let first = pattern.characters.first, let last = pattern.characters.last else { return [] }
    let borders = WordBorders(units: units)
    return Alignment(units: units, pattern: pattern).ends(from: start).filter {
      borders.allow(pattern.borders, start, $0, first: first, last: last)
    }
  }

  /// Folds are given up one after the other, the rarest first, as long as the spelling still matches there.
  private func neededFolds(_ match: SpellingMatch, _ readings: [TextReading]) -> Folds {
    var needed = match.folds
    for bit in stride(from: UInt16(9), through: 0, by: -1) {
      let fold = Folds(rawValue: 1 << bit)
      guard needed.contains(fold) else { continue }
      let fewer = needed.subtracting(fold)
      let reading = readings[fewer.contains(.references) ? readings.count - 1 : 0]
      let matches = reading.units.withUnsafeBufferPointer { units in
        guard let start = units.firstIndex(where: { Int($0.start) == match.bytes.lowerBound }) else { return false }
        return ends(of: match.spelling, under: fewer, in: units, from: start).contains {
          Int(units[$0 - 1].end) == match.bytes.upperBound
        }
      }
      if matches { needed = fewer }
    }
    return needed
  }
}
