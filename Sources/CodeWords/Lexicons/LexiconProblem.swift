import Matching
import Sentences

/// A problem in a lexicon or a table beside it, and where. It affects one row at most; the rest of the file is read.
package struct LexiconProblem: Equatable, Sendable {
  /// The kinds of problem, from those that cost the whole file to matters of style.
  package enum What: Equatable, Sendable {
    // The file is not read.
    case unreadable(why: String)
    case header(found: String, expected: String)
    // The row is left out.
    case columns(found: Int, expected: Int)
    case notUTF8
    case noTerm
    case noLanguage(String)
    case unknownKind(String)
    case badWeight(String)
    case noGroup
    case tooManyTerms(limit: Int)
    case badSwitch(String)
    case nothingToAddTo(String)
    case severalToAddTo(Int)
    case noGroupName
    // The row is used all the same.
    case unknownMatchWord(String)
    case noPluralRule(String)
    case setByFirstRow([String])
    case unknownGroup(String)
    case neededGroupIsBenign(String)
    case neededGroupExcludes(String)
    case groupWithinGroup(String)
    case duplicate(of: TermLocation)
    case writtenTwice(String)
    case alwaysSuppressed(by: String)
    case conditionWithinTerm(String)
    case tooShort(String)
    case unknownTaxon(String)
    case unknownProduct(String)
    case noSource
    case unknownSource(String)
    case unverifiedWithoutNote
    case notADate(String)
    case noMeaning
    // The row is used as written; it could be written better.
    case longRow(characters: Int, limit: Int)
    case givenByPlural(String)
    case mostlyPlurals(Int, first: String)
    case excludedTwice(String)
    case repeatedExclusions(Int, first: String, others: [TermLocation])
    case unusedGroup
    case groupOfTermsToo
  }

  package let file: String
  /// The line on which the row begins; nil for the whole file.
  package let line: Int?
  /// The first surface form of the term, or the name of the group; empty where it is not known.
  package let term: String
  package let what: What

  package init(file: String, line: Int? = nil, term: String = "", what: What) {
    self.file = file
    self.line = line
    self.term = term
    self.what = what
  }

  /// The sentence for people: where, what happened, what it means, what to do.
  ///
  /// Shape:  `file:line: term: explanation`; a line or term that is not known is left out.
  package var sentence: String {
    let place = file + (line.map { ":\($0)" } ?? "")
    return place + ": " + (term.isEmpty ? "" : term + ": ") + explanation
  }

  /// The sentence without the file and line.
  ///
  /// Shape:  without a full stop at the end.
  package var explanation: String {
    switch what {
    case .unreadable(let why): localized("the lexicon could not be read: \(why)")
    case .header(let found, let expected):
      localized(
        "the first line is \"\(found)\"; no row was taken. Begin the file with: \(expected)")
    case .columns(let found, let expected):
      localized(
        "\(found) columns where \(expected) are expected; the row is left out. Quote cells that hold a comma")
    case .notUTF8: localized("the row is not UTF-8 and is left out. Save the file as UTF-8")
    case .noTerm: localized("the row names no term and is left out")
    case .noLanguage(let written):
      localized(
        "\"\(written)\" is no language; the row is left out. Write a code of ISO 639-1, la or mul")
    case .unknownKind(let kind):
      localized(
        "\"\(kind)\" is no kind; the row is left out. Kinds are: \(TermKind.allCases.map(\.rawValue).joined(separator: ", "))"
      )
    case .badWeight(let weight):
      localized("the weight \"\(weight)\" is no whole number from 0 to 100; the row is left out")
    case .noGroup: localized("harmless and context rows name their group under denotes; the row is left out")
    case .tooManyTerms(let limit):
      localized("more than \(limit) terms are on; this one and those behind it are left out")
    case .badSwitch(let state): localized("\"\(state)\" is neither on nor off; the row is ignored")
    case .nothingToAddTo(let language):
      localized(
        "no other row of this file has that first writing in that language (\(language)) and that meaning; the row is left out. "
          + "A row of the kind more repeats language and first writing of the row it adds to")
    case .severalToAddTo(let count):
      localized(
        "\(count) rows of this file have that first writing in that language; the row is left out. Say under denotes which is "
          + "meant")
    case .noGroupName: localized("the row names no group and is left out; a name holds no bar")
    case .noPluralRule(let language):
      localized(
        "plural under match: no rule is known for the language \"\(language)\"; it is ignored. List the plurals")
    case .setByFirstRow(let columns):
      localized(
        "\(columns.joined(separator: ", ")) of a row of the kind more are those of the row it adds to; what is written here "
          + "is ignored")
    case .unknownMatchWord(let word):
      localized(
        "\"\(word)\" under match means nothing and is ignored; known are word, stem, inside, plural and, with - before them, "
          + "\(Folds.names.map(\.name).joined(separator: ", "))")
    case .unknownGroup(let group):
      localized(
        "no harmless or context row makes up the group @\(group), and exclusions.csv has none of that name; the condition is "
          + "never met. Check its spelling")
    case .neededGroupIsBenign(let group):
      localized(
        "it needs @\(group), whose terms are harmless: what speaks against must not be needed. Make it a context group")
    case .neededGroupExcludes(let group):
      localized(
        "it needs @\(group), which is a group of exclusions; the condition is never met. Name a context group, or put it under "
          + "unless")
    case .groupWithinGroup(let word):
      localized(
        "\"\(word)\" names a group, and groups of exclusions hold words only; it is ignored")
    case .duplicate(let first): localized("the same term is already at \(first.file):\(first.line); keep one of them")
    case .writtenTwice(let form):
      localized("\"\(form)\" is, after folding, another surface form of the same row; leave it out")
    case .alwaysSuppressed(let word):
      localized("it never counts, since \"\(word)\" under unless covers it wherever it is")
    case .conditionWithinTerm(let word):
      localized(
        "\"\(word)\" is a part of the term itself, and words of the hit do not count as its surroundings")
    case .tooShort(let form): localized("\"\(form)\" is too short to count without needs; name what must be near")
    case .unknownTaxon(let name):
      localized("\"\(name)\" is no accepted name of the taxon table; no appendix is known for it")
    case .unknownProduct(let code): localized("\"\(code)\" is no CITES trade term code")
    case .noSource: localized("no source; name one of sources.csv, or write unverified and give the reason in the note")
    case .unknownSource(let id): localized("sources.csv has no source \"\(id)\"")
    case .unverifiedWithoutNote: localized("unverified, and the note does not give the reason")
    case .notADate(let text): localized("reviewed is \"\(text)\"; write the date as 2026-11-24")
    case .noMeaning: localized("denotes is empty; say in plain words what the term stands for")
    case .longRow, .givenByPlural, .mostlyPlurals, .excludedTwice, .repeatedExclusions, .unusedGroup, .groupOfTermsToo:
      styleExplanation
    }
  }

  /// The explanation of a matter of style.
  private var styleExplanation: String {
    switch what {
    case .longRow(let characters, let limit):
      localized(
        "the row has \(characters) characters, more than a spreadsheet shows well (\(limit)); divide it: a row of the kind more "
          + "adds to another one")
    case .givenByPlural(let form): localized("\"\(form)\" is given by plural under match; leave it out")
    case .mostlyPlurals(let count, let first):
      localized(
        "\(count) of its surface forms are the regular plurals of others, \"\(first)\" the first; write plural under match and "
          + "leave them out")
    case .excludedTwice(let word):
      localized("\"\(word)\" is under unless twice, by itself or in a group; leave one out")
    case .repeatedExclusions(let count, let first, let others):
      repeated(count, first, in: others.count, others.first.map { "\($0.file):\($0.line)" } ?? "")
    case .unusedGroup: localized("no row names the group under unless, as @\(term); leave it out")
    case .groupOfTermsToo:
      localized("harmless or context rows form a group of that name too; both count. Choose another name")
    default: ""
    }
  }

  private func repeated(_ count: Int, _ first: String, in rows: Int, _ place: String) -> String {
    localized(
      rows,
      one: "\(count) words under unless, \"\(first)\" the first, are in \(rows) other row too, as \(place); "
        + "make them a group of exclusions.csv",
      other: "\(count) words under unless, \"\(first)\" the first, are in \(rows) other rows too, as \(place); "
        + "make them a group of exclusions.csv")
  }
}

extension Folds {
  /// The word by which the `match` column names each fold.
  package static let names: [(name: String, fold: Folds)] = [
    ("case", .letterCase), ("compatibility", .compatibility), ("accents", .accents), ("variants", .chineseVariants),
    ("invisible", .invisible), ("spacing", .spacing), ("lookalikes", .lookAlikes), ("leet", .leet),
    ("repeats", .repeats), ("references", .references),
  ]

  /// The names of the folds in the set, in the order of `names`.
  package var names: [String] { Self.names.filter { contains($0.fold) }.map(\.name) }
}
