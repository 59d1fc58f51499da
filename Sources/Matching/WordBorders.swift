/// What stands directly before and behind a match, judged in the text as it is.
package struct WordBorders {
  package let units: UnsafeBufferPointer<TextReading.Unit>

  /// Whether the units from `start` up to `end` stand as the spelling wants it.
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

  /// The longest ending that a stem takes.
  package static let longestEnding = 6

  /// Whether a match may begin at a unit at all, whatever its end.
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

  package static func isArabic(_ letter: UInt32) -> Bool { 0x620...0x6D3 ~= letter }

  package static func isBordered(_ letter: UInt32) -> Bool {
    let traits = CharacterTraits.of(letter)
    return traits.contains(.word) && !traits.contains(.borderless)
  }

  package func isWord(_ unit: Int) -> Bool { units.indices.contains(unit) && units[unit].has(.word) }

  /// The character before a place, its marks not counted.
  package func unit(before place: Int) -> Int {
    var unit = place - 1
    while unit >= 0, units[unit].has(.attached) { unit -= 1 }
    return unit
  }

  /// A letter or digit of a script with borders: `象牙ivory` has a border in its middle.
  private func touches(_ unit: Int) -> Bool {
    isWord(unit) && !units[unit].has(.borderless)
  }

  private func endsSoon(_ end: Int) -> Bool {
    var (unit, letters) = (end, 0)
    while unit < units.count, touches(unit) || (units[unit].has(.attached) && !units[unit].has(.invisible)) {
      if !units[unit].has(.attached) { letters += 1 }
      if letters > Self.longestEnding { return false }
      unit += 1
    }
    return true
  }

  /// The article and the particles that Arabic writes together with the word behind them: و ف, ب ك ل, ال, لل.
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

  /// Backwards, as they are read off.
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
