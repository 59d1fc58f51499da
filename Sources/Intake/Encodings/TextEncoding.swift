/// Encodings that files of scrapers and spreadsheets come in.
///
/// Source: the names are those of the WHATWG Encoding Standard, which browsers and so most scrapers use.
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

  /// Finds an encoding by any of its usual names.
  package init?(named name: String) {
    let plain = Self.plain(name)
    guard let found = Self.allCases.first(where: { Self.plain($0.rawValue) == plain || $0.aliases.contains(plain) })
    else { return nil }
    self = found
  }

  private static func plain(_ name: String) -> String {
    String(name.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil })
  }

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

  /// What iconv calls it: the supersets that browsers decode by.
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

  /// The bytes of the smallest character: what is passed over where a character cannot be read.
  var unitSize: Int {
    switch self {
    case .utf16LittleEndian, .utf16BigEndian: 2
    case .utf32LittleEndian, .utf32BigEndian: 4
    default: 1
    }
  }

  /// Older encodings, which can only be told by the text that comes of them.
  static let legacy: [TextEncoding] = [
    .windows1252, .gb18030, .big5, .shiftJIS, .korean, .windows1251, .windows874, .windows1258,
  ]

  /// The languages by which one is known, for the sentence that says why.
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
