import Listings

/// The listings of a dataset, and the texts that they have.
///
/// Shape:  a listing is a `ListingKey`; its first row stands for it, the further ones are sightings. Listings whose words are
///         equal have one text. Texts are in the order of their fingerprints, which does not depend on that of the rows.
/// Limits: the dataset must have been read with keys. A listing without words has no text.
struct DistinctTexts {
  let dataset: Dataset
  /// For each row, the first row of its listing.
  let firstRows: [UInt32]
  /// The first row of each listing, ascending.
  let listings: [UInt32]
  /// The listings (positions in `listings`) by text.
  private(set) var byText: DistinctNumbers
  /// The fingerprint of each listing's words; 0 without words.
  let fingerprints: [UInt64]
  /// The first groups of `byText` that are no text: listings without words.
  private let skipped: Int

  var count: Int { byText.groupCount - skipped }

  /// The positions of the listings with a text.
  func listings(of text: Int) -> ArraySlice<UInt32> { byText.group(text + skipped) }

  /// The first row with a text.
  func row(of text: Int) -> Int { Int(listings[Int(byText.order[Int(byText.starts[text + skipped])])]) }

  func fingerprint(of text: Int) -> UInt64 { fingerprints[Int(byText.order[Int(byText.starts[text + skipped])])] }

  /// Nil when cancelled.
  init?(_ rows: ListingFirstRows, fingerprints: [UInt64], _ cancellation: Cancellation?) {
    guard let byText = DistinctNumbers(fingerprints, cancellation) else { return nil }
    dataset = rows.dataset
    firstRows = rows.firstRows
    listings = rows.listings
    self.fingerprints = fingerprints
    self.byText = byText
    skipped = byText.groupCount > 0 && fingerprints[Int(byText.order[0])] == 0 ? 1 : 0
  }
}

/// The first row of each listing.
struct ListingFirstRows {
  let dataset: Dataset
  private(set) var firstRows: [UInt32]
  private(set) var listings: [UInt32]

  /// Nil when cancelled.
  init?(_ dataset: Dataset, _ cancellation: Cancellation?) {
    self.dataset = dataset
    let keys = dataset.keyFingerprints
    let numbers = (0..<dataset.rowCount).map { keys[$0] }
    guard let distinct = DistinctNumbers(numbers, cancellation) else { return nil }
    firstRows = Array(repeating: 0, count: dataset.rowCount)
    for group in 0..<distinct.groupCount {
      let rows = distinct.group(group)
      let first = rows[rows.startIndex]
      for row in rows { firstRows[Int(row)] = first }
    }
    listings = []
    listings.reserveCapacity(distinct.groupCount)
    for row in firstRows.indices where firstRows[row] == row { listings.append(UInt32(row)) }
  }
}
