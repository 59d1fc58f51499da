import Casework
import Sentences
import TerminalIO
import TextCells

/// A question before something that touches many listings, or loses something.
package struct QuestionSheet: Sheet {
  package enum Subject: Equatable, Sendable {
    /// One verdict for these rows.
    case verdict([Int])
    /// One verdict for the copies that a line stands for.
    case copies(CopiesDecision)
    /// One verdict for the marked listings, or for the line under the cursor.
    case marks(MarksDecision)
    case leaveUnsaved
    /// Undoing what was decided before the start.
    case undoEarlier
  }
  package let subject: Subject
  package let text: String
  /// The number to type before a verdict is taken; nil where none is asked for.
  package var asksForNumber: Int?
  /// The digits typed so far.
  package private(set) var typed = ""

  static let name = "a question"
  var mode: Mode { .question(self) }
  var kind: Mode.Kind { .question }

  static let keys: [SheetKey<QuestionSheet>] = [
    verdict("c", twin: "с", .confirmed, Sentence("confirm"), as: "confirm"),
    verdict("x", twin: "ч", .falsePositive, Sentence("false positive"), as: "false-positive"),
    verdict("s", twin: "ы", .unsure, Sentence("unsure"), as: "unsure"),
    SheetKey(
      [.enter], Sentence("the verdict for all marked listings"), hinted: { $0.marks?.allWords }, weight: .decides,
      when: { $0.marks != nil && $0.isNumberTyped }
    ) { question, state in
      guard let decision = question.marks else { return .close() }
      guard decision.count <= state.preferences.bulkNumberAbove || question.asksForNumber != nil else {
        question.asksForNumber = decision.count
        return .stay()
      }
      return .close(state.decideMarked(decision.verdict, decision.rows, decision.reason))
    },
    SheetKey(
      [.character("1")], Sentence("the verdict for the line under the cursor, whatever is marked"),
      hint: Sentence("only this line; not asked again"), weight: .decides,
      when: { $0.marks != nil && $0.asksForNumber == nil }
    ) { question, state in .close(question.marks.map { state.decideLine($0) } ?? []) },
    SheetKey(
      [.enter], Sentence("the verdict for all copies"), hinted: { $0.copies?.allWords }, weight: .decides,
      when: { $0.copies != nil }
    ) { question, state in .close(question.copies.map { state.decideAsked($0) } ?? []) },
    SheetKey(
      [.character("1")], Sentence("the verdict for the listing on the line alone"), hinted: { $0.copies?.oneWords },
      weight: .decides, when: { $0.copies?.oneWords != nil }
    ) { question, state in
      .close(question.copies.map { state.decideLineAlone($0) } ?? [])
    },
    SheetKey(
      [.character("o")], Sentence("open the copies, decide nothing"), hint: Sentence("open them"), weight: .opens,
      when: { $0.copies != nil }, as: ["open-line"]
    ) { _, state in .close(state.openingBlocked.map { state.say(.warned, $0) } ?? state.toggleLine()) },
    SheetKey(
      [.enter], Sentence("undo what was decided before the start"), hint: Sentence("undo it"), weight: .decides,
      when: { $0.subject == .undoEarlier }
    ) { _, _ in .close([.undo]) },
    SheetKey(
      [.character("q"), .control("c")], Sentence("leave anyway"), hinted: \.leaving, weight: .decides,
      when: { $0.subject == .leaveUnsaved }, as: ["quit"]
    ) { _, state in .close(state.leaveNow()) },
    SheetKey(
      [.escape], Sentence("change nothing"),
      hinted: { $0.subject == .leaveUnsaved ? localized("stay") : localized("change nothing") }
    ) { _, state in .close(state.say(.info, localized("Nothing was changed"))) },
  ]

  private static func verdict(
    _ letter: Unicode.Scalar, twin: Unicode.Scalar, _ verdict: Verdict, _ words: Sentence,
    as command: String
  ) -> SheetKey<QuestionSheet> {
    SheetKey(
      [.character(letter), .character(twin)], words, hint: words, weight: .decides,
      when: { if case .verdict = $0.subject { $0.isNumberTyped } else { false } }, as: [command]
    ) { question, state in
      guard case .verdict(let rows) = question.subject else { return .close() }
      return .close(state.decideMarked(verdict, rows))
    }
  }

  /// What is to be decided for copies; nil where something else is asked.
  private var copies: CopiesDecision? { if case .copies(let decision) = subject { decision } else { nil } }

  /// What is to be decided for marked listings; nil where something else is asked.
  private var marks: MarksDecision? { if case .marks(let decision) = subject { decision } else { nil } }

  /// What leaving does to decisions that could not be saved; set where that is the question.
  package var leaving: String?

  /// Whether the number was typed, where one is asked for.
  private var isNumberTyped: Bool { asksForNumber.map { String($0) == typed } ?? true }

  /// Digits go into the number that is asked for, and a verdict before it is not taken. Any other key changes nothing.
  mutating func type(_ key: Key, _ state: inout State) -> SheetStep {
    if let number = asksForNumber {
      switch key {
      case .character(let scalar) where ("0"..."9").contains(scalar) && typed.count < String(number).count:
        typed.unicodeScalars.append(scalar)
        return .stay()
      case .backspace:
        typed = String(typed.dropLast())
        return .stay()
      case .character where !isNumberTyped, .enter where !isNumberTyped:
        return .stay(state.say(.warned, localized("Type the number \(number) first; Esc changes nothing")))
      default: break
      }
    }
    return .close(state.say(.info, localized("Nothing was changed")))
  }

  /// What is asked for and typed; nil where no number is.
  private var numberLine: Node? {
    asksForNumber.map { number in
      let words = SafeText(localized("Number of listings (\(number)):") + " ")
      return .line([
        Piece(words, .fieldName, .label, at: 2),
        Piece(SafeText(typed), .input, at: 2 + words.width, width: 10, cursor: typed.count),
      ])
    }
  }

  func node(_ state: State, in room: Size) -> Node? {
    let width = min(room.columns, 64)
    let sentences = [text, marks?.lineWords].compactMap { $0 }
    let lines = SafeText(sentences.joined(separator: " ")).wrapped(to: max(1, width - 4))
    // An answer that is longer than the sheet is wide goes on below.
    let answers = shownRows(state.keyBindings).flatMap { row, keys -> [Node] in
      guard let key = keys.first, let hint = row.hint(self) else { return [] }
      return SafeText(hint).wrapped(to: max(1, width - 11)).enumerated().map { place, words in
        let label = Piece(SafeText(key.label), .keyName, .button(key), at: 2, width: 5)
        return .line((place == 0 ? [label] : []) + [Piece(words, .text, .button(key), at: 8, width: width - 11)])
      }
    }
    let number = numberLine
    let wanted = lines.count + answers.count + 3 + (number == nil ? 0 : 1)
    return .sheet(SafeText(localized("Please answer")), in: room, columns: width, rows: wanted) { inside in
      // Where not all fits, the text gives way: the keys must be seen.
      let isTight = inside.rows < wanted - 2
      let textRows = max(1, inside.rows - answers.count - (isTight ? 0 : 1) - (number == nil ? 0 : 1))
      var nodes = lines.prefix(textRows).map { Node.text($0, .warning, width: inside.columns - 2) }
      nodes[0] = .line([
        Piece(lines[0], .warning, at: 1, width: inside.columns - 2, cursor: number == nil ? 0 : nil)
      ])
      if let number { nodes.append(number) }
      if !isTight { nodes.append(.blank) }
      return nodes + answers
    }
  }
}
