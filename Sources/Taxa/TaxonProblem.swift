/// A problem in a taxon table, and where. It affects one row at most; the rest of the file is read.
package struct TaxonProblem: Equatable, Sendable {
  /// The kinds of problem, from those that cost the whole file to those that cost nothing.
  package enum What: Equatable, Sendable {
    // The file is left out.
    /// The file could not be opened or read; `why` says what prevented it.
    case unreadable(why: String)
    /// The first row is the header of no kind of table.
    case header(found: String)
    // There is no table at all.
    /// No row of any table defines a taxon.
    case noTaxa
    // The row is left out.
    /// The row has more or fewer cells than the header.
    case columns(found: Int, expected: Int)
    /// A cell has bytes that are not UTF-8.
    case notUTF8
    /// The cell for the name is empty; in a table of taxa also where it has nothing but signs, or is too long.
    case noName
    /// The rank, cut to 80 characters, is none of `TaxonRank`.
    case unknownRank(String)
    /// No row that is used defines the parent. The rows below it are left out too, each with its own problem.
    case unknownParent(String)
    /// The parent has the same rank, or a lower one.
    case parentBelow(parent: String)
    /// No taxon has this accepted name; synonyms do not count here.
    case unknownTaxon(String)
    /// The list is none of `ProtectionList`.
    case unknownList(String)
    /// The list has no such level.
    case badLevel(String, ProtectionList)
    /// The text is not empty, and `CalendarDay` cannot read it.
    case notADay(String)
    /// The last day is before the first.
    case endsBeforeItBegins
    /// Nil for a line of an earlier file.
    case overlaps(line: Int?)
    /// The code is not two lower-case letters.
    case badLanguage(String)
    /// The kind is neither `synonym` nor `common`.
    case unknownKind(String)
    /// The cell `everyday` is neither `yes` nor `no`.
    case notYesOrNo(String)
    // The row is used all the same.
    /// An earlier row of the same file, at `line`, defines the same taxon; the later one counts.
    case twice(line: Int)
    /// No table of sources has the id.
    case unknownSource(String)
  }

  /// The path of the file; `taxa` where there is no table at all.
  package let file: String
  /// The line on which the row begins; nil for the whole file.
  package let line: Int?
  /// What is wrong, with the words of the table that `sentence` quotes.
  package let what: What

  package init(file: String, line: Int? = nil, what: What) {
    self.file = file
    self.line = line
    self.what = what
  }

  /// The sentence for people: where, what happened, what it means, what to do.
  ///
  /// Shape:  in English, behind `file:line: ` or `file: `, without a full stop at its end.
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
