/// Whether a text is a scientific name by its form: genus and epithet with Latin endings.
///
/// Rules:  a capital and small letters, then one or two words of small letters, hyphens allowed; author and year in
///         brackets may follow. Endings keep "Carved ivory" and "Resin beads" out.
/// Source: International Code of Zoological Nomenclature, articles 5 and 11: names are Latin or latinised.
enum ScientificName {
  private static let genusEndings = [
    "a", "us", "is", "um", "es", "on", "ys", "ops", "x", "as", "er", "or", "ns", "ps", "yx", "os", "e", "ax",
  ]
  private static let epithetEndings = [
    "us", "a", "um", "is", "e", "ii", "i", "ae", "ensis", "ense", "oides", "ns", "x", "or", "er", "us", "ops", "orum",
    "arum",
  ]

  /// One name, or several parted by `;`.
  static func isWritten(in text: String) -> Bool {
    let names = text.split(separator: ";").map { $0.drop(while: \.isWhitespace) }
    return !names.isEmpty && names.allSatisfy { isOne(String($0)) }
  }

  private static func isOne(_ text: String) -> Bool {
    let name = text.split(separator: "(", maxSplits: 1).first ?? ""
    let words = name.split(whereSeparator: \.isWhitespace)
    guard (2...3).contains(words.count) else { return false }
    guard let capital = words[0].unicodeScalars.first, ("A"..."Z").contains(capital) else { return false }
    guard isLatin(words[0].dropFirst()), ends(words[0], genusEndings) else { return false }
    return words.dropFirst().allSatisfy { isLatin($0) && ends($0, epithetEndings) }
  }

  private static func isLatin(_ word: Substring) -> Bool {
    word.unicodeScalars.count >= 2 && word.unicodeScalars.allSatisfy { ("a"..."z").contains($0) || $0 == "-" }
  }

  private static func ends(_ word: Substring, _ endings: [String]) -> Bool {
    word.count >= 3 && endings.contains { word.hasSuffix($0) }
  }
}
