/// The sentences that a source file asks to be translated, with what a translator has to know of them.
///
/// Finds the literals in the calls `localized(…)`, `Sentence(…)` and `counted(…)`. Literals joined by `+` are one sentence;
/// those of a condition (`isOne ? "a" : "b"`) are several.
/// Limits: reads Swift as `swift format` leaves it; raw strings (`#"…"#`) and strings in comments are passed over.
struct SourceSentences {
  struct Found: Hashable {
    var context: String?
    var english: String
    var plural: String?
  }

  /// In the order of the file; those found twice are there twice.
  private(set) var found: [Found] = []
  /// Calls whose words cannot be seen from here, by line.
  private(set) var unreadable: [String] = []

  private let source: [Character]
  private var line = 1

  init(_ text: String) {
    source = Array(text)
    var at = 0
    while at < source.count {
      if source[at] == "\n" { line += 1 }
      if starts("//", at) {
        while at < source.count, source[at] != "\n" { at += 1 }
        continue
      }
      if source[at].isLetter || source[at] == "_" {
        let end = identifierEnd(at)
        let word = String(source[at..<end])
        let before = String(source[max(0, at - 10)..<at])
        // `LensWording.counted` is another one.
        let isDefinition = before.hasSuffix("func ") || before.hasSuffix(".") && before != "Sentences."
        if end < source.count, source[end] == "(", !isDefinition, ["localized", "Sentence", "counted"].contains(word) {
          take(word, arguments(from: end + 1).arguments)
        }
        at = end
        continue
      }
      at += 1
    }
  }

  private mutating func take(_ call: String, _ arguments: [Argument]) {
    if call == "counted" {
      guard arguments.count > 1 else { return }
      let nouns = arguments[1].literals
      let plurals = arguments.count > 2 ? arguments[2].literals : nouns.map { $0 + "s" }
      guard !nouns.isEmpty, nouns.count == plurals.count else {
        return unreadable.append("line \(line): counted() with a noun that is no literal")
      }
      for (noun, plural) in zip(nouns, plurals) {
        found.append(Found(context: nil, english: "{1} " + noun, plural: "{1} " + plural))
      }
      return
    }
    let context = arguments.first { $0.label == "context" }?.literals.first
    let one = arguments.first { $0.label == "one" }?.literals ?? []
    let other = arguments.first { $0.label == "other" }?.literals ?? []
    if !one.isEmpty || !other.isEmpty {
      guard one.count == 1, other.count == 1 else {
        return unreadable.append("line \(line): one: and other: have to be one literal each")
      }
      return found.append(Found(context: nil, english: one[0], plural: other[0]))
    }
    for argument in arguments where argument.label == nil {
      for literal in argument.literals where !literal.isEmpty {
        found.append(Found(context: context, english: literal, plural: nil))
      }
    }
  }

  // MARK: - Reading Swift

  private struct Argument {
    var label: String?
    /// The literals that are not within brackets of their own, those joined by `+` as one.
    var literals: [String] = []
  }

  private func starts(_ text: String, _ at: Int) -> Bool {
    at + text.count <= source.count && zip(text, source[at...]).allSatisfy { $0 == $1 }
  }

  private func identifierEnd(_ at: Int) -> Int {
    var end = at
    while end < source.count, source[end].isLetter || source[end].isNumber || source[end] == "_" { end += 1 }
    return end
  }

  /// The arguments of a call, from behind its bracket on.
  private func arguments(from start: Int) -> (arguments: [Argument], end: Int) {
    var arguments: [Argument] = []
    var argument = Argument()
    var (at, depth) = (start, 0)
    // Whether a literal and a `+` have just been passed.
    var (isBehindLiteral, isJoining, isEmpty) = (false, false, true)
    while at < source.count {
      let character = source[at]
      if starts("//", at) {
        while at < source.count, source[at] != "\n" { at += 1 }
        continue
      }
      if character == "\"" {
        let (text, end) = literal(at)
        if depth == 0 {
          if isJoining, !argument.literals.isEmpty {
            argument.literals[argument.literals.count - 1] = Self.joined(argument.literals.last ?? "", text)
          } else {
            argument.literals.append(text)
          }
          (isBehindLiteral, isJoining) = (true, false)
        }
        (at, isEmpty) = (end, false)
        continue
      }
      switch character {
      case "(", "[", "{":
        depth += 1
        isBehindLiteral = false
      case ")" where depth == 0:
        if !isEmpty { arguments.append(argument) }
        return (arguments, at + 1)
      case ")", "]", "}": depth -= 1
      case "," where depth == 0:
        arguments.append(argument)
        (argument, isBehindLiteral, isJoining, isEmpty) = (Argument(), false, false, true)
      case "+" where depth == 0 && isBehindLiteral: isJoining = true
      case _ where character.isWhitespace: break
      default:
        if depth == 0, isEmpty, character.isLetter {
          let end = identifierEnd(at)
          if end < source.count, source[end] == ":" {
            argument.label = String(source[at..<end])
            at = end + 1
            continue
          }
        }
        (isBehindLiteral, isEmpty) = (false, false)
      }
      at += 1
    }
    return (arguments, at)
  }

  /// The second literal behind the first, its values numbered on.
  private static func joined(_ first: String, _ second: String) -> String {
    var text = first
    let values = first.components(of: "{").count
    var rest = Substring(second)
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}"),
      let number = Int(rest[rest.index(after: open)..<close])
    {
      text += rest[..<open] + "{\(number + values)}"
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }

  /// The text of a literal, its values as `{1}`, `{2}`.
  private func literal(_ start: Int) -> (text: String, end: Int) {
    let isLong = starts("\"\"\"", start)
    let mark = isLong ? "\"\"\"" : "\""
    var (text, at, values) = ("", start + mark.count, 0)
    while at < source.count, !starts(mark, at) {
      guard source[at] == "\\", at + 1 < source.count else {
        text.append(source[at])
        at += 1
        continue
      }
      switch source[at + 1] {
      case "(":
        values += 1
        text += "{\(values)}"
        at = arguments(from: at + 2).end
        continue
      case "n": text += "\n"
      case "t": text += "\t"
      case "\n":
        // The line goes on in the next one.
        text += "\u{0}"
      case "u":
        let close = source[at...].firstIndex(of: "}") ?? at
        let digits = String(source[min(at + 3, close)..<close])
        text.unicodeScalars.append(UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) ?? "?")
        at = close + 1
        continue
      default: text.append(source[at + 1])
      }
      at += 2
    }
    return (isLong ? Self.unindented(text) : text, at + mark.count)
  }

  private static func unindented(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let indent = lines.last?.count ?? 0
    lines = lines.dropFirst().dropLast().map { String($0.dropFirst(indent)) }
    var joined = ""
    for (index, line) in lines.enumerated() {
      let pieces = line.split(separator: "\u{0}", omittingEmptySubsequences: false)
      joined += pieces.enumerated().map { $0.offset == 0 ? String($0.element) : String($0.element.dropFirst(indent)) }
        .joined()
      if index < lines.count - 1 { joined += "\n" }
    }
    return joined
  }
}

extension String {
  /// The values of a key that begin with this text.
  fileprivate func components(of mark: Character) -> [Substring] {
    let pieces = split(separator: mark, omittingEmptySubsequences: false).dropFirst()
    return pieces.filter { piece in
      let digits = piece.prefix { $0 != "}" }
      return digits.count < piece.count && Int(digits) != nil
    }
  }
}
