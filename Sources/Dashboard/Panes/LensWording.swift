import CodeWords
import LexiconWork
import Matching
import Sentences

/// What the lens says, in words.
enum LensWording {
  /// What is hidden in a listing and counts, kind by kind; nil where nothing does.
  static func sentence(_ reading: DetailReading) -> String? {
    let counts = counts([reading.title, reading.description], .plain)
    return counts.isEmpty ? nil : counts.map { numbered($0.count, $0.kind) }.joined(separator: ", ")
  }

  static func counts(_ lenses: [TextLens], _ grade: DisguiseGrade) -> [(kind: DisguiseKind, count: Int)] {
    DisguiseKind.allCases.compactMap { kind in
      let count = lenses.reduce(0) { $0 + $1.count(kind, grade) }
      return count > 0 ? (kind, count) : nil
    }
  }

  static func numbered(_ count: Int, _ kind: DisguiseKind) -> String {
    switch kind {
    case .hidden: counted(count, "hidden character")
    case .lookAlike: counted(count, "look-alike letter")
    case .styled: counted(count, "styled letter")
    case .reference: counted(count, "encoded letter")
    case .marks: counted(count, "overmarked letter")
    case .leet:
      localized(count, one: "\(grouped: count) sign for a letter", other: "\(grouped: count) signs for letters")
    case .spacedOut: counted(count, "spaced-out word")
    case .broken:
      localized(count, one: "\(grouped: count) sign within a word", other: "\(grouped: count) signs within words")
    case .stretched: counted(count, "stretched word")
    }
  }

  /// What the legend's line of a kind is called.
  static func label(_ kind: DisguiseKind) -> String {
    switch kind {
    case .hidden: localized("hidden", context: "what hides a word")
    case .lookAlike: localized("look-alike", context: "what hides a word")
    case .styled: localized("styled", context: "what hides a word")
    case .reference: localized("encoded", context: "what hides a word")
    case .marks: localized("overmarked", context: "what hides a word")
    case .leet: localized("signs", context: "what hides a word")
    case .spacedOut: localized("spaced out", context: "what hides a word")
    case .broken: localized("broken", context: "what hides a word")
    case .stretched: localized("stretched", context: "what hides a word")
    }
  }

  /// A character of a kind: `[ZWSP] U+200B zero width space`, `о U+043E for o`.
  static func name(of place: DisguisedSpan, as written: String) -> String {
    let code = HiddenCharacters.codePoint(place.scalar)
    switch place.kind {
    case .hidden:
      let name = HiddenCharacters.longName(place.scalar)
      return "[\(HiddenCharacters.shortName(place.scalar))] \(code)" + (name.isEmpty ? "" : " " + name)
    case .lookAlike:
      let script = LookAlikes.script(place.scalar) ?? "Latin"
      return localized("\(written) \(code) \(script) for \(place.readAs)")
    case .marks: return "\(code) \(HiddenCharacters.longName(place.scalar))"
    case .styled, .reference, .leet, .stretched:
      return localized("\(written) for \(place.readAs)", context: "a character for a letter")
    case .broken: return written
    case .spacedOut: return ""
    }
  }
}
