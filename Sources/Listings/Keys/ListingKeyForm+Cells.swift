extension ListingKeyForm {
  /// The key of a row from its cells; the same as the one fingerprinted when the row was read.
  package func key(of cells: [RecordCell], platform: String, digest: () -> RecordDigest) -> ListingKey {
    let fields = [Field.listingID, .url, .title, .description, .sellerAlias]
    let texts = [platform] + fields.map { cells.text(of: $0) }
    var out: [UInt8] = []
    texts.withBuffers { buffers in
      var form = self
      (form.platform, form.listingID) = (buffers[0], buffers[1])
      form.address = AddressParts(buffers[2])
      (form.title, form.description, form.seller) = (buffers[3], buffers[4], buffers[5])
      form.write(into: &out, digest: digest)
    }
    return ListingKey(String(decoding: out, as: UTF8.self))
  }
}

extension LegacyListingKey {
  /// The key of form 1 of a row from its cells.
  package static func of(cells: [RecordCell], platform: String, columnSignature: UInt64) -> ListingKey {
    let fields = [Field.listingID, .url, .title, .description, .sellerAlias, .price]
    let texts = [platform] + fields.map { cells.text(of: $0) }
    var out: [UInt8] = []
    texts.withBuffers { buffers in
      var form = LegacyListingKey()
      (form.platform, form.listingID, form.url) = (buffers[0], buffers[1], buffers[2])
      form.words = Array(buffers[3...])
      form.columnSignature = columnSignature
      form.write(into: &out)
    }
    return ListingKey(String(decoding: out, as: UTF8.self))
  }
}

extension [RecordCell] {
  /// The text of the first cell of a field that is not empty.
  fileprivate func text(of field: Field) -> String { first { $0.field == field && !$0.text.isEmpty }?.text ?? "" }
}

extension [String] {
  /// Calls `body` with the bytes of every text.
  fileprivate func withBuffers(_ body: ([UnsafeRawBufferPointer]) -> Void) {
    func nest(_ place: Int, _ buffers: [UnsafeRawBufferPointer]) {
      if place == count { return body(buffers) }
      var text = self[place]
      text.withUTF8 { nest(place + 1, buffers + [UnsafeRawBufferPointer($0)]) }
    }
    nest(0, [])
  }
}
