/// What looking into a web archive found.
///
/// Shape:  no findings: everything that the archive says of itself agrees with what is in it. The file is evidence either way.
package struct CaptureReport: Equatable, Sendable {
  /// Files in a WACZ; 0 for a WARC.
  package internal(set) var entries = 0
  /// WARC records.
  package internal(set) var records = 0
  /// Digests that were computed again and agree.
  package internal(set) var digestsAgreed = 0
  /// Digests that could not be computed again: of another kind, or of a payload whose transfer coding is not undone here.
  package internal(set) var digestsUnchecked = 0
  /// The first of what does not agree; at most `maximumFindings`.
  package internal(set) var findings: [CaptureFinding] = []
  /// How many there are in all.
  package internal(set) var findingCount = 0

  /// So many findings are kept.
  static let maximumFindings = 20

  package init() {}

  mutating func add(_ finding: CaptureFinding) {
    findingCount += 1
    if findings.count < Self.maximumFindings { findings.append(finding) }
  }

  /// Whether nothing speaks against it.
  package var isWhole: Bool { findingCount == 0 }

  /// One clause: what was looked at, and what is wrong first.
  package var clause: String {
    let seen =
      (entries > 0 ? "\(entries) file\(entries == 1 ? "" : "s"), " : "")
      + "\(records) WARC record\(records == 1 ? "" : "s"), \(digestsAgreed) digest\(digestsAgreed == 1 ? "" : "s") computed again"
    guard let first = findings.first else {
      return seen + (digestsUnchecked > 0 ? ", \(digestsUnchecked) not checked" : "") + ": whole"
    }
    return seen + ": \(first.clause)" + (findingCount > 1 ? "; and \(findingCount - 1) more" : "")
  }
}

/// Something in a web archive that is not as it should be.
package struct CaptureFinding: Equatable, Sendable {
  /// The file in a WACZ, with every character visible; empty for the archive as a whole.
  package let place: String
  /// From 1; nil where it is not about a record.
  package let record: Int?
  package let what: What

  /// The kinds of fault.
  package enum What: Equatable, Sendable {
    /// The container cannot be read, in libarchive's words.
    case unreadable(String)
    case locked
    /// A name that leads out of the archive, or stands in it twice.
    case unsafeName, namedTwice
    /// A link or device in the archive.
    case notAFile
    case tooManyFiles(limit: Int)
    /// It unpacks to more than is looked through.
    case tooLarge(limit: Int)
    case noDatapackage, noWARC
    /// `datapackage.json` is no such JSON.
    case datapackageUnreadable(String)
    /// A file of the list is not there, or one that is there is not in the list.
    case listedButMissing, unlisted
    /// A file has another digest, or another size, than the list says.
    case digestDiffers, sizeDiffers
    /// The digest of `datapackage.json` in `datapackage-digest.json`.
    case datapackageDigestDiffers
    /// A record does not begin as records do, or its head has no end.
    case noRecord, headTooLong
    /// A field that every record has.
    case fieldMissing(String)
    case cutShort
    /// Two line ends follow every block.
    case noEndOfRecord
    case blockDigestDiffers, payloadDigestDiffers
  }

  /// Where, and what is wrong.
  package var clause: String {
    let where_ = [place, record.map { "record \($0)" } ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
    return (where_.isEmpty ? "" : where_ + ": ") + words
  }

  private var words: String {
    switch what {
    case .unreadable(let why): "it cannot be unpacked (\(why))"
    case .locked: "it is encrypted"
    case .unsafeName: "its name leads out of the archive"
    case .namedTwice: "the archive has this name twice"
    case .notAFile: "it is a link or a device, not a file"
    case .tooManyFiles(let limit): "it has more than \(limit) files; the others were not looked at"
    case .tooLarge(let limit): "it unpacks to more than \(limit) bytes; the rest was not looked at"
    case .noDatapackage: "it has no datapackage.json"
    case .noWARC: "it has no WARC in archive/"
    case .datapackageUnreadable(let why): "it is not the description of a WACZ: \(why)"
    case .listedButMissing: "datapackage.json lists it, and it is not there"
    case .unlisted: "datapackage.json does not list it"
    case .digestDiffers: "its SHA-256 is not the one in datapackage.json"
    case .sizeDiffers: "its size is not the one in datapackage.json"
    case .datapackageDigestDiffers: "the digest of datapackage.json in it is not that of the file"
    case .noRecord: "what stands there is no WARC record"
    case .headTooLong: "the head of the record has no end"
    case .fieldMissing(let name): "it has no valid \(name)"
    case .cutShort: "it ends in the midst of a record"
    case .noEndOfRecord: "two line ends should follow its block"
    case .blockDigestDiffers: "its WARC-Block-Digest is not that of the block"
    case .payloadDigestDiffers: "its WARC-Payload-Digest is not that of the payload"
    }
  }
}
