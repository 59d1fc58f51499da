import TextCells

/// The title of a terminal's window.
///
/// Shape:  the title from before is put aside, and taken back at the end; where a terminal cannot do that, its own program,
///         such as a shell, sets the next one.
/// Source: xterm's "Window manipulation" (22, 23) and "Operating System Commands" (2).
package enum WindowTitle {
  /// Longer titles are cut.
  ///
  /// Units:  cells.
  package static let limit = 80

  package static let putAside = "\u{1B}[22;0t"
  package static let takeBack = "\u{1B}[23;0t"

  /// Sets the title. The text may be of any origin: a file's name.
  package static func sequence(_ text: String, usesASCII: Bool = false) -> String {
    var shown = SafeText(text).clipped(to: limit)
    if usesASCII { shown = PlainCharacters.text(shown) }
    // What stands for a hidden character is text; nothing else can end the sequence.
    return "\u{1B}]2;\(shown.text)\u{1B}\\"
  }
}

/// An address that a terminal may be given as a hyperlink.
///
/// Source: the terminals' common "Hyperlinks (a.k.a. HTML-like anchors) in terminal emulators", 8.
package enum Hyperlink {
  /// Longer addresses are no hyperlinks.
  ///
  /// Units:  bytes; terminals take 2,083 at most.
  package static let limit = 2000

  /// The address if it can be opened safely: http or https, a host, and no character but those of RFC 3986.
  package static func address(_ text: String) -> String? {
    let scheme = ["https://", "http://"].first { text.lowercased().hasPrefix($0) }
    guard let scheme, text.utf8.count <= limit, text.utf8.allSatisfy(isSafe) else { return nil }
    let host = text.utf8.dropFirst(scheme.utf8.count).prefix { !"/?#".utf8.contains($0) }
    // What looks like a host before an @ is none.
    guard !host.isEmpty, !host.contains(UInt8(ascii: "@")) else { return nil }
    return text
  }

  /// Unreserved and reserved characters of RFC 3986, and the percent sign.
  private static func isSafe(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "-._~:/?#[]@!$&'()*+,;=%".utf8.contains(byte)
    }
  }

  /// Begins a hyperlink; nil ends it. Lines with the same number are one hyperlink.
  package static func sequence(_ address: String?, number: Int = 0) -> String {
    address.map { "\u{1B}]8;id=l\(number);\($0)\u{1B}\\" } ?? "\u{1B}]8;;\u{1B}\\"
  }
}
