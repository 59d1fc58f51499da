import ArgumentParser
import CodeWords
import Listings

/// `linsang lexicon explain FILE --row N`
struct LexiconExplain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say why one listing is flagged, point by point.")

  @Argument(help: "The file that holds the listing; - is standard input.")
  var file: String

  @Option(help: "The listing's number among those of the file, from 1, as in source_row.")
  var row: Int

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var lexicons: LexiconOptions

  func run() throws {
    try Failure.reported { output in
      let compiled = try lexicons.compiled()
      let opened = try BatchReading([file], reading)
      let dataset = opened.dataset
      guard let place = (0..<dataset.rowCount).first(where: { dataset.sourceRow(of: $0) == row }) else {
        throw ValidationError("--row \(row): \(file) has no such listing; it has \(dataset.rowCount)")
      }
      let text = ListingText(of: place, in: dataset)
      let reading = compiled.reading(of: place, in: dataset)
      try output.line(dataset.text(of: .title, at: place))
      let description = dataset.text(of: .description, at: place)
      if !description.isEmpty { try output.line(description) }
      try output.line("")
      try output.lines(reading.explanation(compiled, text))
      try output.flush()
      try opened.finish()
    }
  }
}

extension ListingReading {
  /// The risk and its reasons, as lines of text.
  func explanation(_ lexicons: CompiledLexicons, _ text: ListingText) -> [String] {
    let head = risk.map { "risk \($0.value)" } ?? "risk not known"
    let lines = why(lexicons, text).map { line in
      let sign = line.points > 0 ? "+" : line.points < 0 ? "−" : ""
      return "\((sign + String(abs(line.points))).leftPadded(5))  \(line.text)"
    }
    return [head] + (lines.isEmpty ? ["       no term was found"] : lines)
  }
}
