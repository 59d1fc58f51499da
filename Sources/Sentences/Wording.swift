/// For whom a sentence is put into words.
///
/// Why:    what is written into files and packets is the same in every language.
package enum Wording: Sendable {
  /// For files and other programs: in English.
  case files
  /// For the screen, in its language.
  case screen

  package func callAsFunction(_ sentence: Sentence) -> String {
    switch self {
    case .files: sentence.english
    case .screen: localized(sentence)
    }
  }
}
