import Hashing
import SmallFormats

/// Looks into web archives: WARC, WARC compressed with gzip, and WACZ.
///
/// Shape:  nothing is unpacked to disk, and no name in an archive is used as a path. It believes no size that an archive
///         states, and stops where that unpacks to more than `limit`.
/// Cost:   O(bytes unpacked), once.
/// Fails:  never; what is wrong is a finding, and the file is evidence all the same.
/// Source: WACZ 1.1.1, sections 4 and 5; ISO 28500:2017.
package struct CaptureReading {
  /// What an archive may unpack to: 100 times its size, but in any case a quarter of a gigabyte. Pages shrink to a tenth.
  static func limit(of size: Int) -> Int { max(1 << 28, size * 100) }
  /// How many files a WACZ may have.
  static let maximumFiles = 100_000
  /// The longest description that is read.
  static let maximumDescription = 1 << 24

  private var report = CaptureReport()
  private let limit: Int
  private var unpacked = 0

  private init(size: Int) { limit = Self.limit(of: size) }

  /// What a file is, by its content, also where that is inside a container.
  package static func mediaType(of descriptor: Int32, size: Int, beginning: [UInt8]) -> MediaType {
    let outer = MediaType(beginning: beginning)
    switch outer {
    case .gzip:
      guard let archive = try? PackedReading(gzip: descriptor, size: size) else { return .gzip }
      // The bytes are those of the archive's own buffer.
      let first = withExtendedLifetime(archive) { (try? archive.piece()).map { Array($0.prefix(5)) } }
      return first == Array("WARC/".utf8) ? .packedWARC : .gzip
    case .zip: return (try? zipType(descriptor, size)) ?? .zip
    default: return outer
    }
  }

  private static func zipType(_ descriptor: Int32, _ size: Int) throws(PackedReading.Unreadable) -> MediaType {
    let archive = try PackedReading(zip: descriptor, size: size)
    var (hasDescription, hasArchive, count) = (false, false, 0)
    while let member = try archive.next(), count < maximumFiles {
      count += 1
      if member.name == "[Content_Types].xml" { return .office }
      if member.name == "datapackage.json" { hasDescription = true }
      if isWARC(member.name) { hasArchive = true }
      if hasDescription, hasArchive { return .wacz }
    }
    // A WACZ that lost its description is still one, and that it did is worth telling.
    return hasArchive ? .wacz : .zip
  }

  private static func isWARC(_ name: String) -> Bool {
    name.hasPrefix("archive/") && (name.hasSuffix(".warc") || name.hasSuffix(".warc.gz"))
  }

  /// Looks into a web archive; nil for a file of another type.
  package static func report(on descriptor: Int32, size: Int, as type: MediaType) -> CaptureReport? {
    var reading = CaptureReading(size: size)
    switch type {
    case .warc: reading.readWARC(descriptor, size)
    case .packedWARC: reading.readPackedWARC(descriptor, size)
    case .wacz: reading.readWACZ(descriptor, size)
    default: return nil
    }
    return reading.report
  }

  private mutating func add(_ place: String, _ what: CaptureFinding.What) {
    report.add(CaptureFinding(place: place, record: nil, what: what))
  }

  // MARK: WARC

  private mutating func readWARC(_ descriptor: Int32, _ size: Int) {
    var records = WARCRecords(in: "")
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    var place = 0
    while place < size, let piece = FileBytes.read(descriptor, at: place, into: buffer) {
      records.take(piece, &report)
      place += piece.count
    }
    records.finish(&report)
  }

  private mutating func readPackedWARC(_ descriptor: Int32, _ size: Int) {
    do throws(PackedReading.Unreadable) {
      let archive = try PackedReading(gzip: descriptor, size: size)
      var records = WARCRecords(in: "")
      while let piece = try archive.piece() {
        guard count(piece.count, in: "") else { return }
        records.take(piece, &report)
      }
      records.finish(&report)
    } catch {
      add("", .unreadable(error.why))
    }
  }

  /// Counts unpacked bytes; false where they are too many.
  private mutating func count(_ bytes: Int, in place: String) -> Bool {
    unpacked += bytes
    if unpacked > limit { add(place, .tooLarge(limit: limit)) }
    return unpacked <= limit
  }

  // MARK: WACZ

  /// A file of the archive as it was found.
  private struct Found {
    let digest: String
    let bytes: Int
  }

  private mutating func readWACZ(_ descriptor: Int32, _ size: Int) {
    var found: [String: Found] = [:]
    var texts: [String: [UInt8]] = [:]
    do throws(PackedReading.Unreadable) {
      let archive = try PackedReading(zip: descriptor, size: size)
      while let member = try archive.next() {
        report.entries += 1
        guard report.entries <= Self.maximumFiles else {
          report.entries -= 1
          add("", .tooManyFiles(limit: Self.maximumFiles))
          break
        }
        let place = Self.visible(member.name)
        if let what = Self.fault(of: member) { add(place, what) }
        if found[member.name] != nil { add(place, .namedTwice) }
        if member.isLocked || !member.isPlainFile { continue }
        let isDescription = ["datapackage.json", "datapackage-digest.json"].contains(member.name)
        var text: [UInt8] = []
        guard let file = try readMember(archive, member.name, keeping: isDescription ? { text += $0 } : nil) else {
          return
        }
        if found[member.name] == nil { found[member.name] = file }
        if isDescription { texts[member.name] = text }
      }
    } catch {
      add("", .unreadable(error.why))
    }
    compare(found, texts)
  }

  private static func fault(of member: PackedReading.Member) -> CaptureFinding.What? {
    let parts = member.name.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
    if member.name.isEmpty || parts.first == "" || parts.contains("..") || parts.first?.hasSuffix(":") == true {
      return .unsafeName
    }
    if member.isLocked { return .locked }
    return member.isPlainFile ? nil : .notAFile
  }

  /// Hashes a file of the archive, and reads the records in it if it is a WARC; nil where too much was unpacked.
  private mutating func readMember(
    _ archive: PackedReading, _ name: String, keeping keep: ((UnsafeRawBufferPointer) -> Void)?
  ) throws(PackedReading.Unreadable) -> Found? {
    let place = Self.visible(name)
    let digest = StreamDigest(.sha256)
    let most = limit - unpacked
    var bytes = 0
    var broken: PackedReading.Unreadable?
    /// The next bytes of the file; nil at its end, or where there are too many.
    func next() -> UnsafeRawBufferPointer? {
      do throws(PackedReading.Unreadable) {
        guard bytes <= most, let piece = try archive.piece() else { return nil }
        digest.update(piece)
        bytes += piece.count
        if bytes <= Self.maximumDescription { keep?(piece) }
        return piece
      } catch {
        broken = error
        return nil
      }
    }
    if Self.isWARC(name) {
      var records = WARCRecords(in: place)
      if name.hasSuffix(".gz") {
        guard readPacked(next, &records, in: place) else { return nil }
      } else {
        while let piece = next() { records.take(piece, &report) }
        if broken == nil { records.finish(&report) }
      }
    }
    // What the records did not need belongs to the digest all the same.
    while next() != nil {}
    if let broken { throw broken }
    guard count(bytes, in: place) else { return nil }
    return Found(digest: StreamDigest.hex(digest.finish()), bytes: bytes)
  }

  /// Reads the records of a compressed WARC; false where too much was unpacked.
  private mutating func readPacked(
    _ next: @escaping () -> UnsafeRawBufferPointer?, _ records: inout WARCRecords, in place: String
  ) -> Bool {
    do throws(PackedReading.Unreadable) {
      let packed = try PackedReading(gzip: next)
      while let piece = try packed.piece() {
        guard count(piece.count, in: place) else { return false }
        records.take(piece, &report)
      }
      records.finish(&report)
    } catch {
      add(place, .unreadable(error.why))
    }
    return true
  }

  /// Holds the description against the files.
  private mutating func compare(_ found: [String: Found], _ texts: [String: [UInt8]]) {
    if !found.keys.contains(where: Self.isWARC) { add("", .noWARC) }
    guard let text = texts["datapackage.json"] else { return add("", .noDatapackage) }
    let description: JSONValue
    do {
      description = try JSONReading.value(of: text)
    } catch {
      return add("datapackage.json", .datapackageUnreadable("\(error.why), at byte \(error.byte)"))
    }
    guard let resources = description.at("resources")?.asList else {
      return add("datapackage.json", .datapackageUnreadable("it has no list of resources"))
    }
    var listed: Set<String> = []
    for resource in resources {
      guard let path = resource.at("path")?.asText else {
        add("datapackage.json", .datapackageUnreadable("a resource has no path"))
        continue
      }
      listed.insert(path)
      compare(resource, path, found[path])
    }
    for path in found.keys.sorted()
    where !listed.contains(path) && !["datapackage.json", "datapackage-digest.json"].contains(path) {
      add(Self.visible(path), .unlisted)
    }
    compareDigest(texts["datapackage-digest.json"], found["datapackage.json"])
  }

  private mutating func compare(_ resource: JSONValue, _ path: String, _ file: Found?) {
    let place = Self.visible(path)
    guard let file else { return add(place, .listedButMissing) }
    if let bytes = resource.at("bytes")?.asNumber, bytes != file.bytes { add(place, .sizeDiffers) }
    guard let hash = resource.at("hash")?.asText, hash.hasPrefix("sha256:") else {
      report.digestsUnchecked += 1
      return
    }
    if hash.dropFirst(7).lowercased() == file.digest {
      report.digestsAgreed += 1
    } else {
      add(place, .digestDiffers)
    }
  }

  /// The signed digest of the description, where there is one. Whose signature it is, is not asked.
  private mutating func compareDigest(_ text: [UInt8]?, _ description: Found?) {
    guard let text, let description else { return }
    guard let hash = (try? JSONReading.value(of: text))?.at("hash")?.asText, hash.hasPrefix("sha256:") else {
      return add("datapackage-digest.json", .datapackageUnreadable("it has no SHA-256"))
    }
    if hash.dropFirst(7).lowercased() == description.digest {
      report.digestsAgreed += 1
    } else {
      add("datapackage-digest.json", .datapackageDigestDiffers)
    }
  }

  /// A name of an archive in a sentence.
  private static func visible(_ name: String) -> String {
    name.unicodeScalars.prefix(200).map { scalar in
      JSONValue.isInvisible(scalar) ? "[U+\(String(scalar.value, radix: 16, uppercase: true))]" : String(scalar)
    }.joined()
  }
}
