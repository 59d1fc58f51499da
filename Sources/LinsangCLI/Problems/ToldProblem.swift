import Dashboard
import Intake
import Listings
import Workspace
import SmallFormats

/// A problem as it leaves the program: on standard output and in sheets.
///
/// Shape:  the names of the columns and of the kinds stay as they are from version to version.
struct ToldProblem {
  let file: String
  let line: Int?
  /// As the file numbers its rows, from 1.
  let row: Int?
  let field: String?
  let kind: String
  /// What was found, with the text in question.
  let found: String
  let done: String

  static let columns = ["file", "line", "row", "field", "kind", "found", "done"]

  init(_ problem: IntakeProblem) {
    file = problem.file
    line = problem.line
    row = problem.sourceRow
    field = problem.field?.rawValue
    kind = problem.kind.name
    found = problem.excerpt.isEmpty ? problem.found : "\(problem.found): \(problem.excerpt)"
    done = problem.done
  }

  init(_ problem: ProblemList.Problem, of group: ProblemList.Group) {
    file = group.path
    line = problem.line
    row = problem.sourceRow
    field = group.field
    kind = group.kind
    found = problem.foundText
    done = problem.done
  }

  /// A line of CSV that is safe in a spreadsheet.
  var sheetLine: String {
    SheetCell.line([
      file, line.map(String.init) ?? "", row.map(String.init) ?? "", field ?? "", kind, found, done,
    ])
  }

  /// One JSON object.
  var json: String {
    JSONValue.map([
      "file": .text(file), "line": line.map { .number($0) } ?? .null, "row": row.map { .number($0) } ?? .null,
      "field": field.map { .text($0) } ?? .null, "kind": .text(kind), "found": .text(found), "done": .text(done),
    ]).text
  }
}

extension ProblemList {
  /// The problems of a load for the dashboard: all groups with their exact counts, and the first `most` problems.
  init(_ problems: IntakeProblems, most: Int = .max) {
    let names = ShortNames(problems.groups.map(\.group.file))
    var kept: [ProblemGroup: [Problem]] = [:]
    for problem in problems.kept.prefix(most) {
      kept[problem.group, default: []].append(
        Problem(
          line: problem.line, sourceRow: problem.sourceRow, row: problem.row, found: problem.found, done: problem.done,
          excerpt: problem.excerpt))
    }
    let groups = problems.groups.map { group, count in
      Group(
        kind: group.kind.name, words: group.kind.words, path: group.file, file: names[group.file],
        field: group.field?.rawValue, count: count, problems: kept[group] ?? [])
    }
    self.init(groups: groups)
  }
}
