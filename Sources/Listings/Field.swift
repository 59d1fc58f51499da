/// A canonical field of a listing. Its raw value is the name on the command line, in filters and in exports.
///
/// Limits: raw values are stable; saved filters, casebooks and packets contain them.
package enum Field: String, CaseIterable, Sendable, Hashable {
  case listingID = "listing_id"
  case platform
  case url
  case title
  case description
  case species
  case price
  case currency
  case sellerAlias = "seller_alias"
  case sellerID = "seller_id"
  case sellerURL = "seller_url"
  case country
  case location
  case postedAt = "posted_at"
  case capturedAt = "captured_at"
  case quantity
  case language
  case intent
  case image
  case flagReason = "flag_reason"
  case category

  /// How a field is stored.
  package enum Storage: Sendable {
    /// The position of each row's text, for fields that are searched.
    case text
    /// A code per row into a table of distinct values, for fields that are counted.
    case dictionary
    /// Parsed values: amounts, currencies, times.
    case price, time
    /// Not stored, but read from the record on demand.
    case record
  }

  /// How this field is stored.
  package var storage: Storage {
    switch self {
    case .title, .description: .text
    case .platform, .species, .sellerAlias, .country, .language, .intent, .flagReason, .category: .dictionary
    case .price, .currency: .price
    case .postedAt, .capturedAt: .time
    case .listingID, .url, .sellerID, .sellerURL, .location, .quantity, .image: .record
    }
  }

  /// The fields stored as dictionaries, in the order of `dictionaryIndex`.
  package static let dictionaryFields: [Field] = allCases.filter { $0.storage == .dictionary }
  private static let dictionaryIndexes: [Field: Int] = Dictionary(
    uniqueKeysWithValues: dictionaryFields.enumerated().map { ($1, $0) })

  /// The position of the field among `dictionaryFields`; nil for the others.
  package var dictionaryIndex: Int? { Self.dictionaryIndexes[self] }
}

/// Recognises the marks that files use for a missing value.
///
/// Shape:  the same marks count in every format and in reference tables.
package enum MissingMark {
  /// Whether a cell means that there is no value: it is empty or blank, or reads `NA`, `N/A`, `[]`, `null`, `None`, `NaN` or
  /// a dash, in any case.
  ///
  /// Cost:   nothing for longer cells than any such mark with some blanks.
  /// Source: what R, pandas, Python and JSON write for a missing value.
  @inline(__always)
  package static func isMissing(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count <= maximumLength && isShortMissing(bytes)
  }

  /// A longer cell holds a value, even if blanks surround it.
  private static let maximumLength = 8

  /// The test for cells that are short enough.
  ///
  /// Cost:   at most eight bytes are looked at.
  private static func isShortMissing(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var low = 0
    var high = bytes.count
    while low < high, bytes[low] <= 0x20 { low += 1 }
    while low < high, bytes[high - 1] <= 0x20 { high -= 1 }
    // The folded letters packed into one word: 5 bytes at most.
    guard high - low <= 5 else { return false }
    var word: UInt64 = 0
    for index in low..<high {
      let byte = bytes[index]
      word = word << 8 | UInt64(byte &- 0x41 < 26 ? byte | 0x20 : byte)
    }
    switch word {
    case 0, 0x2D, 0x2D2D: return true  // nothing, -, --
    case 0x6E61, 0x6E2F61: return true  // na, n/a
    case 0x5B5D, 0x7B7D: return true  // [], {}
    case 0x6E75_6C6C, 0x6E6F_6E65, 0x6E61_6E: return true  // null, none, nan
    case 0xE28093, 0xE28094: return true  // en dash, em dash
    default: return false
    }
  }
}

/// Splits cells that name several values, once per distinct cell.
///
/// Shape:  `members[code]` are codes into `names` in the order of the cell. `names[0]` is the missing value, and `members[0]`
///         is `[0]`. The cell `Manis javanica; Python regius` has two members. Cells are split at `;` and `|`; within
///         brackets, as Python and JSON print lists, also at `,`.
/// Cost:   O(bytes of new distinct cells).
package struct ValueLists: Sendable {
  /// The members of each distinct cell.
  package private(set) var members: [[UInt32]] = []
  /// The single values.
  package private(set) var names: [String] = []
  /// The code of each name.
  private var codes: [String: UInt32] = [:]

  init() {}

  /// Splits the distinct cells that were added since the last call.
  ///
  /// Shape:  codes that were split before are not split again.
  mutating func extend(over table: ValueTable) {
    if names.isEmpty { names = [""] }
    for code in members.count..<max(members.count, table.count) {
      let parts = code == 0 ? [] : Self.split(table.string(UInt32(code)))
      members.append(parts.isEmpty ? [0] : parts.map { self.code(for: $0) })
    }
  }

  /// The code of a single value.
  private mutating func code(for name: String) -> UInt32 {
    if let code = codes[name] { return code }
    let code = UInt32(names.count)
    codes[name] = code
    names.append(name)
    return code
  }

  /// The single values of a cell, each once, in order, without surrounding blanks and quotes.
  ///
  /// Limits: values that contain a separator are split, as there is no escape for it.
  package static func split(_ cell: String) -> [String] {
    var text = Substring(cell)
    var separators: Set<Character> = [";", "|", "；"]
    if text.hasPrefix("["), text.hasSuffix("]") {
      text = text.dropFirst().dropLast()
      separators.insert(",")
    }
    var seen: Set<Substring> = []
    var parts: [String] = []
    for part in text.split(whereSeparator: { separators.contains($0) }) {
      let name = trimmed(part)
      if !name.isEmpty, seen.insert(name).inserted { parts.append(String(name)) }
    }
    return parts
  }

  /// A part without blanks and quotes at either end.
  private static func trimmed(_ part: Substring) -> Substring {
    let blank: (Character) -> Bool = { $0.isWhitespace || $0 == "\"" || $0 == "'" }
    var part = part.drop(while: blank)
    while let last = part.last, blank(last) { part.removeLast() }
    return part
  }
}
