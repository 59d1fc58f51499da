import SmallFormats

// How a taxon table is kept from one start of the program to the next. What one function writes, the one beside it
// reads.

extension TaxonTable {
  /// Adds the table to an archive.
  ///
  /// Limits: only without problems.
  package func write(to archive: inout ArchiveWriter) {
    precondition(problems.isEmpty, "problems are not archived")
    archive.put(files)
    names.write(to: &archive)
    archive.put(table: ranks)
    archive.put(table: parents)
    archive.put(sources.values.sorted { $0.id < $1.id }) { $1.write(to: &$0) }
    for list in ProtectionList.allCases {
      let rows = (listings[list] ?? [:]).sorted { $0.key < $1.key }.flatMap(\.value)
      archive.put(rows) { $1.write(to: &$0) }
      archive.put(table: levels[list] ?? [])
    }
  }

  /// The next table of an archive.
  package convenience init(from archive: inout ArchiveReader) throws(ArchiveError) {
    let files = try archive.textList()
    let names = try NameIndex(from: &archive)
    let ranks = Array(try archive.table(of: TaxonRank.self))
    let parents = Array(try archive.table(of: UInt32.self))
    let sources = try archive.list { (archive) throws(ArchiveError) in try TaxonSource(from: &archive) }
    var listings: [TaxonListing] = []
    var levels: [ProtectionList: [ListingLevels]] = [:]
    for list in ProtectionList.allCases {
      listings += try archive.list { (archive) throws(ArchiveError) in try TaxonListing(in: list, from: &archive) }
      levels[list] = Array(try archive.table(of: ListingLevels.self))
      guard levels[list]?.count == ranks.count else { throw .damaged }
    }
    guard parents.count == ranks.count, listings.allSatisfy({ $0.taxon.index < ranks.count }),
      parents.allSatisfy({ $0 == Self.noParent || Int($0) < ranks.count })
    else { throw .damaged }
    self.init(
      files, names, ranks, parents, Dictionary(sources.map { ($0.id, $0) }) { $1 }, listings: listings, levels: levels)
  }
}

extension TaxonSource {
  fileprivate func write(to archive: inout ArchiveWriter) {
    for text in [id, citation, url, note] { archive.put(text) }
    archive.put(asOf)
  }

  fileprivate init(from archive: inout ArchiveReader) throws(ArchiveError) {
    let (id, citation, url, note) = (
      try archive.text(), try archive.text(), try archive.text(), try archive.text()
    )
    self.init(id: id, citation: citation, url: url, asOf: try archive.day(), note: note)
  }
}

extension TaxonListing {
  fileprivate func write(to archive: inout ArchiveWriter) {
    archive.put(taxon.index)
    archive.put(Int(levels.rawValue))
    archive.put(from)
    archive.put(until)
    archive.put(note)
    archive.put(source)
  }

  fileprivate init(in list: ProtectionList, from archive: inout ArchiveReader) throws(ArchiveError) {
    let taxon = try archive.number()
    guard taxon >= 0, taxon < UInt32.max, let levels = UInt8(exactly: try archive.number()) else { throw .damaged }
    let (from, until) = (try archive.day(), try archive.day())
    self.init(
      taxon: TaxonID(taxon), list: list, levels: ListingLevels(rawValue: levels), from: from, until: until,
      note: try archive.text(), source: try archive.text())
  }
}

extension ArchiveWriter {
  /// Adds a day, or that there is none.
  fileprivate mutating func put(_ day: CalendarDay?) { put(day?.daysSince1970 ?? .min) }
}

extension ArchiveReader {
  fileprivate mutating func day() throws(ArchiveError) -> CalendarDay? {
    let number = try number()
    return number == .min ? nil : CalendarDay(daysSince1970: number)
  }
}
