import Listings
import Workspace

/// The columns of the opened files on the sheet, and which fields the analyst says they are.
///
/// Shape:  files with the same header are one kind: they are answered together, and remembered together.
package struct ColumnAnswers: Equatable, Sendable {
  package var kinds: [Kind]
  package var kind = 0
  package var cursor = 0
  package var picking: FieldChoice?
  /// The first listings of the kind as they would be read; nil until they have been.
  package var preview: Snapshot?
  /// Which preview was asked for last: older ones come too late.
  package var previewNumber = 0
  /// Enter was pressed although verdicts would be left behind; once more and it is done.
  package var isSure = false

  /// Files with one header.
  package struct Kind: Equatable, Sendable {
    package let header: HeaderSignature
    package let files: [String]
    /// The file whose listings are shown, among those of the dataset.
    package let source: Int
    package var columns: [Column]
    /// How many of its prices name no currency, among the rows read so far, and what they are likely in.
    package let pricesWithoutCurrency: Int
    package let proposal: CurrencyProposal?
    /// The currency that prices are in that name none, as it is and as it is to be; nil: not answered.
    package let currencyBefore: String?
    package var currency: String?
    /// The currency being typed.
    package var currencyLine: LineEditor?
    /// What was answered before is to be forgotten; names and values tell again.
    package var isForgotten = false
  }

  package struct Column: Equatable, Sendable {
    /// What it was taken for when the sheet was opened.
    package var finding: ColumnFinding
    /// What it is to be.
    package var field: Field?
    /// Some of its values, each once.
    package let samples: [String]

    var isChanged: Bool { field != finding.field }
  }

  var current: Kind { kinds[kind] }
  var column: Column { kinds[kind].columns[cursor] }
}

/// A field being chosen from the list of all, by typing.
package struct FieldChoice: Equatable, Sendable {
  package var editor = LineEditor()
  package var cursor = 0

  /// The fields whose name holds what is typed; nil is "no field".
  var matches: [Field?] {
    let typed = Folding.folded(editor.text.trimmed)
    let fields = Field.allCases.filter { typed.isEmpty || Folding.folded($0.rawValue).firstRange(of: typed) != nil }
    // What begins with the typed text is meant first.
    let sorted = fields.filter { $0.rawValue.hasPrefix(typed) } + fields.filter { !$0.rawValue.hasPrefix(typed) }
    return sorted.map { $0 } + ("no field".contains(typed) ? [nil] : [])
  }
}

extension ColumnAnswers {
  /// - Returns: nil where no file has a column.
  init?(_ dataset: Dataset, reading source: Int) {
    var order: [HeaderSignature] = []
    var members: [HeaderSignature: [Int]] = [:]
    for (index, file) in dataset.sources.enumerated() where !file.reader.columns.isEmpty {
      let header = file.reader.header
      if members[header] == nil { order.append(header) }
      members[header, default: []].append(index)
    }
    guard !order.isEmpty else { return nil }
    kinds = order.map { header in
      let sources = members[header] ?? []
      let shown = sources.contains(source) ? source : sources.first { !dataset.sources[$0].rows.isEmpty } ?? sources[0]
      return Kind(header: header, files: sources.map { dataset.sources[$0].name }, source: shown, in: dataset)
    }
    kind = kinds.firstIndex { $0.source == source } ?? 0
    // A kind of files that no lexicon reads comes first, with the cursor on what may be its title.
    if !current.columns.contains(where: \.finding.isOffered) {
      kind = kinds.firstIndex { $0.columns.contains(where: \.finding.isOffered) } ?? kind
    }
    cursor = current.columns.firstIndex(where: \.finding.isOffered) ?? 0
  }

  /// Gives the column under the cursor a field, and takes it from the one that had it.
  ///
  /// - Returns: the column that lost the field.
  mutating func assign(_ field: Field?) -> String? {
    var loser: String?
    for index in kinds[kind].columns.indices where index != cursor && field != nil {
      guard kinds[kind].columns[index].field == field else { continue }
      kinds[kind].columns[index].field = nil
      loser = kinds[kind].columns[index].finding.name
    }
    kinds[kind].columns[cursor].field = field
    isSure = false
    return loser
  }

  /// What is to be remembered: only kinds that were answered anew.
  var answers: [ColumnAssignment] { kinds.filter(\.isAnswered).map(\.assignment) }
}

extension ColumnAnswers.Kind {
  private static let sampledRows = 60
  private static let mostSamples = 4
  /// Rows whose prices are looked at: enough to say whether they have a currency.
  private static let mostPrices = 10_000

  init(header: HeaderSignature, files: [String], source: Int, in dataset: Dataset) {
    self.header = header
    self.files = files
    self.source = source
    var samples: [String: [String]] = [:]
    for row in dataset.sources[source].rows.prefix(Self.sampledRows) where row < dataset.rowCount {
      for cell in dataset.shownCells(of: row) where !cell.text.isEmpty {
        let text = String(cell.text.prefix(60))
        let known = samples[cell.name] ?? []
        if known.count < Self.mostSamples, !known.contains(text) { samples[cell.name] = known + [text] }
      }
    }
    // What may be the title is proposed as one: Enter takes it, Esc leaves all as it was.
    let reader = dataset.sources[source].reader
    proposal = reader.currencyProposal
    currencyBefore = reader.statedCurrency
    currency = reader.statedCurrency
    pricesWithoutCurrency = dataset.sources[source].rows.prefix(Self.mostPrices).count { row in
      guard row < dataset.rowCount else { return false }
      let price = dataset.price(at: row)
      return price.state == .withoutCurrency || price.basis == .assumed
    }
    columns = reader.findings.map {
      ColumnAnswers.Column(finding: $0, field: $0.isOffered ? .title : $0.field, samples: samples[$0.name] ?? [])
    }
  }

  var isChanged: Bool { columns.contains(where: \.isChanged) || currency != currencyBefore }

  /// What there is to say about the currency of prices that name none; nil where there is nothing to ask.
  var currencyQuestion: String? {
    if let currencyLine { return "Currency of prices that name none (three letters): \(currencyLine.text)" }
    if let currency { return "Prices that name no currency are in \(currency), as said of these files; $ changes it" }
    guard pricesWithoutCurrency > 0 else { return nil }
    let count = "\(grouped(pricesWithoutCurrency)) prices name no currency, or share its sign"
    guard let proposal else { return "\(count); $ says which it is" }
    return "\(count); $ says which it is, \(proposal.currency) is proposed: \(proposal.why)"
  }

  /// Whether Enter has anything to do: an answer, the forgetting of one, or a guess that is now confirmed.
  var isAnswered: Bool {
    if isForgotten || isChanged { return true }
    return columns.contains { if case .shape = $0.finding.basis { true } else { false } }
  }

  var isRemembered: Bool {
    columns.contains { $0.finding.basis == .remembered || $0.finding.basis == .chosen }
  }

  /// The columns that people answered for, and guesses that they saw and left as they are; names need no remembering.
  var assignment: ColumnAssignment {
    let lines = columns.compactMap { column -> ColumnAssignment.Line? in
      switch column.finding.basis {
      case .shape, .chosen, .remembered: break
      case .name, .map, .offered, .nothing: if !column.isChanged { return nil }
      }
      return ColumnAssignment.Line(column: column.finding.name, field: column.field)
    }
    return ColumnAssignment(
      header: header, lines: isForgotten && !isChanged ? [] : lines,
      currency: isForgotten && !isChanged ? nil : currency, origin: .chosen)
  }
}
