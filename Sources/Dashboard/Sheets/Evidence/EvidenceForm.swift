import Casework
import Sentences
import TerminalIO
import TextCells

/// How a path that was typed goes on.
package struct PathCompletion: Equatable, Sendable {
  /// The path as far as it is certain.
  package let text: String
  /// The names that begin so; those of folders end in a slash.
  package let names: [String]

  package init(text: String, names: [String]) { (self.text, self.names) = (text, names) }
}

/// The form in which a file is attached to a listing.
package struct EvidenceForm: Sheet {
  package var draft = AttachmentDraft()
  package private(set) var part = AttachmentDraft.Part.path
  package private(set) var editor = LineEditor()
  /// The sheet to go back to.
  package var from: EvidenceSheet
  /// The names with which the path may go on.
  package private(set) var candidates: [String] = []
  package private(set) var complaint: String?
  private var wrongPart: AttachmentDraft.Part?
  package private(set) var isWriting = false

  init(from sheet: EvidenceSheet) {
    from = sheet
    draft[.method] = CaptureMethod.screenshot.rawValue
  }

  static let name = "the form of an attachment"
  var mode: Mode { .evidenceForm(self) }
  var kind: Mode.Kind { isWriting ? .evidenceWriting : .evidenceForm }

  // MARK: Its keys

  static let keys = form + writing
  var activeKeys: [SheetKey<EvidenceForm>] { isWriting ? Self.writing : Self.form }

  private static let form: [SheetKey<EvidenceForm>] = [
    SheetKey([.control("s"), .control("x")], Sentence("attach the file"), hint: Sentence("attach"), weight: .decides) {
      form, _ in
      .stay(form.submit())
    },
    SheetKey([.enter], Sentence("attach the file"), weight: .decides, when: { $0.part == .note }) { form, _ in
      .stay(form.submit())
    },
    SheetKey(
      [.escape, .control("c")], Sentence("attach nothing, back to the evidence"), hint: Sentence("attach nothing")
    ) { form, state in
      form.leave(&state)
    },
    SheetKey([.tab], Sentence("complete the path"), hint: Sentence("complete"), when: { $0.part == .path }) { form, _ in
      .stay([.completePath(form.draft[.path])])
    },
    SheetKey([.tab, .down, .enter], Sentence("the next line"), hint: Sentence("next")) { form, _ in form.go(1) },
    SheetKey([.up, .backTab], Sentence("the line before")) { form, _ in form.go(-1) },
    .saying(Sentence("← → choose"), when: \.isChosen),
    SheetKey([.right, .character(" ")], Sentence("the next choice"), when: \.isChosen) { form, _ in form.turn(1) },
    SheetKey([.left], Sentence("the choice before"), when: \.isChosen) { form, _ in form.turn(-1) },
  ]

  private static let writing: [SheetKey<EvidenceForm>] = [
    SheetKey(
      [.escape, .control("c")], Sentence("back to the evidence; the file is still attached"),
      hint: Sentence("back; it is still attached")
    ) { form, state in form.leave(&state) }
  ]

  private var isChosen: Bool { part == .method }

  mutating func type(_ key: Key, _ state: inout State) -> SheetStep {
    if !isWriting, !isChosen, editor.take(key) { change() }
    return .stay()
  }

  mutating func paste(_ text: String, _ state: inout State) -> SheetStep? {
    if !isWriting, !isChosen {
      editor.insert(text)
      change()
    }
    return .stay()
  }

  private mutating func change() {
    draft[part] = editor.text
    if part == .path { candidates = [] }
  }

  private mutating func go(_ lines: Int) -> SheetStep {
    let parts = AttachmentDraft.Part.allCases
    let now = parts.firstIndex(of: part) ?? 0
    go(to: parts[max(0, min(now + lines, parts.count - 1))])
    return .stay()
  }

  private mutating func go(to part: AttachmentDraft.Part) {
    self.part = part
    candidates = []
    editor = LineEditor(draft[part])
  }

  private mutating func turn(_ direction: Int) -> SheetStep {
    let choices = CaptureMethod.allCases
    let now = choices.firstIndex { $0.rawValue == draft[.method] } ?? 0
    draft[.method] = choices[(now + direction + choices.count) % choices.count].rawValue
    return .stay()
  }

  private func leave(_ state: inout State) -> SheetStep {
    state.mode = .evidence(from)
    state.settleSheet()
    return .close()
  }

  private mutating func submit() -> [Effect] {
    (complaint, wrongPart) = (nil, nil)
    var stated = draft
    for part in AttachmentDraft.Part.allCases { stated[part] = stated[part].trimmed }
    // A blank may be part of a file's name, but not all of it.
    stated[.path] = stated[.path].isEmpty ? "" : draft[.path]
    if stated[.path].isEmpty {
      refuse(AttachmentProblem.noFile.sentence, .path)
      return []
    }
    isWriting = true
    return [.attach(stated, from.request)]
  }

  /// The file was not attached.
  mutating func refuse(_ why: String, _ part: AttachmentDraft.Part?) {
    isWriting = false
    (complaint, wrongPart) = (why, part)
    if let part { go(to: part) }
  }

  /// The path goes on so, if it is still the one that was asked for.
  mutating func complete(_ completion: PathCompletion, of typed: String) {
    guard part == .path, draft[.path] == typed else { return }
    editor = LineEditor(completion.text)
    draft[.path] = completion.text
    candidates = completion.names
  }

  // MARK: Its nodes

  func hint(_ state: State) -> Piece? {
    guard let complaint, state.size.rows < Layout.sheetRows else { return nil }
    return Piece(SafeText(complaint), .failure)
  }

  func node(_ state: State, in room: Size) -> Node? {
    let parts = AttachmentDraft.Part.allCases
    return .sheet(
      SafeText(localized("Attach a file to:") + " ") + from.title, in: room, columns: 84, rows: parts.count + 6
    ) { inside in
      let (words, role) = message
      let foot = Node.wrapped(words, role, width: inside.columns - 2, most: max(1, min(4, inside.rows - 1)))
      let rows = inside.rows - foot.count
      let top = State.scrolled(0, to: parts.firstIndex(of: part) ?? 0, rows: rows)
      let shown = parts.dropFirst(top).prefix(rows).map { node($0, width: inside.columns) }
      return shown + Array(repeating: .blank, count: max(0, rows - shown.count)) + foot
    }
  }

  private func node(_ line: AttachmentDraft.Part, width: Int) -> Node {
    let isCurrent = line == part
    let answer =
      line == .method ? CaptureMethod(rawValue: draft[line])?.screenLabel ?? draft[line] : draft[line]
    return .formLine(
      line.label, answer, editor: isCurrent && !isChosen ? editor : nil, isCurrent: isCurrent,
      isWrong: line == wrongPart, labelWidth: min(14, width / 3), width: width)
  }

  private var message: (SafeText, Role) {
    if isWriting { return (SafeText(localized("copying the file …")), .progress) }
    if let complaint { return (SafeText(complaint), .failure) }
    let more = candidates.count - 30
    let words =
      switch part {
      case .path where candidates.count > 1:
        candidates.prefix(30).joined(separator: "  ")
          + (more > 0 ? "  " + localized(more, one: "… \(more) more", other: "… \(more) more") : "")
      case .path: localized("The file is copied beside the casebook, and stays there whatever becomes of the original")
      case .method: localized("The kind of file is detected from its content")
      case .capturedAt: localized("As 2026-11-18T11:06Z or 2026-11-18T18:06+07:00; empty: not known")
      case .note: localized("In your own words")
      }
    return (SafeText(words), .faint)
  }
}
