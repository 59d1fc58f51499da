import TerminalIO

/// What a key can do to what was decided, and so how sure it must be that it was meant.
package enum KeyWeight: Equatable, Sendable {
  /// Moves, finds, shows: typed by mistake it costs a key to go back.
  case light
  /// Marks listings for a later act.
  case marks
  /// Files a verdict on the listing under the cursor.
  case verdict
  /// Changes what was decided in some other way, or writes a file.
  case decides
  /// Opens something in which the next letters can change what was decided.
  case opens
  /// Ends the program.
  case leaves

  /// Whether text that is taken for keys must never do it.
  var isHeavy: Bool { self != .light }
}

extension State {
  /// What a key would do now.
  func weight(of key: Key) -> KeyWeight {
    switch mode {
    case .browsing: CommandTable.command(for: key, in: focus)?.weight ?? .light
    case .choosing(let menu): menu.subject == .reason && isChoice(key) ? .decides : .light
    case .asking(let question): question.isAnswered(by: key) ? .decides : .light
    case .palette(let editor, let cursor): key == .enter ? weightOfMatch(editor.text, cursor) : .light
    case .addingWord(let sheet): sheet.stage == .asking && isYes(key) ? .decides : .light
    case .writingNote: key == .enter ? .decides : .light
    case .readingProblems(let place): place.editor == nil && key == .character("e") ? .decides : .light
    // What is switched on the sheet is in force only after the question.
    case .readingLexicons: mode.kind == .lexiconQuestion && isYes(key) ? .decides : .light
    case .packetForm(let sheet): sheet.isSubmitted(by: key) ? .decides : .light
    case .namingCasebook: key == .enter ? .decides : .light
    case .assigningColumns: mode.kind == .columns && key == .enter ? .decides : .light
    case .typingFilter, .findingValue, .readingHelp: .light
    }
  }

  private func weightOfMatch(_ text: String, _ cursor: Int) -> KeyWeight {
    let matches = CommandTable.matching(text, in: focus)
    return matches.indices.contains(cursor) ? matches[cursor].weight : .light
  }

  private func isYes(_ key: Key) -> Bool { key == .character("y") || key == .character("Y") }

  private func isChoice(_ key: Key) -> Bool {
    if case .character(let digit) = key { digit.properties.numericType == .decimal } else { key == .enter }
  }
}

extension Question {
  /// Whether a key is one of its answers, and not the way back.
  func isAnswered(by key: Key) -> Bool {
    if key == .control("c") { return act == .leaveUnsaved }
    let twins: [Key: String] = [.character("с"): "c", .character("ч"): "x", .character("ы"): "s"]
    return key != .escape && answers.contains { $0.key == key.label || $0.key == twins[key] }
  }
}

extension PacketFormSheet {
  func isSubmitted(by key: Key) -> Bool {
    key == .control("s") || key == .control("x") || key == .enter && line == PacketDraft.Line.allCases.last
  }
}
