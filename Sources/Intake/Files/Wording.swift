import Sentences

/// For whom a sentence is put into words.
///
/// Why:    what is wrong with a file is written into files, too, and those are the same in every language.
enum Wording {
  /// For files and other programs: in English.
  case files
  /// For the screen, in its language.
  case screen

  func callAsFunction(_ sentence: Sentence) -> String {
    switch self {
    case .files: sentence.english
    case .screen: localized(sentence)
    }
  }
}
