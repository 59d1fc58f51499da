/// The spellings by which sellers try to slip past keyword filters.
enum Disguise: CaseIterable {
  case spaced, dotted, digits, lookAlikes, emojiInside, starred

  /// `name` with its first word, or all of a script without blanks, respelt.
  func applied(to name: String, emoji: String) -> String {
    let words = name.split(separator: " ", maxSplits: 1)
    guard let first = words.first else { return name }
    let rest = words.count > 1 ? " " + words[1] : ""
    return respelt(Array(first), emoji: emoji) + rest
  }

  private func respelt(_ letters: [Character], emoji: String) -> String {
    // Arabic letters join: a stretched stroke (U+0640) is how they are drawn apart there.
    let isArabic = letters.contains { ("\u{0600}"..."\u{06FF}").contains($0) }
    let middle = letters.count / 2
    switch self {
    case .spaced: return isArabic ? joined(letters, "ـ") : joined(letters, " ")
    case .dotted: return isArabic ? joined(letters, "ــ") : joined(letters, ".")
    case .digits: return String(letters.map { Disguise.digitFor[$0] ?? $0 })
    case .lookAlikes: return String(letters.map { Disguise.twin[$0] ?? $0 })
    case .emojiInside: return String(letters[..<middle]) + emoji + String(letters[middle...])
    case .starred:
      guard letters.count > 1 else { return String(letters) }
      return String(letters[..<middle]) + "*" + String(letters[(middle + (letters.count > 3 ? 1 : 0))...])
    }
  }

  private func joined(_ letters: [Character], _ joint: String) -> String {
    letters.map { String($0) }.joined(separator: joint)
  }

  private static let digitFor: [Character: Character] = [
    "o": "0", "O": "0", "i": "1", "I": "1", "e": "3", "E": "3", "a": "4", "A": "4", "à": "4", "ê": "3", "о": "0",
    "е": "3",
  ]

  /// Latin for Cyrillic and Cyrillic for Latin: equal to the eye, different to a filter (Unicode UTS 39, confusables).
  private static let twin: [Character: Character] = [
    "a": "а", "c": "с", "e": "е", "o": "о", "p": "р", "x": "х", "y": "у", "i": "і", "I": "І", "A": "А", "O": "О",
    "а": "a", "с": "c", "е": "e", "о": "o", "р": "p", "х": "x", "у": "y", "К": "K", "В": "B", "Н": "H", "С": "C",
  ]
}
