/// Whether a spelling stands at a place of a text: the one definition that every faster way only prepares.
///
/// From its first unit on, every character of the spelling is met by a unit, in one of two ways:
/// - *Written together*: units follow one another. Marks, and invisible characters if seen through, may stand between
///   them. A blank is met by any run of separators or, where the words are joined, all blanks by nothing.
/// - *Spaced out*: between all letters stand one to three spacers (up to six where the spelling has a blank) and the
///   letters on both edges stand alone. Of scripts without borders, the edges may touch others if no spacer is a blank:
///   `出售象/牙`, but not `大象 牙齿`.
///
/// A unit meets a letter plainly, as a look-alike (of another script only if in that word another letter is met
/// plainly), or as leet (in words of nothing but letters, at least four, for at most half of them; `!` not at the end).
/// A run of three and more of one letter meets one or two of it. The text's invalid bytes meet nothing.
struct Alignment {
  let units: UnsafeBufferPointer<TextReading.Unit>
  let pattern: SpellingPattern

  /// The folded unit was met so far, within one word of the spelling.
  private struct Word {
    var disguised = 0
    var lookAlikes = 0
    var plain = 0
  }

  /// The ends (a place behind a unit) of all matches that begin with the unit at `start`, without borders judged.
  func ends(from start: Int) -> [Int] {
    guard !pattern.characters.isEmpty, start < units.count else { return [] }
    var ends: [Int] = []
    together(start, 0, Word(), joined: false, first: start, &ends)
    if pattern.mayBeJoined { together(start, 0, Word(), joined: true, first: start, &ends) }
    if pattern.mayBeSpacedOut, pattern.characters.count > 1 { spacedOut(from: start, &ends) }
    return ends
  }

  // MARK: written together

  private func together(
    _ unit: Int, _ place: Int, _ word: Word, joined: Bool, first: Int, _ ends: inout [Int]
  ) {
    if pattern.characters[place] == SpellingPattern.blank {
      if joined { return together(unit, place + 1, Word(), joined: true, first: first, &ends) }
      let behind = pastSeparators(unit)
      if behind > unit { together(behind, place + 1, Word(), joined: false, first: first, &ends) }
      return
    }
    for meeting in meetings(unit, place, word) {
      let word = meeting.word
      reached(unit + 1, place + meeting.count, word, joined: joined, first: first, &ends)
      guard meeting.count == 1, let run = repeats(unit, place, first: first) else { continue }
      reached(run, place + 1, word, joined: joined, first: first, &ends)
    }
  }

  private func reached(
    _ unit: Int, _ place: Int, _ word: Word, joined: Bool, first: Int, _ ends: inout [Int]
  ) {
    if isEndOfWord(place), !isAllowed(word, lastUnit: unit - 1) { return }
    if place == pattern.characters.count {
      if let end = pastAttached(unit), !ends.contains(end) { ends.append(end) }
      return
    }
    together(pastUnseen(unit), place, word, joined: joined, first: first, &ends)
  }

  /// The end of the run of one letter that the unit is in, where such a run is seen through.
  private func repeats(_ unit: Int, _ place: Int, first: Int) -> Int? {
    guard pattern.folds.contains(.repeats), pattern.letterCount >= SpellingPattern.shortestDisguised else { return nil }
    guard units[unit].has(.word), !units[unit].has(.digit), let letter = single(unit) else { return nil }
    var (before, behind, length) = (unit, unit + 1, 1)
    while let previous = previousSeen(before), single(previous) == letter { (before, length) = (previous, length + 1) }
    if unit == first, before != first { return nil }
    while true {
      let next = pastUnseen(behind)
      guard next < units.count, single(next) == letter else { break }
      (behind, length) = (next + 1, length + 1)
    }
    return length >= 3 && behind > unit + 1 ? behind : nil
  }

  // MARK: spaced out

  private func spacedOut(from start: Int, _ ends: inout [Int]) {
    spacedOut(start, 0, Word(), hasBlank: false, start, &ends)
  }

  private func spacedOut(
    _ unit: Int, _ place: Int, _ word: Word, hasBlank: Bool, _ start: Int, _ ends: inout [Int]
  ) {
    guard unit < units.count, units[unit].has(.word) else { return }
    for meeting in meetings(unit, place, word) where meeting.count == 1 {
      let next = place + 1
      if isEndOfWord(next), !isAllowed(meeting.word, lastUnit: unit) { continue }
      guard let behind = pastAttached(unit + 1) else { continue }
      if next == pattern.characters.count {
        let mustStandAlone = !pattern.isBorderless || hasBlank
        if mustStandAlone, !standsAlone(start, behind) { continue }
        if !ends.contains(behind) { ends.append(behind) }
        continue
      }
      let isBlank = pattern.characters[next] == SpellingPattern.blank
      guard let gap = pastSpacers(behind, atMost: isBlank ? 6 : 3) else { continue }
      let word = isBlank ? Word() : meeting.word
      spacedOut(gap.end, isBlank ? next + 1 : next, word, hasBlank: hasBlank || gap.hasBlank, start, &ends)
    }
  }

  /// Where the next letter stands: behind one spacer and more.
  private func pastSpacers(_ unit: Int, atMost limit: Int) -> (end: Int, hasBlank: Bool)? {
    var (unit, count, hasBlank) = (unit, 0, false)
    while unit < units.count {
      if units[unit].has(.spacer) {
        hasBlank = hasBlank || CharacterFolding.isBlank(units[unit].scalar)
        count += 1
      } else if !isUnseen(unit) {
        break
      }
      unit += 1
    }
    return 1...limit ~= count ? (unit, hasBlank) : nil
  }

  // MARK: one unit, one letter

  private func meetings(_ unit: Int, _ place: Int, _ word: Word) -> [(count: Int, word: Word)] {
    guard unit < units.count, units[unit].scalar != TextReading.invalid else { return [] }
    var found: [(count: Int, word: Word)] = []
    let folded = self.folded(unit)
    if !folded.isEmpty, pattern.characters[place...].starts(with: folded) {
      var word = word
      if units[unit].has(.script) { word.plain += 1 }
      found.append((folded.count, word))
    }
    let wanted = pattern.characters[place]
    if pattern.folds.contains(.lookAlikes), folded != [wanted], looksAlike(unit, wanted) {
      var word = word
      if !LookAlikes.isLatinForm(units[unit].scalar) { word.lookAlikes += 1 }
      found.append((1, word))
    }
    if pattern.folds.contains(.leet), pattern.wordLengths[place] >= SpellingPattern.shortestDisguised,
      let letters = LookAlikes.leetLetters(units[unit].scalar),
      letters.contains(wanted) || LookAlikes.likenesses(ofFolded: wanted).contains(where: letters.contains)
    {
      var word = word
      word.disguised += 1
      if word.disguised * 2 <= pattern.wordLengths[place] { found.append((1, word)) }
    }
    return found
  }

  private func looksAlike(_ unit: Int, _ wanted: UInt32) -> Bool {
    let scalar = units[unit].scalar
    let likes = LookAlikes.likenesses(ofFolded: wanted)
    guard !likes.isEmpty else { return false }
    if !LookAlikes.isLatinForm(scalar) {
      let script = units[unit].traits.intersection(.script)
      if script == CharacterTraits.of(wanted).intersection(.script) { return false }
    }
    if let like = LookAlikes.likeness(scalar) { return likes.contains(like) }
    let letter = scalar | 0x20
    return scalar < 0x80 && letter &- 0x61 < 26 && likes.contains(letter)
  }

  private func isEndOfWord(_ place: Int) -> Bool {
    place == pattern.characters.count || pattern.characters[place] == SpellingPattern.blank
  }

  private func isAllowed(_ word: Word, lastUnit: Int) -> Bool {
    if word.lookAlikes > 0, word.plain == 0 { return false }
    return word.disguised == 0 || units[lastUnit].scalar != 0x21
  }

  private func folded(_ unit: Int) -> [UInt32] {
    var folded: [UInt32] = []
    if CharacterFolding.isSeparator(units[unit].scalar) { return folded }
    CharacterFolding.append(units[unit].scalar, under: pattern.folds, to: &folded)
    return folded
  }

  private func single(_ unit: Int) -> UInt32? {
    let folded = folded(unit)
    return folded.count == 1 ? folded[0] : nil
  }

  // MARK: what stands between

  /// A mark that folds to nothing, or an invisible character that is seen through.
  private func isUnseen(_ unit: Int) -> Bool {
    let unit = units[unit]
    if unit.has(.invisible), pattern.folds.contains(.invisible) { return true }
    return unit.has(.attached) && isFoldedAway(unit.scalar)
  }

  private func isFoldedAway(_ scalar: UInt32) -> Bool {
    if CharacterFolding.isVariationSelector(scalar) { return pattern.folds.contains(.invisible) }
    return pattern.folds.contains(CharacterFolding.isSkinTone(scalar) ? .compatibility : .accents)
  }

  private func pastUnseen(_ unit: Int) -> Int {
    var unit = unit
    while unit < units.count, isUnseen(unit) { unit += 1 }
    return unit
  }

  private func previousSeen(_ unit: Int) -> Int? {
    var unit = unit - 1
    while unit >= 0, isUnseen(unit) { unit -= 1 }
    return unit >= 0 ? unit : nil
  }

  /// Behind the marks of the last letter; nil where a mark is there that makes it another letter.
  private func pastAttached(_ unit: Int) -> Int? {
    var unit = unit
    while unit < units.count, units[unit].has(.attached) {
      let scalar = units[unit].scalar
      guard CharacterFolding.isVariationSelector(scalar) || isFoldedAway(scalar) else { return nil }
      unit += 1
    }
    return unit
  }

  private func pastSeparators(_ unit: Int) -> Int {
    var (place, behind) = (unit, unit)
    while place < units.count {
      if units[place].has(.separator) { behind = place + 1 } else if !isUnseen(place) { break }
      place += 1
    }
    return behind == unit ? unit : pastUnseen(behind)
  }

  private func standsAlone(_ start: Int, _ end: Int) -> Bool {
    let borders = WordBorders(units: units)
    return !borders.isWord(borders.unit(before: start)) && !borders.isWord(end)
  }
}
