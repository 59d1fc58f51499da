import Listings
import Matching

/// The words of a listing's title and description, one after the other, to choose from.
///
/// Shape:  a word is a run of letters and digits; in scripts without blanks each character is one, and so is each emoji.
///         `bytes` is a range of the field's original UTF-8.
/// Cost:   O(bytes looked at), of each field at most `mostBytes`.
package struct ListingWords: Equatable, Sendable {
  package struct Word: Equatable, Sendable {
    package let field: Field
    package let bytes: Range<Int>
  }

  package let title: String
  package let description: String
  package private(set) var words: [Word] = []

  /// Of a longer text only the beginning is offered.
  package static let mostBytes = 4096

  package init(title: UnsafeRawBufferPointer, description: UnsafeRawBufferPointer) {
    // Bytes that are no UTF-8 become U+FFFD, which no word holds.
    self.title = String(decoding: title.prefix(Self.mostBytes), as: UTF8.self)
    self.description = String(decoding: description.prefix(Self.mostBytes), as: UTF8.self)
    add(.title, self.title)
    add(.description, self.description)
  }

  package init(of row: Int, in dataset: Dataset) {
    self.init(title: dataset.bytes(of: .title, at: row), description: dataset.bytes(of: .description, at: row))
  }

  package func text(of field: Field) -> String { field == .title ? title : description }

  /// The text from the first to the last of some words of one field, as it stands there.
  package func text(of range: Range<Int>) -> String {
    guard let bytes = bytes(of: range) else { return "" }
    return String(decoding: Array(text(of: words[range.lowerBound].field).utf8)[bytes], as: UTF8.self)
  }

  /// The bytes from the first to the last of some words; nil where there is none.
  package func bytes(of range: Range<Int>) -> Range<Int>? {
    guard !range.isEmpty, words.indices.contains(range.lowerBound), range.upperBound <= words.count else { return nil }
    return words[range.lowerBound].bytes.lowerBound..<words[range.upperBound - 1].bytes.upperBound
  }

  /// The words that lie in some bytes of a field.
  package func words(in bytes: Range<Int>, of field: Field) -> Range<Int>? {
    let inside = words.indices.filter { words[$0].field == field && words[$0].bytes.overlaps(bytes) }
    guard let first = inside.first, let last = inside.last else { return nil }
    return first..<last + 1
  }

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

  private enum Sort { case letter, alone, invisible, between }

  private static func sort(of character: Character) -> Sort {
    guard let scalar = character.unicodeScalars.first, scalar != "\u{FFFD}" else { return .between }
    let traits = CharacterTraits.of(scalar.value)
    if traits.contains(.invisible) || traits.contains(.attached) { return .invisible }
    if traits.contains(.word) { return traits.contains(.borderless) ? .alone : .letter }
    return scalar.properties.isEmojiPresentation || (scalar.properties.isEmoji && !scalar.isASCII) ? .alone : .between
  }
}
