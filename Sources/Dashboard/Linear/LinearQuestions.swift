import Casework
import Sentences
import TerminalIO

// Questions that the next line answers. Only a whole answer does anything; everything else changes nothing.

extension LinearDialogue {
  /// Whether the state asks something now.
  mutating func asks(_ state: State) -> Bool {
    switch state.mode {
    case .question: asking = .question
    case .packet(let sheet):
      if sheet.complaint != nil { asking = sheet.complaintLine.map { .packet($0) } ?? .packetWriting }
      if !sheet.remarks.isEmpty { asking = .packetWriting }
      if asking == nil { asking = .packet(.profile) }
    default: break
    }
    return asking != nil
  }

  /// What is asked now.
  func question(_ state: State) -> [SpokenLine] {
    switch asking {
    case nil: []
    case .note: noteQuestion(state)
    case .reason:
      [
        SpokenLine(
          localized(
            "False positive why? \(Self.numbered(Reason.allCases.map(\.screenLabel))). Anything else decides nothing."))
      ]
    case .question: openQuestion(state)
    case .packet(let line): packetQuestion(line, state)
    case .packetWriting: packetEnd(state)
    }
  }

  /// An answer was typed.
  mutating func answer(_ line: String, to asked: Asking, _ state: State, at now: Moment) -> LinearTurn {
    let typed = line.trimmed
    asking = nil
    switch asked {
    case .note:
      return typed.isEmpty ? LinearTurn(localized("The note stays as it is.")) : note(typed, at: now)
    case .reason:
      return typed.isEmpty ? LinearTurn(localized("Nothing was decided.")) : reason(typed, at: now)
    case .question: return ask(.keys(keys(for: typed, state)), .change(listing: false), at: now)
    case .packet(let line): return packetAnswer(typed, to: line, state, at: now)
    case .packetWriting: return packetEnd(typed, state, at: now)
    }
  }

  /// Gives up what is being asked or said.
  ///
  /// - Returns: nil where there was nothing to give up.
  package mutating func interrupt(_ state: State, at now: Moment) -> LinearTurn? {
    let wasBusy = awaited != nil || asking != nil || !rest.isEmpty
    (awaited, asking, rest) = (nil, nil, [])
    if state.mode.sheet != nil { return ask(.keys([.escape]), .change(listing: false), at: now) }
    return wasBusy ? LinearTurn(localized("Cancelled.")) : nil
  }

  /// What an interrupt says where nothing was going on.
  package static var interruptHint: SpokenLine {
    SpokenLine(localized("Control C again leaves, as quit does; every verdict that was said is saved."))
  }

  // MARK: A note

  private func noteQuestion(_ state: State) -> [SpokenLine] {
    guard let heard else { return [] }
    let now = state.noteDrafts[heard.key] ?? state.ownNote(on: heard.key)
    let words = now.map { localized("The note is: \(SpokenLine($0, bytes: 300).text).") + " " } ?? ""
    let request = localized("Type the note in one line; an empty line leaves it, - removes it.")
    return [SpokenLine(words + request)]
  }

  // MARK: The open question

  private func openQuestion(_ state: State) -> [SpokenLine] {
    guard case .question(let sheet) = state.mode else { return [] }
    let bindings = state.keyBindings
    let answers: [String?] =
      switch sheet.subject {
      case .verdict:
        [verdictAnswers(bindings, number: sheet.asksForNumber), localized("Anything else changes nothing.")]
      case .copies(let decision):
        [
          "all: \(decision.allWords).", decision.oneWords.map { "1: \($0)." },
          localized("\(bindings.shortLabel(of: "open-line")) opens them."), localized("Anything else changes nothing."),
        ]
      case .marks(let decision):
        if let number = sheet.asksForNumber {
          [
            localized("Their number and all, as in \(number) all: \(decision.allWords)."),
            localized("Anything else changes nothing."),
          ]
        } else {
          [
            decision.hasLine
              ? localized("This listing is one of them.") : localized("This listing is not one of them."),
            "all: \(decision.allWords).",
            "1: " + localized("only this listing; not asked again") + ".",
            localized("Anything else changes nothing."),
          ]
        }
      case .undoEarlier:
        ["undo: " + localized("undo it") + ".", localized("Anything else changes nothing.")]
      case .leaveUnsaved:
        [
          "\(bindings.shortLabel(of: "quit")): \(sheet.leaving ?? localized("leave")).",
          localized("Anything else stays."),
        ]
      }
    return [SpokenLine(sheet.text), SpokenLine(answers.compactMap { $0 }.joined(separator: " "))]
  }

  private func verdictAnswers(_ bindings: KeyBindings, number: Int?) -> String {
    let (c, x, s) = (
      bindings.shortLabel(of: "confirm"), bindings.shortLabel(of: "false-positive"), bindings.shortLabel(of: "unsure")
    )
    guard let number else { return localized("\(c) confirms them, \(x) makes them false positives, \(s) unsure.") }
    return localized(
      "Their number and \(c), as in \(number) \(c), confirms them, \(number) \(x) makes them false positives, "
        + "\(number) \(s) unsure.")
  }

  /// The keys that an answer stands for: Esc unless the whole of it is one. Where a number is asked for, it comes first.
  private func keys(for typed: String, _ state: State) -> [Key] {
    guard case .question(let sheet) = state.mode, let number = sheet.asksForNumber else {
      return [key(for: typed, state)]
    }
    let words = typed.split(separator: " ", maxSplits: 1).map(String.init)
    guard words.count == 2, words[0] == String(number) else { return [.escape] }
    return words[0].unicodeScalars.map { .character($0) } + [key(for: words[1], state)]
  }

  private func key(for typed: String, _ state: State) -> Key {
    guard case .question(let sheet) = state.mode else { return .escape }
    let word = typed.lowercased()
    // The number is typed before the answer.
    var numbered = sheet
    numbered.asksForNumber = nil
    let rows = numbered.shownRows(state.keyBindings)
    /// The key of a command in the question, where its name or one of its letters was typed.
    func answer(_ command: String, _ words: String...) -> Key? {
      guard let row = rows.first(where: { $0.row.follows == [command] }), let first = row.keys.first else { return nil }
      let letters = row.keys.compactMap(\.letter).map { String(Character($0)) }
      return words.contains(word) || letters.contains(typed) || letters.contains(word) ? first : nil
    }
    switch sheet.subject {
    case .verdict:
      return answer("confirm", "confirm") ?? answer("false-positive", "false-positive", "false positive")
        ?? answer("unsure", "unsure") ?? .escape
    case .copies, .marks:
      // Not an empty line, as Enter in the dashboard: it is what one types to go on.
      let words: [String: Key] = ["all": .enter, "1": .character("1")]
      return words[word] ?? answer("open-line", "open") ?? .escape
    case .undoEarlier:
      // Its letter on the screen means something else here.
      return word == "undo" ? .enter : .escape
    case .leaveUnsaved: return answer("quit", "quit", "leave") ?? .escape
    }
  }

  // MARK: The packet

  private var packetLines: [PacketDraft.Line] { PacketDraft.Line.allCases }

  private func packetQuestion(_ line: PacketDraft.Line, _ state: State) -> [SpokenLine] {
    guard case .packet(let sheet) = state.mode else { return [] }
    var lines: [SpokenLine] = []
    if line == sheet.complaintLine { lines += complaint(sheet) }
    if line == .profile, sheet.complaint == nil {
      lines.append(
        SpokenLine(
          localized(
            "Packet: \(sheet.subject). An empty line keeps what is in brackets, - empties it, write writes it now, "
              + "back goes back, cancel gives up.")))
    }
    let number = (packetLines.firstIndex(of: line) ?? 0) + 1
    let choices = Self.choices(line, sheet)
    let place = localized("\(number) of \(packetLines.count).", context: "questions")
    let named = choices.isEmpty ? "" : ", " + localized("one of \(Self.numbered(choices.map(\.name)))")
    let now = sheet.draft[line].isEmpty ? localized("nothing", context: "an empty value") : sheet.draft[line]
    lines.append(SpokenLine("\(place) \(line.label)\(named) [\(now)]:"))
    return lines
  }

  private func complaint(_ sheet: PacketSheet) -> [SpokenLine] {
    guard let complaint = sheet.complaint else { return [] }
    let openings = ["No packet was written", localized("No packet was written")]
    let isWhole = openings.contains { complaint.hasPrefix($0) }
    return [SpokenLine(isWhole ? complaint : "\(openings[1]): \(complaint)")]
  }

  /// What a line is answered with, and what that means.
  private static func choices(_ line: PacketDraft.Line, _ sheet: PacketSheet) -> [(name: String, about: String)] {
    if line == .profile { return sheet.recipients.map { ($0.name, "\($0.title). \($0.about)") } }
    return line.choices.map { ($0, "") }
  }

  private mutating func packetAnswer(
    _ typed: String, to line: PacketDraft.Line, _ state: State, at now: Moment
  ) -> LinearTurn {
    guard case .packet(let sheet) = state.mode else { return LinearTurn() }
    let place = packetLines.firstIndex(of: line) ?? 0
    switch typed.lowercased() {
    case "": return packetNext(place + 1, state)
    case "cancel": return ask(.keys([.escape]), .change(listing: false), at: now)
    case "write":
      asking = .packetWriting
      return packetEnd("write", state, at: now)
    case "back": return packetNext(max(0, place - 1), state)
    case "?":
      asking = .packet(line)
      return page(packetHelp(line, sheet) + packetQuestion(line, state))
    default: break
    }
    var answer = typed == "-" ? "" : typed
    let choices = Self.choices(line, sheet).map(\.name)
    if !choices.isEmpty {
      let numbered = LinearLine.number(typed).flatMap { choices.indices.contains($0 - 1) ? choices[$0 - 1] : nil }
      guard let chosen = numbered ?? choices.first(where: { $0.lowercased() == typed.lowercased() }) else {
        asking = .packet(line)
        return LinearTurn(
          lines: [SpokenLine(localized("“\(typed)” is none of the choices; nothing was changed."))]
            + packetQuestion(line, state))
      }
      answer = chosen
    }
    if line == .legal, let unknown = Self.unknownLegal(answer, sheet) {
      asking = .packet(line)
      return LinearTurn(
        lines: [SpokenLine(localized("There is no legal basis \(unknown); ? names them."))]
          + packetQuestion(line, state))
    }
    var turn = ask(.packetAnswer(line, answer), .change(listing: false), at: now)
    asking = place + 1 < packetLines.count ? .packet(packetLines[place + 1]) : .packetWriting
    turn.lines = []
    return turn
  }

  private mutating func packetNext(_ place: Int, _ state: State) -> LinearTurn {
    asking = place < packetLines.count ? .packet(packetLines[place]) : .packetWriting
    return LinearTurn(lines: question(state))
  }

  private static func unknownLegal(_ answer: String, _ sheet: PacketSheet) -> String? {
    answer.split(separator: " ").map(String.init).first { id in !sheet.legalBases.contains { $0.id == id } }
  }

  private func packetHelp(_ line: PacketDraft.Line, _ sheet: PacketSheet) -> [SpokenLine] {
    if line == .legal {
      return [SpokenLine(localized("Names separated by blanks:"))]
        + sheet.legalBases.map { SpokenLine("\($0.id): \($0.citation). \($0.about)") }
    }
    let choices = Self.choices(line, sheet).map { SpokenLine($0.about.isEmpty ? $0.name : "\($0.name): \($0.about)") }
    return choices.isEmpty ? [SpokenLine(localized("Any text in one line."))] : choices
  }

  private func packetEnd(_ state: State) -> [SpokenLine] {
    guard case .packet(let sheet) = state.mode else { return [] }
    if !sheet.remarks.isEmpty {
      return [
        SpokenLine(localized("Before it leaves: \(sheet.remarks.joined(separator: "; ")).")),
        SpokenLine(localized("write writes it anyway, back goes to the questions, cancel gives up.")),
      ]
    }
    return complaint(sheet) + [
      SpokenLine(
        localized(
          "Write the packet of \(sheet.subject) into \(sheet.draft[.folder])? write, the number of a question, "
            + "back to the first, or cancel."))
    ]
  }

  private mutating func packetEnd(_ typed: String, _ state: State, at now: Moment) -> LinearTurn {
    switch typed.lowercased() {
    case "write": return ask(.keys([.control("s")]), .change(listing: false), at: now)
    case "cancel": return ask(.keys([.escape]), .change(listing: false), at: now)
    case "back": return packetNext(0, state)
    default:
      if let number = LinearLine.number(typed), (1...packetLines.count).contains(number) {
        return packetNext(number - 1, state)
      }
      asking = .packetWriting
      return LinearTurn(lines: [SpokenLine(localized("Nothing was written."))] + packetEnd(state))
    }
  }
}
