/// A text as the second reading sees it: one letter for all letters that may be mistaken for one another, runs of one
/// letter as one, and nothing of what is between letters.
///
/// Shape:  one kind per run, and the units that the run consists of. A run is *strange* if it, or what stands between it
///         and the next run, shows a disguise: where none of a key's runs is strange, the first reading has found it.
/// Cost:   O(units); the buffers grow to the longest text and are reused.
final class DisguisedReading {
  /// The kind of each run, followed by zeros so that a bucket may read four.
  private(set) var kinds = UnsafeMutablePointer<UInt32>.allocate(capacity: 0)
  /// For each run, the first strange run from it on; `count` where none follows.
  private(set) var nextStrange = UnsafeMutablePointer<Int32>.allocate(capacity: 0)
  /// For each run, whether a word may begin with one of its units.
  private(set) var beginsWord = UnsafeMutablePointer<Bool>.allocate(capacity: 0)
  /// How many runs there are.
  private(set) var count = 0
  /// For each run, the index in `members` of its first unit; one more at the end.
  private var runs = UnsafeMutablePointer<Int32>.allocate(capacity: 0)
  /// Indices of units, run by run.
  private var members = UnsafeMutablePointer<Int32>.allocate(capacity: 0)
  private var memberCount = 0
  /// For each run, whether it, or what stands between it and the next, shows a disguise.
  private var isStrangeRun = UnsafeMutablePointer<Bool>.allocate(capacity: 0)
  /// For each unit, whether it shows a disguise.
  private var isStrange = UnsafeMutablePointer<Bool>.allocate(capacity: 0)
  /// For each unit that is no mark, whether a letter of a script with spaces touches it from before.
  private var isTouched = UnsafeMutablePointer<Bool>.allocate(capacity: 0)
  /// How many elements each buffer holds.
  private var room = 0

  deinit { release() }

  /// What shows a disguise.
  enum Signs {
    /// Invisible characters, digits and signs for letters, letters of several scripts, words of one letter, and long runs
    /// where the text has any.
    case ofLetters(hasLongRuns: Bool)
    /// Decoded references: what stands beside them, the reading without them has found.
    case ofReferences
  }

  /// Reads the units of a text in place of the last one.
  ///
  /// Limits: more runs may be strange than are disguised, never fewer.
  func read(_ reading: TextReading, _ text: UnsafeRawBufferPointer, _ signs: Signs) {
    reading.units.withUnsafeBufferPointer { units in
      makeRoom(letterCount(of: units) + KeyIndex.bucketLength + 1)
      count = 0
      let isAnyStrange = findStrangeUnits(units)
      switch signs {
      case .ofReferences:
        for place in 0..<units.count {
          isStrange[place] = units[place].end - units[place].start > 1 && text[Int(units[place].start)] == 0x26
        }
        readRuns(units, areLongRunsStrange: false)
      case .ofLetters(let hasLongRuns):
        guard isAnyStrange || hasLongRuns else { return }
        readRuns(units, areLongRunsStrange: hasLongRuns)
      }
    }
  }

  /// The units of a run at which a match may begin: the first of each distinct letter, where the whole run counts as one
  /// letter, and the last few, each of which may count for itself.
  @inline(__always)
  func forEachStart(of run: Int, in units: UnsafeBufferPointer<TextReading.Unit>, _ body: (Int) -> Void) {
    let (first, end) = (Int(runs[run]), Int(runs[run + 1]))
    for place in first..<end {
      let unit = Int(members[place])
      let isNewLetter =
        place == first || (units[unit].entry ^ units[Int(members[place - 1])].entry) & CharacterTable.scalarMask != 0
      if isNewLetter || end - place <= Self.longestPlainRun { body(unit) }
    }
  }

  /// The longest run of one letter that a spelling may contain.
  private static let longestPlainRun = 16

  /// The key of a folded spelling in the index of the second reading.
  ///
  /// Shape:  blanks, marks and spacers are left out, and a run of one kind is one, as in `kinds`.
  static func key(of characters: [UInt32]) -> [UInt32] {
    var key: [UInt32] = []
    for character in characters where character != SpellingPattern.blank {
      if CharacterTraits.of(character).rawValue & leftOut != 0 { continue }
      let kind = LookAlikes.kind(ofFolded: character)
      if key.last != kind { key.append(kind) }
    }
    return key
  }

  /// The characters that the second reading skips.
  private static let leftOut = CharacterTraits([.attached, .invisible, .separator, .spacer]).rawValue

  // MARK: Buffers

  private func release() {
    kinds.deallocate()
    nextStrange.deallocate()
    beginsWord.deallocate()
    runs.deallocate()
    members.deallocate()
    isStrange.deallocate()
    isStrangeRun.deallocate()
    isTouched.deallocate()
  }

  /// Grows the buffers, whose old contents are lost.
  private func makeRoom(_ wanted: Int) {
    guard wanted > room else { return }
    release()
    room = max(wanted + wanted / 2, 4096)
    kinds = .allocate(capacity: room)
    nextStrange = .allocate(capacity: room)
    beginsWord = .allocate(capacity: room)
    runs = .allocate(capacity: room)
    members = .allocate(capacity: room)
    isStrange = .allocate(capacity: room)
    isStrangeRun = .allocate(capacity: room)
    isTouched = .allocate(capacity: room)
  }

  /// How many letters the units fold to, at most.
  private func letterCount(of units: UnsafeBufferPointer<TextReading.Unit>) -> Int {
    let expansions = CharacterTable.expansions
    var count = units.count
    for unit in units where unit.has(.expands) {
      count += Int(expansions[Int(unit.entry & CharacterTable.scalarMask)] & 0xFFFF)
    }
    return count
  }

  // MARK: Units

  /// Marks the units that show how letters are hidden, in the ways that `Alignment` sees through, and returns whether
  /// there are any:
  /// - an invisible character, a small capital or similar form;
  /// - a digit or sign that may stand for a letter, in a word long enough for that;
  /// - a letter of another script than the last letter before it;
  /// - a word of one letter behind two others, or in scripts without spaces behind one other, and there a word that only
  ///   signs part from the word before: letters set apart.
  private func findStrangeUnits(_ units: UnsafeBufferPointer<TextReading.Unit>) -> Bool {
    let (always, leet) = (CharacterTraits.invisible.rawValue, CharacterTraits.leet.rawValue)
    let (attached, word) = (CharacterTraits.attached.rawValue, CharacterTraits.word.rawValue)
    let expansions = CharacterTable.expansions
    var (found, touches) = (false, false)
    var script: UInt32 = 0
    // The word so far, the single letters that stand in a row before it, and whether the last word was without spaces.
    var (wordLength, wordStart, singles, wasBorderless, wasBorderlessBefore) = (0, 0, 0, false, false)
    var (hasSpacer, hasBlank) = (false, false)
    var signs = LeetWord()
    func endWord() {
      guard wordLength > 0 else { return }
      if wordLength == 1 {
        singles += 1
        if singles >= 3 || (singles == 2 && wasBorderless && wasBorderlessBefore) {
          (isStrange[wordStart], found) = (true, true)
        }
      } else {
        singles = 0
      }
      wasBorderlessBefore = wasBorderless
      (wordLength, hasSpacer, hasBlank) = (0, false, false)
    }
    for place in 0..<units.count {
      let entry = units[place].entry
      var strange = entry & always != 0
      if entry & attached != 0 {
        isStrange[place] = strange
        found = found || strange
        continue
      }
      isTouched[place] = touches
      let isWord = entry & word != 0
      if isWord || entry & (leet | always) != 0 {
        signs.add(
          entry,
          letters: entry & CharacterTraits.expands.rawValue == 0
            ? 1 : Int(expansions[Int(entry & CharacterTable.scalarMask)] & 0xFFFF))
      } else if signs.length > 0 {
        if signs.mayBeLeet { mark(leet, from: signs.start, to: place, units, &found) }
        signs = LeetWord()
        signs.start = place + 1
      } else {
        signs.start = place + 1
      }
      let isBorderless = entry & CharacterTraits.borderless.rawValue != 0
      touches = isWord && !isBorderless
      if isWord {
        if wordLength == 0 {
          if isBorderless, wasBorderless, hasSpacer, !hasBlank { strange = true }
          wordStart = place
        }
        wordLength += 1
        wasBorderless = isBorderless
        let own = entry & CharacterTraits.script.rawValue
        if own != 0 {
          if script != 0, script != own { strange = true }
          script = own
        }
        if entry & CharacterTraits.expands.rawValue != 0,
          expansions[Int(entry & CharacterTable.scalarMask)] >> 16 != 0
        {
          strange = true
        }
      } else {
        endWord()
        if entry & CharacterTraits.spacer.rawValue != 0 {
          hasSpacer = true
          if CharacterFolding.isBlank(units[place].scalar) { hasBlank = true }
        }
      }
      isStrange[place] = strange
      found = found || strange
    }
    endWord()
    if signs.mayBeLeet { mark(leet, from: signs.start, to: units.count, units, &found) }
    return found
  }

  /// Letters, digits and signs that touch.
  private struct LeetWord {
    var start = 0
    var length = 0
    private var letters = 0
    private var signs = 0

    /// Adds a unit that folds to a number of letters.
    mutating func add(_ entry: UInt32, letters count: Int) {
      let word = CharacterTraits.word.rawValue
      length += count
      if entry & (word | CharacterTraits.digit.rawValue) == word { letters += count }
      if entry & CharacterTraits.leet.rawValue != 0 { signs += 1 }
    }

    /// Whether it is as long as the shortest word that is seen through, half of that letters: `5kg` is not.
    var mayBeLeet: Bool {
      signs > 0 && length >= SpellingPattern.shortestDisguised && letters >= SpellingPattern.shortestDisguised / 2
    }
  }

  /// Marks the units of a range that have a trait.
  private func mark(
    _ trait: UInt32, from start: Int, to end: Int, _ units: UnsafeBufferPointer<TextReading.Unit>, _ found: inout Bool
  ) {
    for place in start..<end where units[place].entry & trait != 0 {
      isStrange[place] = true
      found = true
    }
  }

  // MARK: Runs

  private func readRuns(_ units: UnsafeBufferPointer<TextReading.Unit>, areLongRunsStrange: Bool) {
    (count, memberCount) = (0, 0)
    let table = LookAlikes.kinds
    let expansions = CharacterTable.expansions
    for place in 0..<units.count {
      let entry = units[place].entry
      if entry & Self.leftOut == 0 {
        if entry & CharacterTraits.expands.rawValue != 0 {
          let expansion = expansions + Int(entry & CharacterTable.scalarMask)
          let first = count
          for part in 1...Int(expansion[0] & 0xFFFF) { append(expansion[part], of: place, table) }
          // All letters that it folds to are as strange as it is.
          if isStrange[place] { for run in first..<count { isStrangeRun[run] = true } }
        } else {
          append(entry & CharacterTable.scalarMask, of: place, table)
        }
      }
      if isStrange[place], count > 0 { isStrangeRun[count - 1] = true }
    }
    runs[count] = Int32(memberCount)
    for place in 0..<KeyIndex.bucketLength { kinds[count + place] = 0 }
    var next = Int32(count)
    for run in stride(from: count - 1, through: 0, by: -1) {
      if isStrangeRun[run] || (areLongRunsStrange && runs[run + 1] - runs[run] >= Self.longRun) { next = Int32(run) }
      nextStrange[run] = next
    }
  }

  /// The shortest run of one letter that may count as one or two of it.
  private static let longRun = 3

  /// Adds a letter to the last run, or begins a new run.
  @inline(__always)
  private func append(_ letter: UInt32, of unit: Int, _ table: FixedTable<UInt32>) {
    let kind = letter < table.count ? table.base[Int(letter)] : letter
    if count == 0 || kinds[count - 1] != kind {
      kinds[count] = kind
      runs[count] = Int32(memberCount)
      beginsWord[count] = !isTouched[unit]
      isStrangeRun[count] = false
      count += 1
    } else if members[memberCount - 1] == Int32(unit) {
      return
    } else if !isTouched[unit] {
      beginsWord[count - 1] = true
    }
    members[memberCount] = Int32(unit)
    memberCount += 1
  }
}
