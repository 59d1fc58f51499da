import Listings

/// Values in a file, which a filter asks for by its name: `seller:@suspects.txt`.
///
/// Shape:  a value a line, compared as a whole; `*` in it stands for any characters. Blank lines and those that begin with `#`
///         are left out.
package struct ValueList: Equatable, Sendable {
  /// As the filter names it, without the `@`: `suspects.txt`.
  package let name: String
  /// In the order of the file.
  package let values: [String]

  package init(name: String, values: [String]) { (self.name, self.values) = (name, values) }

  /// Reads the text of such a file.
  package init(name: String, text: String) {
    let lines = text.split(whereSeparator: \.isNewline).map(\.trimmedBlanks)
    self.init(name: name, values: lines.filter { !$0.isEmpty && !$0.hasPrefix("#") })
  }

  /// The name of the list that a value asks for: `suspects.txt` in `@suspects.txt`; nil for a value of any other kind.
  ///
  /// Why:    sellers call themselves `@name`, and a filter for one of them is no list.
  package static func name(in value: some StringProtocol) -> String? {
    guard value.hasPrefix("@"), value.count > 5, value.lowercased().hasSuffix(".txt") else { return nil }
    return String(value.dropFirst())
  }
}

extension ValueList: Hashable {
  package func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(values.count)
  }
}

extension Substring {
  /// Without blanks at its ends.
  fileprivate var trimmedBlanks: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
