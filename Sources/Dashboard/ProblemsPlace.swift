import Listings
import TextCells
import Workspace

/// Where the analyst is among the problems: on a group, or in one.
package struct ProblemsPlace: Equatable, Sendable {
  /// A place in a list, and what is looked for in it.
  package struct Level: Equatable, Sendable {
    package var cursor = 0
    package var top = 0
    package var find = ""
    /// The places of the list that hold `find`; nil: all.
    var found: [Int]?
  }

  package var groups = Level()
  /// The group that was opened, and the place in it.
  var opened: ProblemList.Group.Identity?
  package var inGroup = Level()
  /// What is being typed into the find line; nil: nobody types.
  package var editor: LineEditor?

  package init() {}

  /// The level that has the keyboard.
  package var level: Level {
    get { opened == nil ? groups : inGroup }
    set { if opened == nil { groups = newValue } else { inGroup = newValue } }
  }
}

/// The problems as the sheet lists them at one place.
struct ListedProblems {
  let list: ProblemList
  let place: ProblemsPlace

  /// The group that is open; nil: the groups themselves are listed.
  var group: ProblemList.Group? { place.opened.flatMap { opened in list.groups.first { $0.identity == opened } } }

  private var wholeCount: Int { group?.problems.count ?? list.groups.count }

  /// How many lines there are.
  var count: Int { place.level.found?.count ?? wholeCount }

  /// The place in the whole list of what stands at `line`.
  func index(_ line: Int) -> Int? {
    guard line >= 0, line < count else { return nil }
    let index = place.level.found?[line] ?? line
    return index < wholeCount ? index : nil
  }

  /// The group of a line, where groups are listed; the open one otherwise.
  func group(at line: Int) -> ProblemList.Group? { group ?? index(line).map { list.groups[$0] } }

  /// The problem that a line stands for: itself, or the first of its group.
  func problem(at line: Int) -> ProblemList.Problem? {
    guard let group else { return group(at: line)?.problems.first }
    return index(line).map { group.problems[$0] }
  }

  /// The places that hold a text; nil: it is empty, and all do.
  func places(holding text: String) -> [Int]? {
    guard let search = TextSearch(text) else { return nil }
    var scratch: [UInt8] = []
    func holds(_ texts: String...) -> Bool {
      texts.contains { text in
        var text = text
        return text.withUTF8 { search.occurs(in: UnsafeRawBufferPointer($0), scratch: &scratch) }
      }
    }
    guard let group else {
      return list.groups.indices.filter {
        holds(list.groups[$0].words, list.groups[$0].file, list.groups[$0].field ?? "")
      }
    }
    return group.problems.indices.filter { index in
      let problem = group.problems[index]
      return holds(problem.excerpt, problem.found, problem.place)
    }
  }
}

extension Mode {
  var isReadingProblems: Bool { if case .readingProblems = self { true } else { false } }
}
