/// What addresses of listings look like on one site, and which of their parts identify the listing.
///
/// Shape:  a path such as `/itm/*/<d9>`. `*` is a part of a segment, `/**` any number of segments, `/~` an optional language
///         (`/de`, `/en-us`). `<…>` captures a part, in the order of the text: `d` digits, `x` letters and digits, `h`
///         hexadecimal digits, `w` letters, digits, `_` and `-`, `n` the same with dots in any case, `u` letters and digits
///         in any case, written in capitals, `s` everything up to the next `/`. A number after the letter is the least
///         number of characters. `{…}` matches the same without capturing it.
///         After `?` come the parameters that must be present: `?id=<d>&shop=<d>`.
/// Fails:  returns nil for a text that is not a pattern, or captures nothing or more than four parts.
struct AddressPattern: Sendable {
  /// What a token matches.
  enum Kind: UInt8, Sendable {
    case literal, digits, alphanumeric, hex, word, name, capital, segment
    /// A part of a segment, as long as the rest of the pattern allows.
    case part
    /// `/**`: any number of further segments.
    case rest
    /// `/~`: a segment that names a language, or nothing.
    case language
  }

  /// One step of a pattern.
  struct Token: Sendable {
    let kind: Kind
    var minimumCount: UInt8 = 1
    /// Its index among the captured parts; -1 where it is not captured.
    var capture: Int8 = -1
    /// Where a literal is among the literals.
    var start: UInt32 = 0
    var count: UInt32 = 0
  }

  /// A parameter of the query that must be present and match.
  struct Parameter: Sendable {
    let name: [UInt8]
    let tokens: Range<Int>
  }

  /// The tokens of the path, then those of all parameters.
  private(set) var tokens: [Token] = []
  /// The text of all literal tokens.
  private(set) var literals: [UInt8] = []
  /// How many of the tokens belong to the path.
  private(set) var pathEnd = 0
  /// The parameters that must be present.
  private(set) var parameters: [Parameter] = []
  /// How many parts are captured.
  private(set) var captureCount = 0
  /// How many parts an address may capture.
  static let maximumCaptures = 4

  /// Parses a pattern.
  ///
  /// Cost:   once per row of the table.
  init?(_ text: String) {
    let halves = text.utf8.split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
    guard let path = halves.first, path.first == UInt8(ascii: "/"), read(Array(path), isPath: true) else { return nil }
    pathEnd = tokens.count
    for part in halves.count > 1 ? halves[1].split(separator: UInt8(ascii: "&")) : [] {
      guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { return nil }
      let start = tokens.count
      guard read(Array(part[part.index(after: equals)...]), isPath: false) else { return nil }
      parameters.append(Parameter(name: Array(part[..<equals]), tokens: start..<tokens.count))
    }
    guard captureCount > 0, captureCount <= Self.maximumCaptures else { return nil }
  }

  // MARK: Parsing

  /// Parses a path, or the value of a parameter.
  ///
  /// Fails:  returns false for an unknown class, or one that is not closed.
  private mutating func read(_ text: [UInt8], isPath: Bool) -> Bool {
    var index = 0
    while index < text.count {
      let rest = text[index...]
      if isPath, rest.starts(with: "/**".utf8) {
        tokens.append(Token(kind: .rest))
        index += 3
      } else if isPath, rest.starts(with: "/~".utf8) {
        tokens.append(Token(kind: .language))
        index += 2
      } else if text[index] == UInt8(ascii: "*") {
        tokens.append(Token(kind: .part))
        index += 1
      } else if text[index] == UInt8(ascii: "<") || text[index] == UInt8(ascii: "{") {
        guard let end = readClass(text, index) else { return false }
        index = end
      } else {
        index = readLiteral(text, index, isPath: isPath)
      }
    }
    return true
  }

  /// Parses `<…>` or `{…}`. Returns where it ends.
  private mutating func readClass(_ text: [UInt8], _ start: Int) -> Int? {
    let closing: UInt8 = text[start] == UInt8(ascii: "<") ? UInt8(ascii: ">") : UInt8(ascii: "}")
    guard let end = text[start...].firstIndex(of: closing), end > start + 1 else { return nil }
    let kinds: [UInt8: Kind] = [
      UInt8(ascii: "d"): .digits, UInt8(ascii: "x"): .alphanumeric, UInt8(ascii: "h"): .hex, UInt8(ascii: "w"): .word,
      UInt8(ascii: "n"): .name, UInt8(ascii: "u"): .capital, UInt8(ascii: "s"): .segment,
    ]
    let digits = String(decoding: text[(start + 2)..<end], as: UTF8.self)
    guard let kind = kinds[text[start + 1]], let minimumCount = digits.isEmpty ? 1 : UInt8(digits) else { return nil }
    var token = Token(kind: kind, minimumCount: minimumCount)
    if closing == UInt8(ascii: ">") {
      token.capture = Int8(captureCount)
      captureCount += 1
    }
    tokens.append(token)
    return end + 1
  }

  /// Parses a literal up to the next token. Returns where it ends.
  ///
  /// Shape:  compared byte by byte with the path in its normal form.
  private mutating func readLiteral(_ text: [UInt8], _ start: Int, isPath: Bool) -> Int {
    var end = start
    while end < text.count, !AddressBytes.isAny(text[end], "*<{") {
      let rest = text[end...]
      if isPath, end > start, rest.starts(with: "/**".utf8) || rest.starts(with: "/~".utf8) { break }
      end += 1
    }
    tokens.append(Token(kind: .literal, start: UInt32(literals.count), count: UInt32(end - start)))
    literals += text[start..<end]
    return end
  }
}

/// The parts of an address that identify its listing, without copying them.
///
/// Limits: four parts, stored without allocation.
struct CapturedParts {
  private var parts: (UnsafeRawBufferPointer, UnsafeRawBufferPointer, UnsafeRawBufferPointer, UnsafeRawBufferPointer)
  private var kinds: (AddressPattern.Kind, AddressPattern.Kind, AddressPattern.Kind, AddressPattern.Kind)

  init() {
    let none = UnsafeRawBufferPointer(start: nil, count: 0)
    parts = (none, none, none, none)
    kinds = (.word, .word, .word, .word)
  }

  /// Captures a part.
  mutating func keep(_ bytes: UnsafeRawBufferPointer, _ kind: AddressPattern.Kind, at index: Int) {
    switch index {
    case 0: (parts.0, kinds.0) = (bytes, kind)
    case 1: (parts.1, kinds.1) = (bytes, kind)
    case 2: (parts.2, kinds.2) = (bytes, kind)
    default: (parts.3, kinds.3) = (bytes, kind)
    }
  }

  /// Appends a part in the single form in which its site reads it.
  func append(_ index: Int, to out: inout [UInt8]) {
    let (bytes, kind) =
      switch index {
      case 0: (parts.0, kinds.0)
      case 1: (parts.1, kinds.1)
      case 2: (parts.2, kinds.2)
      default: (parts.3, kinds.3)
      }
    switch kind {
    case .name: for byte in bytes { out.append(AddressBytes.lowered(byte)) }
    case .capital: for byte in bytes { out.append(AddressBytes.raised(byte)) }
    default: out.append(contentsOf: bytes)
    }
  }
}

/// Matches one text against the tokens of a pattern.
///
/// Cost:   a few comparisons for an address that fits; no allocation.
struct AddressMatching {
  let tokens: UnsafePointer<AddressPattern.Token>
  let literals: UnsafePointer<UInt8>
  let text: UnsafeRawBufferPointer

  /// Whether the tokens from `first` to `last` match the text from `start` to its end.
  ///
  /// Shape:  `*`, `/**` and `/~` try their alternatives recursively; all else takes as much as it can.
  /// Cost:   bounded by the alternatives of a few such tokens.
  func run(_ first: Int, _ last: Int, _ start: Int, _ captured: inout CapturedParts) -> Bool {
    var (token, index) = (first, start)
    while token < last {
      switch tokens[token].kind {
      case .literal:
        let (literal, count) = (Int(tokens[token].start), Int(tokens[token].count))
        guard index + count <= text.count else { return false }
        for offset in 0..<count where text[index + offset] != literals[literal + offset] { return false }
        index += count
      case .part: return part(token, last, index, &captured)
      case .rest: return rest(token, last, index, &captured)
      case .language:
        let end = languageEnd(index)
        if end > index, run(token + 1, last, end, &captured) { return true }
      default:
        var end = index
        while end < text.count, tokens[token].kind.takes(text[end]) { end += 1 }
        guard end - index >= Int(tokens[token].minimumCount) else { return false }
        if tokens[token].capture >= 0 {
          let bytes = UnsafeRawBufferPointer(rebasing: text[index..<end])
          captured.keep(bytes, tokens[token].kind, at: Int(tokens[token].capture))
        }
        index = end
      }
      token += 1
    }
    return index == text.count
  }

  /// Matches part of a segment, as far as the rest of the pattern allows.
  private func part(_ token: Int, _ last: Int, _ start: Int, _ captured: inout CapturedParts) -> Bool {
    var end = start
    while end < text.count, text[end] != UInt8(ascii: "/") { end += 1 }
    while end > start {
      if run(token + 1, last, end, &captured) { return true }
      end -= 1
    }
    return false
  }

  /// Matches any number of further segments.
  ///
  /// Shape:  at the end of the pattern, anything from a slash on.
  private func rest(_ token: Int, _ last: Int, _ start: Int, _ captured: inout CapturedParts) -> Bool {
    if token + 1 == last { return start == text.count || text[start] == UInt8(ascii: "/") }
    var index = start
    while index < text.count {
      if text[index] == UInt8(ascii: "/"), run(token + 1, last, index, &captured) { return true }
      index += 1
    }
    return false
  }

  /// Where a segment such as `/de`, `/en-us` or `/zh_TW` ends; `start` where there is none.
  private func languageEnd(_ start: Int) -> Int {
    guard start + 2 < text.count, text[start] == UInt8(ascii: "/"), AddressBytes.isLetter(text[start + 1]),
      AddressBytes.isLetter(text[start + 2])
    else { return start }
    var end = start + 3
    if end < text.count, AddressBytes.isAny(text[end], "-_") {
      end += 1
      while end < text.count, AddressBytes.isLetter(text[end]), end < start + 8 { end += 1 }
    }
    return end == text.count || text[end] == UInt8(ascii: "/") ? end : start
  }
}

/// The bytes that each kind of token takes.
extension AddressPattern.Kind {
  @inline(__always)
  /// Whether a token of this kind takes the byte.
  fileprivate func takes(_ byte: UInt8) -> Bool {
    switch self {
    case .digits: AddressBytes.isDigit(byte)
    case .hex: AddressBytes.isHex(byte)
    case .alphanumeric, .capital: AddressBytes.isWord(byte)
    case .segment: byte != UInt8(ascii: "/")
    case .name: AddressBytes.isWord(byte) || AddressBytes.isAny(byte, "-_.")
    default: AddressBytes.isWord(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
  }
}
