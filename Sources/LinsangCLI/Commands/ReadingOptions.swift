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

  @Option(
    help: ArgumentHelp(
      "Open this sheet of workbooks, or this table or view of databases. Default: those with listings.",
      valueName: "name"))
  var table: String?

  func validate() throws {
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
    options.table = table
    return options
  }
}
