/// What the address of a listing looks like on one site, and which parts of it tell the listing from others.
///
/// Shape:  `/itm/*/<d9>`: `*` is a part of a path without `/`, `/**` any number of further parts, `/~` a language or none
///         (`/de`, `/en-us`). What is kept stands in `<…>`, in the order of the text: `d` digits, `x` letters and digits,
///         `h` hexadecimal digits, `w` letters, digits, `_` and `-`, `n` the same and dots, in any case, `u` letters and
///         digits in any case, written in capitals, `s` all up to the next `/`; the number behind is the fewest there may be. `{…}` is the same and is not kept.
///         Behind `?` stand the parameters that must be there: `?id=<d>&shop=<d>`.
/// Fails:  with nil for a text that keeps nothing, more than four parts, or is no pattern.
struct AddressPattern: Sendable {
  enum Kind: UInt8, Sendable {
    case literal, digits, alphanumeric, hex, word, name, capital, segment
    /// A part of a segment, as long as what follows allows.
    case part
    /// `/**`: nothing more, or further segments.
    case rest
    /// `/~`: a segment that names a language, or none.
    case language
  }

  struct Token: Sendable {
    let kind: Kind
    var fewest: UInt8 = 1
    /// The place among what is kept; -1 for what is not.
    var capture: Int8 = -1
    /// Where a literal stands among the literals.
    var start: UInt32 = 0
    var count: UInt32 = 0
  }

  struct Parameter: Sendable {
    let name: [UInt8]
    let tokens: Range<Int>
  }

  private(set) var tokens: [Token] = []
  private(set) var literals: [UInt8] = []
  /// How many of the tokens are those of the path.
  private(set) var pathEnd = 0
  private(set) var parameters: [Parameter] = []
  private(set) var captureCount = 0
  /// How many parts an address may keep.
  static let mostCaptures = 4

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
    guard captureCount > 0, captureCount <= Self.mostCaptures else { return nil }
  }

  // MARK: Reading the text

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

  private mutating func readClass(_ text: [UInt8], _ start: Int) -> Int? {
    let closing: UInt8 = text[start] == UInt8(ascii: "<") ? UInt8(ascii: ">") : UInt8(ascii: "}")
    guard let end = text[start...].firstIndex(of: closing), end > start + 1 else { return nil }
    let kinds: [UInt8: Kind] = [
      UInt8(ascii: "d"): .digits, UInt8(ascii: "x"): .alphanumeric, UInt8(ascii: "h"): .hex, UInt8(ascii: "w"): .word,
      UInt8(ascii: "n"): .name, UInt8(ascii: "u"): .capital, UInt8(ascii: "s"): .segment,
    ]
    let digits = String(decoding: text[(start + 2)..<end], as: UTF8.self)
    guard let kind = kinds[text[start + 1]], let fewest = digits.isEmpty ? 1 : UInt8(digits) else { return nil }
    var token = Token(kind: kind, fewest: fewest)
    if closing == UInt8(ascii: ">") {
      token.capture = Int8(captureCount)
      captureCount += 1
    }
    tokens.append(token)
    return end + 1
  }

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
