import CodeWords
import Glibc
import Hashing
import Intake
import Listings
import Matching
import Taxa

/// Times the matcher over title and description of every row, on the calling thread, and the flagging of the whole file.
///
///     LinsangBench terms LEXICONS REPEATS TERMS FILE      a term per line
///     LinsangBench flagging LEXICONS REPEATS FILE…        the shipped lexicons and taxa
///     LinsangBench readings LEXICONS FILE…                a digest of what the lexicons say about every row
struct CodeWordsBench {
  private let dataset: Dataset
  private let lexicons: String
  private let repeats: Int
  private var report = Report()

  init(lexicons: String, repeats: Int = 1, files: [String]) throws {
    let options = IntakeOptions(tables: ReferenceTables(folders: [lexicons]))
    dataset = try DatasetOpening.open(paths: files, options: options).dataset
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
    let lexicons = lexicons
    let parts = try report.time("read") { Result { try Self.read(lexicons) } }.get()
    let compiled = report.time("build") { Self.compiled(parts) }
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

  /// What the lexicons say about every row, as one SHA-256: hits, reasons, risk and flags. Two programs that read the same
  /// rows alike have the same digest, whatever they cost.
  ///
  /// Fails:  ends the program where the flags of a row are not those of its reading.
  func readings() throws -> String {
    let compiled = Self.compiled(try Self.read(lexicons))
    let flags = RowFlagging(compiled).extend(over: dataset)
    var reader = ListingReader(compiled, dataset)
    var hasher = SHA256Hasher()
    var hits = 0
    for row in 0..<dataset.rowCount {
      let (text, reading) = (ListingText(of: row, in: dataset), reader.reading(of: row))
      guard flags.risk(at: row).value == reading.risk?.value else {
        fatalError(
          "row \(row) is flagged \(flags.risk(at: row)) and read as \(String(describing: reading.risk?.value))")
      }
      hits += reading.hits.count
      var lines = ["\(row) \(reading.readability) \(flags.risk(at: row))"]
      lines += reading.why(compiled, text).map { "\($0.points) \($0.text) \($0.hits)" }
      lines += reading.hits.map {
        "\(compiled.labels[Int($0.term.number)]) \($0.field) \($0.bytes) \($0.folds.rawValue) \($0.status)"
      }
      lines.append(flags.terms(at: row).map { compiled.labels[Int($0.number)] }.joined(separator: "|"))
      var block = lines.joined(separator: "\n") + "\n"
      block.withUTF8 { hasher.update(UnsafeRawBufferPointer($0)) }
    }
    return "\(hasher.finish()) \(dataset.rowCount) rows \(hits) hits"
  }

  private static func read(_ lexicons: String) throws -> (set: LexiconSet, taxa: TaxonTable) {
    var terms: [Lexicon] = []
    for name in try names(in: lexicons + "/terms") where name.hasSuffix(".csv") && name != "sources.csv" {
      let path = "\(lexicons)/terms/\(name)"
      terms.append(LexiconFile.read(try SmallTable.rows(path: path), file: path).lexicon)
    }
    let table = lexicons + "/" + ExclusionTable.file
    let exclusions = ExclusionTable.read(try SmallTable.rows(path: table), file: table).groups
    return (LexiconSet(layers: [terms], exclusions: exclusions), TaxonTable(lexicons: [lexicons]))
  }

  private static func compiled(_ parts: (set: LexiconSet, taxa: TaxonTable)) -> CompiledLexicons {
    let taxa = parts.taxa
    return CompiledLexicons(parts.set, taxon: { taxa.taxon(named: $0) }, taxa: { taxa.taxa(named: $0) })
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
