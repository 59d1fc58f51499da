import ArgumentParser
import CodeWords

/// `linsang taxon NAME…`
struct TaxonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "taxon", abstract: "Say what is known of a taxon: names, classification, where it is protected.",
    discussion: """
      A name is a scientific or a common one, in quotes where it has blanks. --json prints an object per name: asked, \
      accepted (null where it is not certain which taxon is meant), rank, by, lineage, synonyms, common_names, cites and \
      china (status, rows with level, from, until, note, source, source_as_of), warning, candidates. A misspelt name is \
      never taken for another: suggested is what it is near to (null where several are equally near), difference says \
      in what it differs. Of a text with several names, or a hybrid, names has one such object for each.
      Exit status 1 where a name is no taxon, or may be several.
      """)

  @Argument(help: "The names to look up.")
  var names: [String]

  @Flag(help: "Print JSON, a line per name.")
  var json = false

  func run() throws {
    try Failure.reported { output in
      let table = TaxaOnDemand(DataFolders()).table
      var isWhole = true
      for (number, name) in names.enumerated() {
        let answer = TaxonAnswer(name, in: table)
        isWhole = isWhole && answer.isCertain
        if json {
          try output.put(answer.json.text + "\n")
        } else {
          if number > 0 { try output.line("") }
          try output.lines(answer.lines)
        }
      }
      try output.flush()
      if !isWhole { throw ExitCode(1) }
    }
  }
}
