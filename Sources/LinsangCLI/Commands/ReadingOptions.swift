import ArgumentParser
import Intake
import Listings

/// How files are read, for every command that reads some.
struct ReadingOptions: ParsableArguments {
  @Option(
    name: .customLong("map"),
    help: ArgumentHelp(
      "Take a field from a column, whatever the column is called; may be given several times.",
      valueName: "field=column"))
  var maps: [String] = []

  @Flag(help: "Leave aside what was chosen for columns on the screen and remembered in columns.csv.")
  var noRememberedColumns = false

  @Option(help: "Read all files in this encoding, as in gb18030 or windows-1252. Default: told by the text.")
  var encoding: String?

  @Flag(
    help: "Turn text back that was read in a wrong encoding and saved again, as in Ã© for é. Files stay as they are.")
  var repairEncoding = false

  @Option(
    help: ArgumentHelp(
      "Whether files and sheets name their columns: yes, no, or the line or row that does. Default: told by their rows.",
      valueName: "yes|no|line"))
  var header: String?

  @Option(
    help: ArgumentHelp(
      "How CSV files are written, in words such as semicolon,backslash. Default: told by their records.",
      valueName: "words"))
  var dialect: String?

  @Option(
    help: ArgumentHelp(
      "The currency of prices that name none, as in RUB. Default: as answered for the file with M, else unknown.",
      valueName: "code"))
  var currency: String?

  @Option(
    help: ArgumentHelp(
      "Open this sheet of workbooks, or this table or view of databases. Default: those with listings.",
      valueName: "name"))
  var table: String?

  func validate() throws {
    if let encoding, TextEncoding(named: encoding) == nil {
      let names = TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--encoding \(encoding): there is no such encoding; name one of \(names)")
    }
    if let currency, currency.utf8.count != 3 || !currency.utf8.allSatisfy({ $0 | 0x20 &- 0x61 < 26 }) {
      throw ValidationError("--currency \(currency): write a code of three letters, as in RUB")
    }
    if let header, HeaderChoice(header) == nil {
      throw ValidationError("--header \(header): write yes, no, or the number of the line that names the columns")
    }
    if let dialect, DialectChoice(words: dialect) == nil {
      throw ValidationError("--dialect \(dialect): write some of \(DialectChoice.words.joined(separator: ", "))")
    }
    for map in maps {
      let parts = map.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, Field(rawValue: String(parts[0])) != nil else {
        let names = Field.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--map \(map): write field=column with one of the fields \(names)")
      }
    }
  }

  func intakeOptions(_ folders: DataFolders) -> IntakeOptions {
    var options = IntakeOptions(tables: ReferenceTables(folders: folders.lexicons))
    for map in maps {
      let parts = map.split(separator: "=", maxSplits: 1)
      if let field = Field(rawValue: String(parts[0])) { options.chosenColumns[field] = String(parts[1]) }
    }
    if !noRememberedColumns { options.assignments = ColumnMemoryFile().assignments() }
    options.encoding = encoding.flatMap { TextEncoding(named: $0) }
    options.repairsEncoding = repairEncoding
    options.table = table
    options.currency = currency?.uppercased()
    options.header = header.flatMap { HeaderChoice($0) }
    if let choice = dialect.flatMap({ DialectChoice(words: $0) }) { options.dialect = choice }
    return options
  }
}
