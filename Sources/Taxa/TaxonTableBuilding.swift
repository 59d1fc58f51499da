import Glibc
import Listings
import SmallFormats

/// Combines the rows of all taxon tables.
///
/// Rule:   files are layered in their order. A row about a taxon that an earlier file has, by its folded name, replaces rank
///         and parent. Names add up. A listing replaces an earlier one with the same taxon, list and first day. Within a
///         file the later row wins.
/// Fails:  never: a row that cannot be understood becomes a `TaxonProblem`, and the rows around it are kept.
struct TaxonTableBuilding {
  /// The names of all taxa; the accepted ones come first, in the order of their taxa.
  private(set) var names = NameIndex()
  /// By number of the taxon.
  private(set) var ranks: [TaxonRank] = []
  /// By number of the taxon; `TaxonTable.noParent` for a kingdom.
  private(set) var parents: [UInt32] = []
  /// By taxon and list, those of one taxon and list in order of time.
  private(set) var listings: [TaxonListing] = []
  /// By id; of several rows with one id, the last.
  private(set) var sources: [String: TaxonSource] = [:]
  /// Those of reading the files first, then those of their rows.
  private(set) var problems: [TaxonProblem]

  /// The file being read.
  private var path = ""
  /// Its current row.
  private var rows = TaxonRows([])

  /// Reads all tables: taxa first, then what refers to them.
  ///
  /// Rule:   by kind, whatever the order of the files: taxa, sources, names, listings, everyday names.
  /// Cost:   O(bytes); the index of names takes most of the memory.
  static func build(_ files: [TaxonFile], _ problems: [TaxonProblem]) -> TaxonTableBuilding {
    var building = TaxonTableBuilding(problems: problems)
    let tables = building.sorted(files)
    let bytes = files.reduce(0) { $0 + $1.rows.bytes.count }
    building.names.reserve(names: bytes / 28, bytes: bytes)
    building.readTaxa(tables[.taxa] ?? [])
    building.read(tables[.sources] ?? []) { (building) throws(TaxonRowError) in try building.readSource() }
    building.read(tables[.names] ?? []) { (building) throws(TaxonRowError) in try building.readNames() }
    building.readListings(tables[.listings] ?? [])
    var everyday = EverydayNames()
    building.read(tables[.everydayNames] ?? []) { (building) throws(TaxonRowError) in
      try building.readEveryday(&everyday)
    }
    everyday.mark(&building.names, ranks: building.ranks)
    building.names.finish()
    if building.ranks.isEmpty { building.problems.append(TaxonProblem(file: "taxa", what: .noTaxa)) }
    return building
  }

  private init(problems: [TaxonProblem]) { self.problems = problems }

  // MARK: Files and rows

  /// The files by kind, as their headers say; the headers are consumed.
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

  /// Calls `row` for each row of some files, and turns its errors into problems.
  private mutating func read(_ files: [TaxonFile], _ row: (inout TaxonTableBuilding) throws(TaxonRowError) -> Void) {
    for file in files {
      (path, rows) = (file.path, file.rows)
      let columns = rows.cells.count
      while rows.advance() {
        do throws(TaxonRowError) {
          guard rows.cells.count == columns else {
            throw TaxonRowError(.columns(found: rows.cells.count, expected: columns))
          }
          guard rows.isUTF8 else { throw TaxonRowError(.notUTF8) }
          try row(&self)
        } catch {
          note(error.what)
        }
      }
    }
  }

  /// Adds a problem at the current row.
  private mutating func note(_ what: TaxonProblem.What) {
    problems.append(TaxonProblem(file: path, line: rows.line, what: what))
  }

  /// The taxon whose accepted name is in a cell.
  ///
  /// Fails:  throws `noName` for an empty cell, `unknownTaxon` for a name that is not accepted.
  private mutating func taxon(_ cell: Int) throws(TaxonRowError) -> TaxonID {
    guard !rows.cells[cell].isEmpty else { throw TaxonRowError(.noName) }
    guard let entry = rows.withBytes(of: cell, { names.accepted($0) }) else {
      throw TaxonRowError(.unknownTaxon(String(rows.text(cell).prefix(80))))
    }
    return TaxonID(Int(names.entries[entry].taxon))
  }

  /// Reports a source that no table has.
  private mutating func checkSource(_ id: String) {
    if !id.isEmpty, sources[id] == nil { note(.unknownSource(String(id.prefix(80)))) }
  }

  // MARK: Taxa

  /// Reads the classification.
  private mutating func readTaxa(_ files: [TaxonFile]) {
    var claims = TaxonClaims(names: names)
    read(files) { (building) throws(TaxonRowError) in
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

  /// Reads a row of synonyms or common names.
  ///
  /// Shape:  the cell for the names may hold several, divided by `|`.
  /// Fails:  throws before anything is added; a single name without a key is skipped.
  private mutating func readNames() throws(TaxonRowError) {
    let taxon = try taxon(0)
    guard let language = NameLanguage(rows.text(1)) else { throw TaxonRowError(.badLanguage(rows.text(1))) }
    let kind: NameKind
    switch rows.text(2) {
    case "synonym": kind = .synonym
    case "common": kind = .common
    default: throw TaxonRowError(.unknownKind(String(rows.text(2).prefix(80))))
    }
    guard !rows.cells[3].isEmpty else { throw TaxonRowError(.noName) }
    checkSource(rows.text(4))
    rows.withBytes(of: 3) { bytes in
      for name in bytes.split(separator: UInt8(ascii: "|")) {
        _ = names.add(UnsafeRawBufferPointer(rebasing: name), taxon: taxon.index, kind: kind, language: language)
      }
    }
  }

  /// Reads a row about an everyday name.
  private func readEveryday(_ everyday: inout EverydayNames) throws(TaxonRowError) {
    guard !rows.cells[0].isEmpty else { throw TaxonRowError(.noName) }
    guard let language = NameLanguage(rows.text(1)) else { throw TaxonRowError(.badLanguage(rows.text(1))) }
    switch rows.text(2) {
    case "yes": everyday.say(rows.text(0), language, true)
    case "no": everyday.say(rows.text(0), language, false)
    default: throw TaxonRowError(.notYesOrNo(String(rows.text(2).prefix(80))))
    }
  }

  // MARK: Sources and listings

  /// Reads a row about a source.
  private mutating func readSource() throws(TaxonRowError) {
    guard !rows.cells[0].isEmpty else { throw TaxonRowError(.noName) }
    let asOf = try day(3)
    let id = rows.text(0)
    sources[id] = TaxonSource(id: id, citation: rows.text(1), url: rows.text(2), asOf: asOf, note: rows.text(4))
  }

  /// A day, nil for an empty cell.
  ///
  /// Fails:  throws `notADay` where the cell holds anything else.
  private func day(_ cell: Int) throws(TaxonRowError) -> CalendarDay? {
    if rows.cells[cell].isEmpty { return nil }
    guard let day = CalendarDay(rows.text(cell)) else {
      throw TaxonRowError(.notADay(String(rows.text(cell).prefix(80))))
    }
    return day
  }

  /// Reads the listings, file by file, since each is layered over those before.
  private mutating func readListings(_ files: [TaxonFile]) {
    for file in files {
      var claims = ListingClaims(listings)
      read([file]) { (building) throws(TaxonRowError) in
        let listing = try building.listing()
        try claims.take(listing, line: building.rows.line)
        building.checkSource(listing.source)
      }
      listings = claims.settled
    }
  }

  /// Reads a row of a list.
  ///
  /// Fails:  throws the first problem from left to right; a listing must end after the day on which it begins.
  private mutating func listing() throws(TaxonRowError) -> TaxonListing {
    let taxon = try taxon(0)
    guard let list = ProtectionList(rawValue: rows.text(1)) else { throw TaxonRowError(.unknownList(rows.text(1))) }
    guard let levels = ListingLevels(rows.text(2), in: list) else {
      throw TaxonRowError(.badLevel(String(rows.text(2).prefix(80)), list))
    }
    let (from, until) = (try day(3), try day(4))
    if let from, let until, until <= from { throw TaxonRowError(.endsBeforeItBegins) }
    return TaxonListing(
      taxon: taxon, list: list, levels: levels, from: from, until: until, note: rows.text(5), source: rows.text(6))
  }
}

/// The problem for which a row is left out.
struct TaxonRowError: Error {
  /// The problem; the reader adds file and line.
  let what: TaxonProblem.What

  init(_ what: TaxonProblem.What) { self.what = what }
}

/// The five kinds of taxon table. The header of a file says which one it is.
package enum TaxonTableKind: CaseIterable, Sendable {
  case taxa, names, listings, everydayNames, sources

  /// The header.
  ///
  /// Limits: a file must have exactly these columns, in this order.
  package var columns: [String] {
    switch self {
    case .taxa: ["name", "rank", "parent"]
    case .names: ["taxon", "language", "kind", "names", "source"]
    case .listings: ["taxon", "annex", "level", "from", "until", "note", "source"]
    case .everydayNames: ["name", "language", "everyday", "note"]
    case .sources: ["id", "citation", "url", "as_of", "note"]
    }
  }
}

/// The file of a taxon table, in memory.
package struct TaxonFile: Sendable {
  /// Where it came from, for problems; nothing is read from there.
  package let path: String
  /// The whole file, unchanged.
  package let bytes: [UInt8]
  /// Reads the rows from the first on, in a copy of `bytes`.
  var rows: TaxonRows

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    rows = TaxonRows(bytes)
  }

  /// A file with this text, as for tests.
  package init(path: String, text: String) { self.init(path: path, bytes: Array(text.utf8)) }
}

/// Finds the files of taxon tables.
///
/// Cost:   reads every table into memory once.
package enum TaxonFolder {
  /// The largest table read: a hundred times the size of the shipped ones.
  private static let sizeLimit = 128 << 20

  /// The `.csv` files in the folder `taxa` of each `Lexicons` folder, from the shipped one to the user's.
  ///
  /// Fails:  never: a file that cannot be read becomes a `TaxonProblem`; a missing folder has no files.
  /// Shape:  in the order of the folders, and within a folder by name: the order in which later ones override earlier
  ///         ones.
  package static func files(inLexicons folders: [String]) -> (files: [TaxonFile], problems: [TaxonProblem]) {
    var files: [TaxonFile] = []
    var problems: [TaxonProblem] = []
    for folder in folders {
      let folder = (folder.hasSuffix("/") ? folder : folder + "/") + "taxa"
      for name in names(in: folder) {
        let path = "\(folder)/\(name)"
        switch read(path) {
        case .success(let bytes): files.append(TaxonFile(path: path, bytes: bytes))
        case .failure(let error): problems.append(TaxonProblem(file: path, what: .unreadable(why: error.why)))
        }
      }
    }
    return (files, problems)
  }

  /// The names of the tables in a folder, sorted.
  ///
  /// Limits: hidden files are left out. A folder that cannot be opened has no tables.
  private static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { place in
        place.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".csv"), !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  private struct ReadError: Error {
    let why: String
  }

  /// The whole file, if it is a plain file of a reasonable size.
  ///
  /// Fails:  for what cannot be opened or read, is no plain file, or is larger than `sizeLimit`.
  private static func read(_ path: String) -> Result<[UInt8], ReadError> {
    // Non-blocking, since a pipe of that name would wait for a writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return .failure(ReadError(why: String(cString: strerror(errno)))) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return .failure(ReadError(why: "it is not a plain file"))
    }
    guard status.st_size <= sizeLimit else { return .failure(ReadError(why: "it is larger than 128 MB")) }
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
      while count < buffer.count {
        let got = Glibc.read(descriptor, buffer.baseAddress! + count, buffer.count - count)
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = errno }
        if got <= 0 { break }
        count += got
      }
    }
    return failure == 0 ? .success(bytes) : .failure(ReadError(why: String(cString: strerror(failure))))
  }
}
