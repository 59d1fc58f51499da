import Listings

/// A soft fault of a file: what is wrong, and where. The listing stays unless the sentence says otherwise.
package struct IntakeProblem: Equatable, Sendable {
  /// The file as given on the command line, or the table.
  package var file: String
  /// The line, from 1; nil where the whole file is meant.
  package var line: Int?
  /// The row as the sheet or table numbers it, in files that have no lines.
  package var tableRow: Int?
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
    /// No JSON, from this column (in bytes, from 1) on.
    case malformedJSON(JSONFault, column: Int)
    case priceUnreadable(PriceFault)
    case timeUnreadable(TimeFault)
    case currencyUnknown
    /// None of the file's columns is known.
    case noKnownColumn
    case chosenColumnMissing(column: String)
    case tableMissing
    case tableUnreadable(IntakeError)
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
    /// A packed file is broken or cut off.
    case endsEarly(why: String)
    /// Bytes were lost while the file was open.
    case cutWhileOpen
    case grewWhileOpen(bytes: Int)
  }

  package init(
    file: String, line: Int? = nil, row: Int? = nil, field: Field? = nil, what: What, excerpt: String = ""
  ) {
    self.file = file
    self.line = line
    self.row = row
    self.field = field
    self.what = what
    self.excerpt = excerpt
  }
}

extension IntakeProblem {
  /// Kinds of problems, for counting.
  package enum Kind: Int, CaseIterable, Sendable {
    case tooFewCells, tooManyCells, unterminatedQuote, invalidUTF8, zeroBytes, malformedJSON, priceUnreadable
    case timeUnreadable, currencyUnknown, noKnownColumn, chosenColumnMissing, tableMissing, tableUnreadable
    case inTable
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
    case .priceUnreadable: .priceUnreadable
    case .timeUnreadable: .timeUnreadable
    case .currencyUnknown: .currencyUnknown
    case .noKnownColumn: .noKnownColumn
    case .chosenColumnMissing: .chosenColumnMissing
    case .tableMissing: .tableMissing
    case .tableUnreadable: .tableUnreadable
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

extension IntakeProblem: CustomStringConvertible {
  /// What is wrong, where, what was done, what is unharmed.
  package var description: String {
    let place = tableRow.map { "\(file), row \($0)" } ?? line.map { "\(file), line \($0)" } ?? file
    let text = excerpt.isEmpty ? "" : ": \(excerpt)"
    return "\(place): \(sentence)\(text)"
  }

  private var sentence: String {
    switch what {
    case .tooFewCells(let found, let expected):
      "\(found) cells where the header has \(expected); the listing is kept, the cells that are not there are empty"
    case .tooManyCells(let found, let expected):
      "\(found) cells where the header has \(expected); the listing is kept, the others are its `extra` cells"
    case .unterminatedQuote:
      "a quote opens a cell that nothing closes; it is taken as plain text, and the records after it are read as usual"
    case .invalidUTF8:
      "bytes that are not UTF-8; the listing is kept, those bytes are shown as a replacement mark"
    case .zeroBytes: "zero bytes in the text; the listing is kept as it stands"
    case .malformedJSON(let fault, let column):
      "no JSON object, \(fault.rawValue) at column \(column); this line is left out, the others are unharmed"
    case .priceUnreadable(let fault):
      "no amount in the price (\(fault.sentence)); the listing is kept, its price is shown as it stands"
    case .timeUnreadable(let fault):
      "no unambiguous time in \(field?.rawValue ?? "the time") (\(fault.sentence)); the listing is kept, its time is "
        + "shown as it stands and counts as missing"
    case .currencyUnknown:
      "an unknown currency; the listing is kept, its currency is taken from other signs if there are any"
    case .noKnownColumn:
      "no column is known by its name; all cells are kept, name the columns with --map field=column"
    case .chosenColumnMissing(let column):
      "there is no column \(column) to take \(field?.rawValue ?? "a field") from; the other columns are read as usual"
    case .tableMissing:
      "this table is in none of the folders; listings are kept, but what it tells (columns, currencies, platforms) "
        + "stays unknown"
    case .inTable(let note): note.description
    case .tableUnreadable(let error): "this table could not be read and is left out; \(error)"
    case .undecodable(let encoding):
      "bytes that are no character of \(encoding.rawValue); the listing is kept, those bytes are shown as a replacement "
        + "mark"
    case .encodingUnsure(let finding):
      "the encoding is a guess, \(finding); all listings are kept, name the encoding with --encoding if they look wrong"
    case .doubleEncoded(let encoding, let example):
      "the text looks double-encoded, as if it had been read as \(encoding) and saved again: \(example); it is shown as "
        + "it stands, read it with --repair-encoding"
    case .leftOut(let error): "left out, the other files are read as usual; \(error)"
    case .endsEarly(let why):
      "the packed file ends early or is broken (\(why)); the listings before that place are kept, fetch it again"
    case .cutWhileOpen:
      "the file was cut while open, its lost part reads as zeros; open it again, and do not rely on these listings"
    case .grewWhileOpen(let bytes):
      "the file grew by \(bytes) bytes while open; the listings of its first part are kept, open it again for the others"
    }
  }
}

/// The problems of a load: all counted, the first ones kept.
package struct IntakeProblems: Equatable, Sendable {
  /// The first problems, in the order of the rows; at most `limit`.
  package private(set) var kept: [IntakeProblem] = []
  private var counts = Array(repeating: 0, count: IntakeProblem.Kind.allCases.count)

  /// How many problems are kept with their place.
  package static let limit = 10_000

  package init() {}

  package var count: Int { counts.reduce(0, +) }
  package var isEmpty: Bool { count == 0 }
  package func count(of kind: IntakeProblem.Kind) -> Int { counts[kind.rawValue] }

  /// Whether a further problem would be kept.
  var hasRoom: Bool { kept.count < Self.limit }

  mutating func add(_ problem: IntakeProblem) {
    counts[problem.kind.rawValue] += 1
    if hasRoom { kept.append(problem) }
  }

  mutating func count(_ number: Int, of kind: IntakeProblem.Kind) { counts[kind.rawValue] += number }
}
