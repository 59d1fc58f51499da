import Listings

/// One text of the opened files: UTF-8 as it is read, and what it was on disk.
///
/// Shape:  a file that is UTF-8 is read where it stands: `mapping` and `original` are then the same. Otherwise `mapping`
///         is a converted copy in a temporary file, and `conversions` says what was done and why.
final class ReadableText: Sendable {
  /// For people; members of archives are named `week.zip » monday.csv`.
  let name: String
  let original: MappedFile
  let mapping: MappedFile
  /// Where the text begins, after a byte order mark.
  let start: Int
  let conversions: [Conversion]
  /// The encoding of which some bytes could not be read; nil where all could.
  let replacedIn: TextEncoding?
  /// The table that was written out as this text, if it was one.
  let table: TableConversion?
  /// How the listings lie in it, if it is JSON.
  let json: JSONLayout?
  /// What is wrong with the text as a whole.
  let problems: [IntakeProblem]

  init(
    name: String, original: MappedFile, mapping: MappedFile, start: Int, conversions: [Conversion] = [],
    replacedIn: TextEncoding? = nil, table: TableConversion? = nil, json: JSONLayout? = nil,
    problems: [IntakeProblem] = []
  ) {
    self.name = name
    self.original = original
    self.mapping = mapping
    self.start = start
    self.conversions = conversions
    self.replacedIn = replacedIn
    self.table = table
    self.json = json
    self.problems = problems
  }

  /// Whether its lines are those of the file, or of what was decoded from it.
  var hasLines: Bool { table == nil && json?.isTurned != true }
  /// The bytes that hold listings.
  var listingBytes: Int { json?.end ?? bytes.count }

  var bytes: UnsafeRawBufferPointer { mapping.bytes }
}
