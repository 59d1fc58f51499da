import Captures
import Casework
import Glibc
import Hashing
import Listings
import SmallFormats

/// The columns whose cells name local files, by the names that scrapers give them.
///
/// Shape:  names are compared without case and with any sign between words as one blank: `Screenshot_Path`.
/// Cost:   a dictionary lookup per column.
package struct EvidenceColumns: Sendable {
  private var methods: [String: CaptureMethod] = [:]

  /// - Parameter rows: `name,language,method`; a later row for the same name replaces an earlier one, and a method that is not
  ///   known takes the name out.
  package init(rows: [[String]]) {
    for row in rows where row.count >= 3 { methods[Self.plain(row[0])] = CaptureMethod(rawValue: row[2]) }
  }

  /// How the files of a column were captured; nil for a column that names none.
  func method(of column: String) -> CaptureMethod? { methods[Self.plain(column)] }

  private static func plain(_ name: String) -> String {
    // `screenshotPath` has two words.
    var spaced = ""
    for character in name {
      if character.isUppercase, spaced.last?.isLowercase == true { spaced += " " }
      spaced.append(character)
    }
    return spaced.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "'" }.joined(separator: " ")
  }
}

/// Finds the files that the fields of a row name.
///
/// Shape:  only below the folder of the row's own file, never over `..`, a link or an absolute path that leads elsewhere, and
///         nothing is ever fetched: a web address is no file.
/// Cost:   a pass over each file.
struct NamedFiles {
  let columns: EvidenceColumns
  /// The folder of the row's file; nil where it has none, as with standard input.
  let folder: String?

  /// Cells of files that a person would look at name a few.
  private static let maximumNames = 200

  init(_ columns: EvidenceColumns, source: SourceFile) {
    self.columns = columns
    let path = ShortNames.split(source.path).path
    let slash = path.lastIndex(of: "/")
    folder = path == "-" ? nil : slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  }

  /// Adds the files that a row names to what is known of its listing.
  func add(from cells: [RecordCell], to found: inout ListingFiles) {
    var seen = Set(found.files.map(\.digest))
    for cell in cells {
      guard let method = columns.method(of: cell.name) ?? (cell.field == .image ? .found : nil) else { continue }
      let isSure = columns.method(of: cell.name) != nil
      let names = names(in: cell.text).filter { !Self.isAddress($0) && (isSure || Self.hasFileEnding($0)) }
      for name in names.prefix(Self.maximumNames) {
        take(name, of: cell.name, method, &seen, &found)
      }
      if names.count > Self.maximumNames {
        found.missing.append(
          MissingEvidence(
            origin: .named(column: cell.name), text: "\(names.count - Self.maximumNames) more files",
            why: "were not looked for: \(Self.maximumNames) of a cell are"))
      }
    }
  }

  private func take(
    _ name: String, of column: String, _ method: CaptureMethod, _ seen: inout Set<String>,
    _ found: inout ListingFiles
  ) {
    do throws(LocalFileProblem) {
      let file = try evidence(name, of: column, method)
      // The same picture in two cells, or attached as well, is one piece of evidence.
      if seen.insert(file.digest).inserted { found.files.append(file) }
    } catch {
      found.missing.append(MissingEvidence(origin: .named(column: column), text: name, why: error.clause))
    }
  }

  // MARK: Names

  /// The names in a cell.
  ///
  /// Shape:  a list in JSON; else what stands between line ends, semicolons and bars. A comma may be part of a name, and
  ///         separates only names that all have the ending of a file.
  private func names(in text: String) -> [String] {
    let text = String(text.drop(while: \.isWhitespace))
    if text.hasPrefix("["), case .list(let values)? = try? JSONReading.value(of: Array(text.utf8)) {
      return values.compactMap(\.asText).map(Self.trimmed).filter { !$0.isEmpty }
    }
    let names = text.split { $0.isNewline || $0 == ";" || $0 == "|" }.map { Self.trimmed(String($0)) }
      .filter { !$0.isEmpty }
    guard names.count == 1 else { return names }
    let parts = names[0].split(separator: ",").map { Self.trimmed(String($0)) }.filter { !$0.isEmpty }
    return parts.count > 1 && parts.allSatisfy(Self.hasFileEnding) ? parts : names
  }

  private static func trimmed(_ text: String) -> String {
    let start = text.drop { $0.isWhitespace || $0 == "\"" || $0 == "'" }
    guard let end = start.lastIndex(where: { !$0.isWhitespace && $0 != "\"" && $0 != "'" }) else { return "" }
    return String(start[...end])
  }

  /// Whether it is an address of something elsewhere, which is never fetched.
  private static func isAddress(_ name: String) -> Bool {
    let lower = name.lowercased()
    if lower.hasPrefix("file:") { return false }
    return lower.hasPrefix("//") || lower.hasPrefix("data:") || lower.hasPrefix("www.")
      || lower.prefix { $0.isLetter || $0.isNumber || $0 == "+" }.endIndex < lower.endIndex
        && lower.drop { $0.isLetter || $0.isNumber || $0 == "+" }.hasPrefix("://")
  }

  private static let endings: Set<String> = [
    "png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "avif", "heic", "svg", "htm", "html", "mhtml", "mht",
    "pdf",
    "warc", "gz", "wacz", "mp4", "mov", "webm", "mkv", "mp3", "txt", "json", "zip",
  ]

  private static func hasFileEnding(_ name: String) -> Bool {
    name.lastIndex(of: ".").map { endings.contains(name[name.index(after: $0)...].lowercased()) } ?? false
  }

  // MARK: Files

  private func evidence(
    _ name: String, of column: String, _ method: CaptureMethod
  ) throws(LocalFileProblem) -> FileEvidence {
    guard let folder else {
      throw .unreadable("the listings did not come from a file, so that there is no folder to look in")
    }
    let path = try relative(name, to: folder)
    let first: LocalFileProblem
    do throws(LocalFileProblem) {
      return try read(path, in: folder, name, column, method)
    } catch {
      first = error
    }
    // Scrapers on Windows write paths with backslashes.
    guard first == .missing, path.contains("\\") else { throw first }
    return try read(path.replacing("\\", with: "/"), in: folder, name, column, method)
  }

  /// A name as a path from the folder.
  private func relative(_ name: String, to folder: String) throws(LocalFileProblem) -> String {
    var path = name
    if path.lowercased().hasPrefix("file:") {
      path = Self.decoded(String(path.dropFirst(5)))
      if path.hasPrefix("//localhost/") { path = String(path.dropFirst(11)) }
      if path.hasPrefix("//") { path = String(path.dropFirst(2)) }
      guard path.hasPrefix("/") else { throw .outside }
    }
    guard path.hasPrefix("/") else { return path }
    for start in [folder, Self.resolved(folder)].compactMap({ $0 }) where path.hasPrefix(start + "/") {
      return String(path.dropFirst(start.count + 1))
    }
    throw .outside
  }

  private static func resolved(_ folder: String) -> String? {
    guard let path = realpath(folder, nil) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }

  /// The text with its percent escapes undone.
  private static func decoded(_ text: String) -> String {
    var out: [UInt8] = []
    let bytes = Array(text.utf8)
    var place = 0
    while place < bytes.count {
      if bytes[place] == 0x25, place + 2 < bytes.count,
        let byte = UInt8(String(decoding: bytes[(place + 1)...(place + 2)], as: UTF8.self), radix: 16)
      {
        out.append(byte)
        place += 3
      } else {
        out.append(bytes[place])
        place += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private func read(
    _ path: String, in folder: String, _ name: String, _ column: String, _ method: CaptureMethod
  ) throws(LocalFileProblem) -> FileEvidence {
    // A NUL would end the path before its end.
    guard !path.utf8.contains(0) else { throw .missing }
    let file = try LocalFile(path, below: folder)
    let digest = StreamDigest(.sha256)
    var beginning: [UInt8] = []
    try file.read(or: { $0 }) { (piece) throws(LocalFileProblem) in
      digest.update(piece)
      if beginning.count < MediaType.beginningLength {
        beginning += piece.prefix(MediaType.beginningLength - beginning.count)
      }
    }
    let type = CaptureReading.mediaType(of: file.descriptor, size: file.size, beginning: beginning)
    guard let moment = UTCTime(unixSeconds: file.modified) ?? UTCTime(unixSeconds: 0) else { throw .changed }
    var evidence = FileEvidence(
      origin: .named(column: column, text: name), place: .below(folder: folder, path: path), bytes: file.size,
      digest: StreamDigest.hex(digest.finish()), mediaType: type, method: method, moment: moment)
    if let report = CaptureReading.report(on: file.descriptor, size: file.size, as: type) {
      (evidence.looked, evidence.isFaulty) = (report.clause, !report.isWhole)
    }
    return evidence
  }
}

extension ListingFiles {
  /// The files that a row of a dataset names.
  package init(namedBy row: Int, of dataset: Dataset, _ columns: EvidenceColumns) {
    self.init()
    NamedFiles(columns, source: dataset.source(of: row)).add(from: dataset.cells(of: row), to: &self)
  }
}

extension FileEvidence {
  /// The column that names it; empty for an attached file.
  package var column: String { if case .named(let column, _) = origin { column } else { "" } }
}

extension MissingEvidence {
  /// The column that names it; empty for an attached file.
  package var column: String { if case .named(let column) = origin { column } else { "" } }
}
