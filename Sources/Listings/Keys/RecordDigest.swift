/// What a whole record says, whatever the order of its columns: the key of a listing of which too little is known.
///
/// Shape:  a sum over the cells with their names; the text of a cell counts as it is compared, a missing one not at all.
/// Fails:  never. A record of which nothing counts is to be digested with everything, then as bytes.
package struct RecordDigest: Equatable, Sendable {
  package private(set) var first: UInt64 = 0
  package private(set) var second: UInt64 = 0
  package private(set) var cellCount = 0

  package init() {}

  /// Takes in a cell; `name` is the fingerprint of what its column is called or taken for.
  package mutating func add(_ text: UnsafeRawBufferPointer, name: UInt64) {
    guard !MissingMark.isMissing(text) else { return }
    var fingerprint = FoldedFingerprint(first: name, second: name ^ 0x9e37_79b9_7f4a_7c15)
    fingerprint.append(text)
    first &+= fingerprint.first
    second &+= fingerprint.second
    cellCount += 1
  }

  /// The digest of a record's bytes, where no cell of it counts.
  package static func ofBytes(_ record: UnsafeRawBufferPointer) -> RecordDigest {
    var digest = RecordDigest()
    digest.first = Fingerprint.of(record)
    digest.second = Fingerprint.of(record, seed: 1)
    return digest
  }
}

/// What a column adds to the digest of its records.
package struct DigestColumn: Equatable, Sendable {
  package enum Use: Equatable, Sendable {
    case counts
    /// It may say something else tomorrow: prices, times of collection, numbers of visits.
    case leftOut
    /// It counts where it names a day, not where it reads `2 days ago`.
    case dated
    /// It counts as an address, or not at all.
    case address
  }

  package let name: UInt64
  package let use: Use
  package let field: Field?

  package init(name: String, use: Use, field: Field? = nil) {
    var name = Folding.folded(name)
    self.name = name.withUTF8 { Fingerprint.of(UnsafeRawBufferPointer($0)) }
    self.use = use
    self.field = field
  }

  /// What a column adds by what it is taken for; `field` is nil for one that is not known.
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
  /// Takes in a cell as its column says.
  package mutating func add(_ text: UnsafeRawBufferPointer, _ column: DigestColumn, _ addresses: AddressTable) {
    switch column.use {
    case .leftOut:
      // Counters and times change; words in such a column, as in a record whose cells have slipped, are its own.
      if column.field == nil, !text.contains(where: { $0 &- 0x30 < 10 }) { add(text, name: column.name) }
    case .dated: if Self.namesDay(text) { add(text, name: column.name) }
    case .address:
      if let address = AddressParts(text) { add(address, name: column.name, addresses) }
    case .counts:
      // An address among other cells, such as a picture's, changes its parameters as a listing's does.
      if text.count > 8, text[0] | 0x20 == UInt8(ascii: "h"), let address = AddressParts(text), !address.isPath {
        add(address, name: column.name, addresses)
      } else {
        add(text, name: column.name)
      }
    }
  }

  /// The digest of a record from its cells; where none of them counts, of all of them, and of the bytes where there are none.
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

  private mutating func add(_ address: AddressParts, name: UInt64, _ addresses: AddressTable) {
    var normal: [UInt8] = []
    addresses.appendNormal(address.isPicture ? address.withoutQuery : address, to: &normal)
    normal.withUnsafeBytes { add($0, name: name) }
  }

  /// Whether a text holds a year, or a number of seconds or milliseconds: what is told from now has neither.
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
  /// Whether the address is a picture's, of which the parameters are its size and a permit to see it.
  fileprivate var isPicture: Bool {
    [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"].contains { ending in
      path.count > ending.utf8.count
        && AddressBytes.begins(UnsafeRawBufferPointer(rebasing: path.suffix(ending.utf8.count)), with: ending)
    }
  }
}
