import Listings

/// The words that names of columns are made of, and what they do to a name.
///
/// Shape:  `kind,language,word,meaning`. `glue` joins words (`of`, `del`); `filler` says nothing (`info`, `raw`); `thing` is
///         what is for sale (`item`, `house`, `ilan`); `same` is another word for `meaning` (`link` for `url`); `other` makes
///         a name mean something else (`old`, `shipping`, `count`).
/// Rules:  words are split at blanks, marks and changes of case, folded, and compared in the singular.
struct FieldNameWords: Sendable {
  private var glue: Set<String> = []
  private var fillers: Set<String> = []
  private var things: Set<String> = []
  private var others: Set<String> = []
  private var same: [String: String] = [:]
  /// Words for things as they are written together with a name: long enough, or in a script without blanks.
  private var joined: Set<String> = []

  init(rows: [[String]]) {
    for row in rows {
      let word = Self.singular(Folding.folded(row[2]))
      switch row[0] {
      case "glue": glue.insert(word)
      case "filler": fillers.insert(word)
      case "thing": addThing(word, FieldNames.plain(row[2]))
      case "other": others.insert(word)
      case "same": same[word] = Self.singular(Folding.folded(row[3]))
      default: break
      }
    }
  }

  private mutating func addThing(_ word: String, _ plain: String) {
    things.insert(word)
    if plain.unicodeScalars.count >= 4 || plain.unicodeScalars.contains(where: { $0.value >= 0xE00 }) {
      joined.insert(plain)
    }
  }

  var isEmpty: Bool { things.isEmpty && same.isEmpty }

  func isThing(_ word: String) -> Bool { things.contains(word) }
  func isOther(_ word: String) -> Bool { others.contains(word) }

  /// The words of a name, without those that only join.
  func words(of name: String) -> [String] {
    Self.split(name).map { word in
      let one = Self.singular(word)
      return same[one] ?? one
    }.filter { !glue.contains($0) }
  }

  /// Without the words that say nothing; all of them where nothing else is there.
  func saying(_ words: [String]) -> [String] {
    let said = words.filter { !fillers.contains($0) }
    return said.isEmpty ? words : said
  }

  /// Without the words for what is for sale.
  func telling(_ words: [String]) -> [String] { words.filter { !things.contains($0) } }

  /// What is left of a name written in one when a word for a thing is taken from its beginning or end.
  func withoutThing(_ plain: String) -> [String] {
    let letters = Array(plain.unicodeScalars)
    guard letters.count > 2 else { return [] }
    func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(letters[range])) }
    return (1..<letters.count).flatMap { place -> [String] in
      let (first, rest) = (text(0..<place), text(place..<letters.count))
      return (joined.contains(first) ? [rest] : []) + (joined.contains(rest) ? [first] : [])
    }
  }

  /// Folded words: `itemWebUrl` is item, web, url; numbers are none.
  static func split(_ name: String) -> [String] {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    var wasSmall = false
    func close() {
      if !word.isEmpty { words.append(Folding.folded(String(word))) }
      word = String.UnicodeScalarView()
    }
    for scalar in name.unicodeScalars {
      let properties = scalar.properties
      guard properties.isAlphabetic || isMark(properties.generalCategory) else {
        close()
        wasSmall = false
        continue
      }
      if properties.isUppercase, wasSmall { close() }
      wasSmall = properties.isLowercase
      word.append(scalar)
    }
    close()
    return words.filter { !$0.isEmpty }
  }

  private static func isMark(_ category: Unicode.GeneralCategory) -> Bool {
    category == .nonspacingMark || category == .spacingMark || category == .format
  }

  /// English plurals, as column names have them; words of other languages stand in the table as they are written.
  static func singular(_ word: String) -> String {
    guard word.utf8.count > 3, word.hasSuffix("s") else { return word }
    if word.hasSuffix("ies"), word.utf8.count > 4 { return word.dropLast(3) + "y" }
    if word.hasSuffix("ss") || word.hasSuffix("us") || word.hasSuffix("is") { return word }
    return String(word.dropLast())
  }
}
