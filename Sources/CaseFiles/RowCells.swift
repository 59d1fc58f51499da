import Listings

/// The cells of a row as a case file wants them: absent instead of empty.
struct RowCells {
  private let dataset: Dataset
  private let row: Int
  private let cells: [RecordCell]

  init(_ dataset: Dataset, _ row: Int) {
    self.dataset = dataset
    self.row = row
    cells = dataset.cells(of: row)
  }

  subscript(field: Field) -> String? { cells.first { $0.field == field && !$0.text.isEmpty }?.text }

  /// A field that is kept in memory and may have been derived, as a platform from a URL.
  func kept(_ field: Field) -> String? {
    let text = dataset.text(of: field, at: row)
    return text.isEmpty ? nil : text
  }

  /// How price, times and text were read, where the row does not say so itself.
  func readings(_ price: Price) -> [NamedField] {
    var fields: [NamedField] = []
    if let remark = price.state.remark { fields.append(NamedField(name: "price was read as", text: remark)) }
    if price.currency != nil, price.amount != nil {
      fields.append(NamedField(name: "currency was told by", text: price.basis.explanation))
    }
    for field in [Field.postedAt, .capturedAt] {
      guard let sentence = dataset.timeSentence(of: field, at: row) else { continue }
      fields.append(NamedField(name: "\(field.rawValue) was read as", text: sentence))
    }
    let markup = cells.filter(\.hadMarkup).compactMap { $0.field?.rawValue }
    if !markup.isEmpty {
      fields.append(NamedField(name: "HTML was decoded in", text: markup.joined(separator: ", ")))
    }
    return fields
  }

  /// The cells that have no place of their own in a case file.
  var others: [NamedField] {
    let placed: Set<Field> = [
      .listingID, .platform, .url, .title, .description, .species, .price, .currency, .sellerAlias, .sellerID,
      .sellerURL, .country, .location, .postedAt, .capturedAt, .quantity, .language,
    ]
    return cells.filter { cell in !cell.text.isEmpty && cell.field.map { !placed.contains($0) } ?? true }
      .map { NamedField(name: $0.field?.rawValue ?? $0.name, text: $0.text) }
  }
}

extension SourceFile {
  /// The name of the file on disk without the folders: where an analyst keeps files is nobody else's business.
  package var fileName: String { ShortNames.split(name).path.split(separator: "/").last.map(String.init) ?? name }

  /// What in that file the listings stand in: a file of an archive, a sheet of a workbook.
  var member: String? { ShortNames.split(name).member }

  var evidenceFormat: RowEvidence.Format {
    switch reader.format {
    case "tsv": .tsv
    case "jsonl": .jsonLines
    case "json": .json
    default: .csv
    }
  }
}

extension Dataset {
  /// The names in a row's species cell, in its order.
  func speciesNames(of row: Int) -> [String] {
    let members = speciesLists.members[Int(codes(of: .species)[row])]
    return members.map { speciesLists.names[Int($0)] }.filter { !$0.isEmpty }
  }

}
