import CodeWords
import LexiconWork
import Matching
import Sentences

/// What the lens says, in words.
enum LensWording {
  /// What is hidden in a listing and counts, kind by kind; nil where nothing does.
  static func sentence(_ reading: DetailReading) -> String? {
    let counts = counts([reading.title, reading.description], .plain)
    return counts.isEmpty ? nil : counts.map { counted($0.count, $0.kind) }.joined(separator: ", ")
  }

  static func counts(_ lenses: [TextLens], _ grade: DisguiseGrade) -> [(kind: DisguiseKind, count: Int)] {
    DisguiseKind.allCases.compactMap { kind in
      let count = lenses.reduce(0) { $0 + $1.count(kind, grade) }
      return count > 0 ? (kind, count) : nil
    }
  }

  static func counted(_ count: Int, _ kind: DisguiseKind) -> String {
    switch kind {
    case .hidden: Sentences.counted(count, "hidden character")
    case .lookAlike: Sentences.counted(count, "look-alike letter")
    case .styled: Sentences.counted(count, "styled letter")
    case .reference: Sentences.counted(count, "encoded letter")
    case .marks: Sentences.counted(count, "overmarked letter")
    case .leet: count == 1 ? "1 sign for a letter" : "\(grouped(count)) signs for letters"
    case .spacedOut: Sentences.counted(count, "spaced-out word")
    case .broken: count == 1 ? "1 sign within a word" : "\(grouped(count)) signs within words"
    case .stretched: Sentences.counted(count, "stretched word")
    }
  }

  /// What the legend's line of a kind is called.
  static func label(_ kind: DisguiseKind) -> String {
    switch kind {
    case .hidden: "hidden"
    case .lookAlike: "look-alike"
    case .styled: "styled"
    case .reference: "encoded"
    case .marks: "overmarked"
    case .leet: "signs"
    case .spacedOut: "spaced out"
    case .broken: "broken"
    case .stretched: "stretched"
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
      return "\(written) \(code) \(script) for \(place.readAs)"
    case .marks: return "\(code) \(HiddenCharacters.longName(place.scalar))"
    case .styled, .reference, .leet, .stretched: return "\(written) for \(place.readAs)"
    case .broken: return written
    case .spacedOut: return ""
    }
  }
}
