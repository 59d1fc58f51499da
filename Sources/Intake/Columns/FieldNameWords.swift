import Listings

/// The words that column names are composed of, and what each contributes.
///
/// Shape:  rows of `kind,language,word,meaning`. `glue` joins words (`of`, `del`). `filler` adds nothing (`info`, `raw`).
///         `thing` is what is for sale (`item`, `house`, `ilan`). `same` is a synonym of `meaning` (`link` for `url`).
///         `other` makes a name mean something else (`old`, `shipping`, `count`). A seller is a `person` (`seller`,
///         `user`) with what they are `called` (`name`, `login`, `company`). A location is a `place`, perhaps with its
///         `postal` code. Words are split at blanks, punctuation and changes of case, folded, and made singular.
struct FieldNameWords: Sendable {
  /// Words that only join others.
  private var glue: Set<String> = []
  /// Words that add nothing.
  private var fillers: Set<String> = []
  /// Words for what is for sale.
  private var things: Set<String> = []
  /// Words that make a name mean something else.
  private var qualifiers: Set<String> = []
  /// Synonyms, with the word that they mean.
  private var same: [String: String] = [:]
  /// Words for people who sell.
  private var persons: Set<String> = []
  /// Words for what people are called.
  private var designations: Set<String> = []
  /// Words for locations.
  private var places: Set<String> = []
  /// Words for parts of a postal address.
  private var postal: Set<String> = []
  /// Words for things that occur glued to a name: long enough, or in a script without blanks.
  private var joined: Set<String> = []

  /// - Parameter rows: `kind,language,word,meaning`; rows of an unknown kind are ignored.
  init(rows: [[String]]) {
    for row in rows {
      let word = Self.singular(Folding.folded(row[2]))
      switch row[0] {
      case "glue": glue.insert(word)
      case "filler": fillers.insert(word)
      case "thing": addThing(word, FieldNames.plain(row[2]))
      case "other": qualifiers.insert(word)
      case "person": persons.insert(word)
      case "called": designations.insert(word)
      case "place": places.insert(word)
      case "postal": postal.insert(word)
      case "same": same[word] = Self.singular(Folding.folded(row[3]))
      default: break
      }
    }
  }

  /// Adds a word for what is for sale, and whether it may be glued to other words.
  private mutating func addThing(_ word: String, _ plain: String) {
    things.insert(word)
    if plain.unicodeScalars.count >= 4 || plain.unicodeScalars.contains(where: { $0.value >= 0xE00 }) {
      joined.insert(plain)
    }
  }

  var isEmpty: Bool { things.isEmpty && same.isEmpty }

  /// Whether a word only joins others, as at the end of `preço de`.
  func isGlue(_ word: String) -> Bool { glue.contains(word) }
  func isThing(_ word: String) -> Bool { things.contains(word) }
  /// Whether a word makes a name mean something else.
  func isQualifier(_ word: String) -> Bool { qualifiers.contains(word) }

  /// The field that a composed name stands for: a seller, or a location.
  ///
  /// Shape:  every word must be understood. A person alone is not yet a name, and a postal code alone no location.
  /// Fails:  returns nil where any word is unknown.
  func composedField(_ words: [String]) -> Field? {
    let words = words.filter { !fillers.contains($0) && !isThing($0) }.flatMap { parts(of: $0) }
    guard !words.isEmpty else { return nil }
    let (isPerson, isDesignated) = (
      words.contains(where: persons.contains), words.contains(where: designations.contains)
    )
    if isPerson, isDesignated, words.allSatisfy({ persons.contains($0) || designations.contains($0) }) {
      return .sellerAlias
    }
    let isLocation = words.contains(where: places.contains)
    let areAboutLocation = words.allSatisfy {
      places.contains($0) || postal.contains($0) || persons.contains($0) || designations.contains($0)
    }
    return isLocation && areAboutLocation ? .location : nil
  }

  /// The parts of a word that is person and designation in one: `Anbietername`, `卖家昵称`.
  ///
  /// Shape:  one word where it cannot be split; a linking `s` as in `Verkäufersname` is dropped.
  private func parts(of word: String) -> [String] {
    if persons.contains(word) || designations.contains(word) || places.contains(word) { return [word] }
    let letters = Array(word.unicodeScalars)
    func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(letters[range])) }
    for split in 1..<max(2, letters.count) where split < letters.count {
      let (first, rest) = (text(0..<split), text(split..<letters.count))
      if designations.contains(rest),
        persons.contains(first) || first.hasSuffix("s") && persons.contains(String(first.dropLast()))
      {
        return [persons.contains(first) ? first : String(first.dropLast()), rest]
      }
    }
    return [word]
  }

  /// The words of a name without those that only join. A trailing one is kept: `preço de` is an old price.
  ///
  /// Shape:  singular, with synonyms replaced by the word that they mean.
  func words(of name: String) -> [String] {
    let words = Self.split(name).map { word in
      let one = Self.singular(word)
      return same[one] ?? one
    }
    return words.enumerated().filter { $0.offset + 1 == words.count && words.count > 1 || !glue.contains($0.element) }
      .map(\.element)
  }

  /// Drops words that add nothing, unless nothing else remains.
  func withoutFillers(_ words: [String]) -> [String] {
    let said = words.filter { !fillers.contains($0) }
    return said.isEmpty ? words : said
  }

  /// Drops the words for what is for sale.
  func withoutThings(_ words: [String]) -> [String] { words.filter { !things.contains($0) } }

  /// What remains of a name written as one word when a word for a thing is cut from either end.
  ///
  /// Shape:  every possible rest, since a name may begin and end with such words.
  func withoutThing(_ plain: String) -> [String] {
    let letters = Array(plain.unicodeScalars)
    guard letters.count > 2 else { return [] }
    func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(letters[range])) }
    return (1..<letters.count).flatMap { split -> [String] in
      let (first, rest) = (text(0..<split), text(split..<letters.count))
      return (joined.contains(first) ? [rest] : []) + (joined.contains(rest) ? [first] : [])
    }
  }

  /// The folded words of a name: `itemWebUrl` becomes item, web, url. Digits are dropped.
  ///
  /// Shape:  split at anything but letters and marks, and where a capital follows a small letter.
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

  /// Whether a character belongs to the letter before it.
  private static func isMark(_ category: Unicode.GeneralCategory) -> Bool {
    category == .nonspacingMark || category == .spacingMark || category == .format
  }

  /// The singular of an English plural. Words of other languages are in the table as they are used.
  static func singular(_ word: String) -> String {
    guard word.utf8.count > 3, word.hasSuffix("s") else { return word }
    if word.hasSuffix("ies"), word.utf8.count > 4 { return word.dropLast(3) + "y" }
    if word.hasSuffix("ss") || word.hasSuffix("us") || word.hasSuffix("is") { return word }
    return String(word.dropLast())
  }
}
