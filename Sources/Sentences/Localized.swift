import SmallFormats
import Synchronization

/// The sentence in the language of the screen; in English where that has no translation of it.
///
/// - Parameter context: tells apart sentences that are one in English and several elsewhere: `a case is open`.
package func localized(_ sentence: Sentence, context: String? = nil) -> String {
  guard let table = ScreenLanguage.inUse,
    let translation = table.translation(of: sentence.key, context: context)
  else { return ScreenLanguage.inUse == nil ? sentence.english : sentence.filled(into: sentence.key) }
  return sentence.filled(into: translation)
}

/// A sentence about a number of things, in the form that the language has for this number.
///
/// - Parameters:
///   - one: for a single one, in English.
///   - other: for any other number, in English. Translations are found by `one`; both have the same values.
package func localized(_ number: Int, one: Sentence, other: Sentence) -> String {
  guard let table = ScreenLanguage.inUse, let translation = table.translation(of: one.key, counting: number) else {
    return (number == 1 ? one : other).english
  }
  return other.filled(into: translation)
}

/// A number with what it counts: `1 listing`, `1,204 listings`.
///
/// - Parameter plural: nil adds an s.
package func counted(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
  let plural = plural ?? noun + "s"
  let number = (value: number, text: grouped(number))
  // The nouns belong to the keys.
  let one = Sentence(pieces: [.value(number.text), .words(" " + noun)])
  let other = Sentence(pieces: [.value(number.text), .words(" " + plural)])
  return localized(number.value, one: one, other: other)
}

/// A whole number with its thousands apart, as the language of the screen does it: `48,213`.
package func grouped(_ number: Int) -> String {
  Digits.grouped(number, by: ScreenLanguage.inUse?.thousandsSeparator ?? ",")
}

/// The language of the screen.
package enum ScreenLanguage {
  private static let chosen = Mutex<SentenceTable?>(nil)
  /// For a part of a test; nil: as chosen for the process.
  @TaskLocal package static var forThisTask: SentenceTable?

  /// Chooses the language of the whole process; nil: English. Called once, before there is a screen.
  package static func use(_ table: SentenceTable?) { chosen.withLock { $0 = table } }

  /// The translations that are in use; nil: English.
  package static var inUse: SentenceTable? { forThisTask ?? chosen.withLock { $0 } }
}

extension Sentence {
  init(pieces: [Piece]) { self.pieces = pieces }
}
