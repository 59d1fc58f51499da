import Glibc
import Listings

/// Turns what the user named into readable text: files, folders and standard input, packed or not, in any encoding.
///
/// Shape:  texts are in the order of the names given. Those of a folder or an archive are sorted by name.
/// Cost:   plain UTF-8 is only mapped. Everything else is written once to a temporary file without a name.
/// Fails:  with `IntakeError` where something that the user named cannot be read. What merely lies in a folder or an
///         archive is left out, with a problem.
/// Limits: archives nested `maximumDepth` deep, and `FolderListing.maximumFileCount` files per folder or archive.
final class FileOpening {
  private let options: IntakeOptions
  private let progress: PreparationProgress
  /// The texts made so far.
  private(set) var texts: [ReadableText] = []
  /// What was left out so far, and why.
  private(set) var problems: [IntakeProblem] = []

  /// Separates an archive or workbook from what is in it: `week.zip » monday.csv`.
  static let within = ShortNames.memberSeparator
  /// How deep archives may be nested.
  private static let maximumDepth = 2

  init(options: IntakeOptions, progress: PreparationProgress) {
    self.options = options
    self.progress = progress
  }

  /// Prepares every path. Afterwards `texts` and `problems` are complete.
  ///
  /// Fails:  where a named path cannot be opened, nothing was named, or a folder holds nothing readable.
  func open(_ paths: [String]) throws(IntakeError) {
    guard !paths.isEmpty else { throw .nothingGiven }
    // Open them all before reading the first, so that a wrong name shows at once and not after a minute.
    var groups: [(path: String, files: [MappedFile], isFolder: Bool)] = []
    for path in paths {
      if path != "-", PathKind(path) == .folder {
        groups.append((path, try files(inFolder: path), true))
      } else {
        groups.append((path, [try MappedFile(path: path, progress: progress)], false))
      }
    }
    progress.begin(total: groups.reduce(0) { $0 + $1.files.reduce(0) { $0 + $1.byteCount } })
    for group in groups {
      let before = texts.count
      for file in group.files {
        try take(file, mayBeLeftOut: group.isFolder)
        progress.finishFile(file.byteCount)
      }
      if group.isFolder, texts.count == before { throw .nothingReadable(path: group.path, among: group.files.count) }
    }
  }

  /// The files of a folder, opened; those that cannot be opened become problems.
  private func files(inFolder folder: String) throws(IntakeError) -> [MappedFile] {
    let paths = try FolderListing.files(in: folder) { leaveOut($0) }
    var files: [MappedFile] = []
    for path in paths {
      do throws(IntakeError) {
        files.append(try MappedFile(path: path))
      } catch { leaveOut(error) }
    }
    return files
  }

  /// Skips a file of a folder or archive, and says so.
  private func leaveOut(_ error: IntakeError) {
    problems.append(IntakeProblem(file: error.path ?? "", what: .leftOut(error)))
  }

  /// Prepares one opened file. With `mayBeLeftOut`, an error that concerns only this file becomes a problem.
  private func take(_ file: MappedFile, mayBeLeftOut: Bool) throws(IntakeError) {
    do throws(IntakeError) {
      try prepare(Stage(name: file.name, original: file, mapping: file))
    } catch {
      guard mayBeLeftOut, error.isAboutOneFile else { throw error }
      leaveOut(error)
    }
  }

  /// A text between the file on disk and readable UTF-8.
  ///
  /// Shape:  each step replaces `mapping` by its output and adds a sentence to `conversions`. `original` never changes.
  private struct Stage {
    var name: String
    let original: MappedFile
    var mapping: MappedFile
    var conversions: [Conversion] = []
    var problems: [IntakeProblem] = []
    /// How many archives surround it.
    var depth = 0
  }

  /// Decides by content what a file is, and takes the way that fits: tables, unpacking or decoding.
  ///
  /// Shape:  tables first, since a workbook is also a zip archive; then archives and streams; text is the last resort.
  /// Fails:  for known formats without text, such as pictures, and for archives nested too deeply.
  private func prepare(_ stage: Stage) throws(IntakeError) {
    try progress.advance(to: 0)
    if try takeTables(stage) { return }
    switch PackedForm(stage.mapping.bytes) {
    case .foreign(let kind): throw .notText(path: stage.name, kind: kind)
    case .stream(let kind) where stage.depth < Self.maximumDepth: try unpack(stage, .stream(kind: kind), kind)
    case .archive(let kind) where stage.depth < Self.maximumDepth: try unpack(stage, .archive(kind: kind), kind)
    case .stream(let kind), .archive(let kind):
      throw .notText(path: stage.name, kind: "a \(kind) archive in an archive")
    case nil: try decode(stage)
    }
  }

  // MARK: Tables

  /// Takes the tables of a workbook or database; false where the file is neither.
  ///
  /// Shape:  a single table is named after its file. Of several, each carries its own name: `week.xlsx » Listings`.
  private func takeTables(_ stage: Stage) throws(IntakeError) -> Bool {
    let isCancelled = { [progress] in (try? progress.advance(to: 0)) == nil }
    do throws(TableError) {
      let headers = HeaderSearch(mapping: options.mapping, choice: options.header)
      let path = stage.depth > 0 || stage.original.path == "-" ? nil : stage.original.path
      guard
        let tables = try TableTexts(
          of: stage.mapping.bytes, path: path, wanted: options.table, headers: headers, isCancelled: isCancelled)
      else { return false }
      let written = try tables.written(isCancelled: isCancelled)
      defer { for text in written { close(text.file) } }
      for text in written {
        let name = tables.areSeveral ? "\(stage.name)\(Self.within)\(text.table.name)" : stage.name
        do throws(IntakeError) {
          let mapping = try MappedFile(name: name, path: stage.original.path, file: text.file, isOurs: true)
          texts.append(readable(text, of: tables.kind, mapping, stage))
        } catch { throw .noRoom(code: ENOMEM) }
      }
      for (reason, names) in tables.leftOut {
        problems.append(
          IntakeProblem(file: stage.name, what: .leftOut(.tablesLeftOut(path: stage.name, names: names, reason))))
      }
      return true
    } catch .cancelled {
      throw .cancelled
    } catch .noRoom(let code) {
      throw .noTemporaryRoom(path: stage.name, folder: TemporaryText.folder, code: code)
    } catch { throw .noTable(path: stage.name, error) }
  }

  /// One table, written out as CSV, with the sentences that say so.
  private func readable(
    _ text: TableTexts.Text, of kind: String, _ mapping: MappedFile, _ stage: Stage
  ) -> ReadableText {
    let said =
      ["written out as CSV from the table \(text.table.name) of \(kind): \(text.conversion.numbering.count) rows"]
      + text.conversion.sentences
    return ReadableText(
      name: mapping.name, original: stage.original, mapping: mapping, start: 0,
      conversions: stage.conversions + [Conversion(.tabled, said.joined(separator: "; "))], table: text.conversion,
      problems: stage.problems + text.conversion.notes.problems(file: mapping.name))
  }

  // MARK: Unpacking

  /// Unpacks an archive or compressed stream and prepares each member.
  ///
  /// Fails:  where no member at all is readable, or the limit on unpacked bytes is exceeded.
  private func unpack(_ stage: Stage, _ form: PackedForm, _ kind: String) throws(IntakeError) {
    let limit =
      options.maximumUnpackedBytes.map { UnpackingLimit(packed: 0, free: 2 * $0) }
      ?? UnpackingLimit(packed: stage.mapping.byteCount, free: TemporaryText.freeSpace)
    let reading = try ArchiveReading(stage.mapping, form, limit: limit)
    let before = texts.count
    var members = 0
    while let member = try nextMember(reading, stage, hasSome: members > 0) {
      members += 1
      if members > FolderListing.maximumFileCount {
        throw .tooManyFiles(path: stage.name, limit: FolderListing.maximumFileCount)
      }
      var inner = stage
      inner.depth += 1
      if let name = member.name { inner.name += Self.within + name }
      do throws(IntakeError) {
        if let reason = member.skipReason { throw .memberRefused(path: inner.name, reason) }
        try unpack(member, reading, &inner, kind)
        try prepare(inner)
      } catch {
        guard member.name != nil, error.isAboutOneFile else { throw error }
        leaveOut(error)
      }
    }
    guard texts.count > before else {
      if members == 1, case .leftOut(let error)? = problems.last?.what { throw error }
      throw .nothingReadable(path: stage.name, among: members)
    }
  }

  /// The next member; nil at the end. Damage after the first member only costs what follows it.
  ///
  /// Fails:  where the first member is damaged already.
  private func nextMember(
    _ reading: ArchiveReading, _ stage: Stage, hasSome: Bool
  ) throws(IntakeError) -> ArchiveReading.Member? {
    do throws(IntakeError) {
      return try reading.next()
    } catch {
      guard hasSome else { throw error }
      leaveOut(error)
      return nil
    }
  }

  /// Unpacks one member into a temporary file, which becomes the stage's mapping.
  ///
  /// Fails:  where the member is encrypted, or nothing of it could be unpacked. A member that breaks off is kept with a
  ///         problem.
  private func unpack(
    _ member: ArchiveReading.Member, _ reading: ArchiveReading, _ stage: inout Stage, _ kind: String
  ) throws(IntakeError) {
    if member.isLocked { throw .cannotBeUnpacked(path: stage.name, why: "it is locked with a password") }
    let text = try TemporaryText(of: stage.name)
    if let why = try reading.unpack(into: text, progress) {
      guard text.byteCount > 0 else { throw .cannotBeUnpacked(path: stage.name, why: why) }
      stage.problems.append(IntakeProblem(file: stage.name, what: .endsEarly(why: why)))
    }
    stage.mapping = try text.mapped(name: stage.name, path: stage.original.path)
    stage.conversions.append(
      Conversion(.unpacked, "unpacked from \(kind): \(stage.mapping.byteCount) bytes, told by its first bytes"))
  }

  // MARK: Decoding

  /// Brings a text to plain UTF-8, finds out whether it is JSON, and adds it to `texts`.
  ///
  /// Shape:  decoded, repaired if the user said so, and freed of quotes around whole lines; each step only if necessary.
  /// Fails:  for binary data, and where the system lacks the converter.
  private func decode(_ stage: Stage) throws(IntakeError) {
    var stage = stage
    let finding = EncodingDetection.find(in: stage.mapping.bytes, chosen: options.encoding)
    if finding.encoding.unitSize == 1 {
      // A stray zero byte is tolerable; a tenth of all bytes means that it is not text.
      let head = stage.mapping.bytes.prefix(4096)
      if head.count(where: { $0 == 0 }) * 10 > head.count { throw .notText(path: stage.name, kind: "binary data") }
    }
    var start = finding.start
    var replacedIn: TextEncoding?
    if finding.encoding != .utf8 {
      if try convert(&stage, finding) > 0 { replacedIn = finding.encoding }
      start = 0
    }
    if finding.confidence == .unsure {
      stage.problems.append(IntakeProblem(file: stage.name, what: .encodingUnsure(finding.sentence)))
    }
    try judgeDoubleEncoding(&stage, &start)
    let json = try layOut(&stage, from: start)
    if json == nil { try unwrapQuotedLines(&stage, &start) }
    texts.append(
      ReadableText(
        name: stage.name, original: stage.original, mapping: stage.mapping, start: start,
        conversions: stage.conversions, replacedIn: replacedIn, json: json, problems: stage.problems))
  }

  /// How listings are laid out in a JSON text, after columns were turned into rows; nil where it is not JSON.
  ///
  /// Fails:  where columns are turned into rows, and the temporary file cannot be written.
  private func layOut(_ stage: inout Stage, from start: Int) throws(IntakeError) -> JSONLayout? {
    switch JSONSearch.plan(stage.mapping.bytes, from: start, options) {
    case nil: return nil
    case .read(let layout): return layout
    case .turn(let tables, let sentence, var layout):
      let text = try TemporaryText(of: stage.name)
      var turning = JSONTurning(stage.mapping.bytes, into: text, progress)
      for table in tables { try turning.turn(table) }
      stage.mapping = try text.mapped(name: stage.name, path: stage.original.path)
      stage.conversions.append(Conversion(.tabled, "\(sentence): \(turning.rowCount) rows"))
      layout.beginLines(stage.mapping.byteCount)
      return layout
    }
  }

  /// Decodes the text to UTF-8. Returns the number of characters that could not be decoded.
  ///
  /// Fails:  where iconv lacks the encoding, the disk is full, or opening was cancelled.
  private func convert(_ stage: inout Stage, _ finding: EncodingFinding) throws(IntakeError) -> Int {
    guard let decoding = TextDecoding(finding.encoding) else {
      throw .noConverter(path: stage.name, encoding: finding.encoding)
    }
    let text = try TemporaryText(of: stage.name)
    let bytes = UnsafeRawBufferPointer(rebasing: stage.mapping.bytes.dropFirst(finding.start))
    try decoding.decode(bytes) { (part, done) throws(IntakeError) in
      try text.append(part)
      if part.count > 3 { try progress.advance(to: done) }
    }
    stage.mapping = try text.mapped(name: stage.name, path: stage.original.path)
    let replaced = decoding.replaced > 0 ? "; \(decoding.replaced) characters could not be read" : ""
    stage.conversions.append(Conversion(.decoded, "decoded from \(finding.sentence)\(replaced)"))
    return decoding.replaced
  }

  /// Removes the quotes of a file in which every whole line was quoted once more.
  ///
  /// Source: spreadsheets write such files when a CSV line was pasted into a single column.
  private func unwrapQuotedLines(_ stage: inout Stage, _ start: inout Int) throws(IntakeError) {
    let bytes = stage.mapping.bytes
    guard options.dialect.hasQuotedLines != false else { return }
    let found = QuotedLines.delimiter(in: bytes, from: start)
    guard let delimiter = options.dialect.hasQuotedLines == true ? found ?? .comma : found else { return }
    let text = try TemporaryText(of: stage.name)
    try QuotedLines.write(bytes, from: start, delimiter: delimiter, to: text)
    stage.mapping = try text.mapped(name: stage.name, path: stage.original.path)
    start = 0
    stage.conversions.append(
      Conversion(.unquoted, "whole lines were quoted: each is read as the record within its quotes"))
  }

  /// Repairs UTF-8 that was decoded wrongly and encoded again, or reports it where the user did not ask for the repair.
  private func judgeDoubleEncoding(_ stage: inout Stage, _ start: inout Int) throws(IntakeError) {
    guard let damage = DoubleEncoding.find(in: stage.mapping.bytes) else { return }
    guard options.repairsEncoding else {
      stage.problems.append(
        IntakeProblem(file: stage.name, what: .doubleEncoded(as: damage.passedThrough.rawValue, damage.example)))
      return
    }
    guard var repair = DoubleEncodingRepair(damage.passedThrough) else { return }
    let text = try TemporaryText(of: stage.name)
    let bytes = UnsafeRawBufferPointer(rebasing: stage.mapping.bytes.dropFirst(start))
    try repair.repair(bytes) { (part, done) throws(IntakeError) in
      try text.append(part)
      try progress.advance(to: done)
    }
    stage.mapping = try text.mapped(name: stage.name, path: stage.original.path)
    start = 0
    stage.conversions.append(
      Conversion(
        .repaired,
        "repaired \(repair.repaired) words that had been read as \(damage.passedThrough.rawValue) and saved again, as in "
          + damage.example))
  }
}
