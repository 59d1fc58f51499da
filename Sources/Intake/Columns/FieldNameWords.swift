import Listings

/// The words that names of columns are made of, and what they do to a name.
///
/// Shape:  `kind,language,word,meaning`. `glue` joins words (`of`, `del`); `filler` says nothing (`info`, `raw`); `thing` is
///         what is for sale (`item`, `house`, `ilan`); `same` is another word for `meaning` (`link` for `url`); `other` makes
///         a name mean something else (`old`, `shipping`, `count`). Who sells is a `person` (`seller`, `user`) beside what
///         they are `called` (`name`, `login`, `company`); where a thing is, is a `place`, perhaps with its `postal` code.
/// Rules:  words are split at blanks, marks and changes of case, folded, and compared in the singular.
struct FieldNameWords: Sendable {
  private var glue: Set<String> = []
  private var fillers: Set<String> = []
  private var things: Set<String> = []
  private var others: Set<String> = []
  private var same: [String: String] = [:]
  private var persons: Set<String> = []
  private var called: Set<String> = []
  private var places: Set<String> = []
  private var postal: Set<String> = []
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
      case "person": persons.insert(word)
      case "called": called.insert(word)
      case "place": places.insert(word)
      case "postal": postal.insert(word)
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

  func isGlue(_ word: String) -> Bool { glue.contains(word) }
  func isThing(_ word: String) -> Bool { things.contains(word) }
  func isOther(_ word: String) -> Bool { others.contains(word) }

  /// The field that a name is made for, whatever it is made of: who sells, or where.
  ///
  /// Rules:  all its words must be understood. A person alone is no name of theirs, and a code alone no place.
  func madeFor(_ words: [String]) -> Field? {
    let words = words.filter { !fillers.contains($0) && !isThing($0) }.flatMap { parts(of: $0) }
    guard !words.isEmpty else { return nil }
    let (isPerson, isCalled) = (words.contains(where: persons.contains), words.contains(where: called.contains))
    if isPerson, isCalled, words.allSatisfy({ persons.contains($0) || called.contains($0) }) { return .sellerAlias }
    let isPlace = words.contains(where: places.contains)
    let areOfPlaces = words.allSatisfy {
      places.contains($0) || postal.contains($0) || persons.contains($0) || called.contains($0)
    }
    return isPlace && areOfPlaces ? .location : nil
  }

  /// A word that is a person and a name in one: `Anbietername`, `卖家昵称`.
  private func parts(of word: String) -> [String] {
    if persons.contains(word) || called.contains(word) || places.contains(word) { return [word] }
    let letters = Array(word.unicodeScalars)
    func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(letters[range])) }
    for place in 1..<max(2, letters.count) where place < letters.count {
      let (first, rest) = (text(0..<place), text(place..<letters.count))
      if called.contains(rest),
        persons.contains(first) || first.hasSuffix("s") && persons.contains(String(first.dropLast()))
      {
        return [persons.contains(first) ? first : String(first.dropLast()), rest]
      }
    }
    return [word]
  }

  /// The words of a name, without those that only join. The last one joins nothing: `preço de` is an old price.
  func words(of name: String) -> [String] {
    let words = Self.split(name).map { word in
      let one = Self.singular(word)
      return same[one] ?? one
    }
    return words.enumerated().filter { $0.offset + 1 == words.count && words.count > 1 || !glue.contains($0.element) }
      .map(\.element)
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
