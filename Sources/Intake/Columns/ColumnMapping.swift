import Listings
import Sentences

/// Which column of a file is which field: as people said, by name, or by the shape of its values.
///
/// Shape:  the command line comes before assignments on screen, these before names, and names before shapes. A field that
///         people assigned is not available to other columns, and a column that they assigned can have no other field.
///         `chosen[field]` is the name of a column, matched literally first and then as names are compared.
package struct ColumnMapping: Sendable {
  /// The names that are known, in many languages.
  let names: FieldNames
  /// What values look like, as far as it is known from other columns and files.
  let values: ValueMemory
  /// The marks that a price column may have in its name.
  var currencies: Currencies { values.currencies }
  /// What `--map` says, by field.
  let chosen: [Field: String]
  /// The assignment for files with this header.
  var assigned: ColumnAssignment?
  /// What columns look like by their values, by name.
  var guesses: [String: ShapeGuesses.Guess] = [:]
  /// Columns whose values contradict their names.
  var contradicted: Set<String> = []
  /// The likely currency of prices that name none.
  var currencyProposal: CurrencyProposal?
  /// The column most likely to be the title, in a file without one.
  var offer: (column: String, words: Sentence)?

  init(names: FieldNames, values: ValueMemory, chosen: [Field: String]) {
    self.names = names
    self.values = values
    self.chosen = chosen
  }

  /// What one column was recognised as.
  ///
  /// Shape:  without a field, `basis` still says whether a person decided so.
  struct Column: Equatable, Sendable {
    var field: Field?
    var rank = Int.max
    /// The currency that a price column carries in its name.
    var currency: UInt8 = 0
    var basis = ColumnFinding.Basis.nothing
  }

  /// A person's choice ranks above every name in the tables, a shape below them.
  private static let chosenRank = 0
  private static let shapeRank = 10

  /// What a column is by itself, regardless of the other columns.
  ///
  /// Shape:  in order of precedence: `--map`, an assignment for this header, a name in the tables, a guess from the values.
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

  /// What the name alone says.
  ///
  /// Shape:  the whole name first, then a price that ends in a currency, then the words of the name.
  /// Fails:  with no field where the values contradict the name, or a person gave the field to another column.
  private func claimByName(_ name: String) -> Column {
    if contradicted.contains(name) { return Column() }
    if let claim = names.wholeClaim(of: name) {
      return isOpen(claim.field) ? column(claim.field, claim.rank, name, .name) : Column()
    }
    // `price_usd`, `Price (THB)`: a price whose name ends in a currency.
    if let (rest, currency) = currencies.nameWithoutCurrency(name), let claim = names.claim(of: rest),
      claim.field == .price, isOpen(.price)
    {
      // Beside a plain price it is usually a converted one.
      return Column(field: .price, rank: claim.rank + 2, currency: currency, basis: .name)
    }
    guard let claim = names.claim(of: name), isOpen(claim.field) else { return Column() }
    return column(claim.field, claim.rank, name, .name)
  }

  /// Whether no person has assigned the field to a column.
  private func isOpen(_ field: Field) -> Bool {
    chosen[field] == nil && assigned?.lines.contains { $0.field == field } != true
  }

  /// A column with the currency in its name, if it is a price.
  private func column(_ field: Field, _ rank: Int, _ name: String, _ basis: ColumnFinding.Basis) -> Column {
    let currency = field == .price ? currencies.nameWithoutCurrency(name)?.currency ?? 0 : 0
    return Column(field: field, rank: rank, currency: currency, basis: basis)
  }

  /// The columns of a file. Each field goes to the column with the best claim, the leftmost of equals.
  ///
  /// An id of rank 3 may be just a position on a result page; where the file has addresses, they identify the listings.
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

  /// The same as `columns`, for people, with the column offered as a title.
  func findings(named columnNames: [String]) -> [ColumnFinding] {
    zip(columnNames, columns(named: columnNames)).map { name, column in
      if column.field == nil, column.basis == .nothing, let offer, offer.column == name {
        return ColumnFinding(name: name, field: nil, basis: .offered(offer.words))
      }
      return ColumnFinding(name: name, field: column.field, basis: column.basis)
    }
  }

  /// The mapping for a particular file: with what was assigned to its columns, and with guesses from its values.
  ///
  /// Shape:  values are examined where a column has no known name and a field has no column. They are also examined where a
  ///         name may be misleading: one of its words is unknown, or it should be an address.
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

  /// Drops names that the values contradict, then guesses the columns that are left.
  ///
  /// Shape:  names that promise an address or a location, and those with an unknown word, are checked against the values.
  /// Cost:   guesses are made only where a column is free and a field is missing.
  private mutating func fit(_ sample: ColumnSample, _ tables: ReferenceTables) {
    let named = sample.names.map { claim(of: $0) }
    for (index, claim) in named.enumerated()
    where claim.basis == .name
      && (claim.field == .url || claim.field == .location || claim.rank > FieldNames.lastCertainRank)
    {
      let shape = ColumnShape(sample.values(of: index), values)
      if Self.contradict(shape, claim) { contradicted.insert(sample.names[index]) }
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

  /// Whether values may decide about a column: no name in the tables claims it, or its values contradict that.
  private func isFree(_ name: String) -> Bool { contradicted.contains(name) || names.claim(of: name) == nil }

  /// Whether the values are not what the name says.
  ///
  /// Limits: three values at least, and only for fields whose values have a recognisable shape.
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

/// Problems of a file that follow from how its columns were recognised.
enum ColumnProblems {
  /// A problem where no column is known, or where there is neither title nor description for a lexicon to read.
  ///
  /// Shape:  none or one, with the column that a person may take as the title.
  static func of(_ findings: [ColumnFinding], file: String) -> [IntakeProblem] {
    let offered = findings.first(where: \.isOffered)?.name
    if !findings.isEmpty, findings.allSatisfy({ $0.field == nil }) {
      return [IntakeProblem(file: file, what: .noKnownColumn(offered: offered))]
    }
    let hasText = findings.contains { $0.field == .title || $0.field == .description }
    return hasText || findings.isEmpty ? [] : [IntakeProblem(file: file, what: .noTextColumn(offered: offered))]
  }
}
