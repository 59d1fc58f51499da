/// Builds the key of a listing from what its row says. See `ListingKey` for the forms.
///
/// Cost:   no allocation per row for rows that have an id or an address.
package struct ListingKeyForm {
  package var platform = UnsafeRawBufferPointer(start: nil, count: 0)
  package var listingID = UnsafeRawBufferPointer(start: nil, count: 0)
  package var address: AddressParts?
  package var title = UnsafeRawBufferPointer(start: nil, count: 0)
  package var description = UnsafeRawBufferPointer(start: nil, count: 0)
  package var seller = UnsafeRawBufferPointer(start: nil, count: 0)
  package var identity = RowIdentity()
  /// The fingerprint of the file's column names, in any order: an id without a platform means something only among them.
  package var signature: UInt64 = 0
  package var addresses: AddressTable

  package init(addresses: AddressTable) { self.addresses = addresses }

  /// The key's text, into a buffer that is reused from row to row.
  ///
  /// - Parameter digest: what the whole record says; asked only where nothing else names the listing.
  package func write(into out: inout [UInt8], digest: () -> RecordDigest) {
    if let address, identity.trustsAddresses, writeListing(address, into: &out) { return }
    let id = identity.trustsIDs ? ListingID.usable(listingID) : nil
    if let id, platform.count > 0, writeID(id, into: &out) { return }
    if let address, identity.trustsAddresses, write(address, into: &out) { return }
    if let id, writeRow(id, into: &out) { return }
    writeWords(into: &out, digest: digest)
  }

  /// What the address and the id of a row would make its key, where each is there: by these is told whether they name
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

  private func writeListing(_ address: AddressParts, into out: inout [UInt8]) -> Bool {
    out.removeAll(keepingCapacity: true)
    return addresses.appendListing(address, to: &out) && isOfOne(out)
  }

  private func writeID(_ id: UnsafeRawBufferPointer, into out: inout [UInt8]) -> Bool {
    out.removeAll(keepingCapacity: true)
    out.append(contentsOf: "id:".utf8)
    Folding.append(platform, to: &out)
    out.append(UInt8(ascii: "/"))
    out.append(contentsOf: id)
    return isOfOne(out)
  }

  private func write(_ address: AddressParts, into out: inout [UInt8]) -> Bool {
    guard address.namesPage else { return false }
    out.removeAll(keepingCapacity: true)
    if address.isPath, platform.count == 0 {
      // A path means something only on its site; where that is not known, only among files like this one.
      out.append(contentsOf: "row:".utf8)
      Hexadecimal.append(signature, to: &out)
    } else {
      out.append(contentsOf: "url:".utf8)
      if address.isPath { Folding.append(platform, to: &out) }
    }
    addresses.appendNormal(address, to: &out)
    return isOfOne(out)
  }

  private func writeRow(_ id: UnsafeRawBufferPointer, into out: inout [UInt8]) -> Bool {
    out.removeAll(keepingCapacity: true)
    out.append(contentsOf: "row:".utf8)
    Hexadecimal.append(signature, to: &out)
    out.append(UInt8(ascii: "/"))
    out.append(contentsOf: id)
    return isOfOne(out)
  }

  /// The same words of the same seller are the same advert, also at another price and on another day. Where seller, title
  /// or text is not known, all that the record says tells it from others.
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

  @inline(__always)
  private func isOfOne(_ key: [UInt8]) -> Bool {
    identity.shared.isEmpty || !identity.shared.contains(key.withUnsafeBytes { Fingerprint.of($0) })
  }
}

/// The id of a listing as a cell holds it.
enum ListingID {
  /// The id without blanks and without the `.0` that a table of numbers puts behind it; nil where the cell holds none: a mark
  /// for a missing value, an error of a spreadsheet, a number that was rounded (`1.55E+17`).
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

  private static func nonZero(_ id: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    id.allSatisfy { $0 == UInt8(ascii: "0") } ? nil : id
  }

  private static func named(_ id: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    if MissingMark.isMissing(id) || id[0] == UInt8(ascii: "#") && id[id.count - 1] == UInt8(ascii: "!") { return nil }
    let isNone = ["unknown", "undefined", "missing", "-1", "#n/a", "n.a.", "(none)", "nil"].contains { mark in
      mark.utf8.count == id.count && AddressBytes.begins(id, with: mark)
    }
    return isNone ? nil : id
  }

  /// Whether a number goes on, behind `digits` digits, as one with an exponent: `1.55E+17`.
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

enum Hexadecimal {
  static func append(_ value: UInt64, to out: inout [UInt8]) {
    for shift in stride(from: 60, through: 0, by: -4) {
      let digit = UInt8(value >> UInt64(shift) & 15)
      out.append(digit < 10 ? 48 + digit : 87 + digit)
    }
  }
}
