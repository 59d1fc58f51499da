/// How a delimited file separates cells and records.
package struct DelimitedDialect: Equatable, Sendable {
  /// `,` `;` `|` or TAB.
  package var delimiter: UInt8
  /// LF, also where CR stands before it; CR alone only in files that have no LF.
  package var lineBreak: UInt8 = .lineFeed

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
  package static let comma = UInt8(ascii: ",")
  static let backslash = UInt8(ascii: "\\")

  @inline(__always) var isDigit: Bool { self &- 0x30 < 10 }
  @inline(__always) var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }
}
