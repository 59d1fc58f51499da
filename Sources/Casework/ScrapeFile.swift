import SmallFormats

/// A file of a scrape whose sightings a casebook keeps.
///
/// Shape:  the facts that its event states: this file, with this SHA-256, was seen with so many listings on that day.
package struct ScrapeFile: Equatable, Sendable {
  /// The name of the scrape: its day, or a label.
  package let scrape: String
  /// The day on which the scrape began, `2026-11-18`.
  package let day: String
  /// When it began, in seconds since 1970 UTC.
  package let began: Int
  /// How the day is known, as in the JSON of `linsang weeks`.
  package let basis: String
  /// The file's name without its folders, with the member of an archive or workbook.
  package let file: String
  /// How many bytes the file has on disk.
  package let byteCount: Int
  /// The SHA-256 of the file on disk, as 64 hexadecimal digits.
  package let sha256: String
  /// How many listings of it belong to the scrape.
  package let listings: Int
  /// The SHA-256 of the packed sightings.
  package let digest: String

  package init(
    scrape: String, day: String, began: Int, basis: String, file: String, byteCount: Int, sha256: String, listings: Int,
    digest: String
  ) {
    (self.scrape, self.day, self.began, self.basis) = (scrape, day, began, basis)
    (self.file, self.byteCount, self.sha256) = (file, byteCount, sha256)
    (self.listings, self.digest) = (listings, digest)
  }

  /// The `data` of its event, whose object is the name of the scrape.
  package var data: [String: JSONValue] {
    [
      "basis": .text(basis), "began": .number(began), "bytes": .number(byteCount), "day": .text(day),
      "file": .text(file),
      "listings": .number(listings), "sha256": .text(sha256), "sightings": .text(digest),
    ]
  }

  /// What an event states; nil for other events.
  package init?(_ event: Event) {
    guard event.action == .recordScrape, case .text(let basis)? = event.data["basis"],
      case .number(let began)? = event.data["began"], case .text(let day)? = event.data["day"],
      case .text(let file)? = event.data["file"], case .number(let byteCount)? = event.data["bytes"],
      case .number(let listings)? = event.data["listings"],
      case .text(let sha256)? = event.data["sha256"], case .text(let digest)? = event.data["sightings"]
    else { return nil }
    self.init(
      scrape: event.object, day: day, began: began, basis: basis, file: file, byteCount: byteCount, sha256: sha256,
      listings: listings, digest: digest)
  }
}
