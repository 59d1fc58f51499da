import SmallFormats

/// The rows of the tables of taxa, before it is known which of their parents exist.
struct TaxonClaims {
  private struct Claim {
    let rank: TaxonRank
    /// The name of the parent, in `parentNames`.
    let parent: Range<Int>
    let file: String
    let line: Int
  }

  enum Settled {
    case taken(rank: TaxonRank, parent: UInt32)
    /// A taxon that is in no table, then.
    case refusedTaxon(TaxonProblem)
    /// A row that would have replaced one that stands.
    case refused(TaxonProblem)
  }

  /// The names of the claims; entries and claims have the same numbers.
  private(set) var names: NameIndex
  private var claims: [Claim] = []
  private var parentNames: [UInt8] = []
  /// What later rows replaced, the latest last, by the number of the claim.
  private var replaced: [Int: [Claim]] = [:]

  init(names: NameIndex) { self.names = names }

  /// Takes a row, and gives the line of an earlier row of the same file about the same taxon.
  mutating func take(_ rows: TaxonRows, file: String) throws(TaxonRowFault) -> Int? {
    guard let rank = TaxonRank(named: rows.text(1)) else {
      throw TaxonRowFault(.unknownRank(String(rows.text(1).prefix(80))))
    }
    let added = rows.withBytes(of: 0) { names.addAccepted($0, taxon: claims.count) }
    if case .noName = added { throw TaxonRowFault(.noName) }
    let parentStart = parentNames.count
    if rows.cells[2].isEmpty {
      rows.withBytes(of: 0) { appendParent(ofName: $0, rank) }
    } else {
      rows.withBytes(of: 2) { parentNames.append(contentsOf: $0) }
    }
    let claim = Claim(rank: rank, parent: parentStart..<parentNames.count, file: file, line: rows.line)
    guard case .alreadyThere(let earlier) = added else {
      claims.append(claim)
      return nil
    }
    replaced[earlier, default: []].append(claims[earlier])
    let line = claims[earlier].file == file ? claims[earlier].line : nil
    claims[earlier] = claim
    return line
  }

  /// A species belongs to the genus that its name begins with, a subspecies and a variety to the species.
  private mutating func appendParent(ofName name: UnsafeRawBufferPointer, _ rank: TaxonRank) {
    guard rank >= .species else { return }
    var blanks = rank == .species ? 1 : 2
    for byte in name {
      if byte == 0x20 { blanks -= 1 }
      if blanks == 0 { return }
      parentNames.append(byte)
    }
  }

  /// What stands, its number being its place among what is taken, and what does not. A taxon stands if its parent does;
  /// where a row that replaces another does not stand, the other still does.
  mutating func settled() -> [Settled] {
    var problems: [Settled] = []
    var judged = judgement()
    while let number = judged.faults.indices.first(where: { judged.faults[$0] != nil && replaced[$0] != nil }) {
      problems.append(.refused(refusal(of: number, judged.faults[number]!)))
      claims[number] = replaced[number]!.removeLast()
      if replaced[number]!.isEmpty { replaced[number] = nil }
      judged = judgement()
    }
    var numbers = [UInt32](repeating: TaxonTable.noParent, count: claims.count)
    var taken: UInt32 = 0
    for number in claims.indices where judged.faults[number] == nil {
      numbers[number] = taken
      taken += 1
    }
    return problems
      + claims.indices.map { number in
        if let fault = judged.faults[number] { return .refusedTaxon(refusal(of: number, fault)) }
        let parent = judged.parents[number].map { numbers[$0] } ?? TaxonTable.noParent
        return .taken(rank: claims[number].rank, parent: parent)
      }
  }

  private func refusal(of number: Int, _ what: TaxonProblem.What) -> TaxonProblem {
    TaxonProblem(file: claims[number].file, line: claims[number].line, what: what)
  }

  /// The parent of each claim, or why it does not stand.
  private mutating func judgement() -> (parents: [Int?], faults: [TaxonProblem.What?]) {
    var parents = [Int?](repeating: nil, count: claims.count)
    var faults = [TaxonProblem.What?](repeating: nil, count: claims.count)
    var byRank = [[Int]](repeating: [], count: TaxonRank.allCases.count)
    for (number, claim) in claims.enumerated() { byRank[Int(claim.rank.rawValue)].append(number) }
    // The species of a genus stand one behind the other.
    var last: (name: Range<Int>, number: Int?) = (0..<0, nil)
    // A parent is of a higher rank, so that going rank by rank it has been judged before its members.
    for number in byRank.joined() where claims[number].rank > .kingdom {
      let claim = claims[number]
      if !parentNames[claim.parent].elementsEqual(parentNames[last.name]) {
        last = (
          claim.parent,
          parentNames.withUnsafeBytes { names.accepted(UnsafeRawBufferPointer(rebasing: $0[claim.parent])) }
        )
      }
      let parent = last.number
      if let parent, faults[parent] == nil, claims[parent].rank < claim.rank {
        parents[number] = parent
      } else {
        let name = String(String(decoding: parentNames[claim.parent], as: UTF8.self).prefix(80))
        let isBelow = parent.map { claims[$0].rank >= claim.rank } ?? false
        faults[number] = isBelow ? .parentBelow(parent: name) : .unknownParent(name)
      }
    }
    return (parents, faults)
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
    func begins(_ a: TaxonListing, before end: CalendarDay?) -> Bool {
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
  fileprivate func ended(_ day: CalendarDay) -> TaxonListing {
    TaxonListing(taxon: taxon, list: list, levels: levels, from: from, until: day, note: note, source: source)
  }
}
