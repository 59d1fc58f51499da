/// Visits the listings of a file where they lie, without reading them.
enum JSONListings {
  /// Calls `body` with each until it returns false; what is broken is passed over.
  static func visit(
    _ bytes: UnsafeRawBufferPointer, _ layout: JSONLayout, _ body: (Range<Int>) -> Bool
  ) {
    for record in JSONRecords(bytes, layout, layout.start..<bytes.count) where record.fault == nil {
      guard !layout.pages.isEmpty else {
        if body(record.range) { continue } else { return }
      }
      for list in JSONOutline.lists(layout.pages, in: bytes, record.range) {
        for inner in JSONRecords(bytes, JSONLayout(contents: [list]), list.bytes) where inner.fault == nil {
          guard body(inner.range) else { return }
        }
      }
    }
  }
}
