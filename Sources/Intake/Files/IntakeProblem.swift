import Listings

/// A soft fault of a file: what is wrong, and where. The listing stays unless the sentence says otherwise.
package struct IntakeProblem: Equatable, Sendable {
  /// The file as given on the command line, or the table.
  package var file: String
  /// The line, from 1; nil where the whole file is meant, and in files that have no lines.
  package var line: Int?
  /// The row as its file numbers it, from 1; nil where no listing came of it.
  package var sourceRow: Int?
  /// The row of the dataset; nil where there is none.
  package var row: Int?
  package var field: Field?
  package var what: What
  /// The bytes in question, cut to a few dozen characters. Listing text: hostile until it has become `SafeText`.
  package var excerpt: String

  package enum What: Equatable, Sendable {
    case tooFewCells(found: Int, expected: Int)
    case tooManyCells(found: Int, expected: Int)
    case unterminatedQuote
    case invalidUTF8
    case zeroBytes
    /// No listing in JSON, from this column (in bytes, from 1) on.
    case malformedJSON(JSONFault, column: Int)
    /// Something about a JSON file as a whole.
    case jsonLack(JSONLack)
    case priceUnreadable(PriceFault)
    case timeUnreadable(TimeFault)
    case currencyUnknown
    /// None of the file's columns is known; with the one that may be the title, if there is one.
    case noKnownColumn(offered: String?)
    /// Neither title nor description is known, so no lexicon reads the listings; with the column that may be the title.
    case noTextColumn(offered: String?)
    /// Records before the header, which are no listings.
    case preamble(records: Int)
    /// The header once more, between the listings.
    case headerRepeated
    /// No file has a column that `--map` names; with those there are.
    case chosenColumnMissing(column: String, among: [String])
    case tableMissing
    case tableUnreadable(IntakeError)
    /// A row of `listing-addresses.csv` with a pattern that is none, or with no site.
    case patternUnreadable
    /// Something about a sheet or a database's table that its listings do not show.
    case inTable(TableNote)
    /// Bytes that are no character of the file's encoding.
    case undecodable(TextEncoding)
    /// The encoding was guessed; in words.
    case encodingUnsure(String)
    /// UTF-8 that was read as `as` and saved again; with an example.
    case doubleEncoded(as: String, String)
    /// A file of a folder or an archive that could not be read.
    case leftOut(IntakeError)
    /// A packed file, or a list in JSON, is broken or cut off.
    case endsEarly(why: String)
    /// Bytes were lost, or others put in their place, while the file was open.
    case cutWhileOpen
    case grewWhileOpen(bytes: Int)
  }

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

extension IntakeProblem {
  /// Kinds of problems, for counting. The names of the cases are told to other programs: they stay.
  package enum Kind: Int, CaseIterable, Sendable {
    case tooFewCells, tooManyCells, unterminatedQuote, invalidUTF8, zeroBytes, malformedJSON, priceUnreadable
    case timeUnreadable, currencyUnknown, noKnownColumn, noTextColumn, preamble, headerRepeated
    case chosenColumnMissing, tableMissing, tableUnreadable
    case patternUnreadable, inTable, jsonLack
    case undecodable, encodingUnsure, doubleEncoded, leftOut, endsEarly, cutWhileOpen, grewWhileOpen
  }

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
  /// What programs call it; stable.
  package var name: String { "\(self)" }

  /// What people call it, beside a field and a file: `no amount in the price`.
  package var words: String {
    switch self {
    case .tooFewCells: "too few cells"
    case .tooManyCells: "too many cells"
    case .unterminatedQuote: "a quote that nothing closes"
    case .invalidUTF8: "bytes that are not UTF-8"
    case .zeroBytes: "zero bytes in the text"
    case .malformedJSON: "no listing in JSON"
    case .jsonLack: "something left out of a JSON file"
    case .priceUnreadable: "no amount in the price"
    case .timeUnreadable: "no unambiguous time"
    case .currencyUnknown: "an unknown currency"
    case .noKnownColumn: "no column known by its name"
    case .noTextColumn: "no column known as title or description"
    case .preamble: "lines before the header"
    case .headerRepeated: "the header once more"
    case .chosenColumnMissing: "a chosen column is not there"
    case .tableMissing: "a reference table is missing"
    case .tableUnreadable: "a reference table could not be read"
    case .patternUnreadable: "no pattern of addresses"
    case .inTable: "a note on the sheet or table"
    case .undecodable: "bytes that are no character"
    case .encodingUnsure: "the encoding is a guess"
    case .doubleEncoded: "double-encoded text"
    case .leftOut: "left out"
    case .endsEarly: "the file ends early"
    case .cutWhileOpen: "cut or written over while open"
    case .grewWhileOpen: "grew while open"
    }
  }
}

extension IntakeProblem: CustomStringConvertible {
  /// What is wrong, where, what was done, what is unharmed.
  package var description: String {
    let text = excerpt.isEmpty ? "" : ": \(excerpt)"
    return "\(place.isEmpty ? file : "\(file), \(place)"): \(found); \(done)\(text)"
  }

  /// The place within the file: its line, else its row; empty where the whole file is meant.
  package var place: String { line.map { "line \($0)" } ?? sourceRow.map { "row \($0)" } ?? "" }

  /// What was found there, without the text in question.
  package var found: String { words.found }

  /// What was done about it, and what is unharmed.
  package var done: String { words.done }

  /// How to name the title, in words.
  private static func naming(_ offered: String?) -> String {
    guard let offered else { return "name the columns with M on the screen or with --map field=column" }
    return "press M to take \(offered) as the title, or use --map title=\(offered)"
  }

  private var words: (found: String, done: String) {
    switch what {
    case .tooFewCells(let found, let expected):
      ("\(found) cells where the header has \(expected)", "the listing is kept, the cells that are not there are empty")
    case .tooManyCells(let found, let expected):
      ("\(found) cells where the header has \(expected)", "the listing is kept, the others are its `extra` cells")
    case .unterminatedQuote:
      (
        "a quote opens a cell that nothing closes",
        "it is taken as plain text, and the records after it are read as usual"
      )
    case .invalidUTF8:
      ("bytes that are not UTF-8", "the listing is kept, those bytes are shown as a replacement mark")
    case .zeroBytes: ("zero bytes in the text", "the listing is kept as it stands")
    case .malformedJSON(let fault, let column):
      (
        "no listing in JSON, \(fault.rawValue) at column \(column)",
        "it is left out up to the next listing that is whole, and the others are kept"
      )
    case .jsonLack(let lack): (lack.found, lack.done)
    case .priceUnreadable(let fault):
      ("no amount in the price (\(fault.sentence))", "the listing is kept, its price is shown as it stands")
    case .timeUnreadable(let fault):
      (
        "no unambiguous time in \(field?.rawValue ?? "the time") (\(fault.sentence))",
        "the listing is kept, its time is shown as it stands and counts as missing"
      )
    case .currencyUnknown:
      ("an unknown currency", "the listing is kept, its currency is taken from other signs if there are any")
    case .noKnownColumn(let offered):
      ("no column is known by its name or its values", "all cells are kept; \(Self.naming(offered))")
    case .noTextColumn(let offered):
      (
        "no column is known as title or description, so no lexicon reads these listings",
        "all cells are kept; \(Self.naming(offered))"
      )
    case .preamble(let records):
      (
        records == 1 ? "a line stands before the header" : "\(records) lines stand before the header",
        "\(records == 1 ? "it is no listing" : "they are no listings"), and all after the header are kept; "
          + "--header no reads them as listings"
      )
    case .headerRepeated: ("the header stands here once more", "it is no listing, and the records around it are kept")
    case .chosenColumnMissing(let column, let names):
      (
        "there is no column \(column) to take \(field?.rawValue ?? "a field") from",
        "the other columns are read as usual, and --map may name: "
          + names.prefix(24).joined(separator: ", ") + (names.count > 24 ? ", …" : "")
      )
    case .tableMissing:
      (
        "this table is in none of the folders",
        "listings are kept, but what it tells (columns, currencies, platforms) stays unknown"
      )
    case .inTable(let note): (note.found, note.done)
    case .tableUnreadable(let error): ("this table could not be read and is left out", "\(error)")
    case .patternUnreadable:
      (
        "this is no pattern of a listing's address",
        "addresses of the site are compared as a whole, see Lexicons/README.md for how patterns are written"
      )
    case .undecodable(let encoding):
      (
        "bytes that are no character of \(encoding.rawValue)",
        "the listing is kept, those bytes are shown as a replacement mark"
      )
    case .encodingUnsure(let finding):
      (
        "the encoding is a guess, \(finding)",
        "all listings are kept, name the encoding with --encoding if they look wrong"
      )
    case .doubleEncoded(let encoding, let example):
      (
        "the text looks double-encoded, as if it had been read as \(encoding) and saved again: \(example)",
        "it is shown as it stands, read it with --repair-encoding"
      )
    case .leftOut(let error): ("left out: \(error.reason)", "it is unharmed, and the other files are read as usual")
    case .endsEarly(let why):
      (
        "the file ends early or is broken (\(why))",
        "the listings before that place are kept, fetch it again"
      )
    case .cutWhileOpen:
      (
        "the file was cut or written over while open, and what it lost reads as zeros",
        "verdicts are unharmed; open it again, and do not rely on the listings as they stand here"
      )
    case .grewWhileOpen(let bytes):
      (
        "the file grew by \(bytes) bytes while open",
        "the listings of its first part are kept, open it again for the others"
      )
    }
  }
}
