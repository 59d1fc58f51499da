@testable import CodeWords
@testable import Matching
@testable import Taxa
@testable import LexiconWork

/// Finds spellings by the rules as they are written down, with a set of states that walks along the text.
///
/// Slow and plain on purpose, and without a line of the matcher's code: where the two differ, one of them is wrong.
struct SpellingOracle {
  struct Found: Hashable {
    let spelling: Int
    let bytes: Range<Int>
    let folds: Folds
  }

  private let spellings: [Spelling]
  /// For each choice of folds that was asked for.
  private var patterns: [Choice: Pattern] = [:]
  private var byFirst: [UInt32: [Int]] = [:]
  /// The second letter of each spelling that has one, and all letters there are.
  private var seconds: [UInt32?] = []
  private var alphabet: Set<UInt32> = []
  private var reaches: [UInt32: Set<UInt32>] = [:]

  private struct Choice: Hashable {
    let spelling: Int
    let folds: Folds
  }

  struct Pattern {
    /// Words of folded characters.
    let words: [[UInt32]]
    let letters: Int
    let isBorderless: Bool
    let folds: Folds
  }

  init(_ spellings: [Spelling]) {
    self.spellings = spellings
    for number in spellings.indices {
      let pattern = Self.pattern(spellings[number], spellings[number].folds)
      let letters = Array(pattern.words.joined())
      if let first = letters.first { byFirst[first, default: []].append(number) }
      seconds.append(letters.count > 1 ? letters[1] : nil)
      alphabet.formUnion(letters)
    }
  }

  /// Everything that stands in a text.
  mutating func matches(in bytes: [UInt8]) -> Set<Found> {
    let literal = OracleText(bytes, readingReferences: false)
    let decoded = OracleText(bytes, readingReferences: true)
    var found: Set<Found> = []
    var places: [Int: Set<Range<Int>>] = [:]
    search(literal, besides: literal, readsReferences: false, &places, &found)
    if decoded.hasReferences { search(decoded, besides: literal, readsReferences: true, &places, &found) }
    return found
  }

  private mutating func search(
    _ text: OracleText, besides literal: OracleText, readsReferences: Bool, _ places: inout [Int: Set<Range<Int>>],
    _ found: inout Set<Found>
  ) {
    for start in text.units.indices {
      guard let scalar = text.units[start].scalar else { continue }
      for first in reach(of: scalar) {
        for number in byFirst[first] ?? [] where mayGoOn(number, text, start) {
          var folds = spellings[number].folds
          if readsReferences, !folds.contains(.references) { continue }
          if !readsReferences { folds.remove(.references) }
          for end in ends(number, folds, text, start) {
            let bytes = text.units[start].bytes.lowerBound..<text.units[end - 1].bytes.upperBound
            guard places[number, default: []].insert(bytes).inserted else { continue }
            let needed = needed(of: folds, number, bytes, text, literal)
            found.insert(Found(spelling: number, bytes: bytes, folds: needed))
          }
        }
      }
    }
  }

  /// The letters of spellings that a character might be met as under some folds.
  private mutating func reach(of scalar: UInt32) -> Set<UInt32> {
    if let known = reaches[scalar] { return known }
    var letters: Set<UInt32> = []
    for folds in Self.foldingChoices { letters.formUnion(OracleMemory.shared.folded(scalar, folds).prefix(1)) }
    for letter in alphabet where !letters.contains(letter) {
      let like = OracleMemory.shared.likeness(scalar, letter)
      if like.passes || like.leet { letters.insert(letter) }
    }
    reaches[scalar] = letters
    return letters
  }

  /// Whether the second letter of a spelling might be met behind the unit that may meet its first: only then is it
  /// worth walking along.
  private mutating func mayGoOn(_ number: Int, _ text: OracleText, _ start: Int) -> Bool {
    let letters = seconds[number]
    guard let second = letters, let first = text.units[start].scalar else { return true }
    if Self.foldingChoices.contains(where: { OracleMemory.shared.folded(first, $0).count > 1 }) { return true }
    for unit in text.units[(start + 1)...] {
      guard let scalar = unit.scalar else { return false }
      if reach(of: scalar).contains(second) { return true }
      let isDrawl = !reach(of: scalar).isDisjoint(with: reach(of: first))
      if !(unit.traits.isSpacer || unit.traits.isInvisible || unit.traits.isAttached || isDrawl) { return false }
    }
    return false
  }

  private static let foldingChoices: [Folds] = (0..<32).map { Folds(rawValue: $0) }

  /// None; else the first that is enough by itself; else what is left when all are given up in turn, the rarest first.
  private mutating func needed(
    of allowed: Folds, _ number: Int, _ bytes: Range<Int>, _ text: OracleText, _ literal: OracleText
  ) -> Folds {
    var stands: [Folds: Bool] = [:]
    func start(_ text: OracleText) -> Int? { text.units.firstIndex { $0.bytes.lowerBound == bytes.lowerBound } }
    for folds in [Folds()] + Folds.each.filter(allowed.contains) {
      let reading = folds.contains(.references) ? text : literal
      stands[folds] = start(reading).map { standsThere(number, folds, reading, $0, bytes.upperBound) } ?? false
      if stands[folds] == true { return folds }
    }
    var needed = allowed
    for fold in Folds.each.reversed() where needed.contains(fold) {
      let fewer = needed.subtracting(fold)
      let reading = fewer.contains(.references) ? text : literal
      if let place = start(reading), standsThere(number, fewer, reading, place, bytes.upperBound) { needed = fewer }
    }
    return needed
  }

  private mutating func standsThere(
    _ number: Int, _ folds: Folds, _ text: OracleText, _ start: Int, _ end: Int
  ) -> Bool {
    ends(number, folds, text, start).contains { text.units[$0 - 1].bytes.upperBound == end }
  }

  private mutating func ends(_ number: Int, _ folds: Folds, _ text: OracleText, _ start: Int) -> Set<Int> {
    let choice = Choice(spelling: number, folds: folds)
    let pattern = patterns[choice] ?? Self.pattern(spellings[number], folds)
    patterns[choice] = pattern
    guard !pattern.words.isEmpty else { return [] }
    let walk = OracleWalk(text: text, pattern: pattern)
    let ends = walk.together(start, joined: false).union(
      pattern.mayBeJoined ? walk.together(start, joined: true) : []
    ).union(pattern.mayBeSpacedOut ? walk.spacedOut(start) : [])
    if ends.isEmpty { return [] }
    // Borders are judged by the letters of the spelling as nearly every text would have it.
    let letters = Self.pattern(spellings[number], spellings[number].folds.union(OracleCharacters.plainFolds)).words
    guard let first = letters.first?.first, let last = letters.last?.last else { return [] }
    let borders = OracleBorders(text: text)
    return ends.filter { borders.allow(spellings[number].borders, start, $0, first: first, last: last) }
  }

  private static func pattern(_ spelling: Spelling, _ folds: Folds) -> Pattern {
    let units = OracleText(Array(spelling.text.utf8), readingReferences: false).units
    var words: [[UInt32]] = [[]]
    for unit in units {
      let scalar = unit.scalar!
      if unit.traits.isSeparator {
        words.append([])
      } else if !(folds.contains(.invisible) && unit.traits.isInvisible) {
        // A form that folds to several words is as good as a blank between them.
        let parts = OracleMemory.shared.folded(scalar, folds).split(separator: 0x20, omittingEmptySubsequences: false)
        for (place, part) in parts.enumerated() {
          if place > 0 { words.append([]) }
          words[words.count - 1] += part
        }
      }
    }
    words.removeAll(where: \.isEmpty)
    let letters = words.joined().filter { OracleMemory.shared.traits($0).isWord }
    return Pattern(
      words: words, letters: letters.count,
      isBorderless: !letters.isEmpty && letters.allSatisfy { OracleMemory.shared.traits($0).isBorderless }, folds: folds
    )
  }
}

extension SpellingOracle.Pattern {
  var mayBeJoined: Bool { folds.contains(.spacing) && words.count > 1 && letters >= 4 }
  var mayBeSpacedOut: Bool { folds.contains(.spacing) && letters >= (isBorderless ? 2 : 4) }
}
