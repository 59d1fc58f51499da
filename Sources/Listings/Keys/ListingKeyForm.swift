/// Makes the key of a listing from its row. See `ListingKey` for the forms.
///
/// Cost:   no allocation per row for rows with an id or an address.
package struct ListingKeyForm {
  package var platform = UnsafeRawBufferPointer(start: nil, count: 0)
  package var listingID = UnsafeRawBufferPointer(start: nil, count: 0)
  /// The address in the row; nil without any.
  package var address: AddressParts?
  package var title = UnsafeRawBufferPointer(start: nil, count: 0)
  package var description = UnsafeRawBufferPointer(start: nil, count: 0)
  package var seller = UnsafeRawBufferPointer(start: nil, count: 0)
  /// Which columns identify the rows of the file.
  package var identity = RowIdentity()
  /// The fingerprint of the column names in any order. An id without a platform is only meaningful among files with it.
  package var signature: UInt64 = 0
  /// What is known about addresses.
  package var addresses: AddressTable

  package init(addresses: AddressTable) { self.addresses = addresses }

  /// Writes the key's text into a buffer that is reused from row to row.
  ///
  /// Limits: changes nothing, but is `mutating` so that the form is used in place. Otherwise it would be copied for every
  ///         row, and what it refers to retained.
  ///
  /// - Parameter digest: a digest of the whole record, made only where nothing else identifies the listing.
  /// - Returns: what the key was made of.
  @discardableResult
  package mutating func write(into out: inout [UInt8], digest: () -> RecordDigest) -> KeyBasis {
    if let address, identity.trustsAddresses, writeListing(address, into: &out) { return .site }
    let id = identity.trustsIDs ? ListingID.usable(listingID) : nil
    if let id, platform.count > 0, writeID(id, into: &out) { return .id }
    if let address, identity.trustsAddresses, write(address, into: &out) {
      return address.isPath && platform.count == 0 ? .row : .address
    }
    if let id, writeRow(id, into: &out) { return .row }
    writeWords(into: &out, digest: digest)
    return .words
  }

  /// Fingerprints of the keys that address and id would make, where there are any, to find out whether they identify
  /// listings.
  package func candidates(_ scratch: inout [UInt8]) -> (address: UInt64?, id: UInt64?) {
    var found: (address: UInt64?, id: UInt64?) = (nil, nil)
    func fingerprint(_ isWritten: Bool) -> UInt64? {
      isWritten ? scratch.withUnsafeBytes { Fingerprint.of($0) } : nil
    }
    if let address {
      let isWritten = writeListing(address, into: &scratch) || write(address, into: &scratch)
      found.address = fingerprint(isWritten)
    }
    if let id = ListingID.usable(listingID) {
      let isWritten = platform.count > 0 ? writeID(id, into: &scratch) : writeRow(id, into: &scratch)
      found.id = fingerprint(isWritten)
    }
    return found
  }

  // MARK: The forms, best first

  /// `id:SITE/ID`, from an address on a known site.
  private func writeListing(_ address: AddressParts, into out: inout [UInt8]) -> Bool {
    out.removeAll(keepingCapacity: true)
    return addresses.appendListing(address, to: &out) && isUnique(out)
  }

  /// `id:PLATFORM/ID`.
  ///
  /// Fails:  returns false where several listings would share the key.
  private func writeID(_ id: UnsafeRawBufferPointer, into out: inout [UInt8]) -> Bool {
    out.removeAll(keepingCapacity: true)
    out.append(contentsOf: "id:".utf8)
    Folding.append(platform, to: &out)
    out.append(UInt8(ascii: "/"))
    out.append(contentsOf: id)
    return isUnique(out)
  }

  /// `url:HOST/PATH?QUERY`, or what a path allows.
  ///
  /// Fails:  returns false for home pages, and where several listings would share the key.
  private func write(_ address: AddressParts, into out: inout [UInt8]) -> Bool {
    guard address.namesPage else { return false }
    out.removeAll(keepingCapacity: true)
    if address.isPath, platform.count == 0 {
      // A path is only meaningful on its site, or where that is unknown, among files like this one.
      out.append(contentsOf: "row:".utf8)
      Hexadecimal.append(signature, to: &out)
    } else {
      out.append(contentsOf: "url:".utf8)
      if address.isPath { Folding.append(platform, to: &out) }
    }
    addresses.appendNormal(address, to: &out)
    return isUnique(out)
  }

  /// `row:SIGNATURE/ID`.
  private func writeRow(_ id: UnsafeRawBufferPointer, into out: inout [UInt8]) -> Bool {
    out.removeAll(keepingCapacity: true)
    out.append(contentsOf: "row:".utf8)
    Hexadecimal.append(signature, to: &out)
    out.append(UInt8(ascii: "/"))
    out.append(contentsOf: id)
    return isUnique(out)
  }

  /// `text:HASH`. The same words of the same seller are the same advert, even at another price and on another day. Without
  /// seller, title or text, everything in the record distinguishes it.
  private func writeWords(into out: inout [UInt8], digest: () -> RecordDigest) {
    out.removeAll(keepingCapacity: true)
    out.append(contentsOf: "text:".utf8)
    var words = FoldedFingerprint()
    if MissingMark.isMissing(title) || MissingMark.isMissing(description) || MissingMark.isMissing(seller) {
      let digest = digest()
      (words.first, words.second) = (digest.first, digest.second)
    } else {
      words.append(platform)
      words.append(seller)
      words.append(title)
      words.append(description)
    }
    Hexadecimal.append(words.first, to: &out)
    Hexadecimal.append(words.second, to: &out)
  }

  /// Whether the key is not one that several listings would share.
  @inline(__always)
  private func isUnique(_ key: [UInt8]) -> Bool {
    identity.shared.isEmpty || !identity.shared.contains(key.withUnsafeBytes { Fingerprint.of($0) })
  }
}

/// Recognises ids of listings in cells.
enum ListingID {
  /// The id without blanks, and without the `.0` that tables of numbers append. Nil where the cell has none: a mark for a
  /// missing value, an error of a spreadsheet, or a rounded number (`1.55E+17`).
  static func usable(_ cell: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    guard cell.count > 0 else { return nil }
    var (low, high) = (0, cell.count)
    while low < high, cell[low] <= 0x20 { low += 1 }
    while low < high, cell[high - 1] <= 0x20 { high -= 1 }
    var digits = low
    while digits < high, AddressBytes.isDigit(cell[digits]) { digits += 1 }
    let id = UnsafeRawBufferPointer(rebasing: cell[low..<high])
    if digits == high || digits == low { return digits == high ? nonZero(id) : named(id) }
    if digits + 2 == high, cell[digits] == UInt8(ascii: "."), cell[digits + 1] == UInt8(ascii: "0") {
      return nonZero(UnsafeRawBufferPointer(rebasing: cell[low..<digits]))
    }
    return isRounded(id, digits - low) ? nil : named(id)
  }

  /// A number, unless it is zero.
  private static func nonZero(_ id: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    id.allSatisfy { $0 == UInt8(ascii: "0") } ? nil : id
  }

  /// A word, unless it means that there is no id.
  ///
  /// Source: what scrapers, databases and spreadsheets write instead of an id.
  private static func named(_ id: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    if MissingMark.isMissing(id) || id[0] == UInt8(ascii: "#") && id[id.count - 1] == UInt8(ascii: "!") { return nil }
    // Hardly any id begins like one of them.
    guard AddressBytes.isAny(id[0] &- 0x41 < 26 ? id[0] | 0x20 : id[0], "um-#n(") else { return id }
    let isNone = ["unknown", "undefined", "missing", "-1", "#n/a", "n.a.", "(none)", "nil"].contains { mark in
      mark.utf8.count == id.count && AddressBytes.begins(id, with: mark)
    }
    return isNone ? nil : id
  }

  /// Whether an exponent follows after `digits` digits: `1.55E+17`.
  private static func isRounded(_ id: UnsafeRawBufferPointer, _ digits: Int) -> Bool {
    var index = digits
    guard id[index] == UInt8(ascii: ".") || id[index] == UInt8(ascii: ",") else { return false }
    index += 1
    while index < id.count, AddressBytes.isDigit(id[index]) { index += 1 }
    guard index + 1 < id.count, id[index] | 0x20 == UInt8(ascii: "e") else { return false }
    index += 1
    if AddressBytes.isAny(id[index], "+-") { index += 1 }
    return index < id.count && id[index...].allSatisfy { AddressBytes.isDigit($0) }
  }
}

/// Writes numbers for keys.
enum Hexadecimal {
  /// Appends 16 lower-case hexadecimal digits.
  static func append(_ value: UInt64, to out: inout [UInt8]) {
    for shift in stride(from: 60, through: 0, by: -4) {
      let digit = UInt8(value >> UInt64(shift) & 15)
      out.append(digit < 10 ? 48 + digit : 87 + digit)
    }
  }
}

extension ListingKeyForm {
  /// The key of a row from its cells, which has the fingerprint that was made when the row was read.
  ///
  /// Cost:   allocates; for single rows.
  package func key(of cells: [RecordCell], platform: String, digest: () -> RecordDigest) -> ListingKey {
    let fields = [Field.listingID, .url, .title, .description, .sellerAlias]
    let texts = [platform] + fields.map { cells.text(of: $0) }
    var out: [UInt8] = []
    texts.withBuffers { buffers in
      var form = self
      (form.platform, form.listingID) = (buffers[0], buffers[1])
      form.address = AddressParts(buffers[2])
      (form.title, form.description, form.seller) = (buffers[3], buffers[4], buffers[5])
      form.write(into: &out, digest: digest)
    }
    return ListingKey(String(decoding: out, as: UTF8.self))
  }
}

extension LegacyListingKey {
  /// The key of form 1 from the cells of a row.
  ///
  /// Cost:   allocates; for single rows.
  package static func of(cells: [RecordCell], platform: String, columnSignature: UInt64) -> ListingKey {
    let fields = [Field.listingID, .url, .title, .description, .sellerAlias, .price]
    let texts = [platform] + fields.map { cells.text(of: $0) }
    var out: [UInt8] = []
    texts.withBuffers { buffers in
      var form = LegacyListingKey()
      (form.platform, form.listingID, form.url) = (buffers[0], buffers[1], buffers[2])
      form.words = Array(buffers[3...])
      form.columnSignature = columnSignature
      form.write(into: &out)
    }
    return ListingKey(String(decoding: out, as: UTF8.self))
  }
}

extension [RecordCell] {
  /// The text of the first cell of a field that is not empty.
  fileprivate func text(of field: Field) -> String { first { $0.field == field && !$0.text.isEmpty }?.text ?? "" }
}

extension [String] {
  /// Calls `body` with the bytes of all texts.
  ///
  /// Shape:  nested calls, since the bytes of a string are only valid within one.
  fileprivate func withBuffers(_ body: ([UnsafeRawBufferPointer]) -> Void) {
    func nest(_ index: Int, _ buffers: [UnsafeRawBufferPointer]) {
      if index == count { return body(buffers) }
      var text = self[index]
      text.withUTF8 { nest(index + 1, buffers + [UnsafeRawBufferPointer($0)]) }
    }
    nest(0, [])
  }
}
