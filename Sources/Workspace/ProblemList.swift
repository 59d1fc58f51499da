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
    package struct Identity: Equatable, Sendable {
      let kind: String
      let path: String
      let field: String?
    }

    package var identity: Identity { Identity(kind: kind, path: path, field: field) }

    /// A problem of the group as one sentence with its place.
    package func sentence(of problem: Problem) -> String {
      let place = [file, problem.place].filter { !$0.isEmpty }.joined(separator: ", ")
      let parts = [problem.foundText, problem.done].filter { !$0.isEmpty }.joined(separator: "; ")
      return place.isEmpty ? parts : "\(place): \(parts)"
    }
  }

  package var groups: [Group]

  package init(groups: [Group] = []) { self.groups = groups }

  package var count: Int { groups.reduce(0) { $0 + $1.count } }
}
