import CaseStore
import Casework
import Hashing
import Listings
import Sightings
import SmallFormats

/// The scrapes that a casebook keeps, for comparing the open files with them and for adding these.
struct RecordedScrapes {
  private let book: Casebook
  private let files: [ScrapeFile]
  /// The SHA-256 of each source of the dataset, as hexadecimal digits; empty where it is not needed.
  private let hashes: [String]

  /// Reads which scrapes a casebook has, and hashes open files.
  ///
  /// - Parameter hashesAll: whether all files are hashed, as for recording, or only those of which one with as many bytes
  ///   is recorded.
  init(_ book: Casebook, _ dataset: Dataset, hashesAll: Bool) throws(CasebookError) {
    self.book = book
    files = try book.scrapeFiles()
    let sizes = Set(files.map(\.byteCount))
    hashes = Parallel.map(dataset.sources.count) { source in
      let bytes = dataset.sources[source].reader.originalBytes
      return hashesAll || sizes.contains(bytes.count) ? SHA256Digest(of: bytes).hex : ""
    }
  }

  /// - Parameter hashes: as `hashes(of:)` makes them.
  init(_ book: Casebook, hashes: [String]) throws(CasebookError) {
    (self.book, self.hashes) = (book, hashes)
    files = try book.scrapeFiles()
  }

  /// The SHA-256 of each source of a dataset.
  ///
  /// Cost:   reads all bytes, on all cores.
  static func hashes(of dataset: Dataset) -> [String] {
    Parallel.map(dataset.sources.count) { SHA256Digest(of: dataset.sources[$0].reader.originalBytes).hex }
  }

  /// The files of other scrapes.
  var otherFiles: [ScrapeFile] {
    let open = Set(hashes)
    return files.filter { !open.contains($0.sha256) }
  }

  /// The sightings of all files that are not open: the same bytes again add nothing.
  ///
  /// Cost:   all of them are in memory afterwards, 60 bytes a listing.
  /// Fails:  throws where one is not as it was recorded, or was recorded in a form that this program does not know.
  func sightings() throws(CasebookError) -> [RecordedSightings] { try unpacked(packed()) }

  /// The packed sightings of all files that are not open, as the casebook has them.
  func packed() throws(CasebookError) -> [(file: ScrapeFile, bytes: [UInt8])] {
    var packed: [(file: ScrapeFile, bytes: [UInt8])] = []
    for file in otherFiles { packed.append((file, try book.packedSightings(of: file))) }
    return packed
  }

  /// Packed sightings, ready to be compared.
  ///
  /// Fails:  throws where one was recorded in a form that this program does not know.
  func unpacked(_ packed: [(file: ScrapeFile, bytes: [UInt8])]) throws(CasebookError) -> [RecordedSightings] {
    let read = Parallel.map(packed.count) { index -> RecordedSightings? in
      guard let scrape = Scrape(packed[index].file) else { return nil }
      return PackedSightings.columns(of: packed[index].bytes).map { RecordedSightings(scrape: scrape, columns: $0) }
    }
    for (found, packed) in zip(read, packed) where found == nil {
      throw .damaged(
        path: book.path, why: "the sightings of \(packed.file.file) are in a form that this linsang does not know")
    }
    return read.compactMap { $0 }
  }

  /// What is to be recorded of the open files: all that was not changed while it was read. Their hashes must be known.
  func recordings(of sightings: Sightings, _ cancellation: Cancellation? = nil) -> [ScrapeRecording] {
    sightings.units(cancellation).compactMap { unit in
      let source = sightings.dataset.sources[unit.source]
      guard !source.reader.wasChanged else { return nil }
      let packed = PackedSightings.bytes(of: unit.columns)
      let file = ScrapeFile(unit, source, sha256: hashes[unit.source], digest: SHA256Digest(of: packed).hex)
      return ScrapeRecording(file, packed: packed)
    }
  }

  /// Records the sightings of the open files, and says what was done in one sentence.
  func record(_ sightings: Sightings) throws(CasebookError) -> String {
    var (listings, fileCount, known) = (0, 0, 0)
    if let changed = sightings.dataset.sources.first(where: { $0.reader.wasChanged }) {
      throw .failed(path: book.path, why: "\(changed.name) was changed while it was read, and is not recorded")
    }
    for var recording in recordings(of: sightings) {
      let file = recording.file
      var outcome: ScrapeRecorded?
      while outcome == nil { outcome = try recording.step(book, at: SystemClock.now()) }
      switch outcome! {
      case .recorded: (listings, fileCount) = (listings + file.listings, fileCount + 1)
      case .known: known += 1
      }
    }
    if fileCount == 0, known > 0 { return "\(book.path) has these files already; nothing was added" }
    let recorded = "\(fileCount) file\(fileCount == 1 ? "" : "s") with \(listings) listings recorded in \(book.path)"
    return known == 0 ? recorded : recorded + "; \(known) \(known == 1 ? "was" : "were") there already"
  }
}

extension Scrape {
  /// A recorded scrape; nil where its day or basis cannot be read.
  init?(_ file: ScrapeFile) {
    guard let day = CalendarDay(file.day), let basis = Basis(rawValue: file.basis) else { return nil }
    self.init(name: file.scrape, day: day, began: Int64(file.began), basis: basis)
  }
}

extension ScrapeFile {
  /// The facts about one unit.
  init(_ unit: SightingUnit, _ source: SourceFile, sha256: String, digest: String) {
    // Folders are no business of whoever reads the casebook.
    let (path, member) = ShortNames.split(source.name)
    let last = path.split(separator: "/").last.map(String.init) ?? path
    let name = member.map { last + ShortNames.memberSeparator + $0 } ?? last
    self.init(
      scrape: unit.scrape.name, day: unit.scrape.day.description, began: Int(unit.scrape.began),
      basis: unit.scrape.basis.rawValue, file: name, byteCount: source.reader.originalBytes.count, sha256: sha256,
      listings: unit.columns.identities.count, digest: digest)
  }
}

extension RecordedScrapes {
  /// The words below the table: what the open files were compared with.
  var words: String? {
    let scrapes = Set(otherFiles.map(\.scrape)).count
    guard scrapes > 0 else { return nil }
    return "compared with \(scrapes) scrape\(scrapes == 1 ? "" : "s") recorded in \(book.path), too"
  }
}
