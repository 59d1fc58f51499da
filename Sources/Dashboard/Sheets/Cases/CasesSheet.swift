import Casework
import Sentences
import TerminalIO
import TextCells

/// What became of the packets: a line for each packet and recipient, the open ones that were left alone longest first. Enter
/// shows the steps of one and its listings.
package struct CasesSheet: Sheet {
  /// Nil while it is being read.
  package var board: CaseBoard?
  /// Why it is not known; nil where it is.
  var trouble: String?
  var list = ListPosition()
  /// The line that is open, by its packet and recipient.
  fileprivate var opened: Opened?
  var inside = ListPosition()

  /// What names a line.
  fileprivate struct Opened: Equatable, Sendable {
    let export: String
    let recipient: CaseRecipient?
  }

  static let name = "the cases"
  var mode: Mode { .cases(self) }
  var kind: Mode.Kind { .cases }

  // MARK: Its keys

  static let keys: [SheetKey<CasesSheet>] =
    [
      SheetKey(
        [.escape, .left, .character("h"), .backspace], Sentence("one level back"), hint: Sentence("back"),
        as: ["from-detail"]
      ) {
        $0.back($1)
      },
      SheetKey(
        [.enter, .right, .character("l")], Sentence("the steps of the case, and what became of its listings"),
        hinted: { $0.opened == nil ? localized("steps") : nil }, when: { $0.opened == nil }, as: ["open"]
      ) { $0.open($1) },
      SheetKey([.character("r")], Sentence("record a step"), hint: Sentence("record a step"), weight: .opens) {
        $0.startStep(&$1)
      },
      SheetKey(
        [.character("u")], Sentence("take back the step under the cursor; that is recorded, too"),
        hint: Sentence("take it back"),
        weight: .decides, when: { $0.opened != nil }, as: ["undo"]
      ) { .stay($0.takeBack(&$1)) },
      SheetKey([.character("y")], Sentence("copy the packet's name"), hint: Sentence("copy"), as: ["copy"]) {
        sheet, _ in
        .stay(sheet.line.map { [.copy($0.packet.name.withoutControls)] } ?? [])
      },
      SheetKey([.character("q"), .character("C"), .control("c")], Sentence("close"), as: ["quit", "cases"]) { _, _ in
        .close()
      },
    ] + SheetKey.moving(spaceTurns: true) { sheet, step, state in sheet.move(step, state) }

  private mutating func back(_ state: State) -> SheetStep {
    if opened == nil { return .close() }
    opened = nil
    return .stay()
  }

  private mutating func open(_ state: State) -> SheetStep {
    guard let line else { return .stay() }
    opened = Opened(export: line.packet.export, recipient: line.recipient)
    inside = ListPosition()
    return .stay()
  }

  private func startStep(_ state: inout State) -> SheetStep {
    if let refusal = state.decidingBlocked { return .stay(state.say(.warned, refusal)) }
    guard let line else { return .stay() }
    state.mode = .caseForm(CaseForm(for: line, from: self))
    return .close()
  }

  private func takeBack(_ state: inout State) -> [Effect] {
    if let refusal = state.decidingBlocked { return state.say(.warned, refusal) }
    guard case .step(let step)? = entry else {
      return state.say(.warned, localized("This is no step; move to one to take it back"))
    }
    if step.isRetracted { return state.say(.warned, localized("This step has already been taken back")) }
    if step.chain != nil {
      return state.say(.warned, localized("This step came from another casebook; take it back there, and merge again"))
    }
    return [.retractStep(step.number)]
  }

  // MARK: What it lists

  /// The line that is open, or under the cursor; nil where there is none.
  var line: CaseLine? {
    guard let lines = board?.lines else { return nil }
    guard let opened else { return lines.indices.contains(list.cursor) ? lines[list.cursor] : nil }
    return lines.first { $0.packet.export == opened.export && $0.recipient == opened.recipient }
  }

  /// Whether one case is open.
  var isInside: Bool { opened != nil }

  /// A line of an open case.
  enum Entry: Equatable {
    case made(ExportedPacket)
    case step(RecordedStep)
    case listing(FollowedListing)
  }

  /// The steps of the open case, and its listings.
  var entries: [Entry] {
    guard isInside, let line else { return [] }
    return [.made(line.packet)] + line.steps.map { .step($0) } + line.listings.map { .listing($0) }
  }

  /// What is under the cursor of an open case.
  var entry: Entry? {
    let entries = entries
    return entries.indices.contains(inside.cursor) ? entries[inside.cursor] : nil
  }

  // MARK: Moving

  private var count: Int { isInside ? entries.count : board?.lines.count ?? 0 }

  private mutating func move(_ step: Step, _ state: State) {
    let rows = Self.listRows(state)
    if isInside { inside.move(step, rows: rows, count: count) } else { list.move(step, rows: rows, count: count) }
  }

  mutating func settle(_ state: State) {
    if isInside, line == nil { opened = nil }
    let rows = Self.listRows(state)
    if isInside { inside.settle(rows: rows, count: count) }
    list.settle(rows: rows, count: board?.lines.count ?? 0)
  }
}

extension State {
  /// Why there are no cases to show; nil where there may be.
  var casesBlocked: String? {
    casebook.isOpen ? nil : Self.casebookIsBeingRead
  }

  mutating func startCases() -> [Effect] {
    mode = .cases(CasesSheet())
    return [.findCases]
  }

  /// The sheet that is open, or waits behind a form.
  private mutating func changeCases(_ change: (inout CasesSheet) -> Void) {
    switch mode {
    case .cases(var sheet):
      change(&sheet)
      mode = .cases(sheet)
      settleSheet()
    case .caseForm(var form):
      change(&form.from)
      mode = .caseForm(form)
    default: break
    }
  }

  /// What became of the packets was read.
  mutating func show(_ board: CaseBoard) -> [Effect] {
    changeCases { ($0.board, $0.trouble) = (board, nil) }
    return []
  }

  mutating func showNoCases(_ why: String) -> [Effect] {
    changeCases { $0.trouble = why }
    return say(.failed, why)
  }

  /// A step is on disk.
  mutating func finishStep(_ sentence: String) -> [Effect] {
    if case .caseForm(let form) = mode, form.isWriting {
      mode = .cases(form.from)
      settleSheet()
    }
    return say(.info, sentence)
  }

  mutating func refuseStep(_ why: String, _ part: StepDraft.Part?) -> [Effect] {
    guard case .caseForm(var form) = mode, form.isWriting else { return say(.failed, why) }
    form.refuse(why, part)
    mode = .caseForm(form)
    return []
  }
}
