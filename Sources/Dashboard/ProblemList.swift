/// What could not be read, as it is shown: grouped by what it is, where, and about which field. The counts are exact;
/// of very many problems only the first are there to be looked at.
package struct ProblemList: Equatable, Sendable {
  /// One problem. Its texts may quote listings: hostile until they have become `SafeText`.
  package struct Problem: Equatable, Sendable {
    /// From 1; nil where the file has no lines, or all of it is meant.
    package let line: Int?
    /// The row as its file numbers it, from 1.
    package let sourceRow: Int?
    /// The row of the dataset; nil where there is no listing.
    package let row: Int?
    package let found: String
    /// What was done, and what is unharmed; empty where `found` says it all.
    package let done: String
    /// The text in question.
    package let excerpt: String

    package init(line: Int?, sourceRow: Int?, row: Int?, found: String, done: String, excerpt: String) {
      self.line = line
      self.sourceRow = sourceRow
      self.row = row
      self.found = found
      self.done = done
      self.excerpt = excerpt
    }

    /// `line 812`, else `row 810`; empty where all of the file is meant.
    package var place: String { line.map { "line \($0)" } ?? sourceRow.map { "row \($0)" } ?? "" }

    /// What was found, with the text in question.
    package var foundText: String { excerpt.isEmpty ? found : "\(found): \(excerpt)" }
  }

  /// Problems of one kind, in one file, about one field.
  package struct Group: Equatable, Sendable {
    /// What programs call the kind: `priceUnreadable`.
    package let kind: String
    /// What people call it: `no amount in the price`.
    package let words: String
    /// The file as it was named.
    package let path: String
    /// The file, as short as tells it from the others.
    package let file: String
    package let field: String?
    package let count: Int
    /// The first of them.
    package let problems: [Problem]

    package init(
      kind: String, words: String, path: String, file: String, field: String?, count: Int, problems: [Problem]
    ) {
      self.kind = kind
      self.words = words
      self.path = path
      self.file = file
      self.field = field
      self.count = count
      self.problems = problems
    }

    /// What stays the same while more problems are found.
    struct Identity: Equatable, Sendable {
      let kind: String
      let path: String
      let field: String?
    }

    var identity: Identity { Identity(kind: kind, path: path, field: field) }

    /// A problem of the group as one sentence with its place.
    func sentence(of problem: Problem) -> String {
      let place = [file, problem.place].filter { !$0.isEmpty }.joined(separator: ", ")
      let parts = [problem.foundText, problem.done].filter { !$0.isEmpty }.joined(separator: "; ")
      return place.isEmpty ? parts : "\(place): \(parts)"
    }
  }

  package var groups: [Group]

  package init(groups: [Group] = []) { self.groups = groups }

  package var count: Int { groups.reduce(0) { $0 + $1.count } }
}

extension State {
  /// All that went wrong: in the program, with the files since they were opened, and in the files.
  var problemList: ProblemList {
    let failed = Self.group("failure", "went wrong since the start", failures)
    let lexicons = Self.group("lexicon", "in the lexicons", self.lexicons.problemSentences)
    return ProblemList(groups: failed + liveProblems + problems.groups + lexicons)
  }

  /// Sentences without a place as a group; none where there are none.
  private static func group(_ kind: String, _ words: String, _ sentences: [String]) -> [ProblemList.Group] {
    let told = sentences.map {
      ProblemList.Problem(line: nil, sourceRow: nil, row: nil, found: $0, done: "", excerpt: "")
    }
    guard !told.isEmpty else { return [] }
    return [
      ProblemList.Group(
        kind: kind, words: words, path: "", file: "", field: nil, count: told.count, problems: told)
    ]
  }

  /// Files that were cut or written over while open, unless that was found when they were read.
  private var liveProblems: [ProblemList.Group] {
    changedFiles.filter(\.change.isHarmful).map { file in
      ProblemList.Group(
        kind: "cutWhileOpen", words: "cut or written over while open", path: file.path, file: file.name, field: nil,
        count: 1,
        problems: [
          ProblemList.Problem(
            line: nil, sourceRow: nil, row: nil, found: file.change.found, done: file.change.done, excerpt: "")
        ])
    }
    .filter { live in !problems.groups.contains { $0.identity == live.identity } }
  }

  /// Problems of the files and of the program together.
  package var allProblemCount: Int { problemList.count }
}
