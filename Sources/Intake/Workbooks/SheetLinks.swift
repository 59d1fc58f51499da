/// The links of a sheet's cells: addresses that are not what the cells show.
struct SheetLinks {
  /// Addresses by place, for links of single cells.
  private var single: [UInt64: String] = [:]
  private var blocks: [(range: CellRange, address: String)] = []
  private(set) var columns: Set<Int> = []

  /// Excel keeps 65,530 to a sheet.
  static let most = 200_000
  private static let mostBlocks = 1000

  /// Columns that links may stand in beyond those with texts: a link over a whole row makes no thousand columns.
  private static let mostBeyond = 16

  /// - Parameters:
  ///   - row: the last row of the header, whose links are no listing's.
  ///   - width: the columns that have texts.
  /// - Returns: whether there was room for it.
  mutating func add(_ address: String, at range: CellRange, below row: Int, width: Int) -> Bool {
    if range.rows.upperBound <= row { return true }
    let columns = range.columns.filter { $0 < (range.isOneCell ? width + Self.mostBeyond : width) }
    if columns.isEmpty { return !range.isOneCell }
    if range.isOneCell {
      guard single.count < Self.most else { return false }
      single[Self.key(range.rows.lowerBound, range.columns.lowerBound)] = address
    } else {
      guard blocks.count < Self.mostBlocks else { return false }
      blocks.append((range, address))
    }
    self.columns.formUnion(columns)
    return true
  }

  /// Expects links that formulas have in a column.
  mutating func expect(in column: Int, width: Int) {
    if column < width + Self.mostBeyond { columns.insert(column) }
  }

  func address(row: Int, column: Int) -> String? {
    single[Self.key(row, column)] ?? blocks.first { $0.range.contains(row: row, column: column) }?.address
  }

  private static func key(_ row: Int, _ column: Int) -> UInt64 { UInt64(row) << 16 | UInt64(column) }

  /// Whether a text is an address as it stands.
  static func isAddress(_ text: some Collection<UInt8>) -> Bool {
    guard let first = text.first, first | 0x20 == 0x68 || first | 0x20 == 0x77 || first | 0x20 == 0x6D else {
      return false
    }
    func begins(_ start: StaticString) -> Bool {
      text.count > start.utf8CodeUnitCount
        && zip(text, UnsafeBufferPointer(start: start.utf8Start, count: start.utf8CodeUnitCount))
          .allSatisfy { $0 == $1 || ($0.isASCIILetter && $0 | 0x20 == $1) }
    }
    return begins("http://") || begins("https://") || begins("www.") || begins("mailto:")
  }

  /// The address of a formula such as `HYPERLINK("https://a.example/1","open")`.
  enum OfFormula: Equatable {
    case address(String)
    /// It is calculated, and only the word that is shown was saved.
    case calculated
  }

  /// nil: the formula is no link, or one to what another cell of the sheet shows.
  static func ofFormula(_ formula: [UInt8]) -> OfFormula? {
    let name = Array("HYPERLINK(".utf8)
    var rest = formula.drop { $0 <= .blank || $0 == UInt8(ascii: "=") }
    guard rest.count > name.count, zip(rest, name).allSatisfy({ $0 == $1 || $0.isASCIILetter && $0 & 0xDF == $1 })
    else { return nil }
    rest = rest.dropFirst(name.count).drop { $0 <= .blank }
    // `"#Sheet2!A5"` leads to a place in the workbook.
    if rest.first == .quote {
      return rest.dropFirst().first == UInt8(ascii: "#") ? nil : literal(rest.dropFirst())
    }
    let argument = rest.prefix { $0 != .comma && $0 != UInt8(ascii: ")") && $0 != UInt8(ascii: ";") }
    let isReference = argument.allSatisfy { $0.isASCIILetter || $0.isDigit || $0 == UInt8(ascii: "$") }
    return isReference ? nil : .calculated
  }

  private static func literal(_ text: ArraySlice<UInt8>) -> OfFormula {
    var address: [UInt8] = []
    var place = text.startIndex
    while place < text.endIndex {
      if text[place] == .quote {
        guard place + 1 < text.endIndex, text[place + 1] == .quote else { break }
        place += 1
      }
      address.append(text[place])
      place += 1
    }
    let after = text[min(text.endIndex, place + 1)...].first { $0 > .blank }
    guard place < text.endIndex, after == .comma || after == UInt8(ascii: ")") || after == UInt8(ascii: ";") else {
      return .calculated
    }
    return .address(String(decoding: address, as: UTF8.self))
  }
}

/// `xl/worksheets/_rels/sheet1.xml.rels`: the addresses that links of the sheet refer to.
final class LinkTargetsReading: PartReading {
  private(set) var targets: [String: String] = [:]

  override func begin(_ name: ElementName, _ attributes: ElementAttributes) {
    guard name == "Relationship", let id = attributes.text("Id"), let target = attributes.text("Target"),
      attributes.text("Type")?.hasSuffix("/hyperlink") == true, targets.count < SheetLinks.most
    else { return }
    targets[id] = target
  }

  /// Where they stand for this part.
  static func part(of sheet: String) -> String {
    let cut = sheet.lastIndex(of: "/").map { sheet.index(after: $0) } ?? sheet.startIndex
    return "\(sheet[..<cut])_rels/\(sheet[cut...]).rels"
  }
}
