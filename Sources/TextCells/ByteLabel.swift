/// A name that is shown in the place of bytes that would show nothing: `[ZWSP]`.
///
/// Shape:  one narrow glyph per ASCII character of the name, each a stand-in, so that a frame draws all of them as
///         `.hiddenCharacter`: what a listing writes itself, `[ZWSP]` included, never looks like that.
/// Units:  `bytes` is a UTF-8 range, within one line of the text.
package struct ByteLabel: Equatable, Sendable {
  package let bytes: Range<Int>
  package let name: String
  /// The character that is named.
  package let codePoint: UInt32

  package init(bytes: Range<Int>, name: String, codePoint: UInt32) {
    self.bytes = bytes
    self.name = name
    self.codePoint = codePoint
  }

  package var glyphs: [Glyph] {
    // A NUL has no stand-in: 0 says that a glyph is itself.
    "[\(name)]".unicodeScalars.filter(\.isASCII).map { .standIn($0, for: max(codePoint, 1)) }
  }
}
