import Listings

/// Which column of a file is which field, chosen by the user where the names do not tell.
///
/// Shape:  `chosen[field]` is a column's name; it is looked for as it stands first, then as names are compared.
package struct ColumnMapping: Sendable {
  let names: FieldNames
  let currencies: Currencies
  let chosen: [Field: String]

  /// What one column is taken for.
  struct Column: Equatable, Sendable {
    var field: Field?
    var rank = Int.max
    /// The currency that a price column carries in its name.
    var currency: UInt8 = 0
  }

  /// A user's choice comes before every name in the tables.
  private static let chosenRank = 0

  /// What a column's name says by itself, whatever other columns there are.
  func claim(of name: String) -> Column {
    let plain = FieldNames.plain(name)
    for (field, wanted) in chosen where wanted == name || FieldNames.plain(wanted) == plain {
      return Column(field: field, rank: Self.chosenRank, currency: currency(inName: name, field))
    }
    if let claim = names.claim(of: name) {
      // A field that the user gave to another column is not up for claims.
      guard chosen[claim.field] == nil else { return Column() }
      return Column(field: claim.field, rank: claim.rank, currency: currency(inName: name, claim.field))
    }
    // `price_usd`, `Price (THB)`: a price whose name ends in a currency.
    if let (rest, currency) = currencies.nameWithoutCurrency(name), let claim = names.claim(of: rest),
      claim.field == .price, chosen[.price] == nil
    {
      // Beside a plain price it is mostly a converted one.
      return Column(field: .price, rank: claim.rank + 2, currency: currency)
    }
    return Column()
  }

  private func currency(inName name: String, _ field: Field) -> UInt8 {
    field == .price ? currencies.nameWithoutCurrency(name)?.currency ?? 0 : 0
  }

  /// The columns of a file: each field goes to the column with the best claim, the leftmost of equals.
  ///
  /// An id of rank 3 may be no more than a place on a result page; where the file has addresses, they are believed.
  func columns(named columnNames: [String]) -> [Column] {
    var columns = columnNames.map { claim(of: $0) }
    var winners: [Field: Int] = [:]
    for (index, column) in columns.enumerated() {
      guard let field = column.field else { continue }
      if let winner = winners[field], columns[winner].rank <= column.rank { continue }
      winners[field] = index
    }
    if let id = winners[.listingID], columns[id].rank >= 3, winners[.url] != nil { winners[.listingID] = nil }
    for index in columns.indices {
      guard let field = columns[index].field, winners[field] != index else { continue }
      columns[index] = Column()
    }
    return columns
  }

  /// Choices whose column none of `names` is.
  func unmet(among names: [String]) -> [(field: Field, column: String)] {
    let plain = Set(names.map(FieldNames.plain))
    return chosen.filter { !plain.contains(FieldNames.plain($0.value)) }.map { ($0.key, $0.value) }
      .sorted { $0.field.rawValue < $1.field.rawValue }
  }
}
