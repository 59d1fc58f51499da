import Listings

/// The values of the first listings of a JSON file, by name.
///
/// Cost:   as much of the file as `ColumnSample` takes in, read twice where listings are in an envelope.
struct JSONSample {
  /// The values by column.
  private(set) var columns: ColumnSample
  /// The names in the first listing, which stand for the file.
  let firstNames: [String]
  /// Where in each object the listing is.
  let envelope: JSONEnvelope?

  /// Every object may have new names. Those of the first ones suffice to recognise columns.
  static let maximumNames = 400

  /// Samples the first listings, first as they are, then inside their envelope if their names suggest one.
  ///
  /// Shape:  with a header, its names come first, and names beyond it after them.
  init(_ bytes: UnsafeRawBufferPointer, _ layout: JSONLayout, _ mapping: ColumnMapping) {
    let plain = Self.listings(bytes, layout, nil)
    let names = Self.names(plain)
    var listings = plain
    var found: JSONEnvelope?
    if layout.header == nil, let envelope = JSONEnvelope.find(among: names, mapping) {
      let within = Self.listings(bytes, layout, envelope)
      // The dotted names of a nested list look like an envelope too.
      if Self.names(within) != names { (listings, found) = (within, envelope) }
    }
    envelope = found
    firstNames = layout.header ?? listings.first?.names ?? []
    columns = ColumnSample(names: layout.header.map { $0 + Self.beyond(names, $0) } ?? Self.names(listings))
    let positions = Dictionary(columns.names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    for listing in listings {
      var record = Array(repeating: "", count: columns.names.count)
      for (name, text) in zip(listing.names, listing.texts) {
        if let position = positions[name] { record[position] = text }
      }
      columns.add(record)
    }
  }

  /// The first listings as texts.
  ///
  /// Shape:  malformed listings are left out.
  private static func listings(
    _ bytes: UnsafeRawBufferPointer, _ layout: JSONLayout, _ envelope: JSONEnvelope?
  ) -> [JSONCells] {
    var listings: [JSONCells] = []
    var json = JSONText(envelope: envelope, header: layout.headerBytes)
    let context = JSONContext(layout)
    JSONListings.visit(bytes, layout) { range in
      var cells = JSONCells()
      context.pass(bytes, range.lowerBound, to: &cells)
      let text = UnsafeRawBufferPointer(rebasing: bytes[range])
      if json.readFirst(text, readable: 0, into: &cells) == nil { listings.append(cells) }
      return listings.count < ColumnSample.maximumRecords
        && range.upperBound - layout.start <= ColumnSample.maximumBytes
    }
    return listings
  }

  /// All names in the listings, in order of appearance.
  private static func names(_ listings: [JSONCells]) -> [String] {
    var names: [String] = []
    var known: Set<String> = []
    for listing in listings {
      for name in listing.names where names.count < maximumNames && known.insert(name).inserted { names.append(name) }
    }
    return names
  }

  /// Names that are not in the header.
  private static func beyond(_ names: [String], _ header: [String]) -> [String] {
    let known = Set(header)
    return names.filter { !known.contains($0) }
  }
}

/// Collects the values of one listing as named texts.
///
/// Shape:  in the order of the text. Values that share a name, as those of an array do, are joined with `; `.
/// Cost:   one `String` per value: for samples and single records.
struct JSONCells: JSONSink {
  private(set) var names: [String] = []
  private(set) var texts: [String] = []
  /// Where each name is among `names`.
  private var positions: [String: Int] = [:]

  mutating func value(path: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer, _ kind: JSONKind) {
    let name = String(decoding: path, as: UTF8.self)
    let text =
      kind == .null ? "" : kind == .escapedString ? Self.text(text[...]) : String(decoding: text, as: UTF8.self)
    if let position = positions[name] {
      if !text.isEmpty { texts[position] += texts[position].isEmpty ? text : "; " + text }
    } else {
      positions[name] = names.count
      names.append(name)
      texts.append(text)
    }
  }

  /// The text of a string with its escapes resolved.
  static func text(_ string: Slice<UnsafeRawBufferPointer>) -> String {
    var decoded: [UInt8] = []
    JSONEscapes.decode(UnsafeRawBufferPointer(rebasing: string), into: &decoded)
    return String(decoding: decoded, as: UTF8.self)
  }

  /// The names in some objects, or in the listings inside them where they lie in an envelope.
  static func names(
    _ text: UnsafeRawBufferPointer, _ objects: some Sequence<JSONNode>, _ mapping: ColumnMapping
  ) -> [String] {
    let plain = names(text, objects, within: nil)
    guard let envelope = JSONEnvelope.find(among: plain, mapping) else { return plain }
    return names(text, objects, within: envelope)
  }

  /// The names in some objects, in order of appearance.
  private static func names(
    _ text: UnsafeRawBufferPointer, _ objects: some Sequence<JSONNode>, within envelope: JSONEnvelope?
  ) -> [String] {
    var names: [String] = []
    var json = JSONText(envelope: envelope)
    for object in objects {
      var cells = JSONCells()
      _ = json.readFirst(UnsafeRawBufferPointer(rebasing: text[object.range]), readable: 0, into: &cells)
      for name in cells.names where names.count < JSONSample.maximumNames && !names.contains(name) {
        names.append(name)
      }
    }
    return names
  }

  /// The elements of an array as texts; those of nested arrays are joined with dots.
  ///
  /// Cost:   parses each element.
  static func elements(_ text: UnsafeRawBufferPointer, _ array: JSONNode) -> [String] {
    var cursor = JSONCursor(text, array.range)
    var texts: [String] = []
    var json = JSONText(header: [])
    while let element = cursor.next() {
      let value = UnsafeRawBufferPointer(rebasing: text[element.value])
      if value.first == UInt8(ascii: "[") {
        var cells = JSONCells()
        _ = json.read(value, readable: 0, into: &cells)
        texts.append(cells.texts.filter { !$0.isEmpty }.joined(separator: "."))
      } else {
        texts.append(
          value.first == .quote ? Self.text(value.dropFirst().dropLast()) : String(decoding: value, as: UTF8.self))
      }
    }
    return texts
  }
}

/// The names in the objects of a file, and the column of each. Every worker has its own.
///
/// Cost:   objects of one scraper have their names in the same order, so a single comparison usually finds a name.
struct JSONNames {
  /// A name, and where its values go.
  struct Name {
    let bytes: [UInt8]
    let column: ColumnMapping.Column
    /// The cell slot that it fills; -1 where it fills none.
    let slot: Int
  }

  private(set) var names: [Name] = []
  /// The number of each name by its fingerprint.
  private var byFingerprint: [UInt64: Int] = [:]
  /// The name that followed each name in the last object.
  private var following: [Int] = [0]
  /// The number of the last name in the object; -1 at its beginning.
  private var last = -1
  private let mapping: ColumnMapping

  init(mapping: ColumnMapping) { self.mapping = mapping }

  /// Starts an object, so that its first name is expected next.
  mutating func beginObject() { last = -1 }

  /// The number of a name, and whether it is new.
  ///
  /// Cost:   one comparison if the names come in the order of the last object; otherwise a fingerprint and a lookup.
  mutating func number(of path: UnsafeRawBufferPointer) -> (number: Int, isNew: Bool) {
    let expected = following[last + 1]
    if expected < names.count, names[expected].bytes.withUnsafeBytes({ equal($0, path) }) {
      last = expected
      return (expected, false)
    }
    return search(path)
  }

  /// Looks a name up by its fingerprint, and adds it if it is new.
  private mutating func search(_ path: UnsafeRawBufferPointer) -> (number: Int, isNew: Bool) {
    var fingerprint = Fingerprint.of(path)
    while let known = byFingerprint[fingerprint] {
      if names[known].bytes.withUnsafeBytes({ equal($0, path) }) { return (follow(known), false) }
      fingerprint &+= 1
    }
    let column = mapping.claim(of: String(decoding: path, as: UTF8.self))
    names.append(Name(bytes: Array(path), column: column, slot: column.field.flatMap { RowAssembly.slots[$0] } ?? -1))
    following.append(0)
    byFingerprint[fingerprint] = names.count - 1
    return (follow(names.count - 1), true)
  }

  /// Remembers that this name followed the last one.
  private mutating func follow(_ number: Int) -> Int {
    following[last + 1] = number
    last = number
    return number
  }
}

/// The names of the cells of rows: given by the first row, or made up.
struct JSONRowNames {
  private(set) var names: [String] = []
  /// Where the first row that is a listing begins.
  private(set) var start: Int
  /// How many rows are above the one with the names.
  private(set) var titleRows = 0

  /// - Parameters:
  ///   - content: what is between the brackets of the list, or the text where rows follow each other without one.
  ///   - hasHeader: whether a row has the names, if the user said so.
  init(_ text: UnsafeRawBufferPointer, _ content: Range<Int>, _ mapping: ColumnMapping, hasHeader: Bool?) {
    start = content.lowerBound
    let within = UnsafeRawBufferPointer(rebasing: text[..<content.upperBound])
    let finder = JSONFinder(text: within, form: .rows)
    var rows: [(texts: [String], areTexts: Bool, end: Int)] = []
    var json = JSONText(header: [])
    var position = content.lowerBound
    while rows.count < HeaderSearch.searchedRows, let found = finder.next(from: position) {
      position = found.range.upperBound
      var cells = RowCells()
      guard case .listing(let range) = found,
        json.read(UnsafeRawBufferPointer(rebasing: text[range]), readable: 0, into: &cells) == nil
      else { continue }
      rows.append((cells.texts, cells.areTexts, range.upperBound))
    }
    let search = HeaderSearch(mapping: mapping, choice: hasHeader.map { $0 ? .first : .missing })
    guard let header = search.header(among: rows.map(\.texts)) else { return }
    let row = rows[header.index]
    let width = rows.map(\.texts.count).max() ?? 0
    // Names are texts. A row with a number or nothing in it is a listing, unless the user said otherwise.
    guard header.namesColumns, hasHeader == true || row.areTexts else {
      names = (0..<width).map { "column\($0 + 1)" }
      return
    }
    names = Self.unique(row.texts)
    start = row.end
    titleRows = header.index
  }

  /// The names with gaps filled and duplicates numbered.
  ///
  /// Shape:  `title`, `title 2`, `title 3`; a blank name becomes `column3`.
  static func unique(_ texts: [String]) -> [String] {
    var names: [String] = []
    var known: Set<String> = []
    var numbers: [String: Int] = [:]
    for (index, text) in texts.enumerated() {
      let name = text.allSatisfy(\.isWhitespace) ? "column\(index + 1)" : text
      var unique = name
      var number = numbers[name] ?? 2
      while !known.insert(unique).inserted {
        unique = "\(name) \(number)"
        number += 1
      }
      numbers[name] = number
      names.append(unique)
    }
    return names
  }

  /// Collects the cells of a row, and whether all are strings.
  private struct RowCells: JSONSink {
    var cells = JSONCells()
    var areTexts = true
    var texts: [String] { cells.texts }

    mutating func value(path: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer, _ kind: JSONKind) {
      if kind != .string && kind != .escapedString { areTexts = false }
      cells.value(path: path, text, kind)
    }
  }
}
