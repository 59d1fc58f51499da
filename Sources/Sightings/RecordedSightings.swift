import Listings

/// The sightings of one file in one scrape as they are kept, in memory for comparing.
///
/// Shape:  flat columns sorted by identity, each listing once.
/// Limits: immutable; shared by all threads.
package final class RecordedSightings: Sendable {
  /// The scrape they are of.
  package let scrape: Scrape
  /// What is kept of the listings.
  package let columns: SightingColumns

  package init(scrape: Scrape, columns: SightingColumns) { (self.scrape, self.columns) = (scrape, columns) }

  /// How many listings it has.
  package var count: Int { columns.identities.count }

  /// The price of a listing as it was read; nil where no amount was.
  package func price(at index: Int) -> (amount: Amount, currency: String?)? {
    let amount = columns.amounts[index]
    guard amount != Dataset.noAmount else { return nil }
    let currency = Int(columns.currencies[index])
    return (Amount(tenThousandths: amount), currency == 0 ? nil : columns.currencyCodes[currency - 1])
  }
}

/// What is kept of the listings of one file in one scrape.
///
/// Shape:  one value per listing in each of the arrays after `rules`, sorted by identity.
package struct SightingColumns: Equatable, Sendable {
  /// The names of the platforms.
  package var platforms: [String] = []
  /// The codes of the currencies.
  package var currencyCodes: [String] = []
  /// The cells that the file has a column for.
  package var compared = ChangedCells.all
  /// Where the addresses of the file hold the numbers by which its listings are known.
  package var rules: [AddressNumberRule] = []
  /// The identity of each listing, ascending.
  package var identities: [UInt64] = []
  /// The identity that the key of each listing makes, by which one is found whose identity is made differently by now.
  package var keys: [UInt64] = []
  /// The fingerprints of each listing's cells.
  package var cells: [CellFingerprints] = []
  /// Ten-thousandths of the listing's own currency; `Dataset.noAmount` where there is none.
  package var amounts: [Int64] = []
  /// Indices into `currencyCodes` from 1; 0 for none.
  package var currencies: [UInt8] = []
  /// Indices into `platforms`.
  package var platformNumbers: [UInt16] = []

  package init() {}

  /// Some of the listings under other identities, in the order given.
  func taking(_ indices: [Int], _ identities: [UInt64]) -> SightingColumns {
    var taken = self
    taken.identities = indices.map { identities[$0] }
    taken.keys = indices.map { keys[$0] }
    taken.cells = indices.map { cells[$0] }
    taken.amounts = indices.map { amounts[$0] }
    taken.currencies = indices.map { currencies[$0] }
    taken.platformNumbers = indices.map { platformNumbers[$0] }
    return taken
  }
}
