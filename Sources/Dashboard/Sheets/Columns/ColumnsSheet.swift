import Casework
import Listings
import Sentences
import TerminalIO
import TextCells
import Workspace

/// Which column of the files is which field: seen, changed, tried on the first listings, and only then read again.
///
/// Shape:  files with the same header are one kind: they are answered together, and remembered together.
package struct ColumnsSheet: Sheet {
  package var kinds: [Kind]
  /// The kind of files on the sheet.
  package var shownKind = 0
  package var cursor = 0
  package var picking: FieldChoice?
  /// The first listings of the kind as they would be read; nil until they are.
  package var preview: Snapshot?
  /// Which preview was asked for last: older ones come too late.
  package var previewNumber = 0
  /// Enter was pressed although verdicts would be left behind; once more and it is done.
  package var isSure = false
  /// Enter was pressed before the first listings were read.
  var appliesWhenRead = false

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
    /// What was answered before is to be forgotten; names and values decide again.
    package var isForgotten = false
    /// Decided listings that would get another key; nil until the first listings were read with these answers.
    var leftBehind: Int?
    /// Whether listings would get another key, as far as the first of them show.
    var changesKeys = false
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

  var current: Kind { kinds[shownKind] }
  var column: Column { kinds[shownKind].columns[cursor] }

  static let name = "the columns"
  var mode: Mode { .columns(self) }

  var kind: Mode.Kind {
    if current.currencyLine != nil { .currencyLine } else { picking == nil ? .columns : .fieldLine }
  }

  // MARK: Its keys

  static let keys = list + fieldList + currencyLine

  var activeKeys: [SheetKey<ColumnsSheet>] {
    switch kind {
    case .fieldLine: Self.fieldList
    case .currencyLine: Self.currencyLine
    default: Self.list
    }
  }

  private static let list: [SheetKey<ColumnsSheet>] =
    [
      SheetKey(
        [.character(" "), .right, .character("l")], Sentence("choose the field of the column"), hint: Sentence("field")
      ) {
        $0.changeField(&$1) { sheet, _ in
          sheet.picking = FieldChoice()
          return []
        }
      },
      SheetKey([.tab], Sentence("other files"), hinted: { $0.kinds.count > 1 ? localized("other files") : nil }) {
        .stay($0.turn(1, &$1))
      },
      SheetKey([.backspace, .delete, .character("-")], Sentence("the column is no field"), hint: Sentence("none")) {
        $0.changeField(&$1) { $0.assign(nil, &$1) }
      },
      SheetKey(
        [.enter], Sentence("read the files with these columns, and remember them"), hint: Sentence("apply"),
        weight: .decides
      ) {
        $0.apply(&$1)
      },
      SheetKey(
        [.escape, .control("c"), .character("q")], Sentence("leave everything as it was"),
        hint: Sentence("leave as it was"), as: ["quit"]
      ) {
        sheet, state in
        let isChanged = sheet.kinds.contains { $0.isChanged || $0.isForgotten }
        return .close(isChanged ? state.say(.info, localized("The columns are as they were")) : [])
      },
      SheetKey(
        [.character("F")], Sentence("forget what was chosen: names and values decide again"), hint: Sentence("forget")
      ) {
        .stay($0.forget(&$1))
      },
      SheetKey([.backTab], Sentence("other files, backwards")) { .stay($0.turn(-1, &$1)) },
      SheetKey([.character("$")], Sentence("say which currency prices are in that name none")) { sheet, _ in
        let known = sheet.current.currency ?? sheet.current.proposal?.currency ?? ""
        sheet.kinds[sheet.shownKind].currencyLine = LineEditor(known)
        return .stay()
      },
    ]
    + SheetKey.moving { sheet, step, state in
      sheet.cursor = State.moved(
        sheet.cursor, step, page: sheet.listRows(state), count: sheet.current.columns.count)
      sheet.isSure = false
    }

  private static let fieldList: [SheetKey<ColumnsSheet>] =
    [.saying(Sentence("type to find"))]
    + SheetKey.walking(hint: Sentence("choose"), also: [(.control("n"), 1), (.control("p"), -1)]) { sheet, lines, _ in
      guard let choice = sheet.picking else { return [] }
      sheet.picking?.cursor = max(0, min(choice.cursor + lines, choice.matches.count - 1))
      return []
    } + [
      SheetKey([.enter], Sentence("take the field"), hint: Sentence("takes it")) { sheet, state in
        guard let choice = sheet.picking, choice.matches.indices.contains(choice.cursor) else {
          return .stay(state.say(.warned, localized("No field is called like that")))
        }
        sheet.picking = nil
        return .stay(sheet.assign(choice.matches[choice.cursor], &state))
      },
      SheetKey([.escape, .control("c")], Sentence("back"), hint: Sentence("back")) { sheet, _ in
        sheet.picking = nil
        return .stay()
      },
    ]

  private static let currencyLine: [SheetKey<ColumnsSheet>] = [
    .saying(Sentence("type a code")),
    SheetKey([.enter], Sentence("take the currency: a code of three letters, or nothing"), hint: Sentence("takes it")) {
      .stay($0.takeCurrency(&$1))
    },
    SheetKey([.escape, .control("c")], Sentence("back"), hint: Sentence("back")) { sheet, _ in
      sheet.kinds[sheet.shownKind].currencyLine = nil
      return .stay()
    },
  ]

  mutating func type(_ key: Key, _ state: inout State) -> SheetStep {
    if picking != nil {
      if picking?.editor.take(key) == true { picking?.cursor = 0 }
    } else if current.currencyLine != nil {
      _ = kinds[shownKind].currencyLine?.take(key)
    } else {
      return unused(key, &state)
    }
    return .stay()
  }

  mutating func paste(_ text: String, _ state: inout State) -> SheetStep? {
    guard picking != nil || current.currencyLine != nil else { return nil }
    picking?.editor.insert(text)
    picking?.cursor = 0
    kinds[shownKind].currencyLine?.insert(text)
    return .stay()
  }

  // MARK: Changing

  /// Does something to the field of the column under the cursor, unless `--map` has the last word about it.
  private mutating func changeField(
    _ state: inout State, _ change: (inout ColumnsSheet, inout State) -> [Effect]
  ) -> SheetStep {
    guard column.finding.basis != .map else {
      return .stay(
        state.say(
          .warned, localized("\(column.finding.name) was given with --map, which wins; start without it to choose here")
        ))
    }
    return .stay(change(&self, &state))
  }

  private mutating func assign(_ field: Field?, _ state: inout State) -> [Effect] {
    let owner = current.columns.first { $0.finding.basis == .map && $0.field == field && field != nil }
    if let owner {
      return state.say(
        .warned, localized("\(field?.rawValue ?? "") was given to \(owner.finding.name) with --map, which wins"))
    }
    if let loser = assign(field), let field {
      state.notice = Notice(.info, localized("\(field.rawValue) was \(loser) before, which is now no field"))
    }
    return preview(state)
  }

  /// Gives the column under the cursor a field, and takes it from the one that had it.
  ///
  /// - Returns: the column that lost the field.
  private mutating func assign(_ field: Field?) -> String? {
    var loser: String?
    for index in current.columns.indices where index != cursor && field != nil {
      guard current.columns[index].field == field else { continue }
      kinds[shownKind].columns[index].field = nil
      loser = current.columns[index].finding.name
    }
    kinds[shownKind].columns[cursor].field = field
    isSure = false
    return loser
  }

  private mutating func turn(_ kinds: Int, _ state: inout State) -> [Effect] {
    let count = self.kinds.count
    guard count > 1 else { return state.say(.info, localized("All files have these columns")) }
    return show((shownKind + kinds + count) % count, state)
  }

  private mutating func show(_ kind: Int, _ state: State) -> [Effect] {
    shownKind = kind
    (cursor, preview, isSure) = (0, nil, false)
    return preview(state)
  }

  private mutating func takeCurrency(_ state: inout State) -> [Effect] {
    let code = (current.currencyLine?.text ?? "").trimmed.uppercased()
    guard code.isEmpty || code.utf8.count == 3 && code.utf8.allSatisfy({ $0 &- 0x41 < 26 }) else {
      return state.say(.warned, localized("Write a code of three letters, such as RUB, or nothing"))
    }
    kinds[shownKind].currencyLine = nil
    kinds[shownKind].currency = code.isEmpty ? nil : code
    isSure = false
    return preview(state)
  }

  /// Back to what names and values say; in force with Enter.
  private mutating func forget(_ state: inout State) -> [Effect] {
    guard current.isRemembered || current.isChanged else {
      return state.say(.warned, localized("Nothing was chosen for these columns, so there is nothing to forget"))
    }
    kinds[shownKind].isForgotten = true
    for index in current.columns.indices {
      kinds[shownKind].columns[index].field = current.columns[index].finding.field
    }
    isSure = false
    state.notice = Notice(
      .info, localized("Names and values decide about these columns again; Enter applies it, Esc leaves all as it was"))
    return preview(state)
  }

  /// Asks how the first listings would be read with the answers.
  mutating func preview(_ state: State) -> [Effect] {
    previewNumber += 1
    kinds[shownKind].leftBehind = nil
    appliesWhenRead = false
    return [
      .previewColumns(
        ColumnPreviewRequest(
          source: current.source, assignment: current.assignment, snapshot: state.snapshot, number: previewNumber))
    ]
  }

  /// Has the files read with the answers; before that it says what becomes of verdicts.
  mutating func apply(_ state: inout State) -> SheetStep {
    // Only kinds that were answered are remembered.
    let answered = kinds.filter(\.isAnswered)
    guard !answered.isEmpty else { return .close(state.say(.info, localized("Nothing was changed"))) }
    if let unread = kinds.firstIndex(where: \.isUnread) {
      // What becomes of verdicts is not known yet: the answer applies it, or asks.
      let effects = unread == shownKind && previewNumber > 0 ? [] : show(unread, state)
      appliesWhenRead = true
      return .stay(state.say(.info, localized("Reading the first listings with these columns …")) + effects)
    }
    let leftBehind = answered.reduce(0) { $0 + ($1.leftBehind ?? 0) }
    if leftBehind > 0, !isSure {
      isSure = true
      return .stay(
        state.say(
          .warned,
          localized(
            leftBehind,
            one: "\(grouped: leftBehind) decided listing would be undecided here; the verdicts stay in the casebook. "
              + "Enter once more applies it, Esc does not",
            other:
              "\(grouped: leftBehind) decided listings would be undecided here; the verdicts stay in the casebook. "
              + "Enter once more applies it, Esc does not")))
    }
    if let awaited = state.unfinished([.verdicts]), answered.contains(where: \.changesKeys), !isSure {
      isSure = true
      return .stay(
        state.say(
          .warned,
          localized("Which of these listings are decided, and would be undecided here, is not known yet")
            + " · \(awaited.sentence) " + localized("Enter once more applies it, Esc does not")))
    }
    return .close(state.changeColumns(answered.map(\.assignment)))
  }

  // MARK: What it begins with

  /// - Parameter source: the file whose columns come first.
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
    shownKind = kinds.firstIndex { $0.source == source } ?? 0
    // A kind of files that no lexicon reads comes first, with the cursor on what may be its title.
    if !current.columns.contains(where: \.finding.isOffered) {
      shownKind =
        kinds.firstIndex { $0.columns.contains(where: \.finding.isOffered) }
        ?? kinds.firstIndex { !$0.hasText && !$0.isRemembered } ?? shownKind
    }
    cursor = current.columns.firstIndex(where: \.finding.isOffered) ?? 0
  }
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
    return sorted.map { $0 } + (Folding.folded(localized("no field")).contains(typed) ? [nil] : [])
  }
}

extension ColumnsSheet.Kind {
  private static let sampledRows = 60
  private static let maximumSamples = 4
  /// Rows whose prices are looked at: enough to say whether they have a currency.
  private static let maximumPrices = 10_000

  init(header: HeaderSignature, files: [String], source: Int, in dataset: Dataset) {
    self.header = header
    self.files = files
    self.source = source
    var samples: [String: [String]] = [:]
    for row in dataset.sources[source].rows.prefix(Self.sampledRows) where row < dataset.rowCount {
      for cell in dataset.shownCells(of: row) where !cell.text.isEmpty {
        let text = String(cell.text.prefix(60))
        let known = samples[cell.name] ?? []
        if known.count < Self.maximumSamples, !known.contains(text) { samples[cell.name] = known + [text] }
      }
    }
    // What may be the title is proposed as one: Enter takes it, Esc leaves all as it was.
    let reader = dataset.sources[source].reader
    proposal = reader.currencyProposal
    currencyBefore = reader.statedCurrency
    currency = reader.statedCurrency
    pricesWithoutCurrency = dataset.sources[source].rows.prefix(Self.maximumPrices).count { row in
      guard row < dataset.rowCount else { return false }
      let price = dataset.price(at: row)
      return price.state == .withoutCurrency || price.basis == .assumed
    }
    columns = reader.findings.map {
      ColumnsSheet.Column(finding: $0, field: $0.isOffered ? .title : $0.field, samples: samples[$0.name] ?? [])
    }
  }

  var isChanged: Bool { columns.contains(where: \.isChanged) || currency != currencyBefore }

  /// Whether it is not known yet what its answers do to verdicts.
  var isUnread: Bool { isAnswered && leftBehind == nil && (isChanged || isForgotten) }

  /// What there is to say about the currency of prices that name none; nil where there is nothing to ask.
  var currencyQuestion: String? {
    if currencyLine != nil { return nil }
    if let currency {
      return localized("Prices that name no currency are in \(currency), as said of these files; $ changes it")
    }
    let count = pricesWithoutCurrency
    guard count > 0 else { return nil }
    guard let proposal else {
      return localized(
        count, one: "\(grouped: count) price names no currency, or shares its sign; $ says which it is",
        other: "\(grouped: count) prices name no currency, or share its sign; $ says which it is")
    }
    return localized(
      count,
      one: "\(grouped: count) price names no currency, or shares its sign; $ says which it is, "
        + "\(proposal.currency) is proposed: \(localized(proposal.why))",
      other: "\(grouped: count) prices name no currency, or share its sign; $ says which it is, "
        + "\(proposal.currency) is proposed: \(localized(proposal.why))")
  }

  /// Whether Enter has anything to do: an answer, the forgetting of one, or a guess that is now confirmed.
  var isAnswered: Bool {
    if isForgotten || isChanged { return true }
    return columns.contains { if case .shape = $0.finding.basis { true } else { false } }
  }

  /// Whether a column is the title or the description, which lexicons read.
  var hasText: Bool { columns.contains { $0.finding.field == .title || $0.finding.field == .description } }

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
