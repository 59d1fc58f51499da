import Listings

/// The first listings of a file as they would be read with other columns.
package enum ColumnPreview {
  private static let bytes = 1 << 15

  /// Reads the beginning of an opened file once more; nil where it can no longer be read.
  ///
  /// Shape:  rows are the first rows of `source`, in order.
  /// Cost:   some dozens of listings, whatever the size of the file.
  package static func dataset(of source: SourceFile, options: IntakeOptions) -> Dataset? {
    guard let opened = source.reader as? any PieceReading else { return nil }
    let reading = FileFormat.reading(of: opened.file, options: options)
    let (start, count) = (reading.firstRecord, reading.bytes.count)
    guard start < count else { return nil }
    let end = start + bytes >= count ? count : reading.border(from: start, target: start + bytes)
    let assembly = RowAssembly(tables: options.tables, reader: reading)
    assembly.begin(reading, piece: UnsafeRawBufferPointer(rebasing: reading.bytes[start..<end]))
    reading.read(start..<end, into: assembly)
    let builder = DatasetBuilder(
      currencyCodes: options.tables.currencies.codes, addresses: options.tables.addresses)
    builder.append(assembly.takeBatch().0)
    let beginning = SourceFile(
      name: source.name, path: source.path, byteCount: source.byteCount, modified: source.modified,
      rows: 0..<builder.rowCount, reader: reading)
    return builder.dataset(sources: [beginning], isComplete: true)
  }
}
