import Matching

/// The disguises through which a code word was found, character by character.
///
/// Shape:  the hit says which kinds of disguise; comparison with the surface form says which characters.
struct HitDisguises {
  let units: [TextReading.Unit]
  let surfaceForm: String

  /// The disguises among the units of a hit.
  ///
  /// Shape:  kind by kind, not by position; those of two kinds may overlap.
  func spans(_ range: Range<Int>, _ folds: Folds) -> [DisguisedSpan] {
    var spans: [DisguisedSpan] = []
    if folds.contains(.invisible) { spans += hidden(range) }
    if folds.contains(.lookAlikes) { spans += lookAlikes(range) }
    if folds.contains(.leet) { spans += leet(range) }
    if folds.contains(.spacing) { spans += gaps(range) }
    if folds.contains(.repeats) { spans += runs(range) }
    return spans
  }

  private func span(_ range: Range<Int>, _ kind: DisguiseKind, readAs: String) -> DisguisedSpan {
    DisguisedSpan(units: units, range, kind, .plain, readAs: readAs)
  }

  /// Includes characters that are ordinary elsewhere: even a joiner inside a code word hides it from a search.
  private func hidden(_ range: Range<Int>) -> [DisguisedSpan] {
    range.filter { HiddenCharacters.isHidden(units[$0].scalar) }.map { span($0..<$0 + 1, .hidden, readAs: "") }
  }

  /// Letters of another script than the surface form's.
  private func lookAlikes(_ range: Range<Int>) -> [DisguisedSpan] {
    let scripts = surfaceForm.unicodeScalars.map { CharacterTraits.of($0.value).intersection(.script) }
    let isCyrillic = scripts.contains(.cyrillic)
    return range.compactMap { unit in
      let scalar = units[unit].scalar
      let script = units[unit].traits.intersection(.script)
      guard !script.isEmpty, script != (isCyrillic ? .cyrillic : .latin) else { return nil }
      let like = isCyrillic ? PretendingLetters.cyrillicLikes[scalar] : LookAlikes.likeness(scalar)
      return span(unit..<unit + 1, .lookAlike, readAs: like.map(PretendingLetters.text) ?? "?")
    }
  }

  /// Digits and signs that the surface form does not have.
  private func leet(_ range: Range<Int>) -> [DisguisedSpan] {
    let own = Set(surfaceForm.unicodeScalars.map(\.value))
    return range.compactMap { unit in
      guard units[unit].has(.leet), !own.contains(units[unit].scalar),
        let letters = LookAlikes.leetLetters(units[unit].scalar)
      else { return nil }
      let letter = letters.first { own.contains($0) } ?? letters[0]
      return span(unit..<unit + 1, .leet, readAs: PretendingLetters.text(letter))
    }
  }

  /// Spacers between letters that belong together.
  private func gaps(_ range: Range<Int>) -> [DisguisedSpan] {
    var spans: [DisguisedSpan] = []
    var start: Int?
    for unit in range {
      let isGap = units[unit].has(.spacer)
      if isGap, start == nil { start = unit }
      if !isGap, let first = start {
        spans.append(span(first..<unit, .spacedOut, readAs: ""))
        start = nil
      }
    }
    return spans
  }

  /// Runs of three or more of one letter.
  private func runs(_ range: Range<Int>) -> [DisguisedSpan] {
    var spans: [DisguisedSpan] = []
    var start = range.lowerBound
    for unit in range where unit + 1 == range.upperBound || !isSame(unit, unit + 1) {
      if unit + 1 - start >= 3 {
        spans.append(span(start..<unit + 1, .stretched, readAs: PretendingLetters.text(units[start].scalar)))
      }
      start = unit + 1
    }
    return spans
  }

  /// Whether two units fold to the same character.
  private func isSame(_ a: Int, _ b: Int) -> Bool {
    (units[a].entry ^ units[b].entry) & CharacterTable.scalarMask == 0
  }
}

/// Letters that pass for others, recognised by the word they are in.
///
/// Cost:   O(units of a word).
struct PretendingLetters {
  let units: [TextReading.Unit]
  /// Whether the text has Chinese, Japanese or Korean letters, among which full-width forms are ordinary.
  let hasWide: Bool

  /// The look-alike and styled letters of a word.
  func spans(in word: Range<Int>) -> [DisguisedSpan] { lookAlikes(in: word) + styled(in: word) }

  // MARK: Letters of another script

  /// The letters that do not belong to the script of their word, if all of them look like letters of it. In `USBкабель`
  /// two words were joined, and nothing is hidden.
  ///
  /// A word of Latin and Cyrillic can be read in two ways; the one with fewer look-alikes is taken.
  private func lookAlikes(in word: Range<Int>) -> [DisguisedSpan] {
    let letters = word.filter { units[$0].has(.script) && !units[$0].has(.attached) }
    let latin = letters.filter { units[$0].traits.intersection(.script) == .latin }
    let others = letters.filter { units[$0].traits.intersection(.script) != .latin }
    guard letters.count > 2, !latin.isEmpty, !others.isEmpty else { return [] }
    let asLatin = others.compactMap { likeOfLatin($0) }
    let isCyrillic = others.allSatisfy { units[$0].traits.intersection(.script) == .cyrillic }
    let asCyrillic = isCyrillic ? latin.compactMap { likeOfCyrillic($0) } : []
    let isLatin = asLatin.count == others.count
    let isRead = isCyrillic && asCyrillic.count == latin.count
    if isRead, !isLatin || latin.count < others.count { return asCyrillic }
    return isLatin ? asLatin : []
  }

  /// A letter that passes for a Latin one; nil for other letters.
  private func likeOfLatin(_ place: Int) -> DisguisedSpan? {
    let scalar = units[place].scalar
    // µ as a unit prefix: μg, μmol.
    guard scalar != 0x3BC, let like = LookAlikes.likeness(scalar) else { return nil }
    return span(.lookAlike, .plain, place, readAs: Self.text(like))
  }

  /// A Latin letter that passes for a Cyrillic one; nil for other letters.
  private func likeOfCyrillic(_ place: Int) -> DisguisedSpan? {
    guard let like = Self.cyrillicLikes[units[place].scalar] else { return nil }
    return span(.lookAlike, .plain, place, readAs: Self.text(like))
  }

  /// The Cyrillic letter that a Latin letter passes for, in lower case.
  ///
  /// Source: UTS #39, confusables.txt; small letters only where both cases look alike, or the small one does.
  static let cyrillicLikes: [UInt32: UInt32] = {
    let pairs = "aаcсeеoоpрxхyуiіsѕjјAаBвCсEеHнIіJјKкMмOоPрSѕTтXхYу".unicodeScalars.map(\.value)
    return Dictionary(uniqueKeysWithValues: stride(from: 0, to: pairs.count, by: 2).map { (pairs[$0], pairs[$0 + 1]) })
  }()

  // MARK: Letters in another form

  /// Styled letters; a single one in a short word is a litre sign, an exponent or a footnote.
  private func styled(in word: Range<Int>) -> [DisguisedSpan] {
    let forms = word.compactMap { place in Self.plainForm(of: units[place].scalar).map { (place, $0) } }
    guard forms.count > 1 || (forms.count == 1 && word.count > 2) else { return [] }
    return forms.map { place, plain in
      let isFullWidth = 0xFF00...0xFFEF ~= units[place].scalar
      return span(.styled, isFullWidth && hasWide ? .ordinary : .plain, place, readAs: plain)
    }
  }

  /// The ordinary letter or digit that a character is a styled form of; nil for other characters.
  ///
  /// Example: full-width `Ａ` gives `a`.
  static func plainForm(of scalar: UInt32) -> String? {
    switch scalar {
    case 0..<0x80: return nil
    case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A, 0x1D400...0x1D7FF, 0x24B6...0x24E9, 0x2102...0x2149,
      0x1F130...0x1F189, 0x2B0...0x2B8, 0x2070...0x209C, 0x1D2C...0x1D6A:
      var folded: [UInt32] = []
      CharacterFolding.append(scalar, under: [.letterCase, .compatibility], to: &folded)
      guard folded.count == 1, folded[0] != scalar, CharacterTraits.of(folded[0]).contains(.word) else { return nil }
      return text(folded[0])
    default:
      return LookAlikes.isLatinForm(scalar) ? LookAlikes.likeness(scalar).map(text) : nil
    }
  }

  private func span(_ kind: DisguiseKind, _ grade: DisguiseGrade, _ unit: Int, readAs: String) -> DisguisedSpan {
    DisguisedSpan(units: units, unit..<unit + 1, kind, grade, readAs: readAs)
  }

  /// The character as text; empty for no Unicode scalar.
  static func text(_ scalar: UInt32) -> String { Unicode.Scalar(scalar).map { String(Character($0)) } ?? "" }
}

extension DisguisedSpan {
  /// The span of a range of units.
  init(
    units: [TextReading.Unit], _ range: Range<Int>, _ kind: DisguiseKind, _ grade: DisguiseGrade, readAs: String
  ) {
    self.init(
      kind: kind, grade: grade, bytes: Int(units[range.lowerBound].start)..<Int(units[range.upperBound - 1].end),
      scalar: units[range.lowerBound].scalar, readAs: readAs)
  }
}

/// Words that look as if digits, signs and gaps had been put into them.
///
/// All of these are only possible disguises: model numbers, lists and trade names look the same. Where a code word was
/// found, its hit decides.
///
/// Cost:   O(units).
struct SpelledApart {
  let units: [TextReading.Unit]

  /// Leet, breaks and gaps, all graded `.possible`.
  ///
  /// Shape:  leet and breaks by position, then the gaps.
  func spans() -> [DisguisedSpan] {
    var spans: [DisguisedSpan] = []
    for place in units.indices {
      if let letter = leet(place) {
        spans.append(DisguisedSpan(units: units, place..<place + 1, .leet, .possible, readAs: letter))
      } else if let readAs = brokenBy(place) {
        spans.append(DisguisedSpan(units: units, place..<place + 1, .broken, .possible, readAs: readAs))
      }
    }
    return spans + spacedOut()
  }

  /// A spelled-out word has at least this many letters, unlike `U.S.A.`.
  static let minimumLetters = 4

  // MARK: One character within a word

  /// The letter that a digit or sign between two letters stands for.
  private func leet(_ place: Int) -> String? {
    guard units[place].has(.leet), isWithinWord(place), let letters = LookAlikes.leetLetters(units[place].scalar)
    else { return nil }
    // The @ of an address: info@example.org.
    if units[place].scalar == 0x40, isAddress(place) { return nil }
    let isCyrillic = units[place - 1].traits.intersection(.script) == .cyrillic
    let letter = letters.first { ($0 >= 0x400) == isCyrillic } ?? letters[0]
    return PretendingLetters.text(letter)
  }

  /// Whether a dot follows before the next space, as in an address.
  ///
  /// Limits: looks at no more than 64 characters.
  private func isAddress(_ place: Int) -> Bool {
    for unit in units[place...].prefix(64) {
      if CharacterFolding.isBlank(unit.scalar) { return false }
      if unit.scalar == 0x2E { return true }
    }
    return false
  }

  /// What a star or emoji between two letters is read as.
  ///
  /// Shape:  `?` for a star, empty for an emoji, nil for anything else.
  private func brokenBy(_ place: Int) -> String? {
    let scalar = units[place].scalar
    guard scalar == 0x2A || PictographCharacters.contains(scalar), !units[place].has(.word), isWithinWord(place) else {
      return nil
    }
    // Which letter a star stands for cannot be known.
    return scalar == 0x2A ? "?" : ""
  }

  /// Whether letters of a script with spaces are directly on both sides, at least three in all.
  private func isWithinWord(_ place: Int) -> Bool {
    guard place > 0, place + 1 < units.count, isLetter(place - 1), isLetter(place + 1) else { return false }
    return (place > 1 && isLetter(place - 2)) || (place + 2 < units.count && isLetter(place + 2))
  }

  /// Whether the unit is a letter of a script with spaces.
  private func isLetter(_ place: Int) -> Bool {
    units[place].has(.word) && !units[place].has(.digit) && !units[place].has(.borderless)
  }

  // MARK: Gaps between letters

  /// Gaps between letters that each stand alone.
  private func spacedOut() -> [DisguisedSpan] {
    var spans: [DisguisedSpan] = []
    var place = 0
    while place < units.count {
      let letters = loneLetters(from: place)
      if letters.count >= Self.minimumLetters {
        for (left, right) in zip(letters, letters.dropFirst()) {
          spans.append(DisguisedSpan(units: units, left + 1..<right, .spacedOut, .possible, readAs: ""))
        }
      }
      place = (letters.last ?? place) + 1
    }
    return spans
  }

  /// The letters from a position on that are separated by the same gap of one to three spacers throughout.
  ///
  /// Shape:  indices of units, ascending; empty where no letter begins a word there.
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
