import Sentences

/// What could not be read, as the screen and exports list it.
///
/// Shape:  grouped by kind, file and field. Counts are exact; of very many problems only the first are kept.
package struct ProblemList: Equatable, Sendable {
  /// One problem. Its texts may quote listings, so they are hostile until made `SafeText`.
  package struct Problem: Equatable, Sendable {
    /// From 1; nil if the file has no lines or the problem is about all of it.
    package let line: Int?
    /// The row by its number in the file, from 1.
    package let sourceRow: Int?
    /// The row of the dataset; nil if the problem is not about a listing.
    package let row: Int?
    package let found: String
    /// What was done about it and what is unharmed; empty if `found` says it all.
    package let done: String
    /// The same in the language of the screen. The others are for files.
    package let shownFound: String
    package let shownDone: String
    /// The text in question, possibly empty.
    package let excerpt: String

    /// - Parameter shown: what was found and done, for the screen; nil where that is the same.
    package init(
      line: Int?, sourceRow: Int?, row: Int?, found: String, done: String, excerpt: String,
      shown: (found: String, done: String)? = nil
    ) {
      self.line = line
      self.sourceRow = sourceRow
      self.row = row
      self.found = found
      self.done = done
      self.excerpt = excerpt
      (shownFound, shownDone) = shown ?? (found, done)
    }

    /// `line 812` or else `row 810`; empty if the problem is about the whole file.
    package var location: String {
      line.map { localized("line \($0)") } ?? sourceRow.map { localized("row \($0)") } ?? ""
    }

    /// What was found, with the text in question.
    package var foundText: String { excerpt.isEmpty ? found : "\(found): \(excerpt)" }
    /// The same for the screen.
    package var shownText: String { excerpt.isEmpty ? shownFound : "\(shownFound): \(excerpt)" }
  }

  /// Problems of one kind, in one file, about one field.
  package struct Group: Equatable, Sendable {
    /// The kind's name in machine-readable output: `priceUnreadable`.
    package let kind: String
    /// The kind in words: `no amount in the price`.
    package let words: String
    /// The path as given on the command line.
    package let path: String
    /// The shortest part of the path that tells the files apart.
    package let file: String
    package let field: String?
    package let count: Int
    /// The first of them; `count` may be larger.
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

    /// What identifies a group while more problems are found.
    package struct Identity: Equatable, Sendable {
      let kind: String
      let path: String
      let field: String?
    }

    package var identity: Identity { Identity(kind: kind, path: path, field: field) }

    /// A problem of the group as one sentence, with its location.
    package func sentence(of problem: Problem) -> String {
      let location = [file, problem.location].filter { !$0.isEmpty }.joined(separator: ", ")
      let parts = [problem.shownText, problem.shownDone].filter { !$0.isEmpty }.joined(separator: "; ")
      return location.isEmpty ? parts : "\(location): \(parts)"
    }
  }

  package var groups: [Group]

  package init(groups: [Group] = []) { self.groups = groups }

  /// All problems, kept or not.
  package var count: Int { groups.reduce(0) { $0 + $1.count } }
}
