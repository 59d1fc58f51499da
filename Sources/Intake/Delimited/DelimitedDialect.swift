/// How a delimited file separates cells and records, and how it quotes these separators.
///
/// Source: RFC 4180, and the dialects of MySQL, Spark and spreadsheets.
package struct DelimitedDialect: Equatable, Sendable {
  /// `,` `;` `|` or TAB.
  package var delimiter: UInt8
  /// LF, whether or not CR comes before it. CR alone only in files without any LF.
  package var lineBreak: UInt8 = .lineFeed
  /// The quote around cells: `"` or `'`.
  package var quote: UInt8 = .quote
  /// Whether a backslash escapes a quote, a delimiter, a line break or a backslash (MySQL, Spark).
  package var hasBackslashEscapes = false
  /// Whether two quotes mean one even in a cell that is not quoted: `5"" bangle`.
  package var hasPairsInPlainCells = false

  package init(delimiter: UInt8 = .comma, lineBreak: UInt8 = .lineFeed) {
    self.delimiter = delimiter
    self.lineBreak = lineBreak
  }
}

/// The bytes that text formats are made of.
extension UInt8 {
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let tab = UInt8(ascii: "\t")
  static let blank = UInt8(ascii: " ")
  static let quote = UInt8(ascii: "\"")
  static let apostrophe = UInt8(ascii: "'")
  static let semicolon = UInt8(ascii: ";")
  static let bar = UInt8(ascii: "|")
  package static let comma = UInt8(ascii: ",")
  static let backslash = UInt8(ascii: "\\")

  /// Whether it is an ASCII digit.
  @inline(__always) var isDigit: Bool { self &- 0x30 < 10 }
  /// Whether it is an ASCII letter in either case.
  @inline(__always) var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }
}

/// The parts of a dialect that the user chose on the command line; nil means detected.
///
/// Shape:  words separated by commas or blanks: `semicolon,backslash`.
package struct DialectChoice: Equatable, Sendable {
  /// `comma`, `semicolon`, `tab` or `bar`.
  package var delimiter: UInt8?
  /// `double-quotes` or `single-quotes`.
  package var quote: UInt8?
  /// `backslash` or `doubled`.
  package var hasBackslashEscapes: Bool?
  /// `pairs`, or `plain` for no.
  package var hasPairsInPlainCells: Bool?
  /// Whether every line is quoted as a whole.
  package var hasQuotedLines: Bool?
  /// Whether unquoted amounts are split at their decimal comma.
  package var hasDecimalCommas: Bool?
  /// Whether an apostrophe before a value is not part of it.
  package var hasLeadingApostrophes: Bool?

  package init() {}

  /// Fails:  returns nil for a word that is not one of `words`.
  package init?(words text: String) {
    for word in text.lowercased().split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
      switch word {
      case "comma": delimiter = .comma
      case "semicolon": delimiter = .semicolon
      case "tab": delimiter = .tab
      case "bar": delimiter = .bar
      case "double-quotes": quote = .quote
      case "single-quotes": quote = .apostrophe
      case "backslash": hasBackslashEscapes = true
      case "doubled": hasBackslashEscapes = false
      case "pairs": hasPairsInPlainCells = true
      case "quoted-lines": hasQuotedLines = true
      case "decimal-commas": hasDecimalCommas = true
      case "leading-apostrophes": hasLeadingApostrophes = true
      case "plain":
        (hasPairsInPlainCells, hasQuotedLines, hasDecimalCommas, hasLeadingApostrophes) = (false, false, false, false)
      default: return nil
      }
    }
  }

  /// The words that `init(words:)` understands, for messages.
  package static let words = [
    "comma", "semicolon", "tab", "bar", "double-quotes", "single-quotes", "doubled", "backslash", "pairs",
    "quoted-lines", "decimal-commas", "leading-apostrophes", "plain",
  ]
}
