@testable import CodeWords
@testable import Matching
@testable import Taxa
@testable import LexiconWork

/// Where a spelling that begins at a unit may end, as the set of states that can be reached.
struct OracleWalk {
  let text: OracleText
  let pattern: SpellingOracle.Pattern

  private struct State: Hashable {
    var unit: Int
    var word = 0
    var letter = 0
    var leet = 0
    var hasLikeness = false
    var hasPlain = false
    var hasBlank = false
  }

  private var units: [OracleText.Unit] { text.units }

  /// Written together, its words apart by separators or, joined, by nothing.
  func together(_ start: Int, joined: Bool) -> Set<Int> {
    var ends: Set<Int> = []
    var seen: Set<State> = []
    var open = [State(unit: start)]
    while let state = open.popLast() {
      guard seen.insert(state).inserted else { continue }
      for next in steps(from: state) + drawls(from: state, start) {
        if next.letter < pattern.words[next.word].count {
          open.append(with(next, unit: pastUnseen(next.unit)))
        } else if isWordWell(next, last: next.unit - 1) {
          if next.word + 1 == pattern.words.count {
            if let end = pastMarks(next.unit) { ends.insert(end) }
          } else if joined {
            open.append(State(unit: pastUnseen(next.unit), word: next.word + 1))
          } else if let behind = pastSeparators(pastUnseen(next.unit)) {
            open.append(State(unit: behind, word: next.word + 1))
          }
        }
      }
    }
    return ends
  }

  /// Each letter apart from the next.
  func spacedOut(_ start: Int) -> Set<Int> {
    var ends: Set<Int> = []
    var open: Set<State> = [State(unit: start)]
    guard pattern.words.joined().count > 1 else { return [] }
    while let state = open.popFirst() {
      guard state.unit < units.count, units[state.unit].traits.isWord else { continue }
      for var next in steps(from: state) where next.letter == state.letter + 1 {
        let endsWord = next.letter == pattern.words[next.word].count
        if endsWord, !isWordWell(next, last: state.unit) { continue }
        guard let behind = pastMarks(next.unit) else { continue }
        if endsWord, next.word + 1 == pattern.words.count {
          let mayTouch = pattern.isBorderless && !next.hasBlank
          if mayTouch || standsAlone(start, behind) { ends.insert(behind) }
          continue
        }
        guard let gap = gap(behind), gap.spacers <= (endsWord ? 6 : 3) else { continue }
        let hasBlank = next.hasBlank || gap.hasBlank
        if endsWord { next = State(unit: gap.end, word: next.word + 1) }
        next.unit = gap.end
        next.hasBlank = hasBlank
        open.insert(next)
      }
    }
    return ends
  }

  // MARK: one unit

  private func with(_ state: State, unit: Int) -> State {
    var state = state
    state.unit = unit
    return state
  }

  private func steps(from state: State) -> [State] {
    guard state.unit < units.count, let scalar = units[state.unit].scalar else { return [] }
    let word = pattern.words[state.word]
    let wanted = word[state.letter]
    var next: [State] = []
    let folded = units[state.unit].traits.isSeparator ? [] : OracleMemory.shared.folded(scalar, pattern.folds)
    if let state = plainly(folded, from: state, units[state.unit].traits.hasScript) { next.append(state) }
    let like = OracleMemory.shared.likeness(scalar, wanted)
    var step = state
    step.unit += 1
    step.letter += 1
    if pattern.folds.contains(.lookAlikes), like.passes, folded != [wanted] {
      var step = step
      if !OracleLikeness.latinForms.contains(scalar) { step.hasLikeness = true }
      next.append(step)
    }
    if pattern.folds.contains(.leet), like.leet, let length = plainLength(word), (state.leet + 1) * 2 <= length {
      var step = step
      step.leet += 1
      next.append(step)
    }
    return next
  }

  /// All that a unit folds to must be met, be it the end of one word and the beginning of the next.
  private func plainly(_ folded: [UInt32], from state: State, _ hasScript: Bool) -> State? {
    guard !folded.isEmpty else { return nil }
    let flat = Array(pattern.words.joined(separator: [0x20]))
    let place = pattern.words[..<state.word].reduce(0) { $0 + $1.count + 1 } + state.letter
    guard flat.dropFirst(place).starts(with: folded) else { return nil }
    var next = state
    next.unit += 1
    if hasScript { next.hasPlain = true }
    for letter in folded {
      if letter == 0x20 {
        next.word += 1
        next.letter = 0
      } else {
        next.letter += 1
      }
    }
    return next
  }

  /// How many letters a word has that has nothing but letters and digits, at least four.
  private func plainLength(_ word: [UInt32]) -> Int? {
    let traits = word.map(OracleMemory.shared.traits)
    let count = traits.count { !$0.isDigit }
    return traits.allSatisfy(\.isWord) && count >= 4 ? count : nil
  }

  /// A run of three and more of one letter, met by one of the spelling.
  private func drawls(from state: State, _ start: Int) -> [State] {
    guard pattern.folds.contains(.repeats), pattern.letters >= 4, state.unit < units.count,
      units[state.unit].traits.isWord, !units[state.unit].traits.isDigit, let letter = single(state.unit)
    else { return [] }
    var run = [state.unit]
    var place = state.unit - 1
    while place >= 0, isUnseen(place) || single(place) == letter {
      if !isUnseen(place) { run.insert(place, at: 0) }
      place -= 1
    }
    if run.count > 1, state.unit == start { return [] }
    place = state.unit + 1
    while place < units.count, isUnseen(place) || single(place) == letter {
      if !isUnseen(place) { run.append(place) }
      place += 1
    }
    guard run.count >= 3, run.last! > state.unit else { return [] }
    return steps(from: state).filter { $0.letter == state.letter + 1 && $0.word == state.word }.map {
      with($0, unit: run.last! + 1)
    }
  }

  private func single(_ unit: Int) -> UInt32? {
    guard let scalar = units[unit].scalar, !units[unit].traits.isSeparator else { return nil }
    let folded = OracleMemory.shared.folded(scalar, pattern.folds)
    return folded.count == 1 ? folded[0] : nil
  }

  private func isWordWell(_ state: State, last: Int) -> Bool {
    if state.hasLikeness, !state.hasPlain { return false }
    return state.leet == 0 || units[last].scalar != 0x21
  }

  // MARK: what stands between

  private func isMarkSeenThrough(_ unit: Int) -> Bool {
    guard let scalar = units[unit].scalar, units[unit].traits.isAttached else { return false }
    if OracleCharacters.isVariationSelector(scalar) { return pattern.folds.contains(.invisible) }
    return pattern.folds.contains(OracleCharacters.isSkinTone(scalar) ? .compatibility : .accents)
  }

  private func isUnseen(_ unit: Int) -> Bool {
    isMarkSeenThrough(unit) || (units[unit].traits.isInvisible && pattern.folds.contains(.invisible))
  }

  private func pastUnseen(_ unit: Int) -> Int { (unit...).first { $0 >= units.count || !isUnseen($0) }! }

  /// Behind the marks of the last letter, if none of them makes it another letter.
  private func pastMarks(_ unit: Int) -> Int? {
    let end = (unit...).first { $0 >= units.count || !units[$0].traits.isAttached }!
    return (unit..<end).allSatisfy {
      OracleCharacters.isVariationSelector(units[$0].scalar!) || isMarkSeenThrough($0)
    } ? end : nil
  }

  private func pastSeparators(_ unit: Int) -> Int? {
    let end = (unit...).first { $0 >= units.count || !(units[$0].traits.isSeparator || isUnseen($0)) }!
    return (unit..<end).contains { units[$0].traits.isSeparator } ? end : nil
  }

  private func gap(_ unit: Int) -> (end: Int, spacers: Int, hasBlank: Bool)? {
    let end = (unit...).first { $0 >= units.count || !(units[$0].traits.isSpacer || isUnseen($0)) }!
    let spacers = (unit..<end).filter { units[$0].traits.isSpacer }
    return spacers.isEmpty ? nil : (end, spacers.count, spacers.contains { units[$0].traits.isBlank })
  }

  private func standsAlone(_ start: Int, _ end: Int) -> Bool {
    let borders = OracleBorders(text: text)
    return !borders.isWord(borders.before(start)) && !borders.isWord(end)
  }
}

/// What stands directly before and behind a match.
struct OracleBorders {
  let text: OracleText

  func allow(_ borders: Spelling.Borders, _ start: Int, _ end: Int, first: UInt32, last: UInt32) -> Bool {
    let before = before(start)
    switch borders {
    case .inside: return true
    case .word: return !isWord(before) && !isWord(end)
    case .byScript:
      return !(hasBorders(first) && touches(before)) && !(hasBorders(last) && touches(end))
    case .stem:
      let beginsWell = !hasBorders(first) || !touches(before) || isArabicPrefix(before: start, first)
      return beginsWell && (!hasBorders(last) || lettersBehind(end) <= 6)
    }
  }

  func isWord(_ unit: Int) -> Bool { text.units.indices.contains(unit) && text.units[unit].traits.isWord }

  func before(_ unit: Int) -> Int { text.units[..<unit].lastIndex { !$0.traits.isAttached } ?? -1 }

  private func touches(_ unit: Int) -> Bool { isWord(unit) && !text.units[unit].traits.isBorderless }

  private func hasBorders(_ letter: UInt32) -> Bool {
    let traits = OracleMemory.shared.traits(letter)
    return traits.isWord && !traits.isBorderless
  }

  private func lettersBehind(_ end: Int) -> Int {
    text.units[end...].prefix {
      $0.traits.isAttached && !$0.traits.isInvisible || $0.traits.isWord && !$0.traits.isBorderless
    }
    .count { !$0.traits.isAttached }
  }

  /// و or ف, then ب, ك, ل, ال with or without these, لل or س: each or nothing, and nothing else in the word.
  private func isArabicPrefix(before start: Int, _ first: UInt32) -> Bool {
    guard (0x620...0x6D3).contains(first) else { return false }
    let word = text.units[..<start].reversed().prefix {
      $0.traits.isAttached || $0.traits.isWord && !$0.traits.isBorderless
    }.reversed()
    var letters = String.UnicodeScalarView()
    for unit in word where !unit.traits.isAttached {
      for value in OracleMemory.shared.folded(unit.scalar!, OracleCharacters.plainFolds) {
        letters.append(Unicode.Scalar(value)!)
      }
    }
    return String(letters).wholeMatch(of: /[وف]?(?:[بكل]|[بك]?ال|لل|س)?/.matchingSemantics(.unicodeScalar)) != nil
  }
}
