import CodeWords
import Foundation
import Hashing
import Packets
import Synchronization

/// The lexicons and taxon tables of this machine as packets cite them.
///
/// Shape:  read when the first packet is made, and again when a file has changed since: what is cited is what was read.
/// Cost:   the tables are read and compiled once, about as long as opening them takes; later packets cost a SHA-256 over
///         the files.
/// One caller at a time; another waits.
final class CitationShelf: Sendable {
  /// Lexicons ready to read with, and to be cited.
  struct Reading: Sendable {
    let lexicons: CompiledLexicons
    let citation: ListingCitation
    let problems: [LexiconProblem]
  }

  private let named: [String]
  private let without: [String]
  private let kept = Mutex<(files: [ShelfFile], reading: Reading)?>(nil)

  /// - Parameters: as those of `LexiconShelf`.
  init(files: [String] = [], without: [String] = []) {
    named = files
    self.without = without
  }

  func reading() -> Reading {
    kept.withLock { kept in
      if let kept, kept.files == ShelfFile.all(named: named) { return kept.reading }
      let (shelf, files) = read()
      let lexicons = shelf.compiled()
      let citation = ListingCitation(
        lexicons, of: shelf.set, taxa: shelf.taxa, files: shelf.cited(files).map { ($0.path, $0.file) })
      let reading = Reading(lexicons: lexicons, citation: citation, problems: shelf.problems + lexicons.problems)
      kept = (files, reading)
      return reading
    }
  }

  /// What a packet made now would be read with.
  func files() -> [CitedFile] {
    let (shelf, files) = read()
    return shelf.cited(files).map(\.file).filter { file in
      file.role != .lexicon || !shelf.set.off.contains(Lexicon.name(ofFile: file.name))
    }
  }

  /// The shelf with the digests of its files, taken before and after: a file that is written over meanwhile would be
  /// cited as what it is not.
  private func read() -> (LexiconShelf, [ShelfFile]) {
    var before = ShelfFile.all(named: named)
    var tries = 1
    while true {
      let shelf = LexiconShelf(files: named, without: without)
      let after = ShelfFile.all(named: named)
      if before == after || tries == Self.mostTries { return (shelf, after) }
      before = after
      tries += 1
    }
  }

  /// A file that never comes to rest must not keep an analyst from making a packet.
  private static let mostTries = 5
}

/// A file of a `Lexicons` folder, by its content.
struct ShelfFile: Equatable {
  let path: String
  var file: CitedFile

  /// All files that a shelf may take, the weakest folder first.
  static func all(
    named: [String], folders: DataFolders = DataFolders(),
    configuration: String = XDG.config(ProcessInfo.processInfo.environment)
  ) -> [ShelfFile] {
    let own = configuration + "/linsang/Lexicons"
    var files: [ShelfFile] = []
    for folder in folders.lexicons {
      let layer = folder == own ? CitedFile.Layer.own : .shipped
      files += tables(in: folder + "/terms").compactMap { ShelfFile($0, .lexicon, layer) }
      files += [
        ShelfFile(folder + "/" + ExclusionTable.file, .exclusions, layer),
        ShelfFile(folder + "/sources.csv", .lexiconSources, layer),
        ShelfFile(folder + "/switches.csv", .switches, layer),
      ].compactMap { $0 }
      files += tables(in: folder + "/taxa").compactMap { ShelfFile($0, .taxonTable, layer) }
    }
    return files + named.compactMap { ShelfFile($0, .lexicon, .named) }
  }

  private static func tables(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".csv") && !$0.hasPrefix(".") }.sorted().map { folder + "/" + $0 }
  }

  /// Nil for what is no plain file, or cannot be read.
  private init?(_ path: String, _ role: CitedFile.Role, _ layer: CitedFile.Layer) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let bytes = FileManager.default.contents(atPath: path)
    else { return nil }
    self.path = path
    file = CitedFile(
      role: role, name: path.split(separator: "/").last.map(String.init) ?? path, layer: layer,
      digest: SHA256Digest(of: bytes), byteCount: bytes.count)
  }
}

extension LexiconShelf {
  /// Those of the files that this shelf took: of lexicons of one name that came with copies of the program, one.
  fileprivate func cited(_ files: [ShelfFile]) -> [ShelfFile] {
    var terms: [String: Int] = [:]
    for lexicon in shipped + own + named { terms[lexicon.file] = lexicon.terms.count }
    return files.compactMap { file in
      guard file.file.role == .lexicon else { return file }
      guard let count = terms[file.path] else { return nil }
      var file = file
      file.file.rows = count
      return file
    }
  }
}
