/// A problem in a taxon table, and where. It affects one row at most; the rest of the file is read.
package struct TaxonProblem: Equatable, Sendable {
  /// The kinds of problem, from those that cost the whole file to those that cost nothing.
  package enum What: Equatable, Sendable {
    // The file is left out.
    case unreadable(why: String)
    case header(found: String)
    // There is no table at all.
    case noTaxa
    // The row is left out.
    case columns(found: Int, expected: Int)
    case notUTF8
    case noName
    case unknownRank(String)
    case unknownParent(String)
    case parentBelow(parent: String)
    case unknownTaxon(String)
    case unknownList(String)
    case badLevel(String, ProtectionList)
    case notADay(String)
    /// The last day is before the first.
    case endsBeforeItBegins
    /// Nil for a line of an earlier file.
    case overlaps(line: Int?)
    case badLanguage(String)
    case unknownKind(String)
    case notYesOrNo(String)
    // The row is used all the same.
    case twice(line: Int)
    case unknownSource(String)
  }

  package let file: String
  /// The line on which the row begins; nil for the whole file.
  package let line: Int?
  package let what: What

  package init(file: String, line: Int? = nil, what: What) {
    self.file = file
    self.line = line
    self.what = what
  }

  /// The sentence for people: where, what happened, what it means, what to do.
  package var sentence: String { file + (line.map { ":\($0)" } ?? "") + ": " + explanation }

  /// What happened, what it means, what to do.
  private var explanation: String {
    switch what {
    case .unreadable(let why): "the taxon table could not be read: \(why). The other tables are used"
    case .header(let found):
      "the first line is \"\(found)\", which no taxon table has; the file is left out. Begin it with one of: "
        + TaxonTableKind.allCases.map { $0.columns.joined(separator: ",") }.joined(separator: " or ")
    case .noTaxa: "no taxon table was found; species are shown as written and no appendix is known"
    case .columns(let found, let expected):
      "\(found) columns where \(expected) are expected; the row is left out. Quote cells that hold a comma"
    case .notUTF8: "the row is not UTF-8 and is left out. Save the file as UTF-8"
    case .noName: "the row names no taxon and is left out"
    case .unknownRank(let rank):
      "\"\(rank)\" is no rank; the row is left out. Ranks are: "
        + TaxonRank.allCases.map(\.name).joined(separator: ", ")
    case .unknownParent(let parent):
      "\"\(parent)\", to which it would belong, is not in the tables; the row is left out. Add a row for it"
    case .parentBelow(let parent): "\"\(parent)\" has no higher rank than it; the row is left out"
    case .unknownTaxon(let name):
      "\"\(name)\" is no accepted name of the taxon tables; the row is left out. Add it to a table of taxa"
    case .unknownList(let list): "\"\(list)\" is no list; the row is left out. Lists are: CITES, China"
    case .badLevel(let level, let list):
      "\"\(level)\" is no level of \(list.rawValue); the row is left out. "
        + (list == .cites ? "Write I, II, III, none, or several as I/II" : "Write 1, 2, none, or 1/2")
    case .notADay(let text): "\"\(text)\" is no day; the row is left out. Write 2026-03-05"
    case .endsBeforeItBegins: "it ends before it begins; the row is left out"
    case .overlaps(let line):
      "its time overlaps that of \(line.map { "line \($0)" } ?? "an earlier table") for the same taxon and list; "
        + "the row is left out"
    case .badLanguage(let code): "\"\(code)\" is no language; the row is left out. Write a code of ISO 639-1, or la"
    case .unknownKind(let kind): "\"\(kind)\" is no kind of name; the row is left out. Kinds are: synonym, common"
    case .notYesOrNo(let text): "everyday is \"\(text)\"; the row is left out. Write yes or no"
    case .twice(let line): "the same taxon is at line \(line) already; this row counts. Keep one of them"
    case .unknownSource(let id): "no table of sources has \"\(id)\"; the row is used, its day and origin stay unknown"
    }
  }
}
