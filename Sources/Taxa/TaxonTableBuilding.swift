import Listings
import SmallFormats

/// Puts the rows of all taxon tables together.
///
/// Rule:   files are taken in their order. A row about a taxon that an earlier file has, by its folded name, replaces its
///         rank and parent; names add; a listing whose taxon, list and first day an earlier file has replaces that one.
///         Of the rows of one file the later counts.
/// Fails:  never: a row that cannot be understood is a `TaxonProblem`, and all others are taken.
struct TaxonTableBuilding {
  private(set) var names = NameIndex()
  private(set) var ranks: [TaxonRank] = []
  private(set) var parents: [UInt32] = []
  private(set) var listings: [TaxonListing] = []
  private(set) var sources: [String: TaxonSource] = [:]
  private(set) var problems: [TaxonProblem]

  /// What of a file is being read.
  private var path = ""
  private var rows = TaxonRows([])

  static func build(_ files: [TaxonFile], _ problems: [TaxonProblem]) -> TaxonTableBuilding {
    var building = TaxonTableBuilding(problems: problems)
    let tables = building.sorted(files)
    let bytes = files.reduce(0) { $0 + $1.rows.bytes.count }
    building.names.reserve(names: bytes / 28, bytes: bytes)
    building.readTaxa(tables[.taxa] ?? [])
    building.read(tables[.sources] ?? []) { (building) throws(TaxonRowFault) in try building.readSource() }
    building.read(tables[.names] ?? []) { (building) throws(TaxonRowFault) in try building.readNames() }
    building.readListings(tables[.listings] ?? [])
    var everyday = EverydayNames()
    building.read(tables[.everydayNames] ?? []) { (building) throws(TaxonRowFault) in
      try building.readEveryday(&everyday)
    }
    everyday.mark(&building.names, ranks: building.ranks)
    building.names.finish()
    if building.ranks.isEmpty { building.problems.append(TaxonProblem(file: "taxa", what: .noTaxa)) }
    return building
  }

  private init(problems: [TaxonProblem]) { self.problems = problems }

  // MARK: Files and rows

  /// The files by what their first lines say they are, that line read.
  private mutating func sorted(_ files: [TaxonFile]) -> [TaxonTableKind: [TaxonFile]] {
    var tables: [TaxonTableKind: [TaxonFile]] = [:]
    for var file in files {
      guard file.rows.advance() else { continue }
      let header = file.rows.cells.indices.map { file.rows.text($0) }
      if let kind = TaxonTableKind.allCases.first(where: { $0.columns == header }) {
        tables[kind, default: []].append(file)
      } else {
        let found = String(header.joined(separator: ",").prefix(120))
        problems.append(TaxonProblem(file: file.path, line: file.rows.line, what: .header(found: found)))
      }
    }
    return tables
  }

  private mutating func read(_ files: [TaxonFile], _ row: (inout TaxonTableBuilding) throws(TaxonRowFault) -> Void) {
    for file in files {
      (path, rows) = (file.path, file.rows)
      let columns = rows.cells.count
      while rows.advance() {
        do throws(TaxonRowFault) {
          guard rows.cells.count == columns else {
            throw TaxonRowFault(.columns(found: rows.cells.count, expected: columns))
          }
          guard rows.isUTF8 else { throw TaxonRowFault(.notUTF8) }
          try row(&self)
        } catch {
          note(error.what)
        }
      }
    }
  }

  private mutating func note(_ what: TaxonProblem.What) {
    problems.append(TaxonProblem(file: path, line: rows.line, what: what))
  }

  /// The taxon whose accepted name a cell holds.
  private mutating func taxon(_ cell: Int) throws(TaxonRowFault) -> TaxonID {
    guard !rows.cells[cell].isEmpty else { throw TaxonRowFault(.noName) }
    guard let entry = rows.withBytes(of: cell, { names.accepted($0) }) else {
      throw TaxonRowFault(.unknownTaxon(String(rows.text(cell).prefix(80))))
    }
    return TaxonID(Int(names.entries[entry].taxon))
  }

  private mutating func checkSource(_ id: String) {
    if !id.isEmpty, sources[id] == nil { note(.unknownSource(String(id.prefix(80)))) }
  }

  // MARK: Taxa

  private mutating func readTaxa(_ files: [TaxonFile]) {
    var claims = TaxonClaims(names: names)
    read(files) { (building) throws(TaxonRowFault) in
      if let earlier = try claims.take(building.rows, file: building.path) { building.note(.twice(line: earlier)) }
    }
    let settled = claims.settled()
    let areAllTaken = !settled.contains { if case .refusedTaxon = $0 { true } else { false } }
    if areAllTaken { names = claims.names }
    var number = 0
    for claim in settled {
      switch claim {
      case .refused(let problem): problems.append(problem)
      case .refusedTaxon(let problem):
        problems.append(problem)
        number += 1
      case .taken(let rank, let parent):
        if !areAllTaken { names.copyAccepted(number, of: claims.names, taxon: ranks.count) }
        ranks.append(rank)
        parents.append(parent)
        number += 1
      }
    }
  }

  // MARK: Names

  private mutating func readNames() throws(TaxonRowFault) {
    let taxon = try taxon(0)
    guard let language = NameLanguage(rows.text(1)) else { throw TaxonRowFault(.badLanguage(rows.text(1))) }
    let kind: NameKind
    switch rows.text(2) {
    case "synonym": kind = .synonym
    case "common": kind = .common
    default: throw TaxonRowFault(.unknownKind(String(rows.text(2).prefix(80))))
    }
    guard !rows.cells[3].isEmpty else { throw TaxonRowFault(.noName) }
    checkSource(rows.text(4))
    rows.withBytes(of: 3) { bytes in
      for name in bytes.split(separator: UInt8(ascii: "|")) {
        _ = names.add(UnsafeRawBufferPointer(rebasing: name), taxon: taxon.index, kind: kind, language: language)
      }
    }
  }

  private func readEveryday(_ everyday: inout EverydayNames) throws(TaxonRowFault) {
    guard !rows.cells[0].isEmpty else { throw TaxonRowFault(.noName) }
    guard let language = NameLanguage(rows.text(1)) else { throw TaxonRowFault(.badLanguage(rows.text(1))) }
    switch rows.text(2) {
    case "yes": everyday.say(rows.text(0), language, true)
    case "no": everyday.say(rows.text(0), language, false)
    default: throw TaxonRowFault(.notYesOrNo(String(rows.text(2).prefix(80))))
    }
  }

  // MARK: Sources and listings

  private mutating func readSource() throws(TaxonRowFault) {
    guard !rows.cells[0].isEmpty else { throw TaxonRowFault(.noName) }
    let asOf = try day(3)
    let id = rows.text(0)
    sources[id] = TaxonSource(id: id, citation: rows.text(1), url: rows.text(2), asOf: asOf, note: rows.text(4))
  }

  private func day(_ cell: Int) throws(TaxonRowFault) -> CalendarDay? {
    if rows.cells[cell].isEmpty { return nil }
    guard let day = CalendarDay(rows.text(cell)) else {
      throw TaxonRowFault(.notADay(String(rows.text(cell).prefix(80))))
    }
    return day
  }

  private mutating func readListings(_ files: [TaxonFile]) {
    for file in files {
      var claims = ListingClaims(listings)
      read([file]) { (building) throws(TaxonRowFault) in
        let listing = try building.listing()
        try claims.take(listing, line: building.rows.line)
        building.checkSource(listing.source)
      }
      listings = claims.settled
    }
  }

  private mutating func listing() throws(TaxonRowFault) -> TaxonListing {
    let taxon = try taxon(0)
    guard let list = ProtectionList(rawValue: rows.text(1)) else { throw TaxonRowFault(.unknownList(rows.text(1))) }
    guard let levels = ListingLevels(rows.text(2), in: list) else {
      throw TaxonRowFault(.badLevel(String(rows.text(2).prefix(80)), list))
    }
    let (from, until) = (try day(3), try day(4))
    if let from, let until, until <= from { throw TaxonRowFault(.endsBeforeItBegins) }
    return TaxonListing(
      taxon: taxon, list: list, levels: levels, from: from, until: until, note: rows.text(5), source: rows.text(6))
  }
}

/// Why a row is left out.
struct TaxonRowFault: Error {
  let what: TaxonProblem.What

  init(_ what: TaxonProblem.What) { self.what = what }
}
