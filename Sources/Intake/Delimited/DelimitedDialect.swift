/// How a delimited file separates cells and records, and how it writes what would separate them.
package struct DelimitedDialect: Equatable, Sendable {
  /// `,` `;` `|` or TAB.
  package var delimiter: UInt8
  /// LF, also where CR stands before it; CR alone only in files that have no LF.
  package var lineBreak: UInt8 = .lineFeed
  /// What encloses a cell: `"` or `'`.
  package var quote: UInt8 = .quote
  /// Whether a backslash takes its meaning from a quote, a delimiter or a backslash behind it (MySQL, Spark).
  package var hasBackslashEscapes = false
  /// Whether two quotes stand for one also in a cell that is not enclosed: `5"" bangle`.
  package var hasPairsInPlainCells = false

  package init(delimiter: UInt8 = .comma, lineBreak: UInt8 = .lineFeed) {
    self.delimiter = delimiter
    self.lineBreak = lineBreak
  }
}

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

  @inline(__always) var isDigit: Bool { self &- 0x30 < 10 }
  @inline(__always) var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }
}

/// What was chosen for the dialect on the command line; what is nil is told by the file.
///
/// Shape:  words with commas or blanks between them: `semicolon,backslash`.
package struct DialectChoice: Equatable, Sendable {
  package var delimiter: UInt8?
  package var quote: UInt8?
  package var hasBackslashEscapes: Bool?
  package var hasPairsInPlainCells: Bool?
  package var hasQuotedLines: Bool?
  package var hasDecimalCommas: Bool?
  package var hasLeadingApostrophes: Bool?

  package init() {}

  /// Fails:  nil for a word that is none of `words`.
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

  /// The words that are understood, for messages.
  package static let words = [
    "comma", "semicolon", "tab", "bar", "double-quotes", "single-quotes", "doubled", "backslash", "pairs",
    "quoted-lines", "decimal-commas", "leading-apostrophes", "plain",
  ]
}
