import Listings

/// `xl/workbook.xml`: the sheets, in the order of their tabs.
final class SheetNamesReading: PartReading {
  /// The sheets, with the relation that gives the part of each.
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

/// `xl/_rels/workbook.xml.rels`: the part of each sheet.
final class RelationsReading: PartReading {
  /// The path of each sheet's part, by the id of its relation.
  private(set) var targets: [String: String] = [:]
  /// The part with the shared texts.
  private(set) var sharedTexts: String?
  /// The part with the styles.
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

  /// The path of a target, which is relative to `xl` unless it begins with a slash.
  ///
  /// Source: ECMA-376 part 2, 9.3, for relative targets.
  private static func path(_ target: String) -> String {
    if target.hasPrefix("/") { return String(target.dropFirst()) }
    var parts = ["xl"]
    for part in target.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }
}

/// `xl/styles.xml`: how each cell style shows numbers.
final class StylesReading: PartReading {
  /// The format codes by their ids.
  private var codes: [Int: String] = [:]
  /// The id of the format of each style.
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

  /// The meaning of numbers, by the style that a cell gives.
  func shapes(_ currencies: Currencies) -> [NumberShape] {
    formats.map { NumberShape(formatID: $0, code: codes[$0], currencies) }
  }
}

/// `xl/sharedStrings.xml`: the texts that cells refer to by number.
///
/// Shape:  one run of bytes, and where each text ends. The runs of rich text are joined. The phonetic readings that
///         Japanese and Chinese workbooks give beside a text are not part of it.
/// Cost:   all texts stay in memory for as long as the workbook is read.
final class SharedTextsReading: PartReading {
  /// All texts in sequence.
  private var bytes: [UInt8] = []
  /// Where each text ends.
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

  /// Appends the text with this number; false where there is none.
  @inline(__always)
  func append(_ index: Int, to text: inout [UInt8]) -> Bool {
    guard index >= 0, index < ends.count else { return false }
    text.append(contentsOf: bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]])
    return true
  }
}

/// Characters that XML cannot hold, which workbooks write as `_x000D_`; a literal `_` before such a sequence is `_x005F_`.
///
/// Source: ECMA-376 part 1, 22.9.2.19 (ST_Xstring).
enum EscapedText {
  /// The length of `_x000D_`.
  private static let length = 7

  /// Replaces the escapes in `bytes[start...]`.
  ///
  /// Cost:   nothing where there is no escape.
  static func unescape(_ bytes: inout [UInt8], from start: Int) {
    guard let first = escape(in: bytes, from: start) else { return }
    var out = Array(bytes[first...])
    bytes.removeSubrange(first...)
    var index = 0
    while index < out.count {
      if let scalar = scalar(in: out, at: index) {
        bytes.append(contentsOf: String(scalar).utf8)
        index += length
      } else {
        bytes.append(out[index])
        index += 1
      }
    }
    out = []
  }

  /// The first escape at or after `start`.
  private static func escape(in bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    while index + length <= bytes.count {
      if bytes[index] == 0x5F, scalar(in: bytes, at: index) != nil { return index }
      index += 1
    }
    return nil
  }

  /// The character of the escape here. Surrogates and zero bytes are left as they are.
  private static func scalar(in bytes: [UInt8], at index: Int) -> Unicode.Scalar? {
    guard index + length <= bytes.count, bytes[index] == 0x5F, bytes[index + 1] == 0x78, bytes[index + 6] == 0x5F
    else { return nil }
    var value: UInt32 = 0
    for byte in bytes[(index + 2)..<(index + 6)] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value == 0 ? nil : Unicode.Scalar(value)
  }
}
