/// The rows of the tables of taxa, before it is known which of their parents exist.
struct TaxonClaims {
  private struct Claim {
    var name: [UInt8]
    var rank: TaxonRank
    var parent: [UInt8]
    var file: String
    var line: Int
  }

  enum Settled {
    case taken(name: [UInt8], rank: TaxonRank, parent: UInt32)
    case refused(TaxonProblem)
  }

  private var claims: [Claim] = []
  /// Finds claims by name; their order is that of `claims`.
  private var index = NameIndex()

  /// Takes a row, and gives the line of an earlier row of the same file about the same taxon.
  mutating func take(_ rows: TaxonRows, file: String) throws(TaxonRowFault) -> Int? {
    guard let rank = TaxonRank(named: rows.text(1)) else {
      throw TaxonRowFault(.unknownRank(String(rows.text(1).prefix(80))))
    }
    let name = Array(rows.bytes[rows.cells[0]])
    let parent = rows.cells[2].isEmpty ? Self.parent(ofName: name, rank) : Array(rows.bytes[rows.cells[2]])
    let claim = Claim(name: name, rank: rank, parent: parent, file: file, line: rows.line)
    if let earlier = find(name) {
      let line = claims[earlier].file == file ? claims[earlier].line : nil
      claims[earlier] = claim
      return line
    }
    guard name.withUnsafeBytes({ index.add($0, taxon: claims.count, kind: .accepted, language: .latin) }) else {
      throw TaxonRowFault(.noName)
    }
    claims.append(claim)
    return nil
  }

  /// A species belongs to the genus that its name begins with, a subspecies and a variety to the species.
  private static func parent(ofName name: [UInt8], _ rank: TaxonRank) -> [UInt8] {
    guard rank >= .species else { return [] }
    let words = name.split(separator: 0x20, maxSplits: 2)
    return Array(words.prefix(rank == .species ? 1 : 2).joined(separator: [0x20]))
  }

  private func find(_ name: [UInt8]) -> Int? {
    index.entries(for: TaxonKey.of(String(decoding: name, as: UTF8.self))).first
  }

  /// What stands, its number being its place among what is taken, and what does not. A taxon stands if its parent does.
  func settled() -> [Settled] {
    var parents = [Int?](repeating: nil, count: claims.count)
    var faults = [TaxonProblem.What?](repeating: nil, count: claims.count)
    // A parent is of a higher rank, so that going rank by rank it has been judged before its members.
    for rank in TaxonRank.allCases {
      for (number, claim) in claims.enumerated() where claim.rank == rank {
        guard rank > .kingdom else { continue }
        let name = String(decoding: claim.parent, as: UTF8.self)
        guard let parent = find(claim.parent) else {
          faults[number] = .unknownParent(String(name.prefix(80)))
          continue
        }
        if claims[parent].rank >= rank {
          faults[number] = .parentBelow(parent: String(name.prefix(80)))
        } else if faults[parent] != nil {
          faults[number] = .unknownParent(String(name.prefix(80)))
        } else {
          parents[number] = parent
        }
      }
    }
    var numbers = [UInt32](repeating: TaxonTable.noParent, count: claims.count)
    var taken: UInt32 = 0
    for number in claims.indices where faults[number] == nil {
      numbers[number] = taken
      taken += 1
    }
    return claims.indices.map { number in
      let claim = claims[number]
      if let fault = faults[number] {
        return .refused(TaxonProblem(file: claim.file, line: claim.line, what: fault))
      }
      return .taken(name: claim.name, rank: claim.rank, parent: parents[number].map { numbers[$0] } ?? TaxonTable.noParent)
    }
  }
}

/// The listings of one file, laid over those of the files before it.
struct ListingClaims {
  private struct Place: Hashable {
    let taxon: TaxonID
    let list: ProtectionList
  }

  private var rows: [Place: [(listing: TaxonListing, line: Int?)]] = [:]

  init(_ earlier: [TaxonListing]) {
    for listing in earlier {
      rows[Place(taxon: listing.taxon, list: listing.list), default: []].append((listing, nil))
    }
  }

  mutating func take(_ listing: TaxonListing, line: Int) throws(TaxonRowFault) {
    let place = Place(taxon: listing.taxon, list: listing.list)
    var held = rows[place] ?? []
    held.removeAll { $0.line == nil && $0.listing.from == listing.from }
    for index in held.indices where overlap(held[index].listing, listing) {
      // What a later file says of the time since, ends what an earlier one left open.
      let other = held[index]
      guard other.line == nil, other.listing.until == nil, let from = listing.from,
        other.listing.from.map({ $0 < from }) ?? true
      else { throw TaxonRowFault(.overlaps(line: other.line)) }
      held[index] = (other.listing.ended(from), nil)
    }
    held.append((listing, line))
    rows[place] = held
  }

  private func overlap(_ a: TaxonListing, _ b: TaxonListing) -> Bool {
    func begins(_ a: TaxonListing, before end: Day?) -> Bool {
      guard let end, let from = a.from else { return true }
      return from < end
    }
    return begins(a, before: b.until) && begins(b, before: a.until)
  }

  /// All listings, those of a taxon and list in the order of their time.
  var settled: [TaxonListing] {
    rows.sorted { ($0.key.taxon, $0.key.list.rawValue) < ($1.key.taxon, $1.key.list.rawValue) }.flatMap { entry in
      entry.value.map(\.listing).sorted { a, b in
        guard let from = b.from else { return false }
        return a.from.map { $0 < from } ?? true
      }
    }
  }
}

extension TaxonListing {
  fileprivate func ended(_ day: Day) -> TaxonListing {
    TaxonListing(taxon: taxon, list: list, levels: levels, from: from, until: day, note: note, source: source)
  }
}
