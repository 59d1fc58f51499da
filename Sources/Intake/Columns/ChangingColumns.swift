import Listings

/// Names of columns that say something else whenever a listing is looked at: prices beside the price, numbers of visits,
/// places on a page, times of collection.
///
/// Shape:  one name a row; `*` stands for any beginning or end. Names are compared as those of fields are.
package struct ChangingColumns: Sendable {
  private var whole: Set<String> = []
  private var beginnings: [String] = []
  private var ends: [String] = []

  init(rows: [[String]]) {
    for row in rows {
      let name = FieldNames.plain(row[0])
      if name.hasSuffix("*") {
        beginnings.append(String(name.dropLast()))
      } else if name.hasPrefix("*") {
        ends.append(String(name.dropFirst()))
      } else {
        whole.insert(name)
      }
    }
  }

  /// Whether a column that is no known field is one of them, or has no name of its own, as row numbers have none.
  func contains(_ name: String) -> Bool {
    let plain = FieldNames.plain(name)
    return plain.isEmpty || whole.contains(plain) || beginnings.contains { plain.hasPrefix($0) }
      || ends.contains { plain.hasSuffix($0) }
  }
}

extension DigestColumn {
  /// What a column adds to the digest of its records; see `RecordDigest`.
  init(name: String, field: Field?, _ changing: ChangingColumns) {
    if field == nil, changing.contains(name) {
      self.init(name: name, use: .leftOut)
    } else {
      self.init(name: name, field: field)
    }
  }

  /// Calls `body` with a cell as it is read: without HTML in the fields that may hold it.
  func reading(_ cell: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
    guard let field, field.mayHoldMarkup, ReadableMarkup.mayStand(in: cell) else { return body(cell) }
    var decoded: [UInt8] = []
    if ReadableMarkup.decode(cell, into: &decoded) { decoded.withUnsafeBytes { body($0) } } else { body(cell) }
  }
}

extension ColumnSample {
  /// What each column adds to the digest of its records.
  func digestColumns(_ claims: [ColumnMapping.Column], _ changing: ChangingColumns) -> [DigestColumn] {
    names.indices.map { place in
      countsRows(place)
        ? DigestColumn(name: names[place], use: .leftOut)
        : DigestColumn(name: names[place], field: claims[place].field, changing)
    }
  }

  /// Whether a column counts the rows, as a table's index does.
  private func countsRows(_ column: Int) -> Bool {
    let numbers = records.prefix(100).map { Int($0[column]) }
    guard numbers.count > 2, let first = numbers.first as? Int, first <= 2 else { return false }
    let steps = zip(numbers, numbers.dropFirst()).count { before, after in
      if let before, let after { after == before + 1 } else { false }
    }
    return steps * 5 >= (numbers.count - 1) * 4
  }
}
