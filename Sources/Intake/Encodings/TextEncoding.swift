/// The encodings in which scrapers and spreadsheets write files.
///
/// Source: names follow the WHATWG Encoding Standard, which browsers and thus most scrapers use.
package enum TextEncoding: String, CaseIterable, Sendable {
  case utf8 = "UTF-8"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"
  case utf32LittleEndian = "UTF-32LE"
  case utf32BigEndian = "UTF-32BE"
  case gb18030 = "GB18030"
  case big5 = "Big5"
  case shiftJIS = "Shift_JIS"
  case korean = "EUC-KR"
  case windows1251 = "windows-1251"
  case windows1252 = "windows-1252"
  case windows1258 = "windows-1258"
  case windows874 = "windows-874"

  /// Finds an encoding by any of its common names, without regard to case and punctuation.
  package init?(named name: String) {
    let plain = Self.plain(name)
    guard let found = Self.allCases.first(where: { Self.plain($0.rawValue) == plain || $0.aliases.contains(plain) })
    else { return nil }
    self = found
  }

  /// A name reduced to letters and digits in lower case.
  private static func plain(_ name: String) -> String {
    String(name.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil })
  }

  /// Other common names, reduced to letters and digits.
  private var aliases: [String] {
    switch self {
    case .gb18030: ["gbk", "gb2312", "cp936", "windows936", "euccn"]
    case .big5: ["big5hkscs", "cp950", "windows950"]
    case .shiftJIS: ["sjis", "cp932", "windows31j", "windows932", "mskanji"]
    case .korean: ["cp949", "uhc", "windows949", "ksc5601", "ksx1001"]
    case .windows1251: ["cp1251", "1251", "cyrillic"]
    case .windows1252: ["cp1252", "1252", "latin1", "iso88591", "ansi"]
    case .windows1258: ["cp1258", "1258", "vietnamese"]
    case .windows874: ["cp874", "874", "tis620", "thai", "iso885911"]
    case .utf16LittleEndian: ["utf16"]
    case .utf32LittleEndian: ["utf32"]
    case .utf8, .utf16BigEndian, .utf32BigEndian: []
    }
  }

  /// The name for iconv: that of the superset by which browsers decode.
  var iconvName: String {
    switch self {
    case .utf8, .utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian, .gb18030: rawValue
    case .big5: "BIG5-HKSCS"
    case .shiftJIS: "CP932"
    case .korean: "CP949"
    case .windows1251: "CP1251"
    case .windows1252: "CP1252"
    case .windows1258: "CP1258"
    case .windows874: "CP874"
    }
  }

  /// The size of the smallest character in bytes, which is skipped where a character is invalid.
  var unitSize: Int {
    switch self {
    case .utf16LittleEndian, .utf16BigEndian: 2
    case .utf32LittleEndian, .utf32BigEndian: 4
    default: 1
    }
  }

  /// Encodings that can only be recognised by the text they decode to, the more common ones first.
  static let legacy: [TextEncoding] = [
    .windows1252, .gb18030, .big5, .shiftJIS, .korean, .windows1251, .windows874, .windows1258,
  ]

  /// The languages it is used for, to say why it was chosen.
  var languages: String {
    switch self {
    case .gb18030, .big5: "Chinese"
    case .shiftJIS: "Japanese"
    case .korean: "Korean"
    case .windows1251: "Russian and its neighbours"
    case .windows1258: "Vietnamese"
    case .windows874: "Thai"
    default: "Western European languages"
    }
  }
}

/// The characters of the two single-byte encodings that UTF-8 is most often misread as.
///
/// Cost:   a dictionary lookup. Opening iconv would take milliseconds for every file.
/// Source: the indexes of windows-1251 and windows-1252 in the WHATWG Encoding Standard; 0 means unassigned.
enum SingleByteTables {
  /// The byte for each character.
  static let windows1252 = bytes(upper: high1252 + (0xA0...0xFF))
  static let windows1251 = bytes(upper: high1251)

  /// The reverse of a table of the upper 128 bytes.
  private static func bytes(upper: [UInt32]) -> [UInt32: UInt8] {
    var known: [UInt32: UInt8] = [:]
    // Browsers treat unassigned bytes as controls, and Latin-1 has nothing else there.
    for byte in UInt8(0x80)...0x9F { known[UInt32(byte)] = byte }
    for (byte, scalar) in zip(UInt8(0x80)...0xFF, upper) where scalar != 0 { known[scalar] = byte }
    return known
  }

  private static let high1252: [UInt32] = [
    0x20AC, 0, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17D, 0, 0,
    0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0, 0x17E, 0x178,
  ]

  private static let high1251: [UInt32] = [
    0x402, 0x403, 0x201A, 0x453, 0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x409, 0x2039, 0x40A, 0x40C,
    0x40B, 0x40F, 0x452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0, 0x2122, 0x459, 0x203A, 0x45A,
    0x45C, 0x45B, 0x45F, 0xA0, 0x40E, 0x45E, 0x408, 0xA4, 0x490, 0xA6, 0xA7, 0x401, 0xA9, 0x404, 0xAB, 0xAC, 0xAD,
    0xAE, 0x407, 0xB0, 0xB1, 0x406, 0x456, 0x491, 0xB5, 0xB6, 0xB7, 0x451, 0x2116, 0x454, 0xBB, 0x458, 0x405,
    0x455, 0x457, 0x410, 0x411, 0x412, 0x413, 0x414, 0x415, 0x416, 0x417, 0x418, 0x419, 0x41A, 0x41B, 0x41C, 0x41D,
    0x41E, 0x41F, 0x420, 0x421, 0x422, 0x423, 0x424, 0x425, 0x426, 0x427, 0x428, 0x429, 0x42A, 0x42B, 0x42C, 0x42D,
    0x42E, 0x42F, 0x430, 0x431, 0x432, 0x433, 0x434, 0x435, 0x436, 0x437, 0x438, 0x439, 0x43A, 0x43B, 0x43C, 0x43D,
    0x43E, 0x43F, 0x440, 0x441, 0x442, 0x443, 0x444, 0x445, 0x446, 0x447, 0x448, 0x449, 0x44A, 0x44B, 0x44C, 0x44D,
    0x44E, 0x44F,
  ]
}
