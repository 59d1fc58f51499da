import Filters
import Listings
import TerminalIO
import Workspace

// Problems are looked through by group; Enter goes down to the single ones, and from there to the listing.

extension State {
  /// Why there is nothing to list; nil where there is.
  var problemsBlocked: String? {
    guard allProblemCount == 0 else { return nil }
    return loading.isComplete
      ? "Everything could be read: there are no problems"
      : "No problem so far · \(Unfinished.listings(percent: readPercent).sentence)"
  }

  mutating func startProblems() -> [Effect] {
    mode = .readingProblems(ProblemsPlace())
    return []
  }

  mutating func readProblems(_ key: Key, _ place: ProblemsPlace) -> [Effect] {
    if let editor = place.editor { return findProblem(key, editor, place) }
    var place = place
    switch key {
    case .down, .character("j"): move(.line(1), &place)
    case .up, .character("k"): move(.line(-1), &place)
    case .pageDown, .control("f"), .character(" "): move(.page(1), &place)
    case .pageUp, .control("b"): move(.page(-1), &place)
    case .control("d"): move(.halfPage(1), &place)
    case .control("u"): move(.halfPage(-1), &place)
    case .home, .character("g"): move(.first, &place)
    case .end, .character("G"): move(.last, &place)
    case .character("/"), .character("f"): place.editor = LineEditor(place.level.find)
    case .enter, .right, .character("l"): return open(place)
    case .character("e"): return [.exportProblems(problemList)]
    case .character("i"): return showProblemRows()
    case .character("y"): return copyProblem(place)
    case .escape, .left, .character("h"), .backspace: return leave(place)
    case .character("q"), .character("p"), .control("c"):
      mode = .browsing
      return []
    default: return []
    }
    mode = .readingProblems(place)
    return []
  }

  // MARK: Moving

  private mutating func move(_ step: Step, _ place: inout ProblemsPlace) {
    let listed = ListedProblems(list: problemList, place: place)
    place.level.cursor = Self.moved(place.level.cursor, step, page: ProblemsSheet.rows(self), count: listed.count)
    settle(&place)
  }

  /// Keeps the cursor on a line that is there, and on the screen.
  private func settle(_ place: inout ProblemsPlace) {
    let count = ListedProblems(list: problemList, place: place).count
    let rows = ProblemsSheet.rows(self)
    place.level.cursor = max(0, min(place.level.cursor, count - 1))
    place.level.top = Self.scrolled(place.level.top, to: place.level.cursor, rows: rows)
    place.level.top = max(0, min(place.level.top, count - rows))
  }

  /// After the problems or the screen changed: the same group stays open, the cursor on a line that is there.
  mutating func keepProblemsPlace() {
    guard case .readingProblems(var place) = mode else { return }
    if place.opened != nil, ListedProblems(list: problemList, place: place).group == nil {
      place.opened = nil
      place.inGroup = ProblemsPlace.Level()
    }
    var outer = place
    outer.opened = nil
    place.groups.found = ListedProblems(list: problemList, place: outer).places(holding: place.groups.find)
    place.level.found = ListedProblems(list: problemList, place: place).places(holding: place.level.find)
    settle(&place)
    mode = .readingProblems(place)
  }

  // MARK: Going down and up

  private mutating func open(_ place: ProblemsPlace) -> [Effect] {
    let listed = ListedProblems(list: problemList, place: place)
    guard let group = listed.group(at: place.level.cursor) else { return [] }
    guard place.opened != nil else {
      // One problem needs no list of its own.
      if group.count == 1, let problem = group.problems.first { return goTo(problem, of: group) }
      var place = place
      place.opened = group.identity
      place.inGroup = ProblemsPlace.Level()
      mode = .readingProblems(place)
      return []
    }
    guard let problem = listed.problem(at: place.level.cursor) else { return [] }
    return goTo(problem, of: group)
  }

  private mutating func leave(_ place: ProblemsPlace) -> [Effect] {
    var place = place
    if !place.level.find.isEmpty {
      place.level.find = ""
      place.level.found = nil
      settle(&place)
      mode = .readingProblems(place)
    } else if place.opened != nil {
      place.opened = nil
      settle(&place)
      mode = .readingProblems(place)
    } else {
      mode = .browsing
    }
    return []
  }

  /// Goes to the listing of a problem. Where the filter does not show it, the filter gives way, and that is said.
  private mutating func goTo(_ problem: ProblemList.Problem, of group: ProblemList.Group) -> [Effect] {
    guard let row = problem.row, row < dataset.rowCount else {
      return say(.warned, "\(group.sentence(of: problem)) · No listing belongs to this problem.")
    }
    mode = .browsing
    _ = focus(on: .listings)
    awaited = nil
    cameFrom = table.row ?? cameFrom
    if let place = order.rows.firstIndex(of: UInt32(row)) {
      setCursor(place)
      return say(.told, problem.foundText)
    }
    guard !filter.clauses.isEmpty else {
      awaitedRow = row
      return say(.told, problem.foundText)
    }
    let text = filter.text
    let effects = set(.everything)
    awaitedRow = row
    return say(.warned, "The filter \(text) does not show this listing: it was taken away · \(problem.foundText)")
      + effects
  }

  private mutating func showProblemRows() -> [Effect] {
    mode = .browsing
    _ = focus(on: .listings)
    return say(.told, "Listings with something that could not be read; 0 takes this filter away")
      + set(Filter([.state([.problem])]))
  }

  private mutating func copyProblem(_ place: ProblemsPlace) -> [Effect] {
    let listed = ListedProblems(list: problemList, place: place)
    guard let group = listed.group(at: place.level.cursor), let problem = listed.problem(at: place.level.cursor) else {
      return []
    }
    return [.copy(group.sentence(of: problem).withoutControls)]
  }

  // MARK: Finding

  private mutating func findProblem(_ key: Key, _ editor: LineEditor, _ place: ProblemsPlace) -> [Effect] {
    var (editor, place) = (editor, place)
    switch key {
    case .enter: place.editor = nil
    // The line stays open: the letters that follow are still text.
    case .down, .up: move(.line(key == .down ? 1 : -1), &place)
    case .escape, .control("c"):
      place.editor = nil
      look(for: "", &place)
    default:
      guard editor.take(key) else { return [] }
      place.editor = editor
      look(for: editor.text, &place)
    }
    mode = .readingProblems(place)
    return []
  }

  mutating func pasteIntoProblems(_ text: String, _ place: ProblemsPlace) {
    var place = place
    guard var editor = place.editor else { return }
    editor.insert(text)
    place.editor = editor
    look(for: editor.text, &place)
    mode = .readingProblems(place)
  }

  private func look(for text: String, _ place: inout ProblemsPlace) {
    place.level.find = text
    place.level.found = ListedProblems(list: problemList, place: place).places(holding: text)
    place.level.cursor = 0
    settle(&place)
  }
}
