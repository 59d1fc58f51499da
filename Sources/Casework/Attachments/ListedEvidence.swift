import Listings
import SmallFormats

/// A file of evidence of a listing, as the dashboard and the command line list it.
package struct ListedEvidence: Equatable, Sendable {
  /// How it came to the listing.
  package enum Source: Equatable, Sendable {
    case attached(RecordedAttachment)
    /// Named by the row in a column.
    case named(column: String)
  }

  package let source: Source
  /// What it was called where it came from.
  package let name: String
  package let bytes: Int
  /// SHA-256; empty for a file that could not be had.
  package let digest: String
  package let mediaType: String
  package let method: CaptureMethod
  /// When it was captured, if that was stated.
  package var capturedAt: UTCTime?
  /// What looking into a web archive found.
  package var looked = ""
  /// What is wrong with the file; nil where nothing is.
  package var problem: String?
  /// Whether it is a picture that can be looked at.
  package var isPicture = false

  package init(
    source: Source, name: String, bytes: Int, digest: String, mediaType: String, method: CaptureMethod
  ) {
    (self.source, self.name, self.bytes, self.digest) = (source, name, bytes, digest)
    (self.mediaType, self.method) = (mediaType, method)
  }

  /// The attachment; nil for a file that the row names.
  package var attached: RecordedAttachment? {
    if case .attached(let attached) = source { attached } else { nil }
  }
  /// Who attached it; nil for a file that the row names.
  package var analyst: String? { attached?.analyst }
  /// The day of capture, else of attaching; nil where neither is known.
  package var day: String? { capturedAt?.day ?? attached.map { String($0.time.prefix(10)) } }
  /// Whether it was attached and withdrawn.
  package var isWithdrawn: Bool { attached?.isInForce == false }

  /// In bytes, kB or MB, for people.
  package static func size(_ bytes: Int) -> String {
    if bytes < 10_000 { return "\(Digits.grouped(bytes)) B" }
    if bytes < 10_000_000 { return "\(Digits.grouped(bytes / 1000)) kB" }
    return "\(Digits.grouped(bytes / 1_000_000)) MB"
  }
}
