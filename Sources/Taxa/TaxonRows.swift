import Listings
import SmallFormats

/// Reads a taxon table row by row without making strings: there are forty thousand rows.
///
/// Shape:  RFC 4180, UTF-8 with or without byte order mark, any line ending. `cells` are ranges of `bytes`, in which quoting
///         is undone in place. Rows without text are skipped.
/// Cost:   one pass over the bytes; no allocation per row.
struct TaxonRows: Sendable {
  /// The whole file, changed in place as cells are unquoted.
  private(set) var bytes: [UInt8]
  /// The cells of the current row, without surrounding blanks.
  private(set) var cells: [Range<Int>] = []
  /// The line on which the current row begins, from 1.
  private(set) var line = 0
  /// Whether the current row is UTF-8.
  private(set) var isUTF8 = true
  /// The next byte to be read.
  private var place: Int
  /// The line of that byte.
  private var nextLine = 1

  /// Begins before the first row, behind a byte order mark.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    place = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// A cell as text.
  ///
  /// Cost:   allocates a string; `withBytes` does not.
  /// Fails:  traps where the row has no such cell; bytes that are not UTF-8 become U+FFFD.
  func text(_ cell: Int) -> String { String(decoding: bytes[cells[cell]], as: UTF8.self) }

  /// Calls `body` with the bytes of a cell.
  ///
  /// Limits: the bytes are valid during the call only.
  func withBytes<Result>(of cell: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[cells[cell]])) }
  }

  /// Moves to the next row; false behind the last one.
  ///
  /// Limits: the header is a row like any other. `cells` of the row before are lost.
  /// Cost:   O(bytes of the row).
  mutating func advance() -> Bool {
    repeat {
      guard place < bytes.count else { return false }
      readRow()
    } while cells.allSatisfy(\.isEmpty)
    return true
  }

  /// Reads the cells of one row, empty or not, and notes its first line and whether it is UTF-8.
  private mutating func readRow() {
    cells.removeAll(keepingCapacity: true)
    line = nextLine
    var isASCII = true
    repeat { readCell(&isASCII) } while endCell()
    isUTF8 = isASCII || cells.allSatisfy { Self.isValid(bytes[$0]) }
  }

  /// Reads a cell up to the comma, line end or end of file behind it.
  private mutating func readCell(_ isASCII: inout Bool) {
    while place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x09 { place += 1 }
    let isQuoted = place < bytes.count && bytes[place] == UInt8(ascii: "\"")
    if isQuoted { place += 1 }
    let start = place
    var end = place
    while place < bytes.count {
      let byte = bytes[place]
      if isQuoted, byte == UInt8(ascii: "\"") {
        guard place + 1 < bytes.count, bytes[place + 1] == byte else { break }
        place += 1
      } else if !isQuoted, byte == UInt8(ascii: ",") || byte == 0x0A || byte == 0x0D {
        break
      }
      if byte == 0x0A { nextLine += 1 }
      if byte >= 0x80 { isASCII = false }
      bytes[end] = byte
      (end, place) = (end + 1, place + 1)
    }
    // Behind a closing quote only the separator counts.
    while place < bytes.count, bytes[place] != UInt8(ascii: ","), bytes[place] != 0x0A, bytes[place] != 0x0D {
      place += 1
    }
    while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    cells.append(start..<end)
  }

  /// Moves past what ends a cell; true if another cell of the row follows.
  private mutating func endCell() -> Bool {
    guard place < bytes.count else { return false }
    let byte = bytes[place]
    place += 1
    if byte == UInt8(ascii: ",") { return true }
    if byte == 0x0D, place < bytes.count, bytes[place] == 0x0A { place += 1 }
    nextLine += 1
    return false
  }

  /// Whether the bytes are UTF-8.
  private static func isValid(_ slice: ArraySlice<UInt8>) -> Bool {
    slice.withUnsafeBytes { bytes in
      var index = 0
      while index < bytes.count {
        let length = Folding.decode(bytes, index).length
        if length == 0 { return false }
        index += length
      }
      return true
    }
  }
}

/// The rows of the tables of taxa before it is known which of their parents exist.
///
/// Cost:   a pass over the rows per rejected replacement, usually one.
struct TaxonClaims {
  /// One row.
  private struct Claim {
    let rank: TaxonRank
    /// The name of the parent, as a range of `parentNames`.
    let parent: Range<Int>
    let file: String
    let line: Int
  }

  /// What became of a row.
  enum Settled {
    case taken(rank: TaxonRank, parent: UInt32)
    /// The row is left out, and no earlier row defines the taxon.
    case refusedTaxon(TaxonProblem)
    /// The row is left out, and an earlier row for the taxon is used.
    case refused(TaxonProblem)
  }

  /// The names of the claims; entries and claims have the same numbers.
  private(set) var names: NameIndex
  /// By number.
  private var claims: [Claim] = []
  /// The names of all parents, one after the other.
  private var parentNames: [UInt8] = []
  /// Claims that later rows replaced, the latest last, by number.
  private var replaced: [Int: [Claim]] = [:]

  /// No claims yet; `names` must be empty, since entries and claims share their numbers.
  init(names: NameIndex) { self.names = names }

  /// Adds a row. Returns the line of an earlier row about the same taxon in the same file.
  ///
  /// Rule:   an empty cell for the parent stands for the genus or species with which the name begins. Above the
  ///         species, every rank but the kingdom needs one.
  /// Fails:  throws where the rank is unknown or the name has no key; nothing is added then.
  mutating func take(_ rows: TaxonRows, file: String) throws(TaxonRowError) -> Int? {
    guard let rank = TaxonRank(named: rows.text(1)) else {
      throw TaxonRowError(.unknownRank(String(rows.text(1).prefix(80))))
    }
    let added = rows.withBytes(of: 0) { names.addAccepted($0, taxon: claims.count) }
    if case .noName = added { throw TaxonRowError(.noName) }
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

  /// The default parent: of a species the genus with which its name begins, of lower ranks the species.
  private mutating func appendParent(ofName name: UnsafeRawBufferPointer, _ rank: TaxonRank) {
    guard rank >= .species else { return }
    var blanks = rank == .species ? 1 : 2
    for byte in name {
      if byte == 0x20 { blanks -= 1 }
      if blanks == 0 { return }
      parentNames.append(byte)
    }
  }

  /// The rows that are used, numbered in order, and those that are not. A row is used if its parent's row is. If a row that
  /// replaced another cannot be used, the other is used again.
  ///
  /// Shape:  first the refused replacements, then one result for each taxon in the order of the claims.
  /// Units:  `parent` is a number among the rows that are used, not among the claims.
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

  /// The problem of a claim, at its row.
  private func refusal(of number: Int, _ what: TaxonProblem.What) -> TaxonProblem {
    TaxonProblem(file: claims[number].file, line: claims[number].line, what: what)
  }

  /// The parent of each claim, or why it has none.
  ///
  /// Shape:  both arrays by number of the claim; a kingdom has neither a parent nor a fault.
  /// Cost:   O(claims), with a lookup of a name wherever the parent differs from that of the claim before.
  private mutating func judgement() -> (parents: [Int?], faults: [TaxonProblem.What?]) {
    var parents = [Int?](repeating: nil, count: claims.count)
    var faults = [TaxonProblem.What?](repeating: nil, count: claims.count)
    var byRank = [[Int]](repeating: [], count: TaxonRank.allCases.count)
    for (number, claim) in claims.enumerated() { byRank[Int(claim.rank.rawValue)].append(number) }
    // The species of a genus usually follow one another.
    var last: (name: Range<Int>, number: Int?) = (0..<0, nil)
    // Parents have higher ranks, so going rank by rank judges them before their members.
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

/// The listings of one file, layered over those of earlier files.
struct ListingClaims {
  /// What a taxon may have several listings for, at different times.
  private struct Subject: Hashable {
    let taxon: TaxonID
    let list: ProtectionList
  }

  /// Listings by taxon and list, with the line of those from this file.
  private var rows: [Subject: [(listing: TaxonListing, line: Int?)]] = [:]

  /// Begins with the listings of earlier files, which those of this file may replace or end.
  init(_ earlier: [TaxonListing]) {
    for listing in earlier {
      rows[Subject(taxon: listing.taxon, list: listing.list), default: []].append((listing, nil))
    }
  }

  /// Adds a listing of this file.
  ///
  /// Fails:  if its time overlaps that of another listing that may not be cut off.
  /// Rule:   a listing of an earlier file with the same first day is replaced; one without a last day ends where this
  ///         begins.
  mutating func take(_ listing: TaxonListing, line: Int) throws(TaxonRowError) {
    let subject = Subject(taxon: listing.taxon, list: listing.list)
    var held = rows[subject] ?? []
    held.removeAll { $0.line == nil && $0.listing.from == listing.from }
    for index in held.indices where overlap(held[index].listing, listing) {
      // A later file may end what an earlier one left open.
      let other = held[index]
      guard other.line == nil, other.listing.until == nil, let from = listing.from,
        other.listing.from.map({ $0 < from }) ?? true
      else { throw TaxonRowError(.overlaps(line: other.line)) }
      held[index] = (other.listing.ended(from), nil)
    }
    held.append((listing, line))
    rows[subject] = held
  }

  /// Whether two listings are in force on a common day.
  ///
  /// Units:  a listing is in force from its first day up to the day before `until`; without a day it is open on that
  ///         side.
  private func overlap(_ a: TaxonListing, _ b: TaxonListing) -> Bool {
    func begins(_ a: TaxonListing, before end: CalendarDay?) -> Bool {
      guard let end, let from = a.from else { return true }
      return from < end
    }
    return begins(a, before: b.until) && begins(b, before: a.until)
  }

  /// All listings, those of one taxon and list in order of time.
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
  /// The listing with its last day.
  fileprivate func ended(_ day: CalendarDay) -> TaxonListing {
    TaxonListing(taxon: taxon, list: list, levels: levels, from: from, until: day, note: note, source: source)
  }
}
