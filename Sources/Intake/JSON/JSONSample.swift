/// The values of the first listings of a JSON file, by name.
struct JSONSample {
  private(set) var columns: ColumnSample
  /// The names of the first listing: they stand for the file.
  let firstNames: [String]
  /// Where in each object the listing lies.
  let envelope: JSONEnvelope?

  /// Objects may all have names of their own; those of the first ones are enough to recognise columns by.
  static let mostNames = 400

  init(_ bytes: UnsafeRawBufferPointer, _ layout: JSONLayout, _ mapping: ColumnMapping) {
    let plain = Self.listings(bytes, layout, nil)
    let names = Self.names(plain)
    var listings = plain
    var found: JSONEnvelope?
    if layout.header == nil, let envelope = JSONEnvelope.find(among: names, mapping) {
      let within = Self.listings(bytes, layout, envelope)
      // A list of objects has dotted names too.
      if Self.names(within) != names { (listings, found) = (within, envelope) }
    }
    envelope = found
    firstNames = layout.header ?? listings.first?.names ?? []
    columns = ColumnSample(names: layout.header.map { $0 + Self.beyond(names, $0) } ?? Self.names(listings))
    let places = Dictionary(columns.names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    for listing in listings {
      var record = Array(repeating: "", count: columns.names.count)
      for (name, text) in zip(listing.names, listing.texts) { if let place = places[name] { record[place] = text } }
      columns.add(record)
    }
  }

  private static func listings(
    _ bytes: UnsafeRawBufferPointer, _ layout: JSONLayout, _ envelope: JSONEnvelope?
  ) -> [JSONCells] {
    var listings: [JSONCells] = []
    var json = JSONText(envelope: envelope, header: layout.headerBytes)
    let context = JSONContext(layout)
    JSONListings.visit(bytes, layout) { range in
      var cells = JSONCells()
      context.tell(bytes, range.lowerBound, to: &cells)
      let text = UnsafeRawBufferPointer(rebasing: bytes[range])
      if json.readFirst(text, readable: 0, into: &cells) == nil { listings.append(cells) }
      return listings.count < ColumnSample.mostRecords && range.upperBound - layout.start <= ColumnSample.mostBytes
    }
    return listings
  }

  private static func names(_ listings: [JSONCells]) -> [String] {
    var names: [String] = []
    var known: Set<String> = []
    for listing in listings {
      for name in listing.names where names.count < mostNames && known.insert(name).inserted { names.append(name) }
    }
    return names
  }

  private static func beyond(_ names: [String], _ header: [String]) -> [String] {
    let known = Set(header)
    return names.filter { !known.contains($0) }
  }
}
