import Listings

/// Reads a piece of a JSON file into rows, and reports what is no listing.
struct JSONPiece {
  private let file: JSONFile
  private let bytes: UnsafeRawBufferPointer
  private let assembly: RowAssembly
  private var rows: JSONRows
  private var json: JSONText
  private var line = (start: 0, place: -1)
  // What holds for all listings of the file.
  private let isLines: Bool
  private let hasPages: Bool
  private let hasContext: Bool
  private let width: Int?

  /// How often reading goes on within what went on within something broken.
  private static let mostRecoveries = 4
  /// How far a line is followed back to its beginning.
  private static let longestLine = 1 << 24

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

  mutating func read(_ piece: Range<Int>) {
    for record in JSONRecords(bytes, file.layout, piece, likeness: file.likeness) { take(record) }
  }

  private mutating func take(_ record: JSONRecords.Record) {
    if let fault = record.fault {
      report(fault.fault, at: fault.position, of: record.range)
    } else if hasPages {
      readPage(record.range)
    } else if isLines {
      readLine(record.range)
    } else {
      readListing(record.range, 0)
    }
  }

  // MARK: Listings

  private mutating func readListing(_ range: Range<Int>, _ recoveries: Int) {
    let text = UnsafeRawBufferPointer(rebasing: bytes[range])
    rows.begin()
    if hasContext { file.context.tell(bytes, range.lowerBound, to: &rows) }
    if let failure = json.read(text, readable: bytes.count - range.lowerBound, into: &rows) {
      rows.discard()
      report(failure.fault, at: range.lowerBound + failure.position, of: range)
      if failure.fault != .tooDeep, recoveries < Self.mostRecoveries {
        readRest(of: range, after: range.lowerBound + failure.position, recoveries + 1)
      }
    } else {
      if let width, json.placeCount != width { reportRagged(text, width) }
      finish(text, of: range)
    }
  }

  /// Keeps the listing that was read, unless its envelope holds none.
  private mutating func finish(_ text: UnsafeRawBufferPointer, of range: Range<Int>) {
    guard json.isEmptied else { return rows.finish(record: text) }
    rows.discard()
    report(.emptyEnvelope, at: range.lowerBound, of: range)
  }

  /// Listings that a broken one seems to hold because a quote or a brace is missing.
  private mutating func readRest(of range: Range<Int>, after fault: Int, _ recoveries: Int) {
    let within = UnsafeRawBufferPointer(rebasing: bytes[..<range.upperBound])
    let finder = JSONFinder(text: within, form: file.layout.form, likeness: file.likeness)
    let next = finder.resumption(after: range.lowerBound, fault)
    guard next < range.upperBound else { return }
    readAll(in: next..<range.upperBound, file.layout.form, recoveries)
  }

  private mutating func readAll(in range: Range<Int>, _ form: JSONLayout.Form, _ recoveries: Int) {
    let layout = JSONLayout(form: form, contents: [JSONLayout.Content(bytes: range)])
    for record in JSONRecords(bytes, layout, range, likeness: file.likeness) {
      if let fault = record.fault {
        report(fault.fault, at: fault.position, of: record.range)
      } else {
        readListing(record.range, recoveries)
      }
    }
  }

  private func reportRagged(_ text: UnsafeRawBufferPointer, _ expected: Int) {
    let what: IntakeProblem.What =
      json.placeCount < expected
      ? .tooFewCells(found: json.placeCount, expected: expected)
      : .tooManyCells(found: json.placeCount, expected: expected)
    assembly.report(what, at: text.baseAddress!, hasRow: true, excerpt: text)
  }

  // MARK: Lines

  /// A line is one listing, with or without a comma behind it, or several whole ones.
  private mutating func readLine(_ range: Range<Int>) {
    guard bytes[range.lowerBound] == UInt8(ascii: "{") else { return readAll(in: range, .objects, 0) }
    let text = UnsafeRawBufferPointer(rebasing: bytes[range])
    rows.begin()
    let failure = json.readFirst(text, readable: bytes.count - range.lowerBound, into: &rows)
    let end = json.end
    if failure == nil, end == text.count { return finish(text, of: range) }
    if failure == nil, let rest = rest(of: range, from: range.lowerBound + end) {
      finish(UnsafeRawBufferPointer(rebasing: text[..<json.listingEnd]), of: range.lowerBound..<range.lowerBound + end)
      return rest.forEach { readListing($0, 0) }
    }
    rows.discard()
    report(failure?.fault ?? .trailingText, at: range.lowerBound + (failure?.position ?? end), of: range)
  }

  /// The listings behind the first one of a line, if all of them are whole; nil: something else is there.
  private func rest(of line: Range<Int>, from start: Int) -> [Range<Int>]? {
    let text = UnsafeRawBufferPointer(rebasing: bytes[..<line.upperBound])
    let finder = JSONFinder(text: text, form: .objects)
    var json = JSONText(envelope: file.envelope)
    var nothing = JSONNothing()
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

  private mutating func readPage(_ range: Range<Int>) {
    let lists = JSONOutline.lists(file.layout.pages, in: bytes, range)
    if lists.isEmpty { report(.withoutListings, at: range.lowerBound, of: range) }
    for list in lists { readAll(in: list.bytes, .objects, 0) }
  }

  // MARK: Faults

  private mutating func report(_ fault: JSONFault, at position: Int, of range: Range<Int>) {
    let place = min(position, range.upperBound)
    let column = place - lineStart(of: range.lowerBound) + 1
    assembly.report(
      .malformedJSON(fault, column: column), at: bytes.baseAddress! + range.lowerBound, hasRow: false,
      excerpt: UnsafeRawBufferPointer(rebasing: bytes[max(range.lowerBound, place - 20)..<range.upperBound]))
  }

  /// Where the line begins on which the listing does.
  private mutating func lineStart(of place: Int) -> Int {
    let known = line.place >= 0 && line.place <= place
    let least = known ? line.place : max(0, place - Self.longestLine)
    if let found = bytes[least..<place].lastIndex(of: .lineFeed) {
      line.start = found + 1
    } else if !known {
      line.start = least
    }
    line.place = place
    return line.start
  }
}
