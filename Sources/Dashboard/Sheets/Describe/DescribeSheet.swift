import Casework
import Listings
import Sentences
import TerminalIO
import TextCells

/// What is stated of a listing, or of the marked ones, in codes: a line for each aspect, answered by choosing.
///
/// Shape:  only lines that were touched are filed; of several listings with different values a line says so until it is.
package struct DescribeSheet: Sheet {
  let rows: [Int]
  /// What it is about, in words.
  let subject: String
  private let codes: DescriptionCodes
  /// What is stated now, if it is the same of all.
  private let present: [Aspect: Described]
  /// The aspects of which the listings have different values.
  private let differing: Set<Aspect>
  /// What was chosen or typed, by aspect; empty clears.
  package private(set) var answers: [Aspect: String] = [:]
  package private(set) var aspect = Aspect.species
  /// For what is typed.
  private var editor = LineEditor()
  /// What was typed to find a choice.
  private var typed = ""
  /// The place among the documents.
  private var document = 0
  package private(set) var complaint: String?

  init(rows: [Int], subject: String, codes: DescriptionCodes, statuses: [ReviewStatus]) {
    (self.rows, self.subject, self.codes) = (rows, subject, codes)
    var present: [Aspect: Described] = [:]
    var differing: Set<Aspect> = []
    for aspect in Aspect.allCases {
      let values = statuses.map { $0.description[aspect] }
      if Set(values.map { $0?.value }).count > 1 {
        differing.insert(aspect)
      } else if let same = values.first ?? nil {
        present[aspect] = same
      }
    }
    (self.present, self.differing) = (present, differing)
  }

  static let name = "the description"
  var mode: Mode { .describe(self) }
  var kind: Mode.Kind { .describeForm }

  // MARK: Its keys

  static let keys: [SheetKey<DescribeSheet>] = [
    SheetKey(
      [.control("s"), .control("x")], Sentence("save the changes"), hint: Sentence("save"), weight: .decides
    ) {
      $0.submit(&$1)
    },
    SheetKey(
      [.enter], Sentence("save the changes"), weight: .decides, when: { $0.aspect == Aspect.allCases.last }
    ) { $0.submit(&$1) },
    SheetKey([.escape, .control("c")], Sentence("back; nothing is saved"), hint: Sentence("save nothing")) {
      sheet, state in
      .close(sheet.changes.isEmpty ? [] : state.say(.info, localized("Nothing was saved")))
    },
    SheetKey([.tab, .down, .enter], Sentence("the next line"), hint: Sentence("next")) { sheet, _ in sheet.go(1) },
    SheetKey([.up, .backTab], Sentence("the line before")) { sheet, _ in sheet.go(-1) },
    .saying(Sentence("← → or its first letters choose"), when: { !$0.aspect.isTyped }),
    SheetKey([.right], Sentence("the next choice"), when: { !$0.aspect.isTyped }) { sheet, _ in sheet.turn(1) },
    SheetKey([.left], Sentence("the choice before"), when: { !$0.aspect.isTyped }) { sheet, _ in sheet.turn(-1) },
    SheetKey(
      [.character(" ")], Sentence("the seller claims this document, or not"), hint: Sentence("claimed or not"),
      when: { $0.aspect == .documents }
    ) { sheet, _ in sheet.toggleDocument() },
    SheetKey([.character(" ")], Sentence("the next choice"), when: { !$0.aspect.isTyped }) { sheet, _ in sheet.turn(1)
    },
    SheetKey([.delete, .backspace], Sentence("not stated"), hint: Sentence("clear"), when: { !$0.aspect.isTyped }) {
      sheet, _ in
      sheet.answer("")
      return .stay()
    },
  ]

  /// The choices of the line.
  private var choices: [DescriptionCodes.Code] { codes.choices(aspect) }

  mutating func type(_ key: Key, _ state: inout State) -> SheetStep {
    if aspect.isTyped {
      if editor.take(key) { answer(editor.text) }
    } else if case .character(let scalar) = key {
      find(String(Character(scalar)))
    }
    return .stay()
  }

  mutating func paste(_ text: String, _ state: inout State) -> SheetStep? {
    if aspect.isTyped {
      editor.insert(text)
      answer(editor.text)
    }
    return .stay()
  }

  private mutating func answer(_ text: String) {
    answers[aspect] = text
    complaint = nil
  }

  private mutating func go(_ lines: Int) -> SheetStep {
    let all = Aspect.allCases
    go(to: all[max(0, min((all.firstIndex(of: aspect) ?? 0) + lines, all.count - 1))])
    return .stay()
  }

  private mutating func go(to aspect: Aspect) {
    self.aspect = aspect
    editor = LineEditor(aspect.isTyped ? value(of: aspect).replacing(",", with: " ") : "")
    (typed, document) = ("", 0)
  }

  /// Walks through "not stated" and the choices; of documents only the place moves.
  private mutating func turn(_ direction: Int) -> SheetStep {
    typed = ""
    guard !choices.isEmpty else { return .stay() }
    if aspect == .documents {
      document = (document + direction + choices.count) % choices.count
      return .stay()
    }
    let values = [""] + choices.map(\.code)
    let now = values.firstIndex(of: value(of: aspect)) ?? 0
    answer(values[(now + direction + values.count) % values.count])
    return .stay()
  }

  /// The first choice that begins with what was typed; where none does, with the last letter alone.
  private mutating func find(_ letter: String) {
    for wanted in [typed + letter, letter] {
      let folded = Folding.folded(wanted)
      guard let place = choices.firstIndex(where: { Folding.folded($0.code).hasPrefix(folded) }) else { continue }
      typed = wanted
      if aspect == .documents { document = place } else { answer(choices[place].code) }
      return
    }
  }

  private mutating func toggleDocument() -> SheetStep {
    guard choices.indices.contains(document) else { return .stay() }
    let code = choices[document].code
    var words = Set(value(of: .documents).split(separator: ",").map(String.init))
    if words.contains(code) {
      words.remove(code)
    } else {
      // That none is claimed, and that one is, cannot both be.
      if code == Aspect.noDocuments { words = [] } else { words.remove(Aspect.noDocuments) }
      words.insert(code)
    }
    answer(words.sorted().joined(separator: ","))
    return .stay()
  }

  /// What a line holds now: what was chosen, else what is stated.
  private func value(of aspect: Aspect) -> String { answers[aspect] ?? present[aspect]?.value ?? "" }

  /// What was touched and says something else than what is stated.
  package var changes: [(aspect: Aspect, text: String)] {
    Aspect.allCases.compactMap { aspect in
      guard let text = answers[aspect] else { return nil }
      let said = aspect == .tags ? Aspect.tags(typed: text) : text.trimmed
      let isSame = !differing.contains(aspect) && said == present[aspect]?.value ?? ""
      return isSame ? nil : (aspect, text)
    }
  }

  private mutating func submit(_ state: inout State) -> SheetStep {
    var read: [DescriptionChange] = []
    for (aspect, text) in changes {
      do throws(DescriptionProblem) {
        read.append(try codes.read(text, aspect))
      } catch {
        go(to: aspect)
        complaint = error.sentence
        return .stay()
      }
    }
    guard !read.isEmpty else { return .close(state.say(.info, localized("Nothing was changed, so nothing is saved"))) }
    return .close(state.file(.described(read), for: rows))
  }

  // MARK: Its nodes

  func hint(_ state: State) -> Piece? {
    guard let complaint, state.size.rows < Layout.sheetRows else { return nil }
    return Piece(SafeText(complaint), .failure)
  }

  func node(_ state: State, in room: Size) -> Node? {
    let lines = Aspect.allCases
    return .sheet(SafeText(subject), in: room, columns: 78, rows: lines.count + 5) { inside in
      let (words, role) = message(state)
      let isSilent = inside.rows < 6 && complaint == nil
      let foot = isSilent ? [] : Node.wrapped(words, role, width: inside.columns - 2, most: min(3, inside.rows - 1))
      let rows = inside.rows - foot.count
      let top = State.scrolled(0, to: lines.firstIndex(of: aspect) ?? 0, rows: rows)
      let shown = lines.dropFirst(top).prefix(rows).map { node($0, width: inside.columns) }
      return shown + Array(repeating: .blank, count: max(0, rows - shown.count)) + foot
    }
  }

  private func node(_ line: Aspect, width: Int) -> Node {
    let isCurrent = line == aspect
    return .formLine(
      line.label, shown(line), editor: isCurrent && line.isTyped ? editor : nil, isCurrent: isCurrent,
      isWrong: isCurrent && complaint != nil, labelWidth: min(18, width / 3), width: width)
  }

  /// The answer, with who gave the one that is stated.
  private func shown(_ line: Aspect) -> String {
    if let answer = answers[line] { return answer.isEmpty ? localized("not stated (cleared)") : answer + " *" }
    if differing.contains(line) { return localized("they differ") }
    return present[line].map { "\($0.value) (\($0.by))" } ?? localized("not stated")
  }

  /// What the line's answer means, or what is wrong with it.
  private func message(_ state: State) -> (SafeText, Role) {
    if let complaint { return (SafeText(complaint), .failure) }
    if aspect == .quantity {
      let words = localized("Amount and unit as you understand them, as 12 KIL or 3 NO.")
      return (SafeText("\(words) \(advertised(state))"), .faint)
    }
    if aspect == .tags {
      let words = localized(
        "Words of your team's own, with blanks between them, as: ring-7 ask-anna. The filter finds them: tag:ring-7")
      return (SafeText(words), .faint)
    }
    if aspect == .documents, choices.indices.contains(document) {
      let choice = choices[document]
      return (SafeText("\(choice.code): \(choice.meaning) · " + localized("Space: claimed or not")), .faint)
    }
    if choices.isEmpty { return (SafeText(localized("The list of these codes was not found")), .warning) }
    let now = value(of: aspect)
    let meaning = codes.meaning(of: now, aspect) ?? localized("not stated: unknown")
    return (
      SafeText(now.isEmpty || differing.contains(aspect) && answers[aspect] == nil ? meaning : "\(now): \(meaning)"),
      .faint
    )
  }

  /// What the one listing says of its quantity.
  private func advertised(_ state: State) -> String {
    guard rows.count == 1, let row = rows.first else { return "" }
    let text = state.dataset.shownCells(of: row).first { $0.field == .quantity && !$0.text.isEmpty }?.text
    return text.map { localized("Advertised: \($0)") } ?? localized("The advert's row states none.")
  }
}

extension Aspect {
  /// Whether its value is typed rather than chosen.
  var isTyped: Bool { self == .quantity || self == .tags }
}

// MARK: - From the dashboard

extension State {
  /// Opens the description of the listing under the cursor.
  mutating func startDescription() -> [Effect] {
    guard let row = table.row else { return [] }
    if isLost(row) { return refuseLost() }
    let title = dataset.shownText(of: .title, at: row)
    return describe([row], subject: title.isEmpty ? localized("Describe the listing") : localized("Describe: \(title)"))
  }

  /// Opens one description for all marked listings.
  mutating func startDescriptionOfMarked() -> [Effect] {
    let hidden = hiddenWords(marked)
    let listings = counted(listingCount(of: marked), "marked listing") + hidden
    return describe(marked.rows, subject: localized("Describe \(listings)"))
  }

  private mutating func describe(_ rows: [Int], subject: String) -> [Effect] {
    let keys = Set(rows.map { snapshot.key(of: $0) })
    mode = .describe(
      DescribeSheet(
        rows: rows, subject: subject, codes: codes, statuses: keys.sorted().map { decisions.status(before: $0) }))
    return []
  }
}
