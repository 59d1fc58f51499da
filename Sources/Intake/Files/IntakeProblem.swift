import Listings
import Sentences

/// Something wrong in a file that does not stop it from being read: what, and where.
///
/// Shape:  the listing is kept unless `done` says otherwise. Lines and rows count from 1 where people see them, and from
///         0 in `row`.
package struct IntakeProblem: Equatable, Sendable {
  /// The file as given on the command line, or the reference table.
  package var file: String
  /// The line in the file, from 1; nil for the file as a whole, and for formats without lines.
  package var line: Int?
  /// The row as its file numbers it, from 1; nil where the problem belongs to no listing.
  package var sourceRow: Int?
  /// The row of the dataset, from 0; nil where the problem belongs to no listing.
  package var row: Int?
  /// The field concerned; nil where the problem is about the record or the file.
  package var field: Field?
  /// What is wrong, as a value.
  package var what: What
  /// The bytes in question, cut to a few dozen characters.
  ///
  /// Limits: text of a listing, so hostile until it has become `SafeText`.
  package var excerpt: String

  /// What is wrong. The payload is what the sentence needs.
  package enum What: Equatable, Sendable {
    /// The record is shorter than the header; the missing cells are empty.
    case tooFewCells(found: Int, expected: Int)
    /// The record is longer than the header; surplus cells are kept as `extra`.
    case tooManyCells(found: Int, expected: Int)
    /// A quote opens a cell and nothing closes it.
    case unterminatedQuote
    /// The record has bytes that are not UTF-8.
    case invalidUTF8
    /// The record has zero bytes.
    case zeroBytes
    /// Not a listing in JSON; `column` is where, in bytes from 1.
    case malformedJSON(JSONProblem, column: Int)
    /// Something left out of a JSON file as a whole.
    case jsonLack(JSONOmission)
    /// No amount can be read from the price.
    case priceUnreadable(PriceProblem)
    /// No unambiguous time can be read.
    case timeUnreadable(TimeProblem)
    /// The currency field holds something that is not a known currency.
    case currencyUnknown
    /// No column is recognised; `offered` is the one that is most likely the title.
    case noKnownColumn(offered: String?)
    /// Neither title nor description is recognised, so no lexicon applies; `offered` is the most likely title.
    case noTextColumn(offered: String?)
    /// Records above the header that are not listings.
    case preamble(records: Int)
    /// The header repeated among the listings.
    case headerRepeated
    /// `--map` names a column that no file has; `among` are the columns there are.
    case chosenColumnMissing(column: String, among: [String])
    /// A reference table is in none of the folders.
    case tableMissing
    /// A reference table exists and could not be read.
    case tableUnreadable(IntakeError)
    /// A row of `listing-addresses.csv` without a site or a valid pattern.
    case patternUnreadable
    /// A note on a sheet or database table that its listings do not show.
    case inTable(TableNote)
    /// Bytes that are invalid in the file's encoding.
    case undecodable(TextEncoding)
    /// The encoding is a guess; the payload describes it in words.
    case encodingUnsure(String)
    /// UTF-8 that was decoded as `as` and encoded again; with an example.
    case doubleEncoded(as: String, String)
    /// A file in a folder or archive that could not be read.
    case leftOut(IntakeError)
    /// A packed file, or a list in JSON, that is damaged or cut off.
    case endsEarly(why: String)
    /// The file lost bytes, or they were overwritten, while it was open.
    case cutWhileOpen
    /// The file was appended to while it was open.
    case grewWhileOpen(bytes: Int)
  }

  /// A problem; everything but the file and the kind may be unknown.
  package init(
    file: String, line: Int? = nil, sourceRow: Int? = nil, row: Int? = nil, field: Field? = nil, what: What,
    excerpt: String = ""
  ) {
    self.file = file
    self.line = line
    self.sourceRow = sourceRow
    self.row = row
    self.field = field
    self.what = what
    self.excerpt = excerpt
  }
}

/// Counting by kind.
extension IntakeProblem {
  /// The kinds of problems, for counting.
  ///
  /// Limits: `linsang` prints the names of the cases for other programs. They never change.
  package enum Kind: Int, CaseIterable, Sendable {
    case tooFewCells, tooManyCells, unterminatedQuote, invalidUTF8, zeroBytes, malformedJSON, priceUnreadable
    case timeUnreadable, currencyUnknown, noKnownColumn, noTextColumn, preamble, headerRepeated
    case chosenColumnMissing, tableMissing, tableUnreadable
    case patternUnreadable, inTable, jsonLack
    case undecodable, encodingUnsure, doubleEncoded, leftOut, endsEarly, cutWhileOpen, grewWhileOpen
  }

  /// The kind without the payload.
  package var kind: Kind {
    switch what {
    case .tooFewCells: .tooFewCells
    case .tooManyCells: .tooManyCells
    case .unterminatedQuote: .unterminatedQuote
    case .invalidUTF8: .invalidUTF8
    case .zeroBytes: .zeroBytes
    case .malformedJSON: .malformedJSON
    case .jsonLack: .jsonLack
    case .priceUnreadable: .priceUnreadable
    case .timeUnreadable: .timeUnreadable
    case .currencyUnknown: .currencyUnknown
    case .noKnownColumn: .noKnownColumn
    case .noTextColumn: .noTextColumn
    case .preamble: .preamble
    case .headerRepeated: .headerRepeated
    case .chosenColumnMissing: .chosenColumnMissing
    case .tableMissing: .tableMissing
    case .tableUnreadable: .tableUnreadable
    case .patternUnreadable: .patternUnreadable
    case .inTable: .inTable
    case .undecodable: .undecodable
    case .encodingUnsure: .encodingUnsure
    case .doubleEncoded: .doubleEncoded
    case .leftOut: .leftOut
    case .endsEarly: .endsEarly
    case .cutWhileOpen: .cutWhileOpen
    case .grewWhileOpen: .grewWhileOpen
    }
  }
}

extension IntakeProblem.Kind {
  /// The stable name for programs.
  package var name: String { "\(self)" }

  /// A label for people, to be shown beside a field and a file: `no amount in the price`.
  package var words: String {
    switch self {
    case .tooFewCells: localized("too few cells")
    case .tooManyCells: localized("too many cells")
    case .unterminatedQuote: localized("a quote that nothing closes")
    case .invalidUTF8: localized("bytes that are not UTF-8")
    case .zeroBytes: localized("zero bytes in the text")
    case .malformedJSON: localized("no listing in JSON")
    case .jsonLack: localized("something left out of a JSON file")
    case .priceUnreadable: localized("no amount in the price")
    case .timeUnreadable: localized("no unambiguous time")
    case .currencyUnknown: localized("an unknown currency")
    case .noKnownColumn: localized("no column known by its name")
    case .noTextColumn: localized("no column known as title or description")
    case .preamble: localized("lines before the header")
    case .headerRepeated: localized("the header once more")
    case .chosenColumnMissing: localized("a chosen column is not there")
    case .tableMissing: localized("a reference table is missing")
    case .tableUnreadable: localized("a reference table could not be read")
    case .patternUnreadable: localized("no pattern of addresses")
    case .inTable: localized("a note on the sheet or table")
    case .undecodable: localized("bytes that are no character")
    case .encodingUnsure: localized("the encoding is a guess")
    case .doubleEncoded: localized("double-encoded text")
    case .leftOut: localized("left out")
    case .endsEarly: localized("the file ends early")
    case .cutWhileOpen: localized("truncated or changed while open")
    case .grewWhileOpen: localized("grew while open")
    }
  }
}

extension IntakeProblem: CustomStringConvertible {
  /// The whole sentence: where, what was found, what was done, what is unharmed.
  package var description: String {
    let text = excerpt.isEmpty ? "" : ": \(excerpt)"
    return "\(place.isEmpty ? file : "\(file), \(place)"): \(found); \(done)\(text)"
  }

  /// The position in the file: its line, or else its row; empty for the file as a whole.
  package var place: String { line.map { "line \($0)" } ?? sourceRow.map { "row \($0)" } ?? "" }

  /// What was found, without the excerpt.
  package var found: String { words(.files).found }
  /// The same for the screen.
  package var shownFound: String { words(.screen).found }

  /// What was done about it, and what is unharmed.
  package var done: String { words(.files).done }
  /// The same for the screen.
  package var shownDone: String { words(.screen).done }

  /// How to name the title column.
  private static func naming(_ offered: String?, _ say: Wording) -> String {
    guard let offered else {
      return say(Sentence("name the columns on the screen, by the command columns, or with --map field=column"))
    }
    return say(
      Sentence("take \(offered) as the title on the screen, by the command columns, or use --map title=\(offered)"))
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(24).joined(separator: ", ") + (names.count > 24 ? ", …" : "")
  }

  /// The only place with the sentences of problems.
  private func words(_ say: Wording) -> (found: String, done: String) {
    switch what {
    case .tooFewCells(let found, let expected):
      (
        say(Sentence("\(found) cells where the header has \(expected)")),
        say(Sentence("the listing is kept, the cells that are not there are empty"))
      )
    case .tooManyCells(let found, let expected):
      (
        say(Sentence("\(found) cells where the header has \(expected)")),
        say(Sentence("the listing is kept, the others are its `extra` cells"))
      )
    case .unterminatedQuote:
      (
        say(Sentence("a quote opens a cell that nothing closes")),
        say(Sentence("it is taken as plain text, and the records after it are read as usual"))
      )
    case .invalidUTF8:
      (
        say(Sentence("bytes that are not UTF-8")),
        say(Sentence("the listing is kept, those bytes are shown as a replacement mark"))
      )
    case .zeroBytes: (say(Sentence("zero bytes in the text")), say(Sentence("the listing is kept as it stands")))
    case .malformedJSON(let problem, let column):
      (
        say(Sentence("no listing in JSON, \(problem.rawValue) at column \(column)")),
        say(Sentence("it is left out up to the next listing that is whole, and the others are kept"))
      )
    case .jsonLack(let omission): (omission.found(say), omission.done(say))
    case .priceUnreadable(let problem):
      (
        say(Sentence("no amount in the price (\(problem.sentence(say)))")),
        say(Sentence("the listing is kept, its price is shown as it stands"))
      )
    case .timeUnreadable(let problem):
      (
        say(Sentence("no unambiguous time in \(field?.rawValue ?? "the time") (\(problem.sentence(say)))")),
        say(Sentence("the listing is kept, its time is shown as it stands and counts as missing"))
      )
    case .currencyUnknown:
      (
        say(Sentence("an unknown currency")),
        say(Sentence("the listing is kept, its currency is taken from other signs if there are any"))
      )
    case .noKnownColumn(let offered):
      (
        say(Sentence("no column is known by its name or its values")),
        say(Sentence("all cells are kept; \(Self.naming(offered, say))"))
      )
    case .noTextColumn(let offered):
      (
        say(Sentence("no column is known as title or description, so no lexicon reads these listings")),
        say(Sentence("all cells are kept; \(Self.naming(offered, say))"))
      )
    case .preamble(let records):
      (
        records == 1
          ? say(Sentence("a line stands before the header"))
          : say(Sentence("\(records) lines stand before the header")),
        records == 1
          ? say(Sentence("it is no listing, and all after the header are kept; --header no reads them as listings"))
          : say(Sentence("they are no listings, and all after the header are kept; --header no reads them as listings"))
      )
    case .headerRepeated:
      (
        say(Sentence("the header stands here once more")),
        say(Sentence("it is no listing, and the records around it are kept"))
      )
    case .chosenColumnMissing(let column, let names):
      (
        say(Sentence("there is no column \(column) to take \(field?.rawValue ?? "a field") from")),
        say(Sentence("the other columns are read as usual, and --map may name: \(Self.list(names))"))
      )
    case .tableMissing:
      (
        say(Sentence("this table is in none of the folders")),
        say(Sentence("listings are kept, but what it tells (columns, currencies, platforms) stays unknown"))
      )
    case .inTable(let note): (note.found(say), note.done(say))
    case .tableUnreadable(let error):
      (say(Sentence("this table could not be read and is left out")), error.sentence(say))
    case .patternUnreadable:
      (
        say(Sentence("this is no pattern of a listing's address")),
        say(
          Sentence("addresses of the site are compared as a whole, see Lexicons/README.md for how patterns are written")
        )
      )
    case .undecodable(let encoding):
      (
        say(Sentence("bytes that are no character of \(encoding.rawValue)")),
        say(Sentence("the listing is kept, those bytes are shown as a replacement mark"))
      )
    case .encodingUnsure(let finding):
      (
        say(Sentence("the encoding is a guess, \(finding)")),
        say(Sentence("all listings are kept, name the encoding with --encoding if they look wrong"))
      )
    case .doubleEncoded(let encoding, let example):
      (
        say(
          Sentence("the text looks double-encoded, as if it had been read as \(encoding) and saved again: \(example)")),
        say(Sentence("it is shown as it stands, read it with --repair-encoding"))
      )
    case .leftOut(let error):
      (
        say(Sentence("left out: \(error.reason(say))")),
        say(Sentence("it is unharmed, and the other files are read as usual"))
      )
    case .endsEarly(let why):
      (
        say(Sentence("the file ends early or is broken (\(why))")),
        say(Sentence("the listings before that place are kept, fetch it again"))
      )
    case .cutWhileOpen:
      (
        say(Sentence("the file was truncated or changed while open, and what it lost reads as zeros")),
        say(Sentence("verdicts are unharmed; open it again, and do not rely on the listings as they stand here"))
      )
    case .grewWhileOpen(let bytes):
      (
        say(Sentence("the file grew by \(bytes) bytes while open")),
        say(Sentence("the listings of its first part are kept, open it again for the others"))
      )
    }
  }
}
