import CodeWords

/// The language in which a word is probably written, from its letters and what its listing says.
///
/// A guess for a form that people look at: letters tell the script, and the script tells the language only where one
/// language is by far the most frequent in trade that lexicons know.
package enum LanguageGuess {
  /// - Parameters:
  ///   - text: the listing's whole text, which tells Chinese from Japanese, and Vietnamese from English.
  ///   - listing: the listing's own language, as its file has it.
  package static func language(of word: String, in text: String = "", listing: String = "") -> String {
    let scripts = word.unicodeScalars.compactMap { Script.script(of: $0.value) }
    guard let script = mostFrequent(scripts) else { return "mul" }
    let named = listing.prefix { $0 != "-" && $0 != "_" }.lowercased()
    if named.utf8.count == 2, Script.scripts(ofLanguage: named).contains(script) { return named }
    switch script {
    case .han, .kana:
      let hasKana = (word + text).unicodeScalars.contains { Script.script(of: $0.value) == .kana }
      return hasKana ? "ja" : "zh"
    case .latin: return hasVietnameseLetters(word + " " + text) ? "vi" : "en"
    default: return usual[script] ?? "mul"
    }
  }

  private static let usual: [Script: String] = [
    .cyrillic: "ru", .greek: "el", .armenian: "hy", .georgian: "ka", .hebrew: "he", .arabic: "ar", .devanagari: "hi",
    .bengali: "bn", .gurmukhi: "pa", .gujarati: "gu", .tamil: "ta", .telugu: "te", .kannada: "kn", .malayalam: "ml",
    .sinhala: "si", .thai: "th", .lao: "lo", .burmese: "my", .khmer: "km", .tibetan: "bo", .ethiopic: "am",
    .mongolian: "mn", .hangul: "ko",
  ]

  private static func mostFrequent(_ scripts: [Script]) -> Script? {
    let counts = scripts.reduce(into: [Script: Int]()) { $0[$1, default: 0] += 1 }
    return counts.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key
  }

  /// Letters that Latin script has in Vietnamese alone: đ with a tone beside it, ơ, ư, and vowels with two marks.
  private static func hasVietnameseLetters(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
      switch scalar.value {
      case 0x1A0, 0x1A1, 0x1AF, 0x1B0, 0x1EA0...0x1EF9, 0x110, 0x111: true
      default: false
      }
    }
  }
}
