import Listings
import Matching

/// The words of a listing's title and description, in order, to choose from.
///
/// Shape:  a word is a run of letters and digits. In scripts without spaces each character is a word, as is each emoji.
/// Units:  `bytes` is a UTF-8 range of the field's text as kept here.
/// Cost:   O(bytes read), at most `maximumBytes` per field.
package struct ListingWords: Equatable, Sendable {
  /// One word that can be chosen.
  package struct Word: Equatable, Sendable {
    package let field: Field
    package let bytes: Range<Int>
  }

  /// The beginning of the title.
  package let title: String
  /// The beginning of the description.
  package let description: String
  /// The words of the title, then those of the description.
  package private(set) var words: [Word] = []

  /// Longer texts are cut here.
  package static let maximumBytes = 4096

  /// Splits both fields into words.
  package init(title: UnsafeRawBufferPointer, description: UnsafeRawBufferPointer) {
    // Invalid bytes become U+FFFD, which is part of no word.
    self.title = String(decoding: title.prefix(Self.maximumBytes), as: UTF8.self)
    self.description = String(decoding: description.prefix(Self.maximumBytes), as: UTF8.self)
    add(.title, self.title)
    add(.description, self.description)
  }

  /// The words of a row.
  package init(of row: Int, in dataset: Dataset) {
    self.init(title: dataset.bytes(of: .title, at: row), description: dataset.bytes(of: .description, at: row))
  }

  /// The text that the words' ranges refer to.
  package func text(of field: Field) -> String { field == .title ? title : description }

  /// The text from the first to the last of some words of one field; empty for an invalid range.
  ///
  /// Cost:   copies the bytes of the field.
  package func text(of range: Range<Int>) -> String {
    guard let bytes = bytes(of: range) else { return "" }
    return String(decoding: Array(text(of: words[range.lowerBound].field).utf8)[bytes], as: UTF8.self)
  }

  /// The bytes from the first to the last of some words; nil for an empty or invalid range.
  ///
  /// Cost:   O(1).
  package func bytes(of range: Range<Int>) -> Range<Int>? {
    guard !range.isEmpty, words.indices.contains(range.lowerBound), range.upperBound <= words.count else { return nil }
    return words[range.lowerBound].bytes.lowerBound..<words[range.upperBound - 1].bytes.upperBound
  }

  /// The words that overlap a range of bytes; nil for none.
  ///
  /// Shape:  indices of `words`, from the first such word to the last.
  /// Cost:   O(words).
  package func words(in bytes: Range<Int>, of field: Field) -> Range<Int>? {
    let inside = words.indices.filter { words[$0].field == field && words[$0].bytes.overlaps(bytes) }
    guard let first = inside.first, let last = inside.last else { return nil }
    return first..<last + 1
  }

  /// Splits one field.
  private mutating func add(_ field: Field, _ text: String) {
    var run: Range<Int>?
    var place = 0
    func end(_ run: inout Range<Int>?) {
      if let bytes = run { words.append(Word(field: field, bytes: bytes)) }
      run = nil
    }
    for character in text {
      let bytes = place..<place + character.utf8.count
      place = bytes.upperBound
      switch Self.sort(of: character) {
      case .letter: run = (run?.lowerBound ?? bytes.lowerBound)..<bytes.upperBound
      case .alone:
        end(&run)
        words.append(Word(field: field, bytes: bytes))
      case .invisible: break
      case .between: end(&run)
      }
    }
    end(&run)
  }

  /// A letter joins a word, a lone character is a word, an invisible one is skipped, everything else ends a word.
  private enum Sort { case letter, alone, invisible, between }

  /// What a character does to the words around it.
  private static func sort(of character: Character) -> Sort {
    guard let scalar = character.unicodeScalars.first, scalar != "\u{FFFD}" else { return .between }
    let traits = CharacterTraits.of(scalar.value)
    if traits.contains(.invisible) || traits.contains(.attached) { return .invisible }
    if traits.contains(.word) { return traits.contains(.borderless) ? .alone : .letter }
    return scalar.properties.isEmojiPresentation || (scalar.properties.isEmoji && !scalar.isASCII) ? .alone : .between
  }
}
