import CodeWords
import Glibc
import Intake
import Listings
import Matching

/// Times the matcher over title and description of every row, on the calling thread, and the flagging of the whole file.
///
///     LinsangBench terms LEXICONS REPEATS TERMS FILE      a term per line
///     LinsangBench flagging LEXICONS REPEATS FILE         the shipped lexicons and taxa
struct CodeWordsBench {
  private let dataset: Dataset
  private let lexicons: String
  private let repeats: Int
  private var report = Report()

  init(lexicons: String, repeats: Int, file: String) throws {
    let options = IntakeOptions(tables: ReferenceTables(folders: [lexicons]))
    dataset = try DatasetOpening.open(paths: [file], options: options).dataset
    self.lexicons = lexicons
    self.repeats = repeats
  }

  private var textBytes: Int {
    (0..<dataset.rowCount).reduce(0) {
      let text = ListingText(of: $1, in: dataset)
      return $0 + text.title.count + text.description.count
    }
  }

  mutating func matchTerms(_ path: String) throws -> String {
    let spellings = try Self.lines(of: path).map { Spelling($0) }
    let matcher = report.time("build") { SpellingMatcher(spellings) }
    var (matches, rows) = (0, 0)
    for _ in 0..<repeats {
      (matches, rows) = report.time("scan") {
        var scratch = SpellingMatcher.Scratch()
        var (matches, rows) = (0, 0)
        for row in 0..<dataset.rowCount {
          let text = ListingText(of: row, in: dataset)
          let before = matches
          for field in [text.title, text.description] {
            matcher.forEachMatch(in: field, using: &scratch) { _ in matches += 1 }
          }
          if matches > before { rows += 1 }
        }
        return (matches, rows)
      }
    }
    report.counts = [
      ("terms", spellings.count), ("bytes", textBytes), ("matches", matches), ("rows", rows),
      ("tables", matcher.byteCount),
    ]
    return report.json
  }

  mutating func flagRows() throws -> String {
    var terms: [Lexicon] = []
    for name in try Self.names(in: lexicons + "/terms") where name.hasSuffix(".csv") && name != "sources.csv" {
      let path = "\(lexicons)/terms/\(name)"
      terms.append(LexiconFile.read(try SmallTable.rows(path: path), file: path).lexicon)
    }
    let table = lexicons + "/" + ExclusionTable.file
    let exclusions = ExclusionTable.read(try SmallTable.rows(path: table), file: table).groups
    let compiled = report.time("build") { CompiledLexicons(LexiconSet(layers: [terms], exclusions: exclusions)) }
    var flagged = 0
    for _ in 0..<repeats {
      let flags = report.time("flag") { RowFlagging(compiled).extend(over: dataset) }
      flagged = flags.rows(risk: 1...100, of: dataset.rowCount).count
    }
    report.counts = [
      ("terms", compiled.terms.count), ("bytes", textBytes), ("rows", dataset.rowCount), ("flagged", flagged),
    ]
    return report.json
  }

  private static func lines(of path: String) throws -> [String] {
    try SmallTable.rows(path: path).compactMap { $0.cells.first.flatMap { $0.isEmpty ? nil : $0 } }
  }

  private static func names(in folder: String) throws -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let file = readdir(directory) {
      names.append(
        withUnsafePointer(to: &file.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names.sorted()
  }
}
