/// Forms the regular plural of a word, so that lexicons need not list it.
///
/// Shape:  in English the last word changes (`bear claw` → `bear claws`), unless a word like *of* or *with* comes before
///         it. In Spanish, French and Portuguese only single words change, since phrases change in several places.
/// Cost:   O(characters).
/// Limits: nil wherever the rule could be wrong: words that are already plural, irregular ones (`tooth`, `knife`),
///         participles (`dried`), French words in *-al* and *-ou*, Portuguese ones in *-ão*. Lexicons list those plurals
///         themselves.
/// Source: Quirk et al. 1985, "A Comprehensive Grammar of the English Language", 5.79-5.93; Real Academia Española 2009,
///         "Nueva gramática de la lengua española", 3.2; Grevisse and Goosse 2016, "Le bon usage", §§ 523-534; Cunha and
///         Cintra 1985, "Nova gramática do português contemporâneo", 8.
package enum PluralRule {
  /// The languages with a rule.
  package static let languages: Set<String> = ["en", "es", "fr", "pt"]

  /// The plural; nil where the language has no rule or the rule leaves doubt.
  ///
  /// Example: `bear claw` gives `bear claws`, Spanish `ratón` gives `ratones`, and `tooth` gives nil.
  package static func plural(of form: String, language: String) -> String? {
    switch language {
    case "en": english(form)
    case "es": singleWord(form).flatMap(spanish)
    case "fr": singleWord(form).flatMap(french)
    case "pt": singleWord(form).flatMap(portuguese)
    default: nil
    }
  }

  // MARK: English

  /// Words after which the last word is no longer the head of the phrase: `bird of prey`.
  private static let links: Set<Substring> = [
    "of", "in", "with", "for", "on", "from", "to", "at", "by", "and", "or", "as",
  ]

  /// The plural of the last word, if the rule is sure of it.
  private static func english(_ form: String) -> String? {
    let text = form.utf8
    let start = text.lastIndex { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") }.map(text.index(after:))
    let word = text[(start ?? text.startIndex)...]
    guard word.count >= 3, word.allSatisfy({ ($0 | 0x20) &- 0x61 < 26 }), !isLinked(form),
      let change = englishChange(Substring(word).lowercased())
    else { return nil }
    return form.dropLast(change.dropped) + change.ending
  }

  /// Whether a linking word makes an earlier word the head of the phrase.
  private static func isLinked(_ form: String) -> Bool {
    guard form.utf8.contains(UInt8(ascii: " ")) else { return false }
    return form.split(separator: " ").dropLast().contains(where: links.contains)
  }

  /// How many letters of the singular go, and what takes their place.
  private typealias Change = (dropped: Int, ending: String)

  /// The change for an English word. The switch is on the last letter, so that most words need one comparison.
  ///
  /// Example: `fly` loses one letter and takes `ies`; `knife` gives nil.
  private static func englishChange(_ word: String) -> Change? {
    func ends(_ endings: StaticString...) -> Bool { endings.contains { isEnding($0, of: word) } }
    switch word.last {
    case "s": return ends("ss") ? (0, "es") : nil
    case "x": return word == "ox" ? nil : (0, "es")
    case "z": return nil
    case "h":
      if ends("fish", "tooth", "ych", "arch", "mach", "loch", "epoch") { return nil }
      return (0, ends("sh", "ch") ? "es" : "s")
    case "y":
      if ends("fry", "penny") { return nil }
      return ends("ay", "ey", "iy", "oy", "uy") ? (0, "s") : (1, "ies")
    case "o": return doubtfulInO.contains(word) ? nil : (0, "s")
    case "f": return ends("ff") ? (0, "s") : nil
    case "e":
      if ends("moose", "goose", "mouse", "louse", "people", "swine", "cattle") || word == "die" { return nil }
      return ends("fe") && !ends("ffe") ? nil : (0, "s")
    case "d": return ends("child") || (ends("ed") && !nounsInEd.contains(word)) ? nil : (0, "s")
    case "n":
      if ends("men", "bison", "person") { return nil }
      return ends("man") && !ends("caiman", "human", "shaman", "talisman") ? nil : (0, "s")
    case "p": return ends("sheep") ? nil : (0, "s")
    case "r": return ends("deer") ? nil : (0, "s")
    case "t": return ends("foot") ? nil : (0, "s")
    case "g": return ends("offspring") ? nil : (0, "s")
    default: return (0, "s")
    }
  }

  /// Whether an ASCII word ends with `ending`. `hasSuffix` would test canonical equivalence, which is slower.
  private static func isEnding(_ ending: StaticString, of word: String) -> Bool {
    let count = ending.utf8CodeUnitCount
    guard word.utf8.count >= count else { return false }
    return word.utf8.suffix(count).elementsEqual(UnsafeBufferPointer(start: ending.utf8Start, count: count))
  }

  /// Words in *-o* that take *-es*, or either ending.
  private static let doubtfulInO: Set<String> = [
    "buffalo", "cargo", "domino", "echo", "embargo", "flamingo", "halo", "hero", "mango", "mosquito", "motto",
    "mulatto",
    "potato", "tomato", "tornado", "torpedo", "veto", "volcano", "zero",
  ]

  /// Nouns in *-ed*; every other word in *-ed* is taken for a participle.
  private static let nounsInEd: Set<String> = [
    "bed", "birdseed", "bleed", "breed", "deed", "feed", "reed", "seabed", "seaweed", "seed", "shed", "sled", "steed",
    "weed",
  ]

  // MARK: Other languages

  /// The text if it is one word of lower-case letters; nil for phrases, names and numbers.
  ///
  /// Limits: fewer than three letters give nil.
  private static func singleWord(_ writing: String) -> String? {
    let scalars = writing.unicodeScalars
    let isWord = scalars.count >= 3 && scalars.allSatisfy { $0.properties.isLowercase && $0.properties.isAlphabetic }
    return isWord ? writing : nil
  }

  /// Source: Nueva gramática, 3.2.
  private static func spanish(_ word: String) -> String? {
    switch word.last {
    case "a", "e", "o", "á", "é": return word + "s"
    case "d", "l", "r": return word + "es"
    case "z": return word.dropLast() + "ces"
    case "n":
      // The stress stays on its syllable, so the accent goes: ratón, ratones.
      guard let plain = word.dropLast().last.flatMap({ withoutAccent[$0] }) else { return nil }
      return word.dropLast(2) + String(plain) + "nes"
    default: return nil
    }
  }

  private static let withoutAccent: [Character: Character] = ["á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u"]

  /// Source: Le bon usage, §§ 523-534.
  private static func french(_ word: String) -> String? {
    let isDoubtful = ["s", "x", "z", "al", "ail", "au", "eu", "ou"].contains { word.hasSuffix($0) }
    return isDoubtful ? nil : word + "s"
  }

  /// Source: Cunha and Cintra, 8.
  private static func portuguese(_ word: String) -> String? {
    switch word.last {
    case "a", "e", "i", "o", "u", "á", "é", "ê", "ó", "ô": word.hasSuffix("ão") ? nil : word + "s"
    case "r", "z": word + "es"
    default: nil
    }
  }
}
