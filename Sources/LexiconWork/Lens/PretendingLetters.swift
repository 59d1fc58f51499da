import Matching

/// Letters that pass for others, told from the word they stand in.
struct PretendingLetters {
  let units: [TextReading.Unit]
  /// The text has Chinese, Japanese or Korean letters, among which full-width ones are ordinary.
  let hasWide: Bool

  /// The look-alike and styled letters of a word.
  func places(in word: Range<Int>) -> [DisguisedPlace] { lookAlikes(in: word) + styled(in: word) }

  // MARK: Letters of another script

  /// The letters that do not belong to the script of their word, where all of them look like letters of it: in
  /// `USBкабель` two words were written as one, and nothing is hidden.
  ///
  /// Of both ways to read a word of Latin and Cyrillic the one that takes fewer letters for others holds.
  private func lookAlikes(in word: Range<Int>) -> [DisguisedPlace] {
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

  private func likeOfLatin(_ place: Int) -> DisguisedPlace? {
    let scalar = units[place].scalar
    // Of a unit of measure: μg, μmol.
    guard scalar != 0x3BC, let like = LookAlikes.likeness(scalar) else { return nil }
    return self.place(.lookAlike, .plain, place, readAs: Self.text(like))
  }

  private func likeOfCyrillic(_ place: Int) -> DisguisedPlace? {
    guard let like = Self.cyrillicLikes[units[place].scalar] else { return nil }
    return self.place(.lookAlike, .plain, place, readAs: Self.text(like))
  }

  /// The Cyrillic letter that a Latin one passes for, in lower case.
  ///
  /// Source: UTS #39, confusables.txt; small letters only where both cases look alike, or the small one does.
  static let cyrillicLikes: [UInt32: UInt32] = {
    let pairs = "aаcсeеoоpрxхyуiіsѕjјAаBвCсEеHнIіJјKкMмOоPрSѕTтXхYу".unicodeScalars.map(\.value)
    return Dictionary(uniqueKeysWithValues: stride(from: 0, to: pairs.count, by: 2).map { (pairs[$0], pairs[$0 + 1]) })
  }()

  // MARK: Letters in another dress

  private func styled(in word: Range<Int>) -> [DisguisedPlace] {
    let forms = word.compactMap { place in Self.plainForm(of: units[place].scalar).map { (place, $0) } }
    // One alone is a litre, an exponent or a footnote.
    guard forms.count > 1 || (forms.count == 1 && word.count > 2) else { return [] }
    return forms.map { place, plain in
      let isFullWidth = 0xFF00...0xFFEF ~= units[place].scalar
      return self.place(.styled, isFullWidth && hasWide ? .ordinary : .plain, place, readAs: plain)
    }
  }

  /// The ordinary letter or digit of which a character is a form; nil for what is none.
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

  private func place(_ kind: DisguiseKind, _ grade: DisguiseGrade, _ unit: Int, readAs: String) -> DisguisedPlace {
    DisguisedPlace(units: units, unit..<unit + 1, kind, grade, readAs: readAs)
  }

  static func text(_ scalar: UInt32) -> String { Unicode.Scalar(scalar).map { String(Character($0)) } ?? "" }
}

extension DisguisedPlace {
  init(
    units: [TextReading.Unit], _ range: Range<Int>, _ kind: DisguiseKind, _ grade: DisguiseGrade, readAs: String
  ) {
    self.init(
      kind: kind, grade: grade, bytes: Int(units[range.lowerBound].start)..<Int(units[range.upperBound - 1].end),
      scalar: units[range.lowerBound].scalar, readAs: readAs)
  }
}
