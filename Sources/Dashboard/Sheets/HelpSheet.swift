import Sentences
import TerminalIO
import TextCells

/// The keys of a pane, from the command table, and the language of the filter.
package struct HelpSheet: Sheet {
  /// The first line on the screen.
  package var top = 0

  static let name = "the help"
  var mode: Mode { .help(self) }
  var kind: Mode.Kind { .help }

  static let keys: [SheetKey<HelpSheet>] =
    [
      SheetKey(
        [.escape, .character("q"), .character("?"), .enter, .control("c")], Sentence("back"), hint: Sentence("back"),
        as: ["quit", "help"]
      ) { _, _ in
        .close()
      },
      scrolling([.down, .character("j")], Sentence("a line down"), hint: Sentence("line"), as: "down", and: "up") {
        top, _ in top + 1
      },
      scrolling([.up, .character("k")], Sentence("a line up"), as: "up") { top, _ in top - 1 },
      scrolling(
        [.character(" "), .pageDown, .control("d")], Sentence("a page down"), hint: Sentence("page"),
        as: "half-page-down"
      ) {
        $0 + $1
      },
      scrolling([.pageUp, .control("u")], Sentence("a page up"), as: "half-page-up") { $0 - $1 },
      scrolling([.home, .character("g")], Sentence("the beginning"), hint: Sentence("ends"), as: "first", and: "last") {
        _, _ in 0
      },
      scrolling([.end, .character("G")], Sentence("the end"), as: "last") { _, _ in .max / 2 },
    ]

  private static func scrolling(
    _ keys: [Key], _ help: Sentence, hint: Sentence? = nil, as command: String, and twin: String? = nil,
    _ top: @escaping @Sendable (_ top: Int, _ page: Int) -> Int
  ) -> SheetKey<HelpSheet> {
    SheetKey(keys, help, hint: hint, as: [command], labelled: twin.map { [command, $0] } ?? []) { sheet, state in
      sheet.top = top(sheet.top, max(1, state.size.rows - 6))
      sheet.settle(state)
      return .stay()
    }
  }

  mutating func settle(_ state: State) {
    let inside = state.layout.middle.insideBorder
    let count = Self.drawn(for: state, width: min(Self.columns, state.size.columns) - 2).count
    top = max(0, min(top, count - inside.rows))
  }

  // MARK: What it says

  struct Row: Equatable {
    let keys: String
    let text: String
    let isHeading: Bool
  }

  /// - Parameter explainsSigns: whether what stands for marks, lines and bars in ASCII is explained.
  static func rows(for pane: Pane, _ bindings: KeyBindings = .standard, explainsSigns: Bool = false) -> [Row] {
    var rows: [Row] = explainsSigns ? signRows : []
    for group in Command.Group.allCases {
      let commands = bindings.commands.filter { $0.group == group && $0.applies(in: pane) && !$0.keys.isEmpty }
      guard !commands.isEmpty else { continue }
      if !rows.isEmpty { rows.append(blankRow) }
      rows.append(Row(keys: "", text: group.label, isHeading: true))
      rows += commands.map { Row(keys: $0.shownKeys, text: $0.help, isHeading: false) }
    }
    return rows + listSigns + filterRows
  }

  /// A heading with its rows: what is explained, and its explanation.
  private static func section(_ heading: String, _ rows: [(keys: String, text: String)]) -> [Row] {
    [Row(keys: "", text: heading, isHeading: true)] + rows.map { Row(keys: $0.keys, text: $0.text, isHeading: false) }
  }

  private static let blankRow = Row(keys: "", text: "", isHeading: false)

  /// As drawn they are signs of ASCII, as everywhere.
  private static var signRows: [Row] {
    section(
      localized("The signs"),
      [
        ("· ✓ ✗ ?", localized("unreviewed; confirmed, false positive, unsure: on disk")),
        ("c x s !", localized("that verdict is being saved; it could not be saved")),
        ("÷ ≠", localized("copies with different verdicts; analysts disagree")),
        ("* + ~", localized("marked; some of the copies marked; changed, ask again")),
        ("± + ↺ −", localized("since last time; new; reappeared; gone")),
        ("×6 ▾6", localized("one line for six copies; the line above them")),
        ("● ⊘", localized("a value that is chosen; excluded")),
        ("█ ▆ ▄ ▂", localized("bars: full, three quarters, half, less")),
        ("↑ ↓ ← →", localized("the arrow keys; \"↑\" also: sorted upwards")),
        ("象", localized("a letter that this terminal cannot show, one sign for each cell")),
      ])
  }

  /// What the signs in the list mean.
  private static var listSigns: [Row] {
    [blankRow]
      + section(
        localized("Signs in the list"),
        [
          (
            "· ✓ ✗ ?",
            localized(
              "unreviewed, confirmed, false positive, unsure; c x s while that is being saved, ! where it was not")
          ),
          (
            "~ ≠ * +",
            localized(
              "behind that: changed since the verdict, analysts disagree, marked, some of its copies are marked")
          ),
          (
            "±",
            localized("since last time: + new, ~ changed, ↺ back again, − gone, ‹ an older sighting than the newest")
          ),
          ("× ▾ ÷", localized("copies of one advert on one line, opened, with different verdicts")),
          ("~1,200", localized("in the price column: rounded to fit")),
          ("3/13", localized("in a pane: 3 of 13 are left to decide")),
          ("● ⊘", localized("in a pane: chosen, excluded")),
        ])
  }

  private static var filterRows: [Row] {
    [blankRow]
      + section(
        localized("The filter"),
        [
          ("ivory ring", localized("both words, in title, description, species or seller")),
          ("\"ivory ring\"", localized("these words together")),
          ("-replica", localized("without; - negates any condition")),
          ("platform:face", localized("a part of the value; \"in quotes\" the whole; * for any letters")),
          ("species:none", localized("without a value")),
          ("price:100..500", localized("US dollars; >100 <50 100..500cny none unread")),
          ("posted:2026-11", localized("a year, month, day or span 2026-11-01..2026-11-15")),
          ("seller:@mine.txt", localized("one of the values in a text file, one in each line")),
          ("week:newest", localized("the last week; week:2026-W47 any other")),
          ("tag:ring-7 note:ring", localized("a tag; a word of the note. reason:replica by:me")),
          ("is:confirmed", "false-positive unsure unreviewed reviewed to-decide ask-again marked"),
          ("risk:>60 risk:unknown", localized("what the code words add up to, 0 to 100")),
          ("term:jelly", localized("a code word that counts, or what it denotes")),
          ("taxon:parrots", localized("a taxon by any of its names, and all that belongs to it")),
          ("appendix:I china:1", localized("the CITES appendix, or the level on China's list")),
          ("file:week47 views:12", localized("the file; any column of the file by its own name")),
          ("(a OR b) /re/", localized("alternatives; a regular expression")),
        ])
  }

  // MARK: Its nodes

  /// With the border.
  private static let columns = 78

  func node(_ state: State, in room: Size) -> Node? {
    .sheet(SafeText(localized("Keys of this pane")), in: room, columns: Self.columns, rows: room.rows) { inside in
      var nodes = Array(Self.drawn(for: state, width: inside.columns).dropFirst(top).prefix(inside.rows))
      if let first = nodes.first { nodes[0] = .line(first, hasCursor: true) }
      return nodes
    }
  }

  private static func drawn(for state: State, width: Int) -> [Node] {
    let indent = width < 60 ? 14 : 18
    return rows(for: state.focus, state.keyBindings, explainsSigns: state.usesASCII).flatMap { row -> [Node] in
      if row.isHeading { return [.text(SafeText(row.text), .paneTitleFocused)] }
      let keys = SafeText(row.keys)
      let text = SafeText(row.text).wrapped(to: max(8, width - indent - 1))
      func pieces(_ keys: SafeText, width: Int, _ text: SafeText) -> Node {
        .line([Piece(keys, .keyName, .label, at: 2, width: width), Piece(text, .text, at: indent)])
      }
      // Keys that need the room of the help have a line of their own.
      if keys.width > indent - 3 {
        return [pieces(keys, width: .max, "")] + text.map { pieces("", width: 0, $0) }
      }
      return text.enumerated().map { pieces($0 == 0 ? keys : "", width: indent - 3, $1) }
    }
  }
}

extension Node {
  /// The same line, with the terminal's cursor at its beginning.
  static func line(_ node: Node, hasCursor: Bool) -> Node {
    guard case .line(var line) = node.content else { return node }
    line.hasCursor = hasCursor
    return Node(node.meaning, .line(line))
  }
}
