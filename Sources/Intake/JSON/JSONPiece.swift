import Listings

/// Reads one piece of a JSON file into rows, and reports what is not a listing.
///
/// Shape:  rows in the order of the text. A malformed listing is left out, and reading resumes after it, or inside it
///         where a missing quote or brace made it swallow others.
struct JSONPiece {
  /// The file that the piece belongs to.
  private let file: JSONFile
  private let bytes: UnsafeRawBufferPointer
  /// Takes rows and problems.
  private let assembly: RowAssembly
  /// Passes values on to `assembly`.
  private var rows: JSONRows
  /// Parses one listing after another with the same buffers.
  private var json: JSONText
  /// The beginning of the last line asked for, and the position that it was found for.
  private var line = (start: 0, position: -1)
  // The same for all listings of the file.
  /// Whether each line is a listing.
  private let isLines: Bool
  /// Whether each object is a page with lists of listings.
  private let hasPages: Bool
  /// Whether the names around a listing are values of it.
  private let hasContext: Bool
  /// How many cells a row should have; nil for objects.
  private let width: Int?

  /// How often reading may resume inside something malformed.
  private static let maximumRecoveries = 4
  /// How far back the beginning of a line is searched for.
  private static let maximumLineLength = 1 << 24

  init(_ file: JSONFile, _ assembly: RowAssembly) {
    self.file = file
    self.assembly = assembly
    bytes = file.bytes
    rows = JSONRows(assembly: assembly, file: file)
    json = JSONText(envelope: file.envelope, header: file.layout.headerBytes)
    isLines = file.layout.form == .lines
    hasPages = !file.layout.pages.isEmpty
    hasContext = !file.context.isEmpty
    width = file.layout.header?.count
  }

  /// Reads all records of the piece.
  mutating func read(_ piece: Range<Int>) {
    for record in JSONRecords(bytes, file.layout, piece, likeness: file.likeness) { take(record) }
  }

  /// Reads a record according to the layout of the file.
  ///
  /// Shape:  a listing, a line, a page, or something to report.
  private mutating func take(_ record: JSONRecords.Record) {
    if let problem = record.problem {
      report(problem.kind, at: problem.position, of: record.range)
    } else if hasPages {
      readPage(record.range)
    } else if isLines {
      readLine(record.range)
    } else {
      readListing(record.range, 0)
    }
  }

  // MARK: Listings

  /// Reads one listing, or reports why it cannot be read.
  ///
  /// Shape:  after an error inside it, reading continues inside, up to `maximumRecoveries` levels.
  private mutating func readListing(_ range: Range<Int>, _ recoveries: Int) {
    let text = UnsafeRawBufferPointer(rebasing: bytes[range])
    rows.begin()
    if hasContext { file.context.pass(bytes, range.lowerBound, to: &rows) }
    if let error = json.read(text, readable: bytes.count - range.lowerBound, into: &rows) {
      rows.discard()
      report(error.problem, at: range.lowerBound + error.position, of: range)
      if error.problem != .tooDeep, recoveries < Self.maximumRecoveries {
        readRest(of: range, after: range.lowerBound + error.position, recoveries + 1)
      }
    } else {
      if let width, json.cellCount != width { reportRagged(text, width) }
      finish(text, of: range)
    }
  }

  /// Completes the row of a listing, unless its envelope contains none.
  ///
  /// Shape:  otherwise the row is dropped, and the empty envelope reported.
  private mutating func finish(_ text: UnsafeRawBufferPointer, of range: Range<Int>) {
    guard json.hasNoListing else { return rows.finish(record: text) }
    rows.discard()
    report(.emptyEnvelope, at: range.lowerBound, of: range)
  }

  /// Reads listings that a malformed one seems to contain because a quote or brace is missing.
  ///
  /// Shape:  only what is left of the malformed range.
  private mutating func readRest(of range: Range<Int>, after position: Int, _ recoveries: Int) {
    let within = UnsafeRawBufferPointer(rebasing: bytes[..<range.upperBound])
    let finder = JSONFinder(text: within, form: file.layout.form, likeness: file.likeness)
    let next = finder.resumption(after: range.lowerBound, position)
    guard next < range.upperBound else { return }
    readAll(in: next..<range.upperBound, file.layout.form, recoveries)
  }

  /// Reads all listings in a range.
  ///
  /// - Parameter recoveries: how often reading has resumed inside something malformed.
  private mutating func readAll(in range: Range<Int>, _ form: JSONLayout.Form, _ recoveries: Int) {
    let layout = JSONLayout(form: form, contents: [JSONLayout.Content(bytes: range)])
    for record in JSONRecords(bytes, layout, range, likeness: file.likeness) {
      if let problem = record.problem {
        report(problem.kind, at: problem.position, of: record.range)
      } else {
        readListing(record.range, recoveries)
      }
    }
  }

  /// Reports a row with fewer or more cells than the header.
  private func reportRagged(_ text: UnsafeRawBufferPointer, _ expected: Int) {
    let what: IntakeProblem.What =
      json.cellCount < expected
      ? .tooFewCells(found: json.cellCount, expected: expected)
      : .tooManyCells(found: json.cellCount, expected: expected)
    assembly.report(what, at: text.baseAddress!, hasRow: true, excerpt: text)
  }

  // MARK: Lines

  /// Reads a line: one listing, perhaps with a comma after it, or several complete ones.
  ///
  /// Shape:  several listings on a line each become a row, if all are well-formed; otherwise the line is one problem.
  private mutating func readLine(_ range: Range<Int>) {
    guard bytes[range.lowerBound] == UInt8(ascii: "{") else { return readAll(in: range, .objects, 0) }
    let text = UnsafeRawBufferPointer(rebasing: bytes[range])
    rows.begin()
    let error = json.readFirst(text, readable: bytes.count - range.lowerBound, into: &rows)
    let end = json.end
    if error == nil, end == text.count { return finish(text, of: range) }
    if error == nil, let rest = rest(of: range, from: range.lowerBound + end) {
      finish(UnsafeRawBufferPointer(rebasing: text[..<json.listingEnd]), of: range.lowerBound..<range.lowerBound + end)
      return rest.forEach { readListing($0, 0) }
    }
    rows.discard()
    report(error?.problem ?? .trailingText, at: range.lowerBound + (error?.position ?? end), of: range)
  }

  /// The listings after the first one of a line, if they are complete; nil where the line contains anything else.
  ///
  /// Cost:   parses each of them once more.
  private func rest(of line: Range<Int>, from start: Int) -> [Range<Int>]? {
    let text = UnsafeRawBufferPointer(rebasing: bytes[..<line.upperBound])
    let finder = JSONFinder(text: text, form: .objects)
    var json = JSONText(envelope: file.envelope)
    var nothing = IgnoredValues()
    var listings: [Range<Int>] = []
    var position = start
    while let found = finder.next(from: position) {
      guard case .listing(let range) = found,
        json.read(UnsafeRawBufferPointer(rebasing: bytes[range]), readable: 0, into: &nothing) == nil
      else { return nil }
      listings.append(range)
      position = range.upperBound
    }
    return listings
  }

  // MARK: Pages

  /// Reads the listings on a page of results.
  private mutating func readPage(_ range: Range<Int>) {
    let lists = JSONOutline.lists(file.layout.pages, in: bytes, range)
    if lists.isEmpty { report(.withoutListings, at: range.lowerBound, of: range) }
    for list in lists { readAll(in: list.bytes, .objects, 0) }
  }

  // MARK: Problems

  /// Reports a problem with its column, and an excerpt around it.
  private mutating func report(_ problem: JSONProblem, at position: Int, of range: Range<Int>) {
    let position = min(position, range.upperBound)
    let column = position - lineStart(of: range.lowerBound) + 1
    assembly.report(
      .malformedJSON(problem, column: column), at: bytes.baseAddress! + range.lowerBound, hasRow: false,
      excerpt: UnsafeRawBufferPointer(rebasing: bytes[max(range.lowerBound, position - 20)..<range.upperBound]))
  }

  /// Where the line begins that contains this position.
  ///
  /// Cost:   O(bytes since the last position asked for), if that was earlier.
  private mutating func lineStart(of position: Int) -> Int {
    let known = line.position >= 0 && line.position <= position
    let lowest = known ? line.position : max(0, position - Self.maximumLineLength)
    if let found = bytes[lowest..<position].lastIndex(of: .lineFeed) {
      line.start = found + 1
    } else if !known {
      line.start = lowest
    }
    line.position = position
    return line.start
  }
}

/// Passes the values of objects to the row assembly.
///
/// Shape:  of several names for the same field in one object, the best one with a value wins. Values under one name are
///         joined with `; `.
/// Cost:   a value without escapes is not copied.
struct JSONRows: JSONSink {
  private let assembly: RowAssembly
  private let file: JSONFile
  private var names: JSONNames
  /// By cell slot: the name that fills it, and its rank.
  private var winners: [(name: Int, rank: Int)]
  /// By cell slot: the joined values, where there are several.
  private var joined: [[UInt8]]
  private var scratch: [UInt8] = []
  /// No name fills the cell so far.
  private static let unclaimed = (name: -1, rank: Int.max)
  private static let id = RowAssembly.slots[.listingID]!
  private static let url = RowAssembly.slots[.url]!

  init(assembly: RowAssembly, file: JSONFile) {
    self.assembly = assembly
    self.file = file
    names = JSONNames(mapping: file.mapping)
    winners = Array(repeating: Self.unclaimed, count: RowAssembly.slotCount)
    joined = Array(repeating: [], count: RowAssembly.slotCount)
  }

  /// Starts an object.
  mutating func begin() {
    names.beginObject()
    for slot in winners.indices { winners[slot] = Self.unclaimed }
    assembly.columnCurrency = 0
  }

  /// Passes on a value to the cell of its name, if its name has one.
  ///
  /// Shape:  missing and empty values never fill a cell. A second value under the same name is joined to the first.
  mutating func value(path: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer, _ kind: JSONKind) {
    let (number, isNew) = names.number(of: path)
    if isNew { file.addName(String(decoding: path, as: UTF8.self)) }
    let slot = names.names[number].slot
    guard slot >= 0, text.count > 0, kind != .null else { return }
    let rank = names.names[number].column.rank
    let winner = winners[slot]
    if winner.name == number {
      join(slot, text, kind)
    } else if rank < winner.rank {
      winners[slot] = (number, rank)
      joined[slot].removeAll(keepingCapacity: true)
      assembly.set(slot, decoded(text, kind), isNumber: kind == .number)
    }
  }

  /// The value with escapes resolved, in memory that lives as long as the dataset.
  private mutating func decoded(_ text: UnsafeRawBufferPointer, _ kind: JSONKind) -> UnsafeRawBufferPointer {
    guard kind == .escapedString else { return text }
    scratch.removeAll(keepingCapacity: true)
    JSONEscapes.decode(text, into: &scratch)
    return assembly.store(scratch)
  }

  /// Appends another value under the same name.
  private mutating func join(_ slot: Int, _ text: UnsafeRawBufferPointer, _ kind: JSONKind) {
    if joined[slot].isEmpty { joined[slot] += assembly.bytes(slot) }
    joined[slot] += "; ".utf8
    if kind == .escapedString { JSONEscapes.decode(text, into: &joined[slot]) } else { joined[slot] += text }
  }

  /// Completes the row of the object.
  ///
  /// Shape:  an id of rank 3 may be a mere position, and gives way to an address.
  mutating func finish(record: UnsafeRawBufferPointer) {
    for slot in winners.indices where winners[slot].name >= 0 && !joined[slot].isEmpty {
      assembly.set(slot, assembly.store(joined[slot]))
      joined[slot].removeAll(keepingCapacity: true)
    }
    if winners[Self.id].rank >= 3, winners[Self.id].name >= 0, winners[Self.url].name >= 0 {
      assembly.set(Self.id, UnsafeRawBufferPointer(start: nil, count: 0))
    }
    let price = winners[JSONRows.price].name
    if price >= 0 { assembly.columnCurrency = names.names[price].column.currency }
    assembly.finishRow(record: record)
  }

  /// Drops the values of an object that is not a listing.
  mutating func discard() {
    for slot in joined.indices { joined[slot].removeAll(keepingCapacity: true) }
    assembly.discardRow()
  }

  private static let price = RowAssembly.slots[.price]!
}
