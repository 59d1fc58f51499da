import Captures
import Casework
import Hashing
import SmallFormats

/// A file as evidence of a listing, beside its row: attached by a person, or named by a field of the row.
///
/// Shape:  the bytes stay on disk, whatever their number; they are read when the packet is written, and must then still have
///         this digest.
package struct FileEvidence: Equatable, Sendable {
  /// How it came to the listing.
  package enum Origin: Equatable, Sendable {
    case attached(RecordedAttachment)
    /// The column of the row, and what it says.
    case named(column: String, text: String)
  }

  /// Where the bytes are.
  package enum Place: Equatable, Sendable {
    /// In the casebook's folder of evidence.
    case stored(path: String)
    /// Below the folder of the file that names it.
    case below(folder: String, path: String)
  }

  package let origin: Origin
  package let place: Place
  package let bytes: Int
  /// SHA-256, 64 lower-case hexadecimal digits.
  package let digest: String
  /// By its content.
  package let mediaType: MediaType
  package let method: CaptureMethod
  /// When it was captured, if that was stated.
  package var capturedAt: UTCTime?
  /// The latest moment at which it can have been captured: when it was attached, or last changed.
  package let moment: UTCTime
  /// What looking into a web archive found, in a clause; empty for other files.
  package var looked = ""
  /// Whether something in a web archive does not agree with what it says of itself.
  package var isFaulty = false

  package init(
    origin: Origin, place: Place, bytes: Int, digest: String, mediaType: MediaType, method: CaptureMethod,
    moment: UTCTime
  ) {
    (self.origin, self.place, self.bytes, self.digest) = (origin, place, bytes, digest)
    (self.mediaType, self.method, self.moment) = (mediaType, method, moment)
  }

  /// The attachment in the audit chain; nil for a file that the row names.
  package var attached: RecordedAttachment? {
    if case .attached(let attached) = origin { attached } else { nil }
  }

  /// What it was called where it came from, without folders.
  package var originalName: String {
    switch origin {
    case .attached(let attached): attached.attachment.originalName
    case .named(_, let text):
      text.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? text
    }
  }

  /// Opens the file again.
  package func open() throws(LocalFileProblem) -> LocalFile {
    switch place {
    case .stored(let path): try LocalFile(path: path)
    case .below(let folder, let path): try LocalFile(path, below: folder)
    }
  }
}

/// A file that belongs to a listing and could not be had.
package struct MissingEvidence: Equatable, Sendable {
  package enum Origin: Equatable, Sendable {
    case attached(RecordedAttachment)
    /// The column of the row.
    case named(column: String)
  }
  package let origin: Origin
  /// The original name of an attachment, or what the row says.
  package let text: String
  /// Why, to follow the file's name.
  package let why: String

  package init(origin: Origin, text: String, why: String) { (self.origin, self.text, self.why) = (origin, text, why) }

  /// Whose file it is: `attached by rk`, `column screenshot`.
  package var source: String {
    switch origin {
    case .attached(let attached): "attached by \(attached.analyst)"
    case .named(let column): "column \(column)"
    }
  }
}

/// The files of one listing.
package struct ListingFiles: Equatable, Sendable {
  package var files: [FileEvidence] = []
  package var missing: [MissingEvidence] = []

  package init() {}

  /// The attachments of a listing that count, as they are in the casebook's folder.
  ///
  /// - Parameter stored: the path of a stored file, and what is wrong with it, if anything is.
  /// Cost:   what `stored` costs: a pass over each file.
  package init(of attachments: [RecordedAttachment], stored: (String) -> (path: String, problem: String?)) {
    for one in attachments where one.isInForce {
      let (path, problem) = stored(one.attachment.digest)
      if let problem {
        missing.append(
          MissingEvidence(origin: .attached(one), text: one.attachment.originalName, why: problem))
        continue
      }
      guard let time = UTCTime(one.time) else { continue }
      var file = FileEvidence(
        origin: .attached(one), place: .stored(path: path), bytes: one.attachment.bytes, digest: one.attachment.digest,
        mediaType: MediaType(named: one.attachment.mediaType) ?? .unknown, method: one.attachment.method, moment: time)
      file.capturedAt = one.attachment.capturedAt
      (file.looked, file.isFaulty) = (one.attachment.looked, one.attachment.isFaulty)
      files.append(file)
    }
  }
}
