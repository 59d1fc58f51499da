import Listings

/// Takes the cells of a record into its digest.
struct DigestOfCells: RecordScanSink {
  let text: UnsafeRawBufferPointer
  let columns: UnsafeBufferPointer<DigestColumn>
  let addresses: AddressTable
  let dialect: DelimitedDialect
  /// Whether cells count that otherwise would not.
  let takesAll: Bool
  var digest = RecordDigest()

  mutating func cell(_ index: Int, start: Int, end: Int, hasPairs: Bool) {
    let bytes = UnsafeRawBufferPointer(rebasing: text[start..<end])
    // Cells beyond the header are columns too, each by its place.
    let column = index < columns.count ? columns[index] : DigestColumn(name: "extra\(index)", use: .counts)
    if hasPairs {
      QuotePairs.decoded(bytes, dialect).withUnsafeBytes { add($0, column) }
    } else {
      add(bytes, column)
    }
  }

  private mutating func add(_ bytes: UnsafeRawBufferPointer, _ column: DigestColumn) {
    column.reading(bytes) { bytes in
      if takesAll { digest.add(bytes, name: column.name) } else { digest.add(bytes, column, addresses) }
    }
  }

  mutating func record(start: Int, end: Int, next: Int, cells: Int) {}
  mutating func strayQuote(at position: Int) {}
}
