/// The first reading: what its candidates come to.
extension SpellingMatcher {
  func checkPlainCandidates(_ text: UnsafeRawBufferPointer, _ scratch: inout Scratch) {
    let scan = scratch.scan
    let (symbols, starts) = (scan.symbols, scan.starts)
    for candidate in 0..<scan.candidateCount {
      let start = Int(scan.candidates[candidate])
      // A spelling begins and ends with whole characters.
      if start > 0, starts[start] == starts[start - 1] { continue }
      plain.forEachKey(at: symbols + start, count: scan.symbolCount - start) { length, owners in
        let end = start + length
        guard starts[end] != starts[end - 1] else { return }
        let bytes = Int(starts[start])..<Int(starts[end])
        for owner in owners { check(owner, start, end, bytes, text, &scratch) }
      }
    }
  }

  private func check(
    _ owner: UInt32, _ start: Int, _ end: Int, _ bytes: Range<Int>, _ text: UnsafeRawBufferPointer,
    _ scratch: inout Scratch
  ) {
    let isAllowed = bordersAllow(owner, start, end, scratch.scan)
    if isAllowed == false { return }
    if isAllowed == true {
      let stretch = UnsafeRawBufferPointer(rebasing: text[bytes])
      if let needed = texts[Int(owner)].foldsNeeded(for: stretch), spellings[Int(owner)].folds.isSuperset(of: needed) {
        scratch.found.append(SpellingMatch(spelling: owner, bytes: bytes, folds: needed))
        return
      }
    }
    let needed: Folds?
    if let known = scratch.memory.folds(of: owner, bytes, in: text) {
      needed = known
    } else {
      scratch.read(text)
      needed = foldsNeeded(for: owner, at: bytes, in: scratch.literal)
      scratch.memory.remember(needed, of: owner, bytes, in: text)
    }
    if let needed { scratch.found.append(SpellingMatch(spelling: owner, bytes: bytes, folds: needed)) }
  }

  /// The folds needed for a spelling to stand at a range of a text; nil where it does not.
  private func foldsNeeded(for owner: UInt32, at bytes: Range<Int>, in reading: TextReading) -> Folds? {
    let folds = spellings[Int(owner)].folds.subtracting(.references)
    return reading.units.withUnsafeBufferPointer { units in
      guard let first = reading.unit(at: bytes.lowerBound),
        ends(of: owner, under: folds, in: units, from: first, at: bytes.upperBound)
      else { return nil }
      return neededFolds(of: folds) { ends(of: owner, under: $0, in: units, from: first, at: bytes.upperBound) }
    }
  }

  /// Whether the borders of a spelling allow it here; nil where only the text unit by unit tells.
  private func bordersAllow(_ owner: UInt32, _ start: Int, _ end: Int, _ scan: ScanBuffers) -> Bool? {
    let (symbols, count) = (scan.symbols, scan.symbolCount)
    func isWord(_ place: Int) -> Bool {
      place >= 0 && place < count && symbols[place] & CharacterTraits.word.rawValue != 0
    }
    func touches(_ place: Int) -> Bool {
      isWord(place) && symbols[place] & CharacterTraits.borderless.rawValue == 0
    }
    let text = edges.base[Int(owner)]
    switch text.borders {
    case .inside: return true
    case .word: return !isWord(start - 1) && !isWord(end)
    case .byScript:
      return !(text.isBorderedAtStart && touches(start - 1)) && !(text.isBorderedAtEnd && touches(end))
    case .stem:
      let touchesStart = text.isBorderedAtStart && touches(start - 1)
      if touchesStart, !text.mayHavePrefix { return false }
      return touchesStart || (text.isBorderedAtEnd && touches(end)) ? nil : true
    }
  }

  /// Whether the spelling stands from the unit `start` up to the byte `end`.
  private func ends(
    of spelling: UInt32, under folds: Folds, in units: UnsafeBufferPointer<TextReading.Unit>, from start: Int,
    at end: Int
  ) -> Bool {
    ends(of: spelling, under: folds, in: units, from: start).contains { Int(units[$0 - 1].end) == end }
  }

  /// The ends of all matches of a spelling that begin with a unit.
  func ends(
    of spelling: UInt32, under folds: Folds, in units: UnsafeBufferPointer<TextReading.Unit>, from start: Int
  ) -> [Int] {
    let own = spellings[Int(spelling)].folds
    // Nothing in a pattern depends on whether references are read.
    let pattern =
      folds.union(.references) == own.union(.references)
      ? patterns[Int(spelling)] : SpellingPattern(spellings[Int(spelling)], under: folds)
    let borders = WordBorders(units: units)
    let text = texts[Int(spelling)]
    return Alignment(units: units, pattern: pattern).ends(from: start).filter {
      borders.allow(pattern.borders, start, $0, first: text.first, last: text.last)
    }
  }

  /// The folds without which there would be no match: none, or the first that is enough by itself; otherwise all are
  /// given up one after the other, the rarest first, as long as it still matches.
  func neededFolds(of allowed: Folds, _ matches: (Folds) -> Bool) -> Folds {
    if matches([]) { return [] }
    for fold in Folds.each where allowed.contains(fold) && matches(fold) { return fold }
    return Folds.each.reversed().reduce(allowed) { needed, fold in
      needed.contains(fold) && matches(needed.subtracting(fold)) ? needed.subtracting(fold) : needed
    }
  }
}
