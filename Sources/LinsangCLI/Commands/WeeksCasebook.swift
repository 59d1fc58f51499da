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
  /// The SHA-256 of each source of the dataset, as hexadecimal digits; empty where nobody needs it.
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

  /// How many files of other scrapes there are.
  var otherFiles: [ScrapeFile] {
    let open = Set(hashes)
    return files.filter { !open.contains($0.sha256) }
  }

  /// The sightings of all files that are not open: the same bytes again add nothing.
  ///
  /// Cost:   all of them are in memory afterwards, 60 bytes a listing.
  /// Fails:  throws where one is not as it was recorded, or was recorded in a form that this program does not know.
  func sightings() throws(CasebookError) -> [RecordedSightings] {
    var packed: [(file: ScrapeFile, bytes: [UInt8])] = []
    for file in otherFiles { packed.append((file, try book.packedSightings(of: file))) }
    let read = Parallel.map(packed.count) { index -> RecordedSightings? in
      guard let scrape = Scrape(packed[index].file) else { return nil }
      return PackedSightings.columns(of: packed[index].bytes).map { RecordedSightings(scrape: scrape, columns: $0) }
    }
    for (found, file) in zip(read, otherFiles) where found == nil {
      throw .damaged(
        path: book.path, why: "the sightings of \(file.file) are in a form that this linsang does not know")
    }
    return read.compactMap { $0 }
  }

  /// Records the sightings of the open files, and says what was done in one sentence.
  func record(_ sightings: Sightings) throws(CasebookError) -> String {
    var (listings, fileCount, known) = (0, 0, 0)
    for unit in sightings.units() {
      let source = sightings.dataset.sources[unit.source]
      guard !source.reader.wasChanged else {
        throw .failed(path: book.path, why: "\(source.name) was changed while it was read, and is not recorded")
      }
      let packed = PackedSightings.bytes(of: unit.columns)
      let file = ScrapeFile(unit, source, sha256: hashes[unit.source], digest: SHA256Digest(of: packed).hex)
      switch try book.record(file, packed: packed) {
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
