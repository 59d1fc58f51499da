@testable import CodeWords
@testable import Matching
@testable import Taxa
@testable import LexiconWork

/// Which letters, digits and signs pass for which, read off the tables anew.
enum OracleLikeness {
  /// The letter of ASCII that a letter looks like, itself or as its capital.
  static func ascii(_ scalar: UInt32) -> UInt32? {
    if scalar < 0x80 { return nil }
    if let letter = listed[scalar] { return letter }
    return small[scalar]
  }

  private static let listed: [UInt32: UInt32] = {
    var table: [UInt32: UInt32] = [:]
    for group in lookAlikePairs {
      let scalars = group.pairs.unicodeScalars.map(\.value)
      for pair in 0..<scalars.count / 2 { table[scalars[2 * pair]] = scalars[2 * pair + 1] }
    }
    return table
  }()

  private static let small: [UInt32: UInt32] = {
    var table: [UInt32: UInt32] = [:]
    for (capital, letter) in listed {
      let lower = Unicode.Scalar(capital)!.properties.lowercaseMapping.unicodeScalars.map(\.value)
      if lower.count == 1, lower[0] >= 0x80 { table[lower[0]] = letter }
    }
    return table
  }()

  /// Letters of Latin that are not ASCII's, and pass for them.
  static let latinForms: Set<UInt32> = {
    let group = lookAlikePairs.first { $0.script == "Latin" }!
    return Set(group.pairs.unicodeScalars.map(\.value).filter { $0 >= 0x80 })
  }()

  /// All letters of ASCII that a folded letter looks like in any of the forms that fold to it.
  static func forms(ofFolded letter: UInt32) -> Set<UInt32> {
    if letter < 0x80 { return (0x61...0x7A).contains(letter | 0x20) ? [letter] : [] }
    return byFolded[letter] ?? []
  }

  private static let byFolded: [UInt32: Set<UInt32>] = {
    var table: [UInt32: Set<UInt32>] = [:]
    for scalar in Set(listed.keys).union(small.keys) {
      let folded = OracleCharacters.folded(scalar, OracleCharacters.plainFolds)
      if folded.count == 1 { table[folded[0], default: []].insert(ascii(scalar)!) }
    }
    return table
  }()

  /// Whether a character of a text passes for a folded letter of a spelling.
  static func passes(_ scalar: UInt32, for letter: UInt32) -> Bool {
    let forms = forms(ofFolded: letter)
    if forms.isEmpty { return false }
    if !latinForms.contains(scalar), OracleCharacters.script(scalar) == OracleCharacters.script(letter) { return false }
    if let like = ascii(scalar) { return forms.contains(like) }
    return (0x61...0x7A).contains(scalar | 0x20) && scalar < 0x80 && forms.contains(scalar | 0x20)
  }

  private static let leet: [Character: String] = [
    "0": "o", "1": "il", "3": "eз", "4": "aч", "5": "s", "6": "gб", "7": "t", "8": "b", "9": "g", "@": "a", "$": "s",
    "!": "i", "€": "e", "£": "l", "¥": "y", "¢": "c",
  ]

  /// Whether a digit or sign is written for a folded letter.
  static func isLeet(_ scalar: UInt32, for letter: UInt32) -> Bool {
    guard let character = Unicode.Scalar(scalar).map(Character.init), let letters = leet[character] else {
      return false
    }
    let values = Set(letters.unicodeScalars.map(\.value))
    return values.contains(letter) || !values.isDisjoint(with: forms(ofFolded: letter))
  }
}
