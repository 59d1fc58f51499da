import Casework
import Listings
import TerminalIO
import Workspace

// Which column is which field: seen, changed, tried on the first listings, and only then read anew.

extension State {
  mutating func startColumns() -> [Effect] {
    let source = table.row.map { dataset.sourceIndex(of: $0) } ?? 0
    guard let answers = ColumnAnswers(dataset, reading: source) else { return say(.warned, "No file has a column") }
    return preview(answers)
  }

  /// Shows the answers, and asks how the first listings would be read with them.
  private mutating func preview(_ answers: ColumnAnswers) -> [Effect] {
    var answers = answers
    answers.previewNumber += 1
    mode = .assigningColumns(answers)
    return [
      .previewColumns(
        ColumnPreviewRequest(
          source: answers.current.source, assignment: answers.current.assignment, snapshot: snapshot,
          number: answers.previewNumber))
    ]
  }

  mutating func showPreview(_ preview: Dataset, _ number: Int) -> [Effect] {
    guard case .assigningColumns(var answers) = mode, answers.previewNumber == number else { return [] }
    answers.preview = Snapshot(preview)
    let findings = preview.sources.first?.reader.findings ?? []
    if answers.current.isForgotten, !answers.current.isChanged {
      // What names and values say without the answer that is to be forgotten.
      for (index, finding) in findings.enumerated() where answers.current.columns.indices.contains(index) {
        guard answers.current.columns[index].finding.name == finding.name else { continue }
        answers.kinds[answers.kind].columns[index].finding = finding
        answers.kinds[answers.kind].columns[index].field = finding.field
      }
    }
    mode = .assigningColumns(answers)
    return []
  }

  mutating func assignColumns(_ key: Key, _ answers: ColumnAnswers) -> [Effect] {
    if let choice = answers.picking { return pickField(key, choice, answers) }
    if let line = answers.current.currencyLine { return typeCurrency(key, line, answers) }
    var answers = answers
    let page = max(1, ColumnsSheet.listRows(self, answers) - 1)
    switch key {
    case .escape, .control("c"), .character("q"):
      mode = .browsing
      let isChanged = answers.kinds.contains { $0.isChanged || $0.isForgotten }
      return isChanged ? say(.told, "The columns are as they were") : []
    case .down, .character("j"): answers.move(1)
    case .up, .character("k"): answers.move(-1)
    case .pageDown, .control("d"), .control("f"): answers.move(page)
    case .pageUp, .control("u"), .control("b"): answers.move(-page)
    case .home, .character("g"): answers.move(-.max / 2)
    case .end, .character("G"): answers.move(.max / 2)
    case .tab, .backTab:
      guard answers.kinds.count > 1 else { return say(.told, "All files have these columns") }
      let step = key == .tab ? 1 : answers.kinds.count - 1
      answers.kind = (answers.kind + step) % answers.kinds.count
      (answers.cursor, answers.preview) = (0, nil)
      return preview(answers)
    case .character(" "), .right, .character("l"):
      if let refusal = refusal(answers) { return say(.warned, refusal) }
      answers.picking = FieldChoice()
    case .backspace, .delete, .character("-"):
      if let refusal = refusal(answers) { return say(.warned, refusal) }
      return assign(nil, answers)
    case .character("$"):
      let known = answers.current.currency ?? answers.current.proposal?.currency ?? ""
      answers.kinds[answers.kind].currencyLine = LineEditor(known)
    case .character("F"): return forget(answers)
    case .enter: return applyColumns(answers)
    default: break
    }
    mode = .assigningColumns(answers)
    return []
  }

  private func refusal(_ answers: ColumnAnswers) -> String? {
    guard answers.column.finding.basis == .map else { return nil }
    return "\(answers.column.finding.name) was given with --map, which wins; start without it to choose here"
  }

  /// Takes a currency for prices that name none: a code of three letters, or nothing.
  private mutating func typeCurrency(_ key: Key, _ line: LineEditor, _ answers: ColumnAnswers) -> [Effect] {
    var (line, answers) = (line, answers)
    switch key {
    case .escape, .control("c"): answers.kinds[answers.kind].currencyLine = nil
    case .enter:
      let code = line.text.trimmed.uppercased()
      guard code.isEmpty || code.utf8.count == 3 && code.utf8.allSatisfy({ $0 &- 0x41 < 26 }) else {
        return say(.warned, "Write a code of three letters, such as RUB, or nothing")
      }
      answers.kinds[answers.kind].currencyLine = nil
      answers.kinds[answers.kind].currency = code.isEmpty ? nil : code
      return preview(answers)
    default:
      _ = line.take(key)
      answers.kinds[answers.kind].currencyLine = line
    }
    mode = .assigningColumns(answers)
    return []
  }

  private mutating func pickField(_ key: Key, _ choice: FieldChoice, _ answers: ColumnAnswers) -> [Effect] {
    var (choice, answers) = (choice, answers)
    let matches = choice.matches
    switch key {
    case .escape, .control("c"): answers.picking = nil
    case .down, .control("n"): choice.cursor = min(choice.cursor + 1, max(0, matches.count - 1))
    case .up, .control("p"): choice.cursor = max(0, choice.cursor - 1)
    case .enter:
      guard matches.indices.contains(choice.cursor) else { return say(.warned, "No field is called like that") }
      answers.picking = nil
      return assign(matches[choice.cursor], answers)
    default: if choice.editor.take(key) { choice.cursor = 0 }
    }
    if answers.picking != nil { answers.picking = choice }
    mode = .assigningColumns(answers)
    return []
  }

  mutating func pasteField(_ text: String, _ answers: ColumnAnswers) {
    var answers = answers
    answers.picking?.editor.insert(text)
    answers.picking?.cursor = 0
    answers.kinds[answers.kind].currencyLine?.insert(text)
    mode = .assigningColumns(answers)
  }

  private mutating func assign(_ field: Field?, _ answers: ColumnAnswers) -> [Effect] {
    var answers = answers
    let owner = answers.current.columns.first { $0.finding.basis == .map && $0.field == field && field != nil }
    if let owner {
      mode = .assigningColumns(answers)
      return say(.warned, "\(field?.rawValue ?? "") was given to \(owner.finding.name) with --map, which wins")
    }
    if let loser = answers.assign(field), let field {
      notice = Notice(.told, "\(field.rawValue) was \(loser) before, which is now no field")
    }
    return preview(answers)
  }

  /// Back to what names and values tell; in force with Enter.
  private mutating func forget(_ answers: ColumnAnswers) -> [Effect] {
    var answers = answers
    let kind = answers.current
    guard kind.isRemembered || kind.isChanged else {
      return say(.warned, "Nothing was chosen for these columns, so there is nothing to forget")
    }
    answers.kinds[answers.kind].isForgotten = true
    for index in kind.columns.indices {
      answers.kinds[answers.kind].columns[index].field = kind.columns[index].finding.field
    }
    answers.isSure = false
    notice = Notice(.told, "Names and values tell these columns again; Enter applies it, Esc leaves all as it was")
    return preview(answers)
  }
}

extension ColumnAnswers {
  fileprivate mutating func move(_ lines: Int) {
    cursor = max(0, min(cursor + lines, current.columns.count - 1))
    isSure = false
  }
}
