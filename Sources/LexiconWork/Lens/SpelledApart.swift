import Matching

/// Words that look as if digits, signs and gaps had been put into them, whether or not anything is found by it.
///
/// All of it is only possible: model numbers, lists and shopping names look so too. What a code word was found through
/// is told by its hit.
struct SpelledApart {
  let units: [TextReading.Unit]

  func places() -> [DisguisedPlace] {
    var places: [DisguisedPlace] = []
    for place in units.indices {
      if let letter = leet(place) {
        places.append(DisguisedPlace(units: units, place..<place + 1, .leet, .possible, readAs: letter))
      } else if let readAs = brokenBy(place) {
        places.append(DisguisedPlace(units: units, place..<place + 1, .broken, .possible, readAs: readAs))
      }
    }
    return places + spacedOut()
  }

  /// The fewest letters of a word that is spelled out: `U.S.A.` is not.
  static let fewestLetters = 4

  // MARK: One character within a word

  /// The letter that a digit or sign between two letters is written for.
  private func leet(_ place: Int) -> String? {
    guard units[place].has(.leet), isWithinWord(place), let letters = LookAlikes.leetLetters(units[place].scalar)
    else { return nil }
    // An address: info@example.org.
    if units[place].scalar == 0x40, isAddress(place) { return nil }
    let isCyrillic = units[place - 1].traits.intersection(.script) == .cyrillic
    let letter = letters.first { ($0 >= 0x400) == isCyrillic } ?? letters[0]
    return PretendingLetters.text(letter)
  }

  private func isAddress(_ place: Int) -> Bool {
    for unit in units[place...].prefix(64) {
      if CharacterFolding.isBlank(unit.scalar) { return false }
      if unit.scalar == 0x2E { return true }
    }
    return false
  }

  /// What a star or an emoji between two letters is read as.
  private func brokenBy(_ place: Int) -> String? {
    let scalar = units[place].scalar
    guard scalar == 0x2A || PictographCharacters.contains(scalar), !units[place].has(.word), isWithinWord(place) else {
      return nil
    }
    // The letter that a star stands for is nobody's to say.
    return scalar == 0x2A ? "?" : ""
  }

  /// Letters of a script with blanks directly on both sides, three at least in all.
  private func isWithinWord(_ place: Int) -> Bool {
    guard place > 0, place + 1 < units.count, isLetter(place - 1), isLetter(place + 1) else { return false }
    return (place > 1 && isLetter(place - 2)) || (place + 2 < units.count && isLetter(place + 2))
  }

  private func isLetter(_ place: Int) -> Bool {
    units[place].has(.word) && !units[place].has(.digit) && !units[place].has(.borderless)
  }

  // MARK: Letters apart

  private func spacedOut() -> [DisguisedPlace] {
    var places: [DisguisedPlace] = []
    var place = 0
    while place < units.count {
      let letters = loneLetters(from: place)
      if letters.count >= Self.fewestLetters {
        for (left, right) in zip(letters, letters.dropFirst()) {
          places.append(DisguisedPlace(units: units, left + 1..<right, .spacedOut, .possible, readAs: ""))
        }
      }
      place = (letters.last ?? place) + 1
    }
    return places
  }

  /// Letters with nothing but one to three gaps between them, the same gap throughout, from a place on.
  private func loneLetters(from first: Int) -> [Int] {
    guard isLetter(first), first == 0 || !units[first - 1].has(.word) else { return [] }
    var letters = [first]
    var gap: [UInt32]?
    while let last = letters.last {
      var next = last + 1
      while next < units.count, next - last <= 3, units[next].has(.spacer) { next += 1 }
      let between = units[last + 1..<min(next, units.count)].map(\.scalar)
      guard next < units.count, !between.isEmpty, gap == nil || gap == between, isLetter(next) else { break }
      let isAlone = next + 1 == units.count || !units[next + 1].has(.word)
      guard isAlone else { break }
      gap = between
      letters.append(next)
    }
    return letters
  }
}
