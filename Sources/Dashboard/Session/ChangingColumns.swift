import Casework
import Listings
import Sentences
import Workspace

// What is chosen for columns takes effect: the same rows are read again, in the background.

extension State {
  mutating func startColumns() -> [Effect] {
    let source = table.row.map { dataset.sourceIndex(of: $0) } ?? 0
    guard var sheet = ColumnsSheet(dataset, reading: source) else {
      return say(.warned, localized("No file has a column"))
    }
    let effects = sheet.preview(self)
    mode = .columns(sheet)
    return effects
  }

  mutating func showPreview(_ preview: Dataset, _ number: Int) -> [Effect] {
    guard case .columns(var sheet) = mode, sheet.previewNumber == number else { return [] }
    sheet.preview = Snapshot(preview)
    let findings = preview.sources.first?.reader.findings ?? []
    if sheet.current.isForgotten, !sheet.current.isChanged {
      // What names and values say without the answer that is to be forgotten.
      for (index, finding) in findings.enumerated() where sheet.current.columns.indices.contains(index) {
        guard sheet.current.columns[index].finding.name == finding.name else { continue }
        sheet.kinds[sheet.shownKind].columns[index].finding = finding
        sheet.kinds[sheet.shownKind].columns[index].field = finding.field
      }
    }
    sheet.kinds[sheet.shownKind].leftBehind = leftBehind(sheet)
    sheet.kinds[sheet.shownKind].changesKeys = changesKeys(sheet)
    guard sheet.appliesWhenRead, sheet.kind == .columns else {
      mode = .columns(sheet)
      return []
    }
    sheet.appliesWhenRead = false
    mode = .browsing
    let step = sheet.apply(&self)
    if step.stays { mode = .columns(sheet) }
    return step.effects
  }

  mutating func changeColumns(_ chosen: [ColumnAssignment]) -> [Effect] {
    // What was read again meanwhile comes first: the columns are those of its rows, too.
    let effects = showReread()
    session.beginChangingColumns()
    notice = Notice(.info, localized("Reading the files again with these columns …"))
    return effects + [.changeColumns(chosen)]
  }

  /// Decided or noted listings of the kind on the sheet that would get another key.
  ///
  /// The keys of the first listings are enough: in all rows of a kind of file a key is made of the same fields.
  func leftBehind(_ answers: ColumnsSheet) -> Int { changesKeys(answers) ? decidedRows(answers.current) : 0 }

  func changesKeys(_ answers: ColumnsSheet) -> Bool {
    guard let preview = answers.preview?.dataset else { return false }
    let first = dataset.sources[answers.current.source].rows.lowerBound
    let count = min(preview.rowCount, dataset.sources[answers.current.source].rows.count)
    return (0..<count).contains { preview.keyFingerprints[$0] != dataset.keyFingerprints[first + $0] }
  }

  private func decidedRows(_ kind: ColumnsSheet.Kind) -> Int {
    let decided = verdicts.confirmed.union(verdicts.falsePositive).union(verdicts.unsure).union(verdicts.noted)
    let sources = Set(dataset.sources.indices.filter { dataset.sources[$0].reader.header == kind.header })
    var count = 0
    decided.forEach { if sources.contains(dataset.sourceIndex(of: $0)) { count += 1 } }
    return count
  }

  /// The same rows, read with other columns: the cursor, marks and filter stay.
  mutating func takeColumns(
    _ read: Dataset, _ newProblems: ProblemList, _ rows: RowSet, _ remembering: Remembering
  ) -> [Effect] {
    let old = dataset
    guard session.finishChangingColumns(read, problems: newProblems, problemRows: rows) else { return [] }
    noteDrafts = rekeyed(noteDrafts, from: old, to: read)
    if let key = returning.listing, let row = old.rows(of: [key]).first?.row { returning.listing = read.key(at: row) }
    let effects = rowsChanged(isContinuation: read.continues(old)) + giveUpTrial()
    switch remembering {
    case .remembered:
      notice = Notice(
        .info,
        localized("The columns are read as chosen, and will be in files like these; \(key("columns")) shows them"))
    case .forgotten:
      notice = Notice(
        .info, localized("Names and values decide about the columns again; your choice is forgotten"))
    // Why was shown as a failure, which stays on the list of problems.
    case .refused:
      if notice == nil { notice = Notice(.warned, localized("The columns are read as chosen, until you leave")) }
    }
    keepDetailInside()
    return effects
  }

  /// What is read stays open, with the columns it has.
  mutating func refuseColumns(_ why: String) -> [Effect] {
    let isMissingRows = session.abandonChangingColumns()
    var sentences = [
      why, localized("The listings stay as they are; what you chose is used when the files are next read."),
    ]
    if isMissingRows {
      sentences.append(localized("Reading had not finished; \(key("reopen")) reads everything."))
    }
    return fail(sentences.joined(separator: " ")) + groupListings()
  }

  /// Drafts of notes go with their rows: they are not on disk yet, so they can have the new key.
  private func rekeyed(_ drafts: [ListingKey: String], from old: Dataset, to new: Dataset) -> [ListingKey: String] {
    var rekeyed: [ListingKey: String] = [:]
    for (key, draft) in drafts {
      let row = old.rows(of: [key]).first?.row
      rekeyed[row.flatMap { $0 < new.rowCount ? new.key(at: $0) : nil } ?? key] = draft
    }
    return rekeyed
  }

  // MARK: Offering

  /// Where columns are not known, or known only by what their values look like, a notice says so, once.
  mutating func offerColumns() {
    guard loading.isComplete, !files.hasOfferedColumns else { return }
    files.hasOfferedColumns = true
    guard notice == nil, mode == .browsing else { return }
    for source in dataset.sources where !source.rows.isEmpty {
      let findings = source.reader.findings
      let isAnswered = findings.contains { [.map, .chosen, .remembered].contains($0.basis) }
      let fields = findings.compactMap(\.field)
      guard !isAnswered else { continue }
      let guessed = findings.filter { if case .shape = $0.basis { true } else { false } }
      let file = source.name.lastPart + ": "
      if fields.count < 2 || !fields.contains(.title) {
        let missing =
          fields.count < 2 ? localized("hardly any column is known") : localized("no column is known as the title")
        let help = localized("\(key("columns")) says which column is which")
        notice = Notice(.info, file + missing + " · " + help)
      } else if !guessed.isEmpty {
        let names = guessed.compactMap { $0.field?.rawValue }.joined(separator: ", ")
        let help = localized("\(key("columns")) shows and changes it")
        notice = Notice(.info, file + localized("\(names) guessed from values rather than names") + " · " + help)
      }
      if notice != nil { return }
    }
  }
}
