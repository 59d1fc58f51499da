import Casework
import Listings
import Sentences
import TerminalIO
import TextCells

/// The tags of a listing, or of the marked ones, being written: words of the team's own.
package struct TagSheet: Sheet {
  var editor: LineEditor
  let rows: [Int]
  /// Whose tags they are, in words.
  let subject: String
  /// The tags that all of them have; nil where these differ.
  let before: String?
  /// Why what was typed is no list of tags.
  private(set) var complaint: String?

  static let name = "the tags"
  var mode: Mode { .tags(self) }
  var kind: Mode.Kind { .tagLine }

  init(rows: [Int], subject: String, before: String?) {
    (self.rows, self.subject, self.before) = (rows, subject, before)
    let text = (before ?? "").replacing(",", with: " ")
    editor = LineEditor(text.isEmpty ? "" : text + " ")
  }

  static let keys: [SheetKey<TagSheet>] = [
    .saying(Sentence("blanks separate tags")),
    SheetKey([.enter], Sentence("save the tags"), hint: Sentence("saves them"), weight: .decides) { $0.submit(&$1) },
    SheetKey([.escape, .control("c")], Sentence("back; nothing is saved"), hint: Sentence("saves nothing")) { _, _ in
      .close()
    },
    SheetKey([.tab], Sentence("complete a tag that is in use"), hint: Sentence("complete")) { sheet, state in
      .stay(sheet.complete(&state))
    },
  ]

  mutating func type(_ key: Key, _ state: inout State) -> SheetStep {
    if editor.take(key) { complaint = nil }
    return .stay()
  }

  mutating func paste(_ text: String, _ state: inout State) -> SheetStep? {
    editor.insert(text)
    complaint = nil
    return .stay()
  }

  private mutating func submit(_ state: inout State) -> SheetStep {
    let change: DescriptionChange
    do throws(DescriptionProblem) { change = try state.codes.read(editor.text, .tags) } catch {
      complaint = error.sentence
      return .stay()
    }
    guard change.value ?? "" != before else { return .close(state.say(.info, localized("The tags are as they were"))) }
    return .close(state.file(.described([change]), for: rows))
  }

  /// Completes the word before the cursor from the tags that other listings have.
  private mutating func complete(_ state: inout State) -> [Effect] {
    let typed = editor.beforeCursor.split(whereSeparator: \.isWhitespace).last.map(String.init) ?? ""
    let isNew = editor.beforeCursor.last?.isWhitespace ?? true
    let start = isNew ? "" : typed
    let matches = state.knownTags.filter { $0.hasPrefix(start.lowercased()) }
    switch matches.count {
    case 0:
      return state.say(
        .info, start.isEmpty ? localized("No tag is in use yet") : localized("No tag begins with “\(start)”"))
    case 1: editor.replace(last: start.count, with: matches[0] + " ")
    default: state.notice = Notice(.info, matches.prefix(12).joined(separator: " · "))
    }
    return []
  }

  // MARK: Its nodes

  func hint(_ state: State) -> Piece? { complaint.map { Piece(SafeText($0), .failure) } }

  func node(_ state: State, in room: Size) -> Node? {
    .sheet(
      SafeText(localized("Tags of \(subject)")).clipped(to: max(0, room.columns - 6)), in: room, columns: room.columns,
      rows: min(room.rows, 3), side: .bottom
    ) { inside in [.line([.input(editor, at: 0, width: inside.columns)])] }
  }
}

extension State {
  /// The tags of a listing as filed or on their way: `ivory,ring`; empty for none.
  func tags(of row: Int) -> String { decisions.status(before: snapshot.key(of: row)).description[.tags]?.value ?? "" }

  /// The tags that the open listings have, in alphabetical order.
  var knownTags: [String] { snapshot.verdicts.described.rows(.tags).keys.sorted() }

  /// Opens the tags of the marked listings, or of the one under the cursor where none is marked.
  mutating func startTags() -> [Effect] {
    guard let row = table.row else { return [] }
    if isLost(row) { return refuseLost() }
    let rows = marked.isEmpty ? [row] : marked.rows
    let each = Set(rows.map { tags(of: $0) })
    let title = dataset.shownText(of: .title, at: row)
    let whose = marked.isEmpty ? title : counted(listingCount(of: marked), "marked listing") + hiddenWords(marked)
    let subject = each.count > 1 ? localized("\(whose); they differ, and these will replace them") : whose
    mode = .tags(TagSheet(rows: rows, subject: subject, before: each.count == 1 ? each.first : nil))
    return []
  }
}
