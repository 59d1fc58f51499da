import Matching

/// What had to be seen through to find a code word, character by character.
///
/// Shape:  the hit says which disguises; the writing it is read as says which characters they are.
struct HitDisguises {
  let units: [TextReading.Unit]
  let writing: String

  /// The places among the units of a hit.
  func places(_ range: Range<Int>, _ folds: Folds) -> [DisguisedPlace] {
    var places: [DisguisedPlace] = []
    if folds.contains(.invisible) { places += hidden(range) }
    if folds.contains(.lookAlikes) { places += lookAlikes(range) }
    if folds.contains(.leet) { places += leet(range) }
    if folds.contains(.spacing) { places += gaps(range) }
    if folds.contains(.repeats) { places += runs(range) }
    return places
  }

  private func place(_ range: Range<Int>, _ kind: DisguiseKind, readAs: String) -> DisguisedPlace {
    DisguisedPlace(units: units, range, kind, .plain, readAs: readAs)
  }

  /// Also what is at home elsewhere: a joiner in the middle of a code word hides it from a search all the same.
  private func hidden(_ range: Range<Int>) -> [DisguisedPlace] {
    range.filter { HiddenCharacters.isHidden(units[$0].scalar) }.map { place($0..<$0 + 1, .hidden, readAs: "") }
  }

  private func lookAlikes(_ range: Range<Int>) -> [DisguisedPlace] {
    let scripts = writing.unicodeScalars.map { CharacterTraits.of($0.value).intersection(.script) }
    let isCyrillic = scripts.contains(.cyrillic)
    return range.compactMap { unit in
      let scalar = units[unit].scalar
      let script = units[unit].traits.intersection(.script)
      guard !script.isEmpty, script != (isCyrillic ? .cyrillic : .latin) else { return nil }
      let like = isCyrillic ? PretendingLetters.cyrillicLikes[scalar] : LookAlikes.likeness(scalar)
      return place(unit..<unit + 1, .lookAlike, readAs: like.map(PretendingLetters.text) ?? "?")
    }
  }

  /// Digits and signs that the writing has not.
  private func leet(_ range: Range<Int>) -> [DisguisedPlace] {
    let own = Set(writing.unicodeScalars.map(\.value))
    return range.compactMap { unit in
      guard units[unit].has(.leet), !own.contains(units[unit].scalar),
        let letters = LookAlikes.leetLetters(units[unit].scalar)
      else { return nil }
      let letter = letters.first { own.contains($0) } ?? letters[0]
      return place(unit..<unit + 1, .leet, readAs: PretendingLetters.text(letter))
    }
  }

  /// What stands between letters that belong together.
  private func gaps(_ range: Range<Int>) -> [DisguisedPlace] {
    var places: [DisguisedPlace] = []
    var start: Int?
    for unit in range {
      let isGap = units[unit].has(.spacer)
      if isGap, start == nil { start = unit }
      if !isGap, let first = start {
        places.append(place(first..<unit, .spacedOut, readAs: ""))
        start = nil
      }
    }
    return places
  }

  /// One letter three times and more.
  private func runs(_ range: Range<Int>) -> [DisguisedPlace] {
    var places: [DisguisedPlace] = []
    var start = range.lowerBound
    for unit in range where unit + 1 == range.upperBound || !isSame(unit, unit + 1) {
      if unit + 1 - start >= 3 {
        places.append(place(start..<unit + 1, .stretched, readAs: PretendingLetters.text(units[start].scalar)))
      }
      start = unit + 1
    }
    return places
  }

  private func isSame(_ a: Int, _ b: Int) -> Bool {
    (units[a].entry ^ units[b].entry) & CharacterTable.scalarMask == 0
  }
}
