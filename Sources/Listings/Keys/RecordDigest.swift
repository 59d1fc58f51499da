/// A digest of a whole record, regardless of the order of its columns: the key of a listing of which too little is known.
///
/// Shape:  a sum over the cells with their names. A cell counts with its folded text; a missing one does not count.
/// Fails:  never. If no cell of a record counts, all of them are used, or else its bytes.
package struct RecordDigest: Equatable, Sendable {
  /// The first half of the sum.
  package private(set) var first: UInt64 = 0
  /// The second half.
  package private(set) var second: UInt64 = 0
  /// How many cells were added.
  package private(set) var cellCount = 0

  package init() {}

  /// Adds a cell; `name` is the fingerprint of its column's name or field.
  ///
  /// Shape:  addition, so that the order of cells does not matter.
  package mutating func add(_ text: UnsafeRawBufferPointer, name: UInt64) {
    guard !MissingMark.isMissing(text) else { return }
    var fingerprint = FoldedFingerprint(first: name, second: name ^ 0x9e37_79b9_7f4a_7c15)
    fingerprint.append(text)
    first &+= fingerprint.first
    second &+= fingerprint.second
    cellCount += 1
  }

  /// The digest of a record's bytes, for when no cell counts.
  package static func ofBytes(_ record: UnsafeRawBufferPointer) -> RecordDigest {
    var digest = RecordDigest()
    digest.first = Fingerprint.of(record)
    digest.second = Fingerprint.of(record, seed: 1)
    return digest
  }
}

/// How a column contributes to the digest of its records.
package struct DigestColumn: Equatable, Sendable {
  /// Whether and how its cells count.
  package enum Use: Equatable, Sendable {
    case counts
    /// Not at all, since it may differ tomorrow: prices, times of collection, view counts.
    case leftOut
    /// Where it names a day, but not where it reads `2 days ago`.
    case dated
    /// As an address, or not at all.
    case address
  }

  /// The fingerprint of the column's folded name, or of its field.
  package let name: UInt64
  package let use: Use
  package let field: Field?

  package init(name: String, use: Use, field: Field? = nil) {
    var name = Folding.folded(name)
    self.name = name.withUTF8 { Fingerprint.of(UnsafeRawBufferPointer($0)) }
    self.use = use
    self.field = field
  }

  /// How a column contributes by its field; `field` is nil where it is unknown.
  package init(name: String, field: Field?) {
    let use: Use =
      switch field {
      case .price, .currency, .capturedAt, .flagReason, .listingID: .leftOut
      case .postedAt: .dated
      case .url: .address
      default: .counts
      }
    self.init(name: field?.rawValue ?? name, use: use, field: field)
  }
}

extension RecordDigest {
  /// Adds a cell in the way of its column.
  ///
  /// Cost:   parses addresses.
  package mutating func add(_ text: UnsafeRawBufferPointer, _ column: DigestColumn, _ addresses: AddressTable) {
    switch column.use {
    case .leftOut:
      // Counters and times change. Words in such a column, as in a record whose cells have shifted, belong to the listing.
      if column.field == nil, !text.contains(where: { $0 &- 0x30 < 10 }) { add(text, name: column.name) }
    case .dated: if Self.namesDay(text) { add(text, name: column.name) }
    case .address:
      if let address = AddressParts(text) { add(address, name: column.name, addresses) }
    case .counts:
      // An address in another cell, such as that of a picture, changes its parameters like that of the listing.
      if text.count > 8, text[0] | 0x20 == UInt8(ascii: "h"), let address = AddressParts(text), !address.isPath {
        add(address, name: column.name, addresses)
      } else {
        add(text, name: column.name)
      }
    }
  }

  /// The digest of a record from its cells. If none of them counts, all are used, and the bytes if there are none.
  ///
  /// Cost:   digests every cell twice.
  package static func of(
    _ record: UnsafeRawBufferPointer, _ cells: [(text: String, column: DigestColumn)], _ addresses: AddressTable
  ) -> RecordDigest {
    var (digest, whole) = (RecordDigest(), RecordDigest())
    for cell in cells {
      var text = cell.text
      text.withUTF8 { bytes in
        digest.add(UnsafeRawBufferPointer(bytes), cell.column, addresses)
        whole.add(UnsafeRawBufferPointer(bytes), name: cell.column.name)
      }
    }
    if digest.cellCount > 0 { return digest }
    return whole.cellCount > 0 ? whole : ofBytes(record)
  }

  /// Adds an address in its normal form.
  private mutating func add(_ address: AddressParts, name: UInt64, _ addresses: AddressTable) {
    var normal: [UInt8] = []
    addresses.appendNormal(address.isPicture ? address.withoutQuery : address, to: &normal)
    normal.withUnsafeBytes { add($0, name: name) }
  }

  /// Whether a text contains a year, or a number of seconds or milliseconds, unlike a time relative to now.
  ///
  /// Shape:  four digits that begin with 1 or 2, or eight digits or more.
  private static func namesDay(_ text: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    while index < text.count {
      let start = index
      while index < text.count, AddressBytes.isDigit(text[index]) { index += 1 }
      let count = index - start
      if count >= 8 || count == 4 && (text[start] == UInt8(ascii: "1") || text[start] == UInt8(ascii: "2")) {
        return true
      }
      index = max(index, start + 1)
    }
    return false
  }
}

extension AddressParts {
  /// Whether it is the address of a picture, whose parameters are its size and a permit to see it.
  fileprivate var isPicture: Bool {
    [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"].contains { ending in
      path.count > ending.utf8.count
        && AddressBytes.begins(UnsafeRawBufferPointer(rebasing: path.suffix(ending.utf8.count)), with: ending)
    }
  }
}

/// Records too long to be read while someone waits for the screen: a broken file can contain one of gigabytes.
///
/// Shape:  what is stored in columns is shown; the rest only where it is explicitly requested, as for an export. Their key
///         is made of their beginnings, so that it needs no reading either.
package enum GiantRecord {
  /// In bytes; decoding so much takes about 20 ms.
  package static let limit = 4 << 20
  /// How many bytes of each text count and are shown.
  package static let shownText = 1 << 16

  /// Whether a record of this length is too long.
  package static func isGiant(byteCount: Int) -> Bool { byteCount > limit }

  /// The key of a giant record, from the beginnings and lengths of its texts. Without title and description, from its own
  /// beginning, end and length.
  package static func key(
    platform: UnsafeRawBufferPointer, seller: UnsafeRawBufferPointer, title: UnsafeRawBufferPointer,
    description: UnsafeRawBufferPointer, record: UnsafeRawBufferPointer
  ) -> ListingKey {
    var words = FoldedFingerprint()
    words.append(platform)
    words.append(seller)
    if title.count + description.count > 0 {
      append(title, to: &words)
      append(description, to: &words)
    } else {
      append(record, to: &words)
      words.append(UnsafeRawBufferPointer(rebasing: record.suffix(shownText)))
    }
    var out = Array("text:".utf8)
    Hexadecimal.append(words.first, to: &out)
    Hexadecimal.append(words.second, to: &out)
    return ListingKey(String(decoding: out, as: UTF8.self))
  }

  /// Adds the beginning of a text and its length.
  private static func append(_ text: UnsafeRawBufferPointer, to words: inout FoldedFingerprint) {
    words.append(beginning(of: text))
    withUnsafeBytes(of: UInt64(text.count).littleEndian) { words.append($0) }
  }

  /// The part of a text that counts and is shown.
  package static func beginning(of text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: text.prefix(shownText))
  }
}

extension Dataset {
  package func isGiant(_ row: Int) -> Bool { GiantRecord.isGiant(byteCount: record(at: row).count) }

  /// The cells of a row for the screen: all of them, or for a giant record the beginnings of its texts.
  ///
  /// Cost:   bounded, even for a record of gigabytes.
  package func shownCells(of row: Int) -> [RecordCell] {
    guard isGiant(row) else { return cells(of: row) }
    return [Field.title, .description].map { field in
      let text = GiantRecord.beginning(of: bytes(of: field, at: row))
      return RecordCell(name: field.rawValue, field: field, text: String(decoding: text, as: UTF8.self))
    }
  }

  /// A field of a row for the screen; empty where only a giant record has it.
  package func shownText(of field: Field, at row: Int) -> String {
    field.storage == .dictionary || !isGiant(row)
      ? text(of: field, at: row) : shownCells(of: row).first { $0.field == field }?.text ?? ""
  }
}
