/// Decides whether a spelling matches at a position of a text. Both readings of the matcher only propose; this decides.
///
/// From the first unit on, every character of the spelling is met by a unit, in one of two ways:
/// - *Written together*: units follow one another. Marks, and invisible characters if the fold allows them, may come in
///   between. A space is met by any run of separators; where words are joined, all spaces are met by nothing.
/// - *Spaced out*: one to three spacers separate all letters (up to six where the spelling has a space), and the letters
///   at both ends stand alone. In scripts without word borders the ends may touch other letters if no spacer is a space:
///   `出售象/牙`, but not `大象 牙齿`.
///
/// A unit meets a letter plainly, as a look-alike, or as leet. A look-alike of another script counts only if another
/// letter of the word is met plainly. Leet counts only in words of at least four letters and nothing else, for at most
/// half of them, and `!` never at the end. A run of three or more of one letter meets one or two of it.
/// Cost:   a walk over the spelling at one position, with branches where a unit can be read in two ways.
/// Fails:  never; bytes that are not UTF-8 meet nothing.
struct Alignment {
  /// The text, as characters.
  let units: UnsafeBufferPointer<TextReading.Unit>
  /// The spelling under the folds that are tried.
  let pattern: SpellingPattern

  /// How the letters of the current word were met so far.
  private struct Word {
    /// Letters met as leet.
    var disguised = 0
    /// Letters met as look-alikes of another script.
    var lookAlikes = 0
    /// Letters of an alphabet that were met plainly.
    var plain = 0
  }

  /// The ends of all matches that begin with the unit at `start`, before word borders are judged.
  ///
  /// Units:  indices behind the last unit of each match.
  /// Shape:  each end once, in the order in which it was found, which need not ascend; empty where nothing matches.
  func ends(from start: Int) -> [Int] {
    guard !pattern.characters.isEmpty, start < units.count else { return [] }
    var ends: [Int] = []
    together(start, 0, Word(), joined: false, first: start, &ends)
    if pattern.mayBeJoined { together(start, 0, Word(), joined: true, first: start, &ends) }
    if pattern.mayBeSpacedOut, pattern.characters.count > 1 { spacedOut(from: start, &ends) }
    return ends
  }

  // MARK: Written together

  /// Matches the spelling from `place` on, with the unit next to be read.
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

  /// Continues behind a letter that was met: checks a finished word, records a finished spelling.
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

  /// The end of the run of one letter around the unit, where the fold allows runs; nil for shorter runs.
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

  // MARK: Spaced out

  /// Adds the ends of matches with spaced-out letters.
  private func spacedOut(from start: Int, _ ends: inout [Int]) {
    spacedOut(start, 0, Word(), hasBlank: false, start, &ends)
  }

  /// Matches one letter and the gap behind it, then the rest.
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

  /// The position of the next letter behind one to `limit` spacers, and whether one of them is a space.
  ///
  /// Fails:  nil where there is no spacer, or where there are more than `limit`. Unseen characters are not counted.
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

  // MARK: One unit, one letter

  /// The ways in which the unit can meet the letter at `place`: how many characters it covers, and the word after it.
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

  /// Whether the unit looks like the wanted letter. Other letters of the wanted letter's own script do not.
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

  /// Whether the spelling has a space or its end there.
  private func isEndOfWord(_ place: Int) -> Bool {
    place == pattern.characters.count || pattern.characters[place] == SpellingPattern.blank
  }

  /// Whether the disguises of a finished word are believable.
  private func isAllowed(_ word: Word, lastUnit: Int) -> Bool {
    if word.lookAlikes > 0, word.plain == 0 { return false }
    return word.disguised == 0 || units[lastUnit].scalar != 0x21
  }

  /// What the unit folds to; nothing for a separator.
  private func folded(_ unit: Int) -> [UInt32] {
    var folded: [UInt32] = []
    if CharacterFolding.isSeparator(units[unit].scalar) { return folded }
    CharacterFolding.append(units[unit].scalar, under: pattern.folds, to: &folded)
    return folded
  }

  /// What the unit folds to, if that is one character.
  private func single(_ unit: Int) -> UInt32? {
    let folded = folded(unit)
    return folded.count == 1 ? folded[0] : nil
  }

  // MARK: Between letters

  /// Whether the unit is a mark that folds away, or an invisible character that the fold allows.
  private func isUnseen(_ unit: Int) -> Bool {
    let unit = units[unit]
    if unit.has(.invisible), pattern.folds.contains(.invisible) { return true }
    return unit.has(.attached) && isFoldedAway(unit.scalar)
  }

  /// Whether a mark, selector or skin tone is dropped under the spelling's folds.
  private func isFoldedAway(_ scalar: UInt32) -> Bool {
    if CharacterFolding.isVariationSelector(scalar) { return pattern.folds.contains(.invisible) }
    return pattern.folds.contains(CharacterFolding.isSkinTone(scalar) ? .compatibility : .accents)
  }

  /// The next position that holds anything visible.
  private func pastUnseen(_ unit: Int) -> Int {
    var unit = unit
    while unit < units.count, isUnseen(unit) { unit += 1 }
    return unit
  }

  /// The last position before this one that holds anything visible; nil for none.
  private func previousSeen(_ unit: Int) -> Int? {
    var unit = unit - 1
    while unit >= 0, isUnseen(unit) { unit -= 1 }
    return unit >= 0 ? unit : nil
  }

  /// The position behind the marks of the last letter; nil where a mark makes it a different letter.
  private func pastAttached(_ unit: Int) -> Int? {
    var unit = unit
    while unit < units.count, units[unit].has(.attached) {
      let scalar = units[unit].scalar
      guard CharacterFolding.isVariationSelector(scalar) || isFoldedAway(scalar) else { return nil }
      unit += 1
    }
    return unit
  }

  /// The position behind a run of separators; the same position where there is none.
  private func pastSeparators(_ unit: Int) -> Int {
    var (place, behind) = (unit, unit)
    while place < units.count {
      if units[place].has(.separator) { behind = place + 1 } else if !isUnseen(place) { break }
      place += 1
    }
    return behind == unit ? unit : pastUnseen(behind)
  }

  /// Whether no letter or digit touches either end.
  private func standsAlone(_ start: Int, _ end: Int) -> Bool {
    let borders = WordBorders(units: units)
    return !borders.isWord(borders.unit(before: start)) && !borders.isWord(end)
  }
}

/// Judges what is directly before and behind a match, in the text as it is.
///
/// Cost:   O(1), except for stems: at most `maximumEnding` letters and five before them.
package struct WordBorders {
  /// The text around the match.
  package let units: UnsafeBufferPointer<TextReading.Unit>

  /// Whether the surroundings of the units from `start` up to `end` satisfy the spelling's borders.
  ///
  /// Units:  indices of units; `first` and `last` are the first and last folded characters of the spelling.
  package func allow(_ borders: Spelling.Borders, _ start: Int, _ end: Int, first: UInt32, last: UInt32) -> Bool {
    switch borders {
    case .inside: true
    case .word: !isWord(unit(before: start)) && !isWord(end)
    case .byScript:
      (!Self.isBordered(first) || !touches(unit(before: start))) && (!Self.isBordered(last) || !touches(end))
    case .stem:
      (!Self.isBordered(first) || !touches(unit(before: start)) || hasArabicPrefix(before: start, first))
        && (!Self.isBordered(last) || endsSoon(end))
    }
  }

  /// The longest ending that a stem accepts, in letters.
  package static let maximumEnding = 6

  /// Whether a match may begin at a unit, whatever its end.
  ///
  /// Limits: no is final, yes is not: `allow` also looks at the end, and at the prefix before an Arabic stem.
  package func mayBegin(_ borders: Spelling.Borders, _ start: Int, first: UInt32) -> Bool {
    switch borders {
    case .inside: true
    case .word: !isWord(unit(before: start))
    case .byScript: !Self.isBordered(first) || !touches(unit(before: start))
    case .stem: !Self.isBordered(first) || !touches(unit(before: start)) || Self.isArabic(first)
    }
  }

  /// Whether a spelling may begin in the middle of a word.
  package static func mayBeginInside(_ borders: Spelling.Borders, first: UInt32) -> Bool {
    switch borders {
    case .inside: true
    case .word: !CharacterTraits.of(first).contains(.word) || CharacterTraits.of(first).contains(.borderless)
    case .byScript: !Self.isBordered(first)
    case .stem: !Self.isBordered(first) || isArabic(first)
    }
  }

  /// Whether a letter belongs to the Arabic alphabet and its extensions, without marks.
  package static func isArabic(_ letter: UInt32) -> Bool { 0x620...0x6D3 ~= letter }

  /// Whether a letter is of a script with spaces between words, so that borders apply to it.
  package static func isBordered(_ letter: UInt32) -> Bool {
    let traits = CharacterTraits.of(letter)
    return traits.contains(.word) && !traits.contains(.borderless)
  }

  /// Whether the unit exists and is part of a word.
  ///
  /// Fails:  never; indices outside the text, such as -1 and `units.count`, give false.
  package func isWord(_ unit: Int) -> Bool { units.indices.contains(unit) && units[unit].has(.word) }

  /// The character before a position, skipping marks; -1 for none.
  ///
  /// Units:  an index into `units`.
  /// Cost:   O(marks skipped).
  package func unit(before place: Int) -> Int {
    var unit = place - 1
    while unit >= 0, units[unit].has(.attached) { unit -= 1 }
    return unit
  }

  /// Whether the unit is a letter or digit of a script with spaces: `象牙ivory` has a border in its middle.
  private func touches(_ unit: Int) -> Bool {
    isWord(unit) && !units[unit].has(.borderless)
  }

  /// Whether at most `maximumEnding` letters follow before the word ends.
  private func endsSoon(_ end: Int) -> Bool {
    var (unit, letters) = (end, 0)
    while unit < units.count, touches(unit) || (units[unit].has(.attached) && !units[unit].has(.invisible)) {
      if !units[unit].has(.attached) { letters += 1 }
      if letters > Self.maximumEnding { return false }
      unit += 1
    }
    return true
  }

  /// Whether the word before is one of the article and particles that Arabic joins to the next word: و ف, ب ك ل, ال, لل.
  ///
  /// Limits: all letters between the start of the word and the match must be one prefix; a longer beginning is none.
  /// Cost:   reads at most five letters backwards.
  private func hasArabicPrefix(before start: Int, _ first: UInt32) -> Bool {
    guard Self.isArabic(first) else { return false }
    var letters: [UInt32] = []
    var unit = start - 1
    while unit >= 0, letters.count <= 4, touches(unit) || units[unit].has(.attached) {
      if !units[unit].has(.attached) {
        let count = letters.count
        CharacterFolding.append(units[unit].scalar, under: CharacterTable.firstReading, to: &letters)
        letters[count...].reverse()
      }
      unit -= 1
    }
    return Self.arabicPrefixes.contains(letters)
  }

  /// Reversed, in the order in which they are read off.
  private static let arabicPrefixes: Set<[UInt32]> = {
    var prefixes: Set<[UInt32]> = []
    for conjunction in ["", "و", "ف"] {
      for rest in ["", "ب", "ك", "ل", "ال", "بال", "كال", "لل", "س"] {
        prefixes.insert((conjunction + rest).unicodeScalars.reversed().map(\.value))
      }
    }
    return prefixes
  }()
}
