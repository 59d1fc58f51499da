import Synchronization

/// Finds the listings of a dataset that are known by keys of an earlier form.
///
/// Shape:  a row belongs to a key that its address makes today, or that programs of form 1 would have given it.
/// Cost:   reads every record again where there are keys of form 1, on all cores: some seconds for a million rows. Use it
///         only for casebooks that contain such keys.
package struct EarlierRows: Sendable {
  /// A row that an earlier key belongs to.
  package struct Match: Equatable, Sendable {
    /// The row of the dataset.
    package let row: Int
    /// The key of the row today.
    package let key: ListingKey
    /// Whether the earlier key identifies this listing alone. If not, it may have been shared by many: words in the column
    /// of addresses, or the number of a row.
    package let isSure: Bool
  }

  /// The rows of each key in order, only for keys that are not those of their rows today.
  package private(set) var matches: [ListingKey: [Match]] = [:]

  /// - Parameters:
  ///   - keys: keys of form 1.
  ///   - addresses: further keys that are addresses.
  package init(
    of keys: [ListingKey], addresses: [ListingKey], in dataset: Dataset, _ cancellation: Cancellation? = nil
  ) {
    guard dataset.rowCount > 0 else { return }
    findAddresses(keys + addresses, dataset)
    let old = Set(keys)
    guard !old.isEmpty else { return }
    let found = Mutex<[(ListingKey, Match)]>([])
    Parallel.parts(dataset.rowCount, minimum: 256) { _, rows in
      var own: [(ListingKey, Match)] = []
      for row in rows {
        if row & 1023 == 0, cancellation?.isCancelled == true { return }
        for earlier in dataset.keysOfForm1(at: row) where old.contains(earlier.key) {
          let key = dataset.key(at: row)
          // A row whose record has changed since is no listing.
          guard key != earlier.key, key.fingerprint == dataset.keyFingerprints[row] else { continue }
          own.append((earlier.key, Match(row: row, key: key, isSure: earlier.isSure)))
        }
      }
      let part = own
      found.withLock { $0 += part }
    }
    for (key, match) in found.withLock({ $0 }) where matches[key]?.contains(where: { $0.row == match.row }) != true {
      matches[key, default: []].append(match)
    }
    // A listing that still has its old key keeps it.
    for (_, key) in dataset.rows(of: matches.keys) { matches[key] = nil }
    for key in matches.keys { matches[key]?.sort { $0.row < $1.row } }
  }

  /// Finds addresses, whose keys can be made from themselves.
  ///
  /// Cost:   one probe per row of the dataset, no record is read.
  private mutating func findAddresses(_ keys: [ListingKey], _ dataset: Dataset) {
    var now: [ListingKey: [ListingKey]] = [:]
    for key in keys { if let today = dataset.addresses.key(madeAgainFrom: key) { now[today, default: []].append(key) } }
    for (row, today) in dataset.rows(of: now.keys) {
      for key in now[today] ?? [] { matches[key, default: []].append(Match(row: row, key: today, isSure: true)) }
    }
  }
}

extension AddressTable {
  /// The key that an address in a key makes today; nil where it is the same, or the key is not an address.
  ///
  /// Shape:  only addresses with a host, since a path alone belongs to a platform.
  package func key(madeAgainFrom key: ListingKey) -> ListingKey? {
    let prefix = "url:"
    guard key.text.hasPrefix(prefix) else { return nil }
    var text = String(key.text.dropFirst(prefix.count))
    // A path with its platform before it has no dot where a host would be.
    guard text.prefix(while: { $0 != "/" && $0 != "?" }).contains(".") else { return nil }
    if !text.contains("://") { text = "//" + text }
    var form = ListingKeyForm(addresses: self)
    var out: [UInt8] = []
    text.withUTF8 { bytes in
      form.address = AddressParts(UnsafeRawBufferPointer(bytes))
      if form.address?.namesPage == true { form.write(into: &out) { RecordDigest() } }
    }
    let today = ListingKey(String(decoding: out, as: UTF8.self))
    return out.isEmpty || today == key ? nil : today
  }
}

extension Dataset {
  /// The keys that programs of form 1 gave to the listing of a row: two where the platform came from the address, since more
  /// platforms are known by now.
  package func keysOfForm1(at row: Int) -> [(key: ListingKey, isSure: Bool)] {
    let source = source(of: row)
    if isGiant(row) {
      let key = LegacyListingKey.ofGiant(
        title: bytes(of: .title, at: row), description: bytes(of: .description, at: row),
        byteCount: record(at: row).count, columnSignature: source.columnSignature)
      return [(key, bytes(of: .title, at: row).count > 0)]
    }
    let cells = cells(of: row)
    var platforms = [text(of: .platform, at: row)]
    if let host = host(of: cells), !platforms.contains(host) { platforms.append(host) }
    return platforms.map { platform in
      let key = LegacyListingKey.of(cells: cells, platform: platform, columnSignature: source.columnSignature)
      return (key, names(key, row, cells))
    }
  }

  /// Whether a key of form 1 identifies the listing of a row and no other.
  ///
  /// Shape:  an id that the file's rows do not share, or words with a title.
  private func names(_ key: ListingKey, _ row: Int, _ cells: [RecordCell]) -> Bool {
    let text = key.text
    if text.hasPrefix("id:") || text.hasPrefix("row:") {
      var id = cells.first { $0.field == .listingID && !$0.text.isEmpty }?.text ?? ""
      let isID = id.withUTF8 { ListingID.usable(UnsafeRawBufferPointer($0)) != nil }
      return isID && source(of: row).reader.identity.trustsIDs
    }
    // Addresses that identify a listing are found by `findAddresses`.
    if text.hasPrefix("url:") { return false }
    return !MissingMark.isMissing(bytes(of: .title, at: row))
  }

  /// The host of a row's address, where no cell names the platform.
  private func host(of cells: [RecordCell]) -> String? {
    guard !cells.contains(where: { $0.field == .platform && !$0.text.isEmpty }) else { return nil }
    guard var url = cells.first(where: { $0.field == .url && !$0.text.isEmpty })?.text else { return nil }
    return url.withUTF8 { bytes in
      guard let address = AddressParts(UnsafeRawBufferPointer(bytes)), address.host.count > 0 else { return nil }
      let host = Folding.folded(String(decoding: address.host, as: UTF8.self))
      return host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
    }
  }
}
