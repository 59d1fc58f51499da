import Listings

/// Takes the values of an object into its digest.
struct DigestOfValues: JSONSink {
  let file: JSONFile
  let addresses: AddressTable
  var digest = RecordDigest()
  /// With those that otherwise would not count.
  var whole = RecordDigest()
  private var decoded: [UInt8] = []

  init(file: JSONFile, addresses: AddressTable) { (self.file, self.addresses) = (file, addresses) }

  mutating func value(path: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer, _ kind: JSONKind) {
    let column = file.digestColumn(path)
    guard kind == .escapedString else { return add(text, column) }
    decoded.removeAll(keepingCapacity: true)
    JSONEscapes.decode(text, into: &decoded)
    let bytes = decoded
    bytes.withUnsafeBytes { add($0, column) }
  }

  private mutating func add(_ text: UnsafeRawBufferPointer, _ column: DigestColumn) {
    column.reading(text) { text in
      digest.add(text, column, addresses)
      whole.add(text, name: column.name)
    }
  }
}
