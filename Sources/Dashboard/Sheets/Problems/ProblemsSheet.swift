import Filters
import Listings
import Sentences
import TerminalIO
import TextCells
import Workspace

/// What could not be read, and what went wrong since: groups with their counts, the problems of one group, and the one
/// under the cursor in full at the foot. Enter goes down to single problems, and from there to the listing.
///
/// Cost:   only the lines on the screen are looked at, however many problems there are.
package struct ProblemsSheet: SearchableSheet {
  /// A list, and what is searched for in it.
  package struct Level: Equatable, Sendable {
    package var list = ListPosition()
    package var find = ""
    /// The lines that contain `find`; nil: all.
    fileprivate var found: [Int]?
  }

  package var groups = Level()
  /// The group that was opened, and the position in it.
  fileprivate var opened: ProblemList.Group.Identity?
  package var inGroup = Level()
  /// The find line; nil while nothing is typed into it.
  package var editor: LineEditor?

  /// The level that has the keyboard.
  package var level: Level {
    get { opened == nil ? groups : inGroup }
    set { if opened == nil { groups = newValue } else { inGroup = newValue } }
  }

  static let name = "the problems"
  var mode: Mode { .problems(self) }
  var kind: Mode.Kind { editor == nil ? .problems : .problemLine }

  // MARK: Its keys

  static let keys = listing + findLineKeys
  var activeKeys: [SheetKey<ProblemsSheet>] { editor == nil ? Self.listing : Self.findLineKeys }

  private static let listing: [SheetKey<ProblemsSheet>] =
    [
      SheetKey(
        [.escape, .left, .character("h"), .backspace], Sentence("one level back"), hint: Sentence("back"),
        as: ["from-detail"]
      ) {
        $0.back($1)
      },
      SheetKey(
        [.enter, .right, .character("l")], Sentence("the problems of the group; from one of them to its listing"),
        hinted: { $0.opened == nil ? localized("list them") : localized("to the listing") }, as: ["open"]
      ) { $0.open(&$1) },
      SheetKey(
        [.character("/"), .character("f")], Sentence("find"), hint: Sentence("find"), as: ["filter", "find-value"]
      ) { sheet, _ in
        sheet.editor = LineEditor(sheet.level.find)
        return .stay()
      },
      SheetKey([.character("y")], Sentence("copy the problem under the cursor"), hint: Sentence("copy"), as: ["copy"]) {
        .stay($0.copy($1))
      },
      SheetKey(
        [.character("e")], Sentence("write all problems into a CSV file"), hint: Sentence("CSV file"), weight: .decides
      ) {
        _, state in .stay([.exportProblems(state.problemList)])
      },
      SheetKey([.character("i")], Sentence("show the listings with a problem"), hint: "is:problem") { _, state in
        .close(state.showProblemRows())
      },
      SheetKey([.character("q"), .character("p"), .control("c")], Sentence("close"), as: ["quit", "problems"]) { _, _ in
        .close()
      },
    ] + SheetKey.moving(spaceTurns: true) { sheet, step, state in sheet.move(step, state) }

  // MARK: Moving

  /// How many problems or groups are listed.
  func lineCount(_ state: State) -> Int { ListedProblems(state, self).count }

  mutating func move(_ step: Step, _ state: State) {
    level.list.move(step, rows: Self.listRows(state), count: lineCount(state))
  }

  /// The same group stays open, the cursor on a line that is there.
  mutating func settle(_ state: State) {
    if opened != nil, ListedProblems(state, self).group == nil {
      (opened, editor) = (nil, nil)
      inGroup = Level()
    }
    var outer = self
    outer.opened = nil
    groups.found = ListedProblems(state, outer).lines(with: groups.find)
    level.found = ListedProblems(state, self).lines(with: level.find)
    keepInside(state)
  }

  private mutating func keepInside(_ state: State) {
    level.list.settle(rows: Self.listRows(state), count: lineCount(state))
  }

  mutating func find(_ text: String, _ state: State) {
    level.find = text
    level.found = ListedProblems(state, self).lines(with: text)
    level.list.cursor = 0
    keepInside(state)
  }

  // MARK: Going down and up

  private mutating func open(_ state: inout State) -> SheetStep {
    let listed = ListedProblems(state, self)
    guard let group = listed.group(at: level.list.cursor) else { return .stay() }
    guard opened != nil else {
      // One problem needs no list of its own.
      if group.count == 1, let problem = group.problems.first { return state.goTo(problem, of: group) }
      opened = group.identity
      inGroup = Level()
      return .stay()
    }
    guard let problem = listed.problem(at: level.list.cursor) else { return .stay() }
    return state.goTo(problem, of: group)
  }

  private mutating func back(_ state: State) -> SheetStep {
    if !level.find.isEmpty {
      level.find = ""
      level.found = nil
    } else if opened != nil {
      opened = nil
    } else {
      return .close()
    }
    keepInside(state)
    return .stay()
  }

  private func copy(_ state: State) -> [Effect] {
    let listed = ListedProblems(state, self)
    guard let group = listed.group(at: level.list.cursor), let problem = listed.problem(at: level.list.cursor) else {
      return []
    }
    return [.copy(group.sentence(of: problem).withoutControls)]
  }
}

extension State {
  /// Why there is nothing to list; nil where there is.
  var problemsBlocked: String? {
    guard allProblemCount == 0 else { return nil }
    // Lexicons have problems too.
    guard let awaited = unfinished([]) ?? unreadWords else {
      return localized("Everything could be read: there are no problems")
    }
    return soFar(localized("No problem"), until: awaited)
  }

  mutating func startProblems() -> [Effect] {
    mode = .problems(ProblemsSheet())
    return []
  }

  /// Goes to the listing of a problem. Where the filter does not show it, the filter is taken away, with a notice.
  fileprivate mutating func goTo(_ problem: ProblemList.Problem, of group: ProblemList.Group) -> SheetStep {
    guard let row = problem.row, row < dataset.rowCount else {
      return .stay(say(.warned, group.sentence(of: problem) + " · " + localized("No listing belongs to this problem.")))
    }
    _ = focus(on: .listings)
    returning.listing = nil
    returning.origin = table.row ?? returning.origin
    if let position = lineOpening(row) {
      setCursor(position)
      return .close(say(.info, problem.shownText))
    }
    guard !filter.clauses.isEmpty else {
      returning.row = row
      return .close(say(.info, problem.shownText))
    }
    let hidden = soFar(localized("The filter \(filter.text) does not show this listing"))
    let effects = set(.everything)
    returning.row = row
    return .close(say(.warned, localized("\(hidden): it was removed") + " · \(problem.shownText)") + effects)
  }

  fileprivate mutating func showProblemRows() -> [Effect] {
    _ = focus(on: .listings)
    return say(
      .info, localized("Listings with something that could not be read; \(key("clear-filter")) takes this filter away"))
      + set(Filter([.state([.problem])]))
  }
}

// MARK: - What it lists

/// The problems as the sheet lists them in one of its states.
private struct ListedProblems {
  let list: ProblemList
  let sheet: ProblemsSheet

  init(_ state: State, _ sheet: ProblemsSheet) {
    list = state.problemList
    self.sheet = sheet
  }

  /// The group that is open; nil: the groups themselves are listed.
  var group: ProblemList.Group? { sheet.opened.flatMap { opened in list.groups.first { $0.identity == opened } } }

  private var wholeCount: Int { group?.problems.count ?? list.groups.count }

  /// How many lines there are.
  var count: Int { sheet.level.found?.count ?? wholeCount }

  /// The index in the whole list of the problem or group on `line`.
  func index(_ line: Int) -> Int? {
    guard line >= 0, line < count else { return nil }
    let index = sheet.level.found?[line] ?? line
    return index < wholeCount ? index : nil
  }

  /// The group of a line, where groups are listed; the open one otherwise.
  func group(at line: Int) -> ProblemList.Group? { group ?? index(line).map { list.groups[$0] } }

  /// The problem of a line: itself, or the first of its group.
  func problem(at line: Int) -> ProblemList.Problem? {
    guard let group else { return group(at: line)?.problems.first }
    return index(line).map { group.problems[$0] }
  }

  /// The indices of what contains a text; nil: it is empty, and all do.
  func lines(with text: String) -> [Int]? {
    guard let search = TextSearch(text) else { return nil }
    var scratch: [UInt8] = []
    func isFound(_ texts: String...) -> Bool {
      texts.contains { text in
        var text = text
        return text.withUTF8 { search.occurs(in: UnsafeRawBufferPointer($0), scratch: &scratch) }
      }
    }
    guard let group else {
      return list.groups.indices.filter {
        isFound(list.groups[$0].words, list.groups[$0].file, list.groups[$0].field ?? "")
      }
    }
    return group.problems.indices.filter { index in
      let problem = group.problems[index]
      return isFound(problem.excerpt, problem.shownFound, problem.location)
    }
  }
}

// MARK: - Its nodes

extension ProblemsSheet {
  func node(_ state: State, in room: Size) -> Node? {
    let listed = ListedProblems(state, self)
    return .sheet(
      title(listed), in: room, columns: room.columns, rows: room.rows, foot: findLine(columns: room.columns)
    ) { inside in
      let rows = Self.listRows(inside.rows)
      var nodes = (0..<rows).compactMap { offset in line(level.list.top + offset, listed, state, width: inside.columns)
      }
      if nodes.isEmpty {
        let words = level.find.isEmpty ? localized("no problem is left") : localized("nothing like it")
        nodes.append(
          .line([Piece(SafeText(words), .faint, at: 1)], hasCursor: true))
      }
      nodes += Array(repeating: .blank, count: max(0, rows - nodes.count))
      return nodes + foot(listed, width: inside.columns, rows: inside.rows - rows)
    }
  }

  /// Lines of the list on the screen.
  private static func listRows(_ state: State) -> Int { max(1, listRows(state.layout.middle.insideBorder.rows)) }

  /// The list has at least as much room as the foot.
  private static func listRows(_ rows: Int) -> Int { rows - (rows >= 16 ? 6 : rows >= 10 ? 4 : rows / 2) }

  private func title(_ listed: ListedProblems) -> SafeText {
    let find = level.find.isEmpty ? "" : " ~ \(level.find)"
    guard let group = listed.group else {
      let groups = counted(listed.list.groups.count, "group")
      let problems = counted(listed.list.count, "problem")
      return SafeText(localized("\(problems) in \(groups)", context: "problems in groups") + find)
    }
    let names = [group.words, group.field ?? "", group.file].filter { !$0.isEmpty }.joined(separator: " · ")
    let kept = group.problems.count
    let all = counted(group.count, "problem")
    let words = kept < group.count ? localized("\(all), the first \(grouped: kept) listed") : all
    return SafeText("\(words): \(names)\(find)")
  }

  private func line(_ line: Int, _ listed: ListedProblems, _ state: State, width: Int) -> Node? {
    guard let index = listed.index(line) else { return nil }
    let pieces =
      if let group = listed.group {
        Self.pieces(group.problems[index], state, width: width)
      } else {
        Self.pieces(listed.list.groups[index], width: width)
      }
    let isCursor = line == level.list.cursor
    return .line(pieces, .row(line), on: isCursor ? .cursor : nil, hasCursor: isCursor)
  }

  private static func pieces(_ group: ProblemList.Group, width: Int) -> [Piece] {
    let isWide = width >= 70
    let countWidth = isWide ? 10 : 7
    let count = SafeText(grouped(group.count))
    var pieces = [Piece(count, .facetCount, .value("count"), at: max(0, countWidth - count.width))]
    var column = countWidth + 1
    func add(_ text: String, _ name: String, _ own: Int, _ role: Role) {
      let room = min(own, width - column)
      if room > 1 { pieces.append(Piece(SafeText(text).clipped(to: room - 1), role, .value(name), at: column)) }
      column += own
    }
    add(group.words, "problem", isWide ? 33 : width - column, .warning)
    guard isWide else { return pieces }
    add(group.field ?? "", "field", 13, .fieldName)
    add(group.file, "file", width - column, .text)
    return pieces
  }

  private static func pieces(_ problem: ProblemList.Problem, _ state: State, width: Int) -> [Piece] {
    let placeWidth = width >= 60 ? 14 : 11
    var pieces = [
      Piece(SafeText(problem.location).clipped(to: placeWidth - 2), .fieldName, .value("where"), at: 1)
    ]
    let isWide = width >= 90 && problem.row != nil
    let own = isWide ? (width - placeWidth) / 2 : width - placeWidth
    guard own > 1 else { return pieces }
    let text = problem.excerpt.isEmpty ? problem.shownFound : problem.excerpt
    pieces.append(Piece(SafeText(text).clipped(to: own - 1), .warning, .value("problem"), at: placeWidth))
    guard isWide, let row = problem.row, row < state.dataset.rowCount else { return pieces }
    let column = placeWidth + own
    pieces.append(
      Piece(
        SafeText(utf8: state.dataset.bytes(of: .title, at: row), clippedTo: width - column), .faint, .value("title"),
        at: column))
    return pieces
  }

  /// The problem under the cursor, whole: what was found, then what was done.
  private func foot(_ listed: ListedProblems, width: Int, rows: Int) -> [Node] {
    guard rows > 0, let problem = listed.problem(at: level.list.cursor) else { return [] }
    let isTight = rows < 4
    let found = [problem.location, problem.shownText].filter { !$0.isEmpty }.joined(separator: ": ")
    let inner = max(4, width - 2)
    let lines =
      Node.wrapped(SafeText(found), .text, width: inner)
      + Node.wrapped(SafeText(problem.shownDone), .faint, width: inner)
    return (isTight ? [] : [.rule(width)]) + lines.prefix(rows - (isTight ? 0 : 1))
  }
}

extension Node {
  /// A line across.
  static func rule(_ width: Int) -> Node {
    .line([Piece(SafeText(repeating: Glyph("─"), count: width), .border, .decoration, at: 0)])
  }
}
