import CPlatform
import Listings

/// A spelling found in a text.
package struct SpellingMatch: Hashable, Sendable, BitwiseCopyable {
  /// Index into the spellings from which the matcher was made.
  package let spelling: UInt32
  /// Where it begins in the original text, in UTF-8: with a whole character.
  package let start: UInt32
  /// Behind its last character with its marks.
  package let end: UInt32
  /// The folds without which it would not match; empty where the text has the spelling exactly.
  package let folds: Folds

  package init(spelling: UInt32, bytes: Range<Int>, folds: Folds) {
    self.spelling = spelling
    start = UInt32(bytes.lowerBound)
    end = UInt32(bytes.upperBound)
    self.folds = folds
  }

  /// UTF-8 range in the original text.
  package var bytes: Range<Int> { Int(start)..<Int(end) }
}

/// Finds all spellings of a list in a text, through all disguises, in one pass.
///
/// The first reading covers every text. It folds case, width, accents and Chinese variants, and notes signs of disguise.
/// Only a text with such signs is read a second time: letters that pass for one another count as one, and what is between
/// letters is skipped. Both readings only propose; `Alignment` decides.
/// Shape:  matches ordered by start, end and spelling. Overlapping ones are all kept, as are spellings that fold alike.
/// Cost:   O(bytes of text), whatever the number of spellings; a text without matches allocates nothing.
/// Fails:  never; bytes that are not UTF-8 match nothing and shift nothing.
package final class SpellingMatcher: Sendable {
  /// As given; matches refer to them by index.
  package let spellings: [Spelling]
  /// The keys of all spellings.
  let all: SpellingKeys
  /// The keys of the spellings without which no other matters.
  let deciding: SpellingKeys
  /// What a text is scanned by, whichever keys are then looked for.
  let scanTables: ScanTables
  /// By spelling.
  let facts: FixedTable<SpellingFacts>
  /// The UTF-8 of all spellings, one after the other.
  let texts: FixedTable<UInt8>

  /// Builds the tables.
  ///
  /// - Parameter deciding: the spellings, by index, without which no other matters to the caller; nil: all.
  ///
  /// Cost:   O(n log n) in the characters of all spellings.
  package init(_ spellings: [Spelling], deciding isDeciding: ((Int) -> Bool)? = nil) {
    self.spellings = spellings
    let folded = FoldedSpellings.parts(of: spellings)
    if let isDeciding {
      (all, deciding) = SpellingKeys.all(of: folded, isChosen: spellings.indices.map(isDeciding))
    } else {
      all = SpellingKeys.all(of: folded)
      deciding = all
    }
    scanTables = ScanTables(forKeys: !all.plain.isEmpty, anywhere: all.anywhere)
    var facts: [SpellingFacts] = []
    var texts: [UInt8] = []
    for part in folded {
      for fact in part.facts { facts.append(fact.moved(by: texts.count)) }
      texts += part.texts
    }
    self.facts = FixedTable(facts)
    self.texts = FixedTable(texts)
  }

  /// Puts together what an archive holds.
  init(
    _ spellings: [Spelling], _ all: SpellingKeys, _ deciding: SpellingKeys, _ facts: FixedTable<SpellingFacts>,
    _ texts: FixedTable<UInt8>
  ) {
    (self.spellings, self.all, self.deciding) = (spellings, all, deciding)
    (self.facts, self.texts) = (facts, texts)
    scanTables = ScanTables(forKeys: !all.plain.isEmpty, anywhere: all.anywhere)
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

  /// Calls `body` for each match, in order.
  package func forEachMatch(in text: UnsafeRawBufferPointer, _ body: (SpellingMatch) -> Void) {
    var scratch = Scratch()
    forEachMatch(in: text, using: &scratch, body)
  }

  /// The same with buffers of the caller, for a pass over many texts.
  package func forEachMatch(
    in text: UnsafeRawBufferPointer, using scratch: inout Scratch, _ body: (SpellingMatch) -> Void
  ) {
    scratch.take(text)
    find(all, until: .max, &scratch)
    scratch.found.sort { ($0.start, $0.end, $0.spelling) < ($1.start, $1.end, $1.spelling) }
    for match in scratch.found { body(match) }
  }

  /// Calls `body` with all matches in the text that the buffers hold, at once: by beginning, the longest first, equal
  /// ranges by spelling.
  ///
  /// Cost:   the text is not scanned again where `hasDecidingMatch` has scanned it.
  /// Limits: the matches are valid during the call only.
  package func withMatches(_ scratch: inout Scratch, _ body: (UnsafeBufferPointer<SpellingMatch>) -> Void) {
    find(all, until: .max, &scratch)
    guard !scratch.found.isEmpty else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
    scratch.found.sort { ($0.start, $1.end, $0.spelling) < ($1.start, $0.end, $1.spelling) }
    scratch.found.withUnsafeBufferPointer(body)
  }

  /// Whether any of the deciding spellings matches in the text that the buffers hold.
  ///
  /// Cost:   ends at the first match; a text of other words costs little more than the scan.
  package func hasDecidingMatch(_ scratch: inout Scratch) -> Bool {
    find(deciding, until: 1, &scratch)
    return !scratch.found.isEmpty
  }

  /// Puts the matches into `scratch.found`, in no order; may end as soon as there are `limit`.
  private func find(_ keys: SpellingKeys, until limit: Int, _ scratch: inout Scratch) {
    if !scratch.found.isEmpty { scratch.found.removeAll(keepingCapacity: true) }
    guard scratch.text.count > 0, !keys.plain.isEmpty else { return }
    scratch.scanText(scanTables)
    scratch.scan.keepCandidates(keys.filter)
    let text = scratch.text
    if scratch.scan.candidateCount > 0 { checkPlainCandidates(keys, text, until: limit, &scratch) }
    if scratch.scan.signs != 0, scratch.found.count < limit { readDisguised(keys, text, &scratch) }
  }

  /// The memory of all tables.
  package var byteCount: Int {
    all.byteCount + (deciding === all ? 0 : deciding.byteCount) + facts.byteCount + texts.byteCount
  }
}

/// The first reading: checks the candidates that the scan proposed.
extension SpellingMatcher {
  /// Adds every match among the candidates of the scan.
  private func checkPlainCandidates(
    _ keys: SpellingKeys, _ text: UnsafeRawBufferPointer, until limit: Int, _ scratch: inout Scratch
  ) {
    let scan = scratch.scan
    let (symbols, starts, symbolCount) = (scan.symbols, scan.starts, scan.symbolCount)
    let (candidates, index) = (scan.candidates, keys.plain.view)
    for candidate in 0..<scan.candidateCount where scratch.found.count < limit {
      if candidate + 3 < scan.candidateCount { index.prefetch(symbols + Int(candidates[candidate + 3])) }
      let start = Int(candidates[candidate])
      // A match begins and ends with whole characters, never inside an expansion.
      if start > 0, starts[start] == starts[start - 1] { continue }
      index.forEachKey(at: symbols + start, count: symbolCount - start) { length, owners in
        let end = start + length
        guard starts[end] != starts[end - 1] else { return }
        let bytes = Int(starts[start])..<Int(starts[end])
        for owner in owners { check(owner, start, end, bytes, text, &scratch) }
      }
    }
  }

  /// Adds a match if the borders allow it, with the folds it needs. The cheap answers come first.
  private func check(
    _ owner: UInt32, _ start: Int, _ end: Int, _ bytes: Range<Int>, _ text: UnsafeRawBufferPointer,
    _ scratch: inout Scratch
  ) {
    let spelling = facts[Int(owner)]
    let isAllowed = Self.bordersAllow(spelling, start, end, scratch.scan, text)
    if isAllowed == false { return }
    if isAllowed == true {
      let stretch = UnsafeRawBufferPointer(rebasing: text[bytes])
      if let needed = spelling.foldsNeeded(for: stretch, texts.base), spelling.folds.isSuperset(of: needed) {
        scratch.found.append(SpellingMatch(spelling: owner, bytes: bytes, folds: needed))
        return
      }
    }
    // Where the borders allow it, the rest depends on nothing but the stretch.
    let stretch = scratch.cache.stretch(owner, bytes, of: text, isByItself: isAllowed == true)
    let needed: Folds?
    if let known = scratch.cache[stretch] {
      needed = known
    } else {
      scratch.read()
      needed = foldsNeeded(for: owner, at: bytes, in: scratch.literal, scratch.patterns)
      scratch.cache.remember(needed, of: stretch)
    }
    if let needed { scratch.found.append(SpellingMatch(spelling: owner, bytes: bytes, folds: needed)) }
  }

  /// The folds with which a spelling matches exactly a range of the text; nil where it does not match.
  private func foldsNeeded(
    for owner: UInt32, at bytes: Range<Int>, in reading: TextReading, _ patterns: PatternCache
  ) -> Folds? {
    let folds = facts[Int(owner)].folds.subtracting(.references)
    return reading.units.withUnsafeBufferPointer { units in
      guard let first = reading.unit(at: bytes.lowerBound),
        ends(of: owner, under: folds, in: units, from: first, at: bytes.upperBound, patterns)
      else { return nil }
      return neededFolds(of: folds) {
        ends(of: owner, under: $0, in: units, from: first, at: bytes.upperBound, patterns)
      }
    }
  }

  /// Whether the borders allow a match here; nil where that takes the text unit by unit.
  private static func bordersAllow(
    _ spelling: SpellingFacts, _ start: Int, _ end: Int, _ scan: ScanBuffers, _ text: UnsafeRawBufferPointer
  ) -> Bool? {
    let (symbols, count) = (scan.symbols, scan.symbolCount)
    func isWord(_ place: Int) -> Bool {
      place >= 0 && place < count && symbols[place] & CharacterTraits.word.rawValue != 0
    }
    func touches(_ place: Int) -> Bool {
      isWord(place) && symbols[place] & CharacterTraits.borderless.rawValue == 0
    }
    switch spelling.borders {
    case .inside: return true
    case .word: return !isWord(start - 1) && !isWord(end)
    case .byScript:
      return !(spelling.isBorderedAtStart && touches(start - 1)) && !(spelling.isBorderedAtEnd && touches(end))
    case .stem:
      let touchesStart = spelling.isBorderedAtStart && touches(start - 1)
      if touchesStart { return spelling.mayHavePrefix ? nil : false }
      return spelling.isBorderedAtEnd && touches(end) ? endsSoon(end, scan, text) : true
    }
  }

  /// Whether at most as many letters follow a stem as an ending may have; nil where marks stand among them.
  private static func endsSoon(_ end: Int, _ scan: ScanBuffers, _ text: UnsafeRawBufferPointer) -> Bool? {
    let (symbols, starts) = (scan.symbols, scan.starts)
    let borders = CharacterTraits([.word, .borderless]).rawValue
    var (place, letters) = (end, 0)
    while place < scan.symbolCount, symbols[place] & borders == CharacterTraits.word.rawValue {
      let start = Int(starts[place])
      // A letter that folds to several symbols is one letter.
      if starts[place - 1] != starts[place] { letters += 1 }
      if letters > WordBorders.maximumEnding { return false }
      let lead = text[start]
      let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
      let next = Int(starts[place + 1])
      if next != start, next != start + length { return nil }
      place += 1
    }
    return true
  }

  /// Whether the spelling matches from the unit `start` to exactly the byte `end`.
  private func ends(
    of spelling: UInt32, under folds: Folds, in units: UnsafeBufferPointer<TextReading.Unit>, from start: Int,
    at end: Int, _ patterns: PatternCache
  ) -> Bool {
    ends(of: spelling, under: folds, in: units, from: start, patterns).contains { Int(units[$0 - 1].end) == end }
  }

  /// The ends of all matches of a spelling that begin with a unit, borders included.
  private func ends(
    of spelling: UInt32, under folds: Folds, in units: UnsafeBufferPointer<TextReading.Unit>, from start: Int,
    _ patterns: PatternCache
  ) -> [Int] {
    let pattern = patterns.pattern(of: spelling, under: folds, spellings)
    let borders = WordBorders(units: units)
    let facts = facts[Int(spelling)]
    return Alignment(units: units, pattern: pattern).ends(from: start).filter {
      borders.allow(facts.borders, start, $0, first: facts.first, last: facts.last)
    }
  }

  /// The smallest set of folds under which there is a match: none, else the first one that is enough by itself, else
  /// what is left after dropping folds one by one, the rarest first.
  func neededFolds(of allowed: Folds, _ matches: (Folds) -> Bool) -> Folds {
    if matches([]) { return [] }
    for fold in Folds.each where allowed.contains(fold) && matches(fold) { return fold }
    return Folds.each.reversed().reduce(allowed) { needed, fold in
      needed.contains(fold) && matches(needed.subtracting(fold)) ? needed.subtracting(fold) : needed
    }
  }
}

/// The second reading, for texts that show a sign of disguise.
extension SpellingMatcher {
  /// Finds matches by kinds of letters, first in the text as it is, then with character references decoded.
  private func readDisguised(_ keys: SpellingKeys, _ text: UnsafeRawBufferPointer, _ scratch: inout Scratch) {
    let plainCount = scratch.found.count
    let signs = scratch.scan.signs
    if signs != UInt32(LP_SIGN_REFERENCE) {
      scratch.readDisguised(all.disguiseFilter)
      findProposals(keys, scratch.disguised, &scratch)
      if !scratch.proposals.isEmpty {
        scratch.read()
        check(scratch.literal, besides: nil, scratch.disguised, scratch.scan.starts, text, &scratch)
      }
    }
    if signs & UInt32(LP_SIGN_REFERENCE) != 0, scratch.readReferences(all.disguiseFilter) {
      let disguised = scratch.disguisedReferences
      findProposals(keys, disguised, &scratch)
      if !scratch.proposals.isEmpty {
        scratch.read()
        disguised.decodedStarts.withUnsafeBufferPointer { starts in
          guard let starts = starts.baseAddress else { return }
          check(scratch.decoded, besides: scratch.literal, disguised, starts, text, &scratch)
        }
      }
    }
    guard scratch.found.count > plainCount, scratch.found.count > 1 else { return }
    // The two readings, and the two ways to treat references, may find the same match.
    var seen = Set<SpellingMatch>()
    scratch.found.removeAll { !seen.insert(SpellingMatch(spelling: $0.spelling, bytes: $0.bytes, folds: [])).inserted }
  }

  /// Collects the keys of the second reading that hold a disguise.
  private func findProposals(_ keys: SpellingKeys, _ disguised: DisguisedReading, _ scratch: inout Scratch) {
    scratch.proposals.removeAll(keepingCapacity: true)
    disguised.keepCandidates(keys.disguiseFilter)
    let (kinds, index) = (disguised.kinds, keys.disguised.view)
    for candidate in disguised.candidates {
      let run = Int(candidate)
      let strange = disguised.nextStrange(from: run)
      index.forEachKey(at: kinds + run, count: disguised.count - run) { length, owners in
        guard strange < run + length else { return }
        for owner in owners { scratch.proposals.append(Proposal(run: candidate, spelling: owner)) }
      }
    }
  }

  /// Checks the keys that the second reading proposed.
  ///
  /// - Parameters:
  ///   - literal: the reading without references, when `reading` decodes them.
  ///   - starts: where each symbol of the second reading begins in the text.
  private func check(
    _ reading: TextReading, besides literal: TextReading?, _ disguised: DisguisedReading,
    _ starts: UnsafePointer<UInt32>, _ text: UnsafeRawBufferPointer, _ scratch: inout Scratch
  ) {
    let proposals = scratch.proposals
    reading.units.withUnsafeBufferPointer { units in
      for proposal in proposals {
        disguised.forEachStart(of: Int(proposal.run), in: reading, starts) { start in
          check(proposal.spelling, start, units, reading, literal, text, &scratch)
        }
      }
    }
  }

  /// Adds the matches of one spelling from one unit on, with the folds they need.
  private func check(
    _ owner: UInt32, _ start: Int, _ units: UnsafeBufferPointer<TextReading.Unit>, _ reading: TextReading,
    _ literal: TextReading?, _ bytes: UnsafeRawBufferPointer, _ scratch: inout Scratch
  ) {
    let spelling = facts[Int(owner)]
    var folds = spelling.folds
    if reading.readsReferences {
      guard folds.contains(.references) else { return }
    } else {
      folds.remove(.references)
    }
    guard WordBorders(units: units).mayBegin(spelling.borders, start, first: spelling.first) else { return }
    let patterns = scratch.patterns
    for end in ends(of: owner, under: folds, in: units, from: start, patterns) {
      let place = Int(units[start].start)..<Int(units[end - 1].end)
      let stretch = scratch.cache.stretch(owner, place, of: bytes, readingReferences: reading.readsReferences)
      if case .some(.some(let known)) = scratch.cache[stretch] {
        scratch.found.append(SpellingMatch(spelling: owner, bytes: place, folds: known))
        continue
      }
      let needed = neededFolds(of: folds) { fewer in
        let reading = fewer.contains(.references) ? reading : literal ?? reading
        guard let start = reading.unit(at: place.lowerBound) else { return false }
        return reading.units.withUnsafeBufferPointer { units in
          ends(of: owner, under: fewer, in: units, from: start, at: place.upperBound, patterns)
        }
      }
      scratch.cache.remember(needed, of: stretch)
      scratch.found.append(SpellingMatch(spelling: owner, bytes: place, folds: needed))
    }
  }
}
