import Matching

/// What is wrong in a lexicon, and where. Only the row it stands in is affected; nothing else of the file is lost.
package struct LexiconProblem: Equatable, Sendable {
  package enum What: Equatable, Sendable {
    // Of a file.
    case unreadable(why: String)
    case header(found: String, expected: String)
    // Of a row, which is left out.
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
    // Of a row that is used all the same.
    case unknownMatchWord(String)
    case noPluralRule(String)
    case saidByTheFirstRow([String])
    case unknownGroup(String)
    case neededGroupIsHarmless(String)
    case neededGroupExcludes(String)
    case groupWithinGroup(String)
    case duplicate(of: TermPlace)
    case writtenTwice(String)
    case alwaysVoid(by: String)
    case conditionWithinTerm(String)
    case tooShort(String)
    case unknownTaxon(String)
    case unknownProduct(String)
    case noSource
    case unknownSource(String)
    case unverifiedWithoutNote
    case notADate(String)
    case noMeaning
    // Of how a file is written; nothing is read otherwise for it.
    case longRow(characters: Int, limit: Int)
    case givenByPlural(String)
    case mostlyPlurals(Int, first: String)
    case excludedTwice(String)
    case repeatedExclusions(Int, first: String, others: [TermPlace])
    case unusedGroup
    case groupOfTermsToo
  }

  package let file: String
  /// The line on which the row begins; nil for the whole file.
  package let line: Int?
  /// The term as far as it is known.
  package let term: String
  package let what: What

  package init(file: String, line: Int? = nil, term: String = "", what: What) {
    self.file = file
    self.line = line
    self.term = term
    self.what = what
  }

  /// The sentence for people: place, what happened, what it means, what to do.
  package var sentence: String {
    let place = file + (line.map { ":\($0)" } ?? "")
    return place + ": " + (term.isEmpty ? "" : term + ": ") + explanation
  }

  /// The sentence without its place.
  package var explanation: String {
    switch what {
    case .unreadable(let why): "the lexicon could not be read: \(why)"
    case .header(let found, let expected):
      "the first line is \"\(found)\"; no row was taken. Begin the file with: \(expected)"
    case .columns(let found, let expected):
      "\(found) columns where \(expected) are expected; the row is left out. Quote cells that hold a comma"
    case .notUTF8: "the row is not UTF-8 and is left out. Save the file as UTF-8"
    case .noTerm: "the row names no term and is left out"
    case .noLanguage(let written):
      "\"\(written)\" is no language; the row is left out. Write a code of ISO 639-1, la or mul"
    case .unknownKind(let kind):
      "\"\(kind)\" is no kind; the row is left out. Kinds are: \(TermKind.allCases.map(\.rawValue).joined(separator: ", "))"
    case .badWeight(let weight): "the weight \"\(weight)\" is no whole number from 0 to 100; the row is left out"
    case .noGroup: "harmless and context rows name their group under denotes; the row is left out"
    case .tooManyTerms(let limit): "more than \(limit) terms are on; this one and those behind it are left out"
    case .badSwitch(let state): "\"\(state)\" is neither on nor off; the row is passed over"
    case .nothingToAddTo(let language):
      "no other row of this file has that first writing in that language (\(language)) and that meaning; the row is left out. "
        + "A row of the kind more repeats language and first writing of the row it adds to"
    case .severalToAddTo(let count):
      "\(count) rows of this file have that first writing in that language; the row is left out. Say under denotes which is "
        + "meant"
    case .noGroupName: "the row names no group and is left out; a name holds no bar"
    case .noPluralRule(let language):
      "plural under match: no rule is known for the language \"\(language)\"; it is passed over. List the plurals"
    case .saidByTheFirstRow(let columns):
      "\(columns.joined(separator: ", ")) of a row of the kind more are those of the row it adds to; what stands there is "
        + "passed over"
    case .unknownMatchWord(let word):
      "\"\(word)\" under match means nothing and is passed over; known are word, stem, inside, plural and, with - before them, "
        + Folds.names.map(\.name).joined(separator: ", ")
    case .unknownGroup(let group):
      "no harmless or context row makes up the group @\(group), and exclusions.csv has none of that name; the condition is "
        + "never met. Check its spelling"
    case .neededGroupIsHarmless(let group):
      "it needs @\(group), whose terms are harmless: what speaks against must not be needed. Make it a context group"
    case .neededGroupExcludes(let group):
      "it needs @\(group), which is a group of exclusions; the condition is never met. Name a context group, or put it under "
        + "unless"
    case .groupWithinGroup(let word):
      "\"\(word)\" names a group, and groups of exclusions hold words only; it is passed over"
    case .duplicate(let place): "the same term stands at \(place.file):\(place.line) already; keep one of them"
    case .writtenTwice(let writing): "\"\(writing)\" is, after folding, another writing of the same row; leave it out"
    case .alwaysVoid(let word): "it is void wherever it stands, since \"\(word)\" under unless covers it"
    case .conditionWithinTerm(let word):
      "\"\(word)\" is a part of the term itself, and words of the hit are not taken for its surroundings"
    case .tooShort(let writing): "\"\(writing)\" is too short to count without needs; name what must be near"
    case .unknownTaxon(let name): "\"\(name)\" is no accepted name of the taxon table; no appendix is known for it"
    case .unknownProduct(let code): "\"\(code)\" is no CITES trade term code"
    case .noSource: "no source; name one of sources.csv, or write unverified and say in the note on what grounds"
    case .unknownSource(let id): "sources.csv has no source \"\(id)\""
    case .unverifiedWithoutNote: "unverified, and the note does not say on what grounds"
    case .notADate(let text): "reviewed is \"\(text)\"; write the date as 2026-11-24"
    case .noMeaning: "denotes is empty; say in plain words what the term stands for"
    case .longRow, .givenByPlural, .mostlyPlurals, .excludedTwice, .repeatedExclusions, .unusedGroup, .groupOfTermsToo:
      explanationOfWriting
    }
  }

  /// Of problems with how a file is written.
  private var explanationOfWriting: String {
    switch what {
    case .longRow(let characters, let limit):
      "the row has \(characters) characters, more than a spreadsheet shows well (\(limit)); divide it: a row of the kind more "
        + "adds to another one"
    case .givenByPlural(let writing): "\"\(writing)\" is given by plural under match; leave it out"
    case .mostlyPlurals(let count, let first):
      "\(count) of its writings are the regular plurals of others, \"\(first)\" the first; write plural under match and leave "
        + "them out"
    case .excludedTwice(let word): "\"\(word)\" stands under unless twice, by itself or in a group; leave one out"
    case .repeatedExclusions(let count, let first, let others):
      "\(count) words under unless, \"\(first)\" the first, stand in \(others.count) other row\(others.count == 1 ? "" : "s") "
        + "too, as \(others.first.map { "\($0.file):\($0.line)" } ?? ""); make them a group of exclusions.csv"
    case .unusedGroup: "no row names the group under unless, as @\(term); leave it out"
    case .groupOfTermsToo: "harmless or context rows make up a group of that name too; both count. Choose another name"
    default: ""
    }
  }
}

extension Folds {
  /// What a lexicon calls each of them.
  package static let names: [(name: String, fold: Folds)] = [
    ("case", .letterCase), ("compatibility", .compatibility), ("accents", .accents), ("variants", .chineseVariants),
    ("invisible", .invisible), ("spacing", .spacing), ("lookalikes", .lookAlikes), ("leet", .leet),
    ("repeats", .repeats), ("references", .references),
  ]

  /// The names of those in the set, in order.
  package var names: [String] { Self.names.filter { contains($0.fold) }.map(\.name) }
}
