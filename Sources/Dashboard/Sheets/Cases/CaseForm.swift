import Casework
import Sentences
import TerminalIO
import TextCells

/// The form in which a step of a packet is recorded. Its lines depend on the step.
package struct CaseForm: Sheet {
  package var draft: StepDraft
  package private(set) var part = StepDraft.Part.step
  var editor = LineEditor()
  /// The sheet to go back to.
  var from: CasesSheet
  /// The platforms to choose from.
  private let platforms: [String]
  private let subject: String
  package private(set) var complaint: String?
  private var wrongPart: StepDraft.Part?
  package private(set) var isWriting = false

  init(for line: CaseLine, from sheet: CasesSheet) {
    draft = StepDraft(packet: line.packet.name)
    draft[.recipient] = line.recipient?.organisation ?? ""
    draft[.step] = Self.next(line).rawValue
    platforms = line.one.platforms
    subject = line.packet.name
    from = sheet
  }

  /// What is most likely to be recorded next.
  private static func next(_ line: CaseLine) -> StepKind {
    guard line.sent != nil else { return .sent }
    guard let last = line.steps.last(where: { !$0.isRetracted })?.step else { return .sent }
    switch last.kind {
    case .sent: return .acknowledged
    // Whom it was referred to has to answer; who referred it is done with it.
    case .referred where last.recipient?.organisation != line.recipient?.organisation: return .acknowledged
    case .acknowledged: return line.recipient?.isPlatform == true ? .removed : .opened
    case .opened: return .charged
    default: return line.recipient?.isPlatform == true ? .removed : .outcome
    }
  }

  static let name = "the form of a step"
  var mode: Mode { .caseForm(self) }
  var kind: Mode.Kind { isWriting ? .caseWriting : .caseForm }

  // MARK: Its keys

  static let keys = form + writing
  var activeKeys: [SheetKey<CaseForm>] { isWriting ? Self.writing : Self.form }

  private static let form: [SheetKey<CaseForm>] = [
    SheetKey([.control("s"), .control("x")], Sentence("record the step"), hint: Sentence("record"), weight: .decides) {
      form, _ in
      .stay(form.submit())
    },
    SheetKey([.enter], Sentence("record the step"), weight: .decides, when: { $0.part == $0.parts.last }) { form, _ in
      .stay(form.submit())
    },
    SheetKey([.escape, .control("c")], Sentence("record none, back to the cases"), hint: Sentence("record none")) {
      form, state in
      form.leave(&state)
    },
    SheetKey([.tab, .down, .enter], Sentence("the next line"), hint: Sentence("next")) { form, _ in form.go(1) },
    SheetKey([.up, .backTab], Sentence("the line before")) { form, _ in form.go(-1) },
    .saying(Sentence("← → choose"), when: \.isChosen),
    SheetKey([.right, .character(" ")], Sentence("the next choice"), when: \.isChosen) { form, _ in form.turn(1) },
    SheetKey([.left], Sentence("the choice before"), when: \.isChosen) { form, _ in form.turn(-1) },
  ]

  private static let writing: [SheetKey<CaseForm>] = [
    SheetKey(
      [.escape, .control("c")], Sentence("back to the cases; the step is still recorded"),
      hint: Sentence("back; it is still recorded")
    ) { form, state in form.leave(&state) }
  ]

  /// The step that is being recorded.
  private var step: StepKind { StepKind(rawValue: draft[.step]) ?? .sent }

  /// The lines that it has now.
  package var parts: [StepDraft.Part] {
    [.step] + StepDraft.parts(of: step).filter { $0 != .platform || platforms.count > 1 }
  }

  /// The answers to choose from; empty where any text will do.
  private var choices: [String] {
    switch part {
    case .step: StepKind.allCases.map(\.rawValue)
    case .outcome: CaseOutcome.allCases.map(\.rawValue)
    case .platform: [""] + platforms
    default: []
    }
  }

  private var isChosen: Bool { !choices.isEmpty }

  mutating func type(_ key: Key, _ state: inout State) -> SheetStep {
    if !isWriting, !isChosen, editor.take(key) { draft[part] = editor.text }
    return .stay()
  }

  mutating func paste(_ text: String, _ state: inout State) -> SheetStep? {
    if !isWriting, !isChosen {
      editor.insert(text)
      draft[part] = editor.text
    }
    return .stay()
  }

  private mutating func go(_ lines: Int) -> SheetStep {
    let parts = parts
    let now = parts.firstIndex(of: part) ?? 0
    go(to: parts[max(0, min(now + lines, parts.count - 1))])
    return .stay()
  }

  private mutating func go(to part: StepDraft.Part) {
    self.part = part
    if part == .outcome, draft[.outcome].isEmpty { draft[.outcome] = CaseOutcome.allCases[0].rawValue }
    editor = LineEditor(draft[part])
  }

  private mutating func turn(_ direction: Int) -> SheetStep {
    let choices = choices
    let now = choices.firstIndex(of: draft[part]) ?? 0
    draft[part] = choices[(now + direction + choices.count) % choices.count]
    return .stay()
  }

  private func leave(_ state: inout State) -> SheetStep {
    state.mode = .cases(from)
    state.settleSheet()
    return .close()
  }

  private mutating func submit() -> [Effect] {
    isWriting = true
    (complaint, wrongPart) = (nil, nil)
    var stated = draft
    // What was typed for another step is not stated of this one.
    for part in StepDraft.Part.allCases where !parts.contains(part) { stated[part] = "" }
    for part in StepDraft.Part.allCases { stated[part] = stated[part].trimmed }
    return [.recordStep(stated)]
  }

  /// The casebook did not record it.
  mutating func refuse(_ why: String, _ part: StepDraft.Part?) {
    isWriting = false
    (complaint, wrongPart) = (why, part)
    if let part, parts.contains(part) { go(to: part) }
  }

  // MARK: Its nodes

  func hint(_ state: State) -> Piece? {
    guard let complaint, state.size.rows < Layout.sheetRows else { return nil }
    return Piece(SafeText(complaint), .failure)
  }

  func node(_ state: State, in room: Size) -> Node? {
    let parts = parts
    return .sheet(SafeText(localized("A step of \(subject)")), in: room, columns: 84, rows: parts.count + 5) { inside in
      let (words, role) = message
      let isSilent = inside.rows < 8 && !isWriting && complaint == nil
      let foot =
        isSilent ? [] : Node.wrapped(words, role, width: inside.columns - 2, most: min(3, inside.rows - 1))
      let rows = inside.rows - foot.count
      let top = State.scrolled(0, to: parts.firstIndex(of: part) ?? 0, rows: rows)
      let shown = parts.dropFirst(top).prefix(rows).map { node($0, width: inside.columns) }
      return shown + Array(repeating: .blank, count: max(0, rows - shown.count)) + foot
    }
  }

  private func node(_ line: StepDraft.Part, width: Int) -> Node {
    let isCurrent = line == part
    let stated = draft[line]
    let answer =
      switch line {
      case .step: StepKind(rawValue: stated)?.choiceLabel ?? stated
      case .outcome: CaseOutcome(rawValue: stated)?.screenLabel ?? stated
      case .platform where stated.isEmpty: localized("not stated")
      default: stated
      }
    return .formLine(
      line.label, answer, editor: isCurrent && !isChosen ? editor : nil, isCurrent: isCurrent,
      isWrong: line == wrongPart, labelWidth: min(20, width / 3), width: width)
  }

  private var message: (SafeText, Role) {
    if isWriting { return (SafeText(localized("recording …")), .progress) }
    if let complaint { return (SafeText(complaint), .failure) }
    let words =
      switch part {
      case .day: localized("As 2026-11-18; empty: today")
      case .listings: localized("As L0001 L0003; empty: all that it can act on")
      case .category: localized("Empty: \(StepDraft.usualCategory)")
      case .recipient: localized("A recipient of the packet; with sent also another body")
      case .note: step == .withdrawn ? localized("The reason") : localized("In your own words")
      default: localized("It becomes an event of the casebook, bound to the packet's hash")
      }
    return (SafeText(words), .faint)
  }
}
