import Listings
import Synchronization

/// What makes two rows of a dataset sightings of one listing.
///
/// Shape:  the fingerprint of the row's key, with its platform; where addresses of an unknown site hold a number that
///         distinguishes its listings, that number in place of the address (`AddressNumbers`). Keys themselves, to which
///         verdicts belong, stay as they are.
package struct SightingIdentities: Sendable {
  /// The rows that belong to a scrape, sorted by identity.
  let rows: [IdentifiedRow]
  /// The recorded scrapes with identities as they are made today.
  let recorded: [RecordedSightings]
  /// What was learned about addresses.
  package let numbers: AddressNumbers
  /// Makes the identity of a row.
  let making: SightingIdentity

  /// Makes the identities of all rows.
  ///
  /// - Returns: nil when cancelled.
  static func of(
    _ dataset: Dataset, _ slots: SightingSlots, _ recorded: [RecordedSightings], _ cancellation: Cancellation?
  ) -> SightingIdentities? {
    guard
      let numbers = AddressNumbers.learn(
        dataset, slots, known: Set(recorded.flatMap(\.columns.rules)), cancellation)
    else { return nil }
    let making = SightingIdentity(dataset, numbers)
    let count = dataset.rowCount
    var rows = [IdentifiedRow](unsafeUninitializedCapacity: count) { out, written in
      nonisolated(unsafe) let out = out
      let cells = dataset.cellFingerprints
      Parallel.parts(count, minimum: 1 << 14) { _, range in
        for row in range {
          let new = IdentifiedRow(
            identity: making.identity(of: row), row: UInt32(row), digest: cells[row].digest)
          out.initializeElement(at: row, to: new)
        }
      }
      written = count
    }
    if cancellation?.isCancelled == true { return nil }
    // Rows of files that add nothing take no part.
    if slots.ofRow.contains(SightingSlots.none) { rows.removeAll { slots.ofRow[Int($0.row)] == SightingSlots.none } }
    guard IdentitySorting.sort(&rows, cancellation) else { return nil }
    let today = recorded.isEmpty ? recorded : Self.asToday(recorded, dataset, making)
    return SightingIdentities(rows: rows, recorded: today, numbers: numbers, making: making)
  }

  /// The recorded sightings under the identities of today, where a number in the address has been learned since, or is
  /// no longer one: found by what the key of the listing makes.
  ///
  /// Cost:   none where nothing was learned, then and now.
  private static func asToday(
    _ recorded: [RecordedSightings], _ dataset: Dataset, _ making: SightingIdentity
  ) -> [RecordedSightings] {
    guard making.hasNumbers || recorded.contains(where: { !$0.columns.rules.isEmpty }) else { return recorded }
    var now: [UInt64: UInt64] = [:]
    for row in 0..<dataset.rowCount {
      let basis = KeyBasis(rawValue: dataset.keyBases[row])
      if basis == .address || basis == .id { now[making.keyIdentity(of: row)] = making.identity(of: row) }
    }
    return recorded.map { list in
      let columns = list.columns
      let identities = columns.identities.indices.map { now[columns.keys[$0]] ?? columns.identities[$0] }
      if identities == columns.identities { return list }
      var sorted: [Int] = []
      var last: UInt64?
      for index in identities.indices.sorted(by: { (identities[$0], $0) < (identities[$1], $1) }) {
        if identities[index] != last { sorted.append(index) }
        last = identities[index]
      }
      return RecordedSightings(scrape: list.scrape, columns: columns.taking(sorted, identities))
    }
  }
}

/// What a listing is known by from scrape to scrape.
///
/// Shape:  raw values appear in JSON.
package enum IdentityBasis: String, CaseIterable, Sendable {
  case siteNumber = "site_number"
  case learnedNumber = "address_number"
  case id = "listing_id"
  case address
  case columns
  case words
}

extension SightingIdentities {
  /// What the listing of a row is known by.
  package func basis(of row: Int, in dataset: Dataset) -> IdentityBasis {
    numbers.number(of: row) != nil ? .learnedNumber : Self.basis(KeyBasis(rawValue: dataset.keyBases[row]) ?? .none)
  }

  private static func basis(_ key: KeyBasis) -> IdentityBasis {
    switch key {
    case .site: .siteNumber
    case .id: .id
    case .address: .address
    case .row: .columns
    case .words, .none: .words
    }
  }

  /// How many rows are known by what, in the order of the bases.
  package func tally(of dataset: Dataset) -> [(basis: IdentityBasis, rows: Int)] {
    var (byByte, learned) = ([Int](repeating: 0, count: 256), 0)
    let bases = dataset.keyBases
    for row in 0..<dataset.rowCount {
      if numbers.number(of: row) != nil { learned += 1 } else { byByte[Int(bases[row])] += 1 }
    }
    var rows: [IdentityBasis: Int] = [.learnedNumber: learned]
    for (byte, count) in byByte.enumerated() where count > 0 {
      rows[Self.basis(KeyBasis(rawValue: UInt8(byte)) ?? .none), default: 0] += count
    }
    return IdentityBasis.allCases.map { ($0, rows[$0] ?? 0) }
  }
}

/// Makes the identity of a row.
///
/// Shape:  for one platform, different keys have different identities if their fingerprints differ, but for one pair of
///         numbers of all 2^64.
/// Source: the mixing steps are those of MurmurHash3's finalizer (Austin Appleby, public domain), with other shifts.
package struct SightingIdentity: Sendable {
  private let keys: BlockColumn<UInt64>
  private let platforms: BlockColumn<UInt32>
  private let salts: [UInt64]
  private let numbers: AddressNumbers

  init(_ dataset: Dataset, _ numbers: AddressNumbers) {
    self.numbers = numbers
    keys = dataset.keyFingerprints
    platforms = dataset.codes(of: .platform)
    let values = dataset.values(of: .platform)
    salts = (0..<dataset.valueCount(of: .platform)).map { Self.salt(ofPlatform: values.string(UInt32($0))) }
  }

  /// What the name of a platform adds to identities.
  static func salt(ofPlatform name: String) -> UInt64 {
    var folded = Folding.folded(name)
    return folded.withUTF8 { Fingerprint.of(UnsafeRawBufferPointer($0)) }
  }

  /// The identity of a row.
  @inline(__always)
  func identity(of row: Int) -> UInt64 {
    Self.mix(numbers.number(of: row) ?? keys[row], salts[Int(platforms[row])])
  }

  /// Whether addresses hold numbers.
  var hasNumbers: Bool { !numbers.rules.isEmpty }

  /// The identity that the key of a row makes, whatever number its address holds.
  func keyIdentity(of row: Int) -> UInt64 { Self.mix(keys[row], salts[Int(platforms[row])]) }

  /// Mixes a key with a platform, so that different keys stay different.
  @inline(__always)
  static func mix(_ key: UInt64, _ salt: UInt64) -> UInt64 {
    var mixed = key ^ salt
    mixed = (mixed ^ mixed >> 32) &* 0xd6e8_feb8_6659_fd93
    mixed = (mixed ^ mixed >> 32) &* 0xd6e8_feb8_6659_fd93
    mixed ^= mixed >> 32
    // The highest number marks the end of a column.
    return mixed == .max ? .max - 1 : mixed
  }
}
