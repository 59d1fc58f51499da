import Sentences
import Workspace

extension State {
  /// All that went wrong: in the program, with the files since they were opened, and in the files.
  var problemList: ProblemList {
    let failed = Self.group("failure", localized("went wrong since the start"), files.failures)
    let lexicons = Self.group("lexicon", localized("in the lexicons"), self.lexicons.problemSentences)
    let settings = Self.group("setting", localized("in the settings"), files.settingsProblems)
    return ProblemList(groups: failed + settings + liveProblems + problems.groups + lexicons)
  }

  /// Sentences without a place as a group; none where there are none.
  private static func group(_ kind: String, _ words: String, _ sentences: [String]) -> [ProblemList.Group] {
    let problems = sentences.map {
      ProblemList.Problem(line: nil, sourceRow: nil, row: nil, found: $0, done: "", excerpt: "")
    }
    guard !problems.isEmpty else { return [] }
    return [
      ProblemList.Group(
        kind: kind, words: words, path: "", file: "", field: nil, count: problems.count, problems: problems)
    ]
  }

  /// Files that were cut or written over while open, unless that was found when they were read.
  private var liveProblems: [ProblemList.Group] {
    files.changed.filter(\.change.isHarmful).map { file in
      ProblemList.Group(
        kind: "cutWhileOpen", words: localized("truncated or changed while open"), path: file.path, file: file.name,
        field: nil,
        count: 1,
        problems: [
          ProblemList.Problem(
            line: nil, sourceRow: nil, row: nil, found: file.change.found,
            done: file.change.done(readingAgainWith: key("reopen")), excerpt: "")
        ])
    }
    .filter { live in !problems.groups.contains { $0.identity == live.identity } }
  }

  /// Problems of the files and of the program together.
  package var allProblemCount: Int { problemList.count }
}
