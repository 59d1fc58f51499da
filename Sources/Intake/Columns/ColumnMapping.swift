import Listings

/// Which column of a file is which field: by name, by the shape of the values, or as people said.
///
/// Rules:  what the command line says comes before what was assigned on the screen, that before names, those before shapes.
///         A field that people gave to a column is not up for claims, and a column they answered for claims nothing else.
/// Shape:  `chosen[field]` is a column's name; it is looked for as it stands first, then as names are compared.
package struct ColumnMapping: Sendable {
  let names: FieldNames
  let currencies: Currencies
  let chosen: [Field: String]
  /// What was assigned to columns of files with this header.
  var assigned: ColumnAssignment?
  /// What columns look like, by name.
  var guesses: [String: ShapeGuesses.Guess] = [:]
  /// Columns whose values are not what their names say.
  var contradicted: Set<String> = []
  /// What the prices of the file that name no currency are likely in.
  var currencyProposal: CurrencyProposal?
  /// The column that may be the title of a file that has none.
  var offer: (column: String, words: String)?

  init(names: FieldNames, currencies: Currencies, chosen: [Field: String]) {
    self.names = names
    self.currencies = currencies
    self.chosen = chosen
  }

  /// What one column is taken for.
  struct Column: Equatable, Sendable {
    var field: Field?
    var rank = Int.max
    /// The currency that a price column carries in its name.
    var currency: UInt8 = 0
    var basis = ColumnFinding.Basis.nothing
  }

  /// A person's choice comes before every name in the tables, a shape after them.
  private static let chosenRank = 0
  private static let shapeRank = 10

  /// What a column's name says by itself, whatever other columns there are.
  func claim(of name: String) -> Column {
    let plain = FieldNames.plain(name)
    for (field, wanted) in chosen where wanted == name || FieldNames.plain(wanted) == plain {
      return column(field, Self.chosenRank, name, .map)
    }
    if let line = assigned?.lines.first(where: { $0.column == name }) {
      let basis = assigned?.origin == .chosen ? ColumnFinding.Basis.chosen : .remembered
      guard let field = line.field, chosen[field] == nil else {
        return Column(basis: line.field == nil ? basis : .nothing)
      }
      return column(field, Self.chosenRank, name, basis)
    }
    let named = claimByName(name)
    if named.field == nil, let guess = guesses[name], isOpen(guess.field) {
      return column(guess.field, Self.shapeRank, name, .shape(guess.words))
    }
    return named
  }

  private func claimByName(_ name: String) -> Column {
    if contradicted.contains(name) { return Column() }
    if let claim = names.wholeClaim(of: name) {
      return isOpen(claim.field) ? column(claim.field, claim.rank, name, .name) : Column()
    }
    // `price_usd`, `Price (THB)`: a price whose name ends in a currency.
    if let (rest, currency) = currencies.nameWithoutCurrency(name), let claim = names.claim(of: rest),
      claim.field == .price, isOpen(.price)
    {
      // Beside a plain price it is mostly a converted one.
      return Column(field: .price, rank: claim.rank + 2, currency: currency, basis: .name)
    }
    guard let claim = names.claim(of: name), isOpen(claim.field) else { return Column() }
    return column(claim.field, claim.rank, name, .name)
  }

  /// Whether nobody gave the field to a column.
  private func isOpen(_ field: Field) -> Bool {
    chosen[field] == nil && assigned?.lines.contains { $0.field == field } != true
  }

  private func column(_ field: Field, _ rank: Int, _ name: String, _ basis: ColumnFinding.Basis) -> Column {
    let currency = field == .price ? currencies.nameWithoutCurrency(name)?.currency ?? 0 : 0
    return Column(field: field, rank: rank, currency: currency, basis: basis)
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

  func findings(named columnNames: [String]) -> [ColumnFinding] {
    zip(columnNames, columns(named: columnNames)).map { name, column in
      if column.field == nil, column.basis == .nothing, let offer, offer.column == name {
        return ColumnFinding(name: name, field: nil, basis: .offered(offer.words))
      }
      return ColumnFinding(name: name, field: column.field, basis: column.basis)
    }
  }

  /// The mapping for files with these columns: what was assigned to them, and what their values look like.
  ///
  /// Rules:  values are looked at where a column has no known name and a field has no column, and where a name may not be
  ///         what it seems: one of whose words is not known, or an address that is none.
  /// Cost:   a few milliseconds for the sample.
  func fitted(
    to header: HeaderSignature, _ assigned: [ColumnAssignment], _ tables: ReferenceTables, _ sample: ColumnSample
  ) -> ColumnMapping {
    var fitted = self
    fitted.assigned = assigned.last { $0.header.id == header.id }
    fitted.fit(sample, tables)
    fitted.currencyProposal = tables.currencyHints.proposal(
      sample, columns: fitted.findings(named: sample.names), names: names)
    return fitted
  }

  private mutating func fit(_ sample: ColumnSample, _ tables: ReferenceTables) {
    let shape = ValueShape(currencies: currencies)
    let named = sample.names.map { claim(of: $0) }
    for (index, claim) in named.enumerated()
    where claim.basis == .name
      && (claim.field == .url || claim.field == .location || claim.rank > FieldNames.lastSureRank)
    {
      let values = ColumnShape(sample.values(of: index), shape)
      if Self.contradict(values, claim) { contradicted.insert(sample.names[index]) }
    }
    let claims = contradicted.isEmpty ? named : sample.names.map { claim(of: $0) }
    let taken = Set(claims.compactMap(\.field)).union(chosen.keys)
    let free = claims.indices.filter { claims[$0].basis == .nothing && isFree(sample.names[$0]) }
    let hasText = taken.contains(.title) || taken.contains(.description)
    guard !free.isEmpty, !hasText || !ShapeGuesses.fields.isSubset(of: taken) else { return }
    let found = ShapeGuesses(sample, free: free, taken: taken, tables)
    for (column, guess) in found.found { guesses[sample.names[column]] = guess }
    if let offer = found.offer { self.offer = (sample.names[offer.column], offer.words) }
  }

  /// The currency that a person gave to prices that name none.
  func statedCurrency(_ options: IntakeOptions) -> String? { options.currency ?? assigned?.currency }

  /// Whether a column's values may tell its field: no name in the tables claims it, or one that its values contradict.
  private func isFree(_ name: String) -> Bool { contradicted.contains(name) || names.claim(of: name) == nil }

  /// Whether the values are not what the name says.
  private static func contradict(_ values: ColumnShape, _ claim: Column) -> Bool {
    guard values.count >= 3 else { return false }
    switch claim.field {
    case .url: return values.isNearlyAll(values.values.count(where: ValueShape.isNoAddress), percent: 90)
    case .price: return !values.isNearlyAll(values.bareAmounts + values.markedAmounts + values.noPrices, percent: 50)
    case .title, .description, .species: return !values.isText
    case .location: return values.addresses * 2 > values.count
    case .image: return values.addresses + values.paths == 0
    default: return false
    }
  }
}
