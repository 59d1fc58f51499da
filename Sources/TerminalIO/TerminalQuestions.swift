/// What a terminal answered to a question about itself.
package enum TerminalReply: Equatable, Sendable {
  /// Its background.
  ///
  /// Units:  0 to 255 for red, green and blue.
  case background(red: UInt8, green: UInt8, blue: UInt8)
  /// What it is, which every terminal answers: whatever was asked before this has been answered, or never will be.
  case deviceAttributes
  /// Which terminal it says it is, by xterm's numbers: 41 for xterm, 136 for PuTTY.
  case type(Int)
  /// Whether it knows a private mode.
  case mode(Int, isKnown: Bool)
}

/// The questions that a terminal is asked about itself, and its answers.
///
/// Source: xterm's "Operating System Commands" (11), "Device attributes" (DA1, DA2) and "Request mode" (DECRQM); the
///         terminal-wg specification of synchronized output (mode 2026).
package enum TerminalQuestions {
  /// The private mode in which a terminal shows a frame only once it is whole.
  package static let synchronizedOutput = 2026

  private static let background = "\u{1B}]11;?\u{1B}\\"
  private static let attributes = "\u{1B}[c"
  private static let type = "\u{1B}[>c"

  /// What a terminal can be asked about.
  package enum Topic: Sendable { case background, type }

  /// What to send, the question that every terminal answers last; nil where nothing is to be asked.
  ///
  /// Shape:  tmux answers for its terminal from 3.4 on. Before, the question is also handed through to the terminal, which
  ///         tmux does only if `allow-passthrough` is on.
  package static func sequence(for kind: TerminalKind, about topics: Set<Topic> = [.background]) -> String? {
    guard kind.answersQuestions, !topics.isEmpty else { return nil }
    var text = topics.contains(.background) ? background : ""
    // tmux answers for itself, which is no help.
    if topics.contains(.type), kind.tmux == nil { text += type }
    if let tmux = kind.tmux {
      if topics.contains(.background), tmux < TerminalKind.Version(3, 4) { text += passedThrough(background) }
    } else if kind.isAskedForModes {
      text += "\u{1B}[?\(synchronizedOutput)$p"
    }
    return text + attributes
  }

  /// A sequence that tmux hands to the terminal around it.
  ///
  /// Source: tmux(1), "allow-passthrough".
  package static func passedThrough(_ sequence: String) -> String {
    let doubled = sequence.unicodeScalars.map { $0 == "\u{1B}" ? "\u{1B}\u{1B}" : String($0) }.joined()
    return "\u{1B}Ptmux;\(doubled)\u{1B}\\"
  }

  /// The background in the text of an answer, `11;rgb:RRRR/GGGG/BBBB`; nil for anything else.
  ///
  /// Shape:  one to four hexadecimal digits each, `rgba:` with a fourth part, or `#rrggbb`.
  /// Source: XParseColor(3).
  package static func background(in text: [UInt8]) -> TerminalReply? {
    guard text.count <= 64, let text = String(validating: text, as: UTF8.self), text.hasPrefix("11;") else {
      return nil
    }
    let value = text.dropFirst(3)
    var parts: [Substring] = []
    if value.hasPrefix("rgb:") {
      parts = value.dropFirst(4).split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 3 else { return nil }
    } else if value.hasPrefix("rgba:") {
      parts = value.dropFirst(5).split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 4 else { return nil }
    } else if value.hasPrefix("#"), [3, 6, 12].contains(value.count - 1) {
      let digits = Array(value.dropFirst())
      let size = digits.count / 3
      parts = (0..<3).map { Substring(String(digits[$0 * size..<($0 + 1) * size])) }
    }
    let channels = parts.prefix(3).compactMap(channel)
    guard channels.count == 3 else { return nil }
    return .background(red: channels[0], green: channels[1], blue: channels[2])
  }

  /// One to four hexadecimal digits as a share of the greatest number that they can write.
  private static func channel(_ digits: Substring) -> UInt8? {
    guard (1...4).contains(digits.utf8.count), digits.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let number = Int(digits, radix: 16)
    else { return nil }
    let greatest = (1 << (4 * digits.utf8.count)) - 1
    return UInt8((number * 255 + greatest / 2) / greatest)
  }

  /// The answer in a control sequence; nil where it is none.
  package static func reply(parameters: [UInt8], final: UInt8) -> TerminalReply? {
    if parameters.first == UInt8(ascii: ">"), final == UInt8(ascii: "c") {
      let numbers = parameters.dropFirst().split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      return .type(numbers.count > 1 ? Int(String(decoding: numbers[1], as: UTF8.self)) ?? 0 : 0)
    }
    guard parameters.first == UInt8(ascii: "?") else { return nil }
    if final == UInt8(ascii: "c") { return .deviceAttributes }
    guard final == UInt8(ascii: "y"), parameters.last == UInt8(ascii: "$") else { return nil }
    let numbers = parameters.dropFirst().dropLast().split(separator: UInt8(ascii: ";"))
      .map { Int(String(decoding: $0, as: UTF8.self)) }
    guard numbers.count == 2, let mode = numbers[0], let setting = numbers[1] else { return nil }
    // 1 set, 2 reset; 0 not known, 3 and 4 not to be changed.
    return .mode(mode, isKnown: setting == 1 || setting == 2)
  }
}
