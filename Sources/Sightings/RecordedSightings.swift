import Listings

/// The sightings of one scrape as they are kept, in memory for comparing.
///
/// Shape:  flat columns sorted by identity, each listing once.
/// Limits: immutable; shared by all threads.
package final class RecordedSightings: Sendable {
  /// The scrape they are of.
  package let scrape: Scrape
  /// The names of its platforms.
  package let platforms: [String]
  /// The names of its files.
  package let files: [String]
  /// The identity of each listing, ascending.
  package let identities: [UInt64]
  /// The fingerprint of each listing's key, by which one is found whose identity is made differently by now.
  package let keys: [UInt64]
  /// The fingerprints of each listing's cells.
  package let cells: [CellFingerprints]
  /// What else is kept of each listing.
  package let facts: [Facts]

  /// What is kept of a listing beside fingerprints.
  package struct Facts: Equatable, BitwiseCopyable, Sendable {
    /// Ten-thousandths of its own currency; `Dataset.noAmount` where there is none.
    package var amount: Int64
    /// An index into `platforms`.
    package var platform: UInt16
    /// An index into `files`.
    package var file: UInt16
    /// The currency as three letters of ISO 4217 packed into a number; 0 for none.
    package var currency: UInt16
    /// The cells that its file has a column for.
    package var columns: UInt8

    package init(
      amount: Int64 = Dataset.noAmount, platform: UInt16 = 0, file: UInt16 = 0, currency: UInt16 = 0,
      columns: UInt8 = 15
    ) {
      (self.amount, self.platform, self.file, self.currency, self.columns) = (amount, platform, file, currency, columns)
    }
  }

  package init(
    scrape: Scrape, platforms: [String], files: [String], identities: [UInt64], keys: [UInt64],
    cells: [CellFingerprints], facts: [Facts]
  ) {
    (self.scrape, self.platforms, self.files) = (scrape, platforms, files)
    (self.identities, self.keys, self.cells, self.facts) = (identities, keys, cells, facts)
  }

  /// How many listings it has.
  package var count: Int { identities.count }
}
