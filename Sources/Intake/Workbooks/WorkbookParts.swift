import Listings

/// `xl/workbook.xml`: the sheets, in the order of their tabs.
final class SheetNamesReading: PartReading {
  private(set) var sheets: [(name: String, relation: String, isHidden: Bool)] = []
  /// Whether days are counted from 1904 instead of 1900.
  private(set) var countsFrom1904 = false

  override func begin(_ name: ElementName, _ attributes: ElementAttributes) {
    switch name {
    case "sheet":
      let state = attributes.text("state") ?? "visible"
      sheets.append((attributes.text("name") ?? "", attributes.text("id") ?? "", state != "visible"))
    case "workbookPr": countsFrom1904 = attributes.isTrue("date1904")
    default: break
    }
  }
}

/// `xl/_rels/workbook.xml.rels`: which part each sheet is.
final class RelationsReading: PartReading {
  private(set) var targets: [String: String] = [:]
  private(set) var sharedTexts: String?
  private(set) var styles: String?

  override func begin(_ name: ElementName, _ attributes: ElementAttributes) {
    guard name == "Relationship", let id = attributes.text("Id"), let target = attributes.text("Target"),
      let type = attributes.text("Type")?.split(separator: "/").last
    else { return }
    let path = Self.path(target)
    switch type {
    case "worksheet": targets[id] = path
    case "sharedStrings": sharedTexts = path
    case "styles": styles = path
    default: break
    }
  }

  /// Targets stand relative to `xl`, unless they begin with a slash.
  private static func path(_ target: String) -> String {
    if target.hasPrefix("/") { return String(target.dropFirst()) }
    var parts = ["xl"]
    for part in target.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }
}

/// `xl/styles.xml`: how the numbers of each cell style are shown.
final class StylesReading: PartReading {
  private var codes: [Int: String] = [:]
  private var formats: [Int] = []
  private var isInCellFormats = false

  override func begin(_ name: ElementName, _ attributes: ElementAttributes) {
    switch name {
    case "numFmt":
      if let id = attributes.number("numFmtId") { codes[id] = attributes.text("formatCode") }
    case "cellXfs": isInCellFormats = true
    case "xf": if isInCellFormats { formats.append(attributes.number("numFmtId") ?? 0) }
    default: break
    }
  }

  override func end(_ name: ElementName) {
    if name == "cellXfs" { isInCellFormats = false }
  }

  /// By the number that a cell gives as its style.
  func shapes(_ currencies: Currencies) -> [NumberShape] {
    formats.map { NumberShape(formatID: $0, code: codes[$0], currencies) }
  }
}

/// `xl/sharedStrings.xml`: the texts that cells refer to by number.
///
/// Shape:  one run of bytes and where each text ends. The runs of rich text are joined; the readings that Japanese
///         and Chinese workbooks give beside a text (phonetic runs) are not part of it.
final class SharedTextsReading: PartReading {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var isInText = false
  private var isInPhonetic = false

  override func begin(_ name: ElementName, _ attributes: ElementAttributes) {
    switch name {
    case "t": isInText = !isInPhonetic
    case "rPh": isInPhonetic = true
    default: break
    }
  }

  override func end(_ name: ElementName) {
    switch name {
    case "t": isInText = false
    case "rPh": isInPhonetic = false
    case "si":
      EscapedText.unescape(&bytes, from: ends.last ?? 0)
      ends.append(bytes.count)
    default: break
    }
  }

  override func text(_ text: UnsafeRawBufferPointer) {
    if isInText { bytes.append(contentsOf: text) }
  }

  var count: Int { ends.count }

  /// Appends the text of this number, if there is one.
  @inline(__always)
  func append(_ index: Int, to text: inout [UInt8]) -> Bool {
    guard index >= 0, index < ends.count else { return false }
    text.append(contentsOf: bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]])
    return true
  }
}

/// Characters that XML cannot hold stand in workbooks as `_x000D_`; a `_` before such a word as `_x005F_`.
///
/// Source: ECMA-376 part 1, 22.9.2.19 (ST_Xstring).
enum EscapedText {
  private static let length = 7

  /// Replaces the escapes in `bytes[start...]`.
  static func unescape(_ bytes: inout [UInt8], from start: Int) {
    guard let first = escape(in: bytes, from: start) else { return }
    var out = Array(bytes[first...])
    bytes.removeSubrange(first...)
    var place = 0
    while place < out.count {
      if let scalar = scalar(in: out, at: place) {
        bytes.append(contentsOf: String(scalar).utf8)
        place += length
      } else {
        bytes.append(out[place])
        place += 1
      }
    }
    out = []
  }

  private static func escape(in bytes: [UInt8], from start: Int) -> Int? {
    var place = start
    while place + length <= bytes.count {
      if bytes[place] == 0x5F, scalar(in: bytes, at: place) != nil { return place }
      place += 1
    }
    return nil
  }

  /// The character that the escape at `place` stands for. Surrogates and zero bytes stay as they are written.
  private static func scalar(in bytes: [UInt8], at place: Int) -> Unicode.Scalar? {
    guard place + length <= bytes.count, bytes[place] == 0x5F, bytes[place + 1] == 0x78, bytes[place + 6] == 0x5F
    else { return nil }
    var value: UInt32 = 0
    for byte in bytes[(place + 2)..<(place + 6)] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value == 0 ? nil : Unicode.Scalar(value)
  }
}
