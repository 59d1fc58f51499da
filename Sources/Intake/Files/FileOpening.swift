import Glibc
import Listings

/// Makes readable texts of what was named: files, folders, standard input; packed or not, in any encoding.
///
/// Shape:  texts lie in the order of the names given, those of a folder or an archive in the order of their names. What was
///         named itself must be readable; what merely lies in a folder or an archive is left out with a problem.
final class FileOpening {
  private let options: IntakeOptions
  private let watch: PreparationWatch
  private(set) var texts: [ReadableText] = []
  private(set) var problems: [IntakeProblem] = []

  /// Stands between an archive or workbook and what is in it: `week.zip » monday.csv`.
  static let within = ShortNames.within
  /// Archives within archives.
  private static let deepest = 2

  init(options: IntakeOptions, watch: PreparationWatch) {
    self.options = options
    self.watch = watch
  }

  func open(_ paths: [String]) throws(IntakeError) {
    guard !paths.isEmpty else { throw .nothingGiven }
    // All are opened before the first is read: a wrong name is told at once, not after a minute.
    var groups: [(path: String, files: [MappedFile], isFolder: Bool)] = []
    for path in paths {
      if path != "-", NamedPlace(path) == .folder {
        groups.append((path, try files(inFolder: path), true))
      } else {
        groups.append((path, [try MappedFile(path: path, watch: watch)], false))
      }
    }
    watch.begin(total: groups.reduce(0) { $0 + $1.files.reduce(0) { $0 + $1.byteCount } })
    for group in groups {
      let before = texts.count
      for file in group.files {
        try take(file, mayBeLeftOut: group.isFolder)
        watch.finishFile(file.byteCount)
      }
      if group.isFolder, texts.count == before { throw .nothingReadable(path: group.path, among: group.files.count) }
    }
  }

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

  private func leaveOut(_ error: IntakeError) {
    problems.append(IntakeProblem(file: error.path ?? "", what: .leftOut(error)))
  }

  private func take(_ file: MappedFile, mayBeLeftOut: Bool) throws(IntakeError) {
    do throws(IntakeError) {
      try prepare(Stage(name: file.name, original: file, mapping: file))
    } catch {
      guard mayBeLeftOut, error.isAboutOneFile else { throw error }
      leaveOut(error)
    }
  }

  /// A text on its way to being readable.
  private struct Stage {
    var name: String
    let original: MappedFile
    var mapping: MappedFile
    var conversions: [Conversion] = []
    var problems: [IntakeProblem] = []
    var depth = 0
  }

  private func prepare(_ stage: Stage) throws(IntakeError) {
    try watch.advance(to: 0)
    if try takeTables(stage) { return }
    switch PackedForm(stage.mapping.bytes) {
    case .foreign(let kind): throw .notText(path: stage.name, kind: kind)
    case .stream(let kind) where stage.depth < Self.deepest: try unpack(stage, .stream(kind: kind), kind)
    case .archive(let kind) where stage.depth < Self.deepest: try unpack(stage, .archive(kind: kind), kind)
    case .stream(let kind), .archive(let kind):
      throw .notText(path: stage.name, kind: "a \(kind) archive in an archive")
    case nil: try decode(stage)
    }
  }

  // MARK: Tables

  /// Takes the tables of a workbook or database; false: it is neither.
  ///
  /// Shape:  one table bears the name of its file, of several each has its own behind that: `week.xlsx » Listings`.
  private func takeTables(_ stage: Stage) throws(IntakeError) -> Bool {
    let isCancelled = { [watch] in (try? watch.advance(to: 0)) == nil }
    do throws(TableFault) {
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

  private func unpack(_ stage: Stage, _ form: PackedForm, _ kind: String) throws(IntakeError) {
    let limit =
      options.mostUnpacked.map { UnpackingLimit(packed: 0, free: 2 * $0) }
      ?? UnpackingLimit(packed: stage.mapping.byteCount, free: TemporaryText.freeSpace)
    let reading = try ArchiveReading(stage.mapping, form, limit: limit)
    let before = texts.count
    var members = 0
    while let member = try nextMember(reading, stage, hasSome: members > 0) {
      members += 1
      if members > FolderListing.mostFiles { throw .tooManyFiles(path: stage.name, limit: FolderListing.mostFiles) }
      var inner = stage
      inner.depth += 1
      if let name = member.name { inner.name += Self.within + name }
      do throws(IntakeError) {
        if let refusal = member.refusal { throw .memberRefused(path: inner.name, refusal) }
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

  /// A fault behind the first member costs only what follows it.
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

  private func unpack(
    _ member: ArchiveReading.Member, _ reading: ArchiveReading, _ stage: inout Stage, _ kind: String
  ) throws(IntakeError) {
    if member.isLocked { throw .cannotBeUnpacked(path: stage.name, why: "it is locked with a password") }
    let text = try TemporaryText(of: stage.name)
    if let why = try reading.unpack(into: text, watch) {
      guard text.byteCount > 0 else { throw .cannotBeUnpacked(path: stage.name, why: why) }
      stage.problems.append(IntakeProblem(file: stage.name, what: .endsEarly(why: why)))
    }
    stage.mapping = try text.mapped(name: stage.name, path: stage.original.path)
    stage.conversions.append(
      Conversion(.unpacked, "unpacked from \(kind): \(stage.mapping.byteCount) bytes, told by its first bytes"))
  }

  // MARK: Decoding

  private func decode(_ stage: Stage) throws(IntakeError) {
    var stage = stage
    let finding = EncodingDetection.find(in: stage.mapping.bytes, chosen: options.encoding)
    if finding.encoding.unitSize == 1 {
      // A text with a stray zero byte stays readable; one byte in ten is no text.
      let head = stage.mapping.bytes.prefix(4096)
      if head.count(where: { $0 == 0 }) * 10 > head.count { throw .notText(path: stage.name, kind: "binary data") }
    }
    var start = finding.start
    var replacedIn: TextEncoding?
    if finding.encoding != .utf8 {
      if try convert(&stage, finding) > 0 { replacedIn = finding.encoding }
      start = 0
    }
    if finding.sureness == .unsure {
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

  /// How the listings lie in a JSON text, columns turned into rows; nil: it is no JSON.
  private func layOut(_ stage: inout Stage, from start: Int) throws(IntakeError) -> JSONLayout? {
    switch JSONSearch.plan(stage.mapping.bytes, from: start, options) {
    case nil: return nil
    case .read(let layout): return layout
    case .turn(let tables, let sentence, var layout):
      let text = try TemporaryText(of: stage.name)
      var turning = JSONTurning(stage.mapping.bytes, into: text, watch)
      for table in tables { try turning.turn(table) }
      stage.mapping = try text.mapped(name: stage.name, path: stage.original.path)
      stage.conversions.append(Conversion(.tabled, "\(sentence): \(turning.rowCount) rows"))
      layout.beginLines(stage.mapping.byteCount)
      return layout
    }
  }

  /// Gives the number of characters that could not be read.
  private func convert(_ stage: inout Stage, _ finding: EncodingFinding) throws(IntakeError) -> Int {
    guard let decoding = TextDecoding(finding.encoding) else {
      throw .noConverter(path: stage.name, encoding: finding.encoding)
    }
    let text = try TemporaryText(of: stage.name)
    let bytes = UnsafeRawBufferPointer(rebasing: stage.mapping.bytes.dropFirst(finding.start))
    try decoding.decode(bytes) { (part, done) throws(IntakeError) in
      try text.append(part)
      if part.count > 3 { try watch.advance(to: done) }
    }
    stage.mapping = try text.mapped(name: stage.name, path: stage.original.path)
    let replaced = decoding.replaced > 0 ? "; \(decoding.replaced) characters could not be read" : ""
    stage.conversions.append(Conversion(.decoded, "decoded from \(finding.sentence)\(replaced)"))
    return decoding.replaced
  }

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
      try watch.advance(to: done)
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
