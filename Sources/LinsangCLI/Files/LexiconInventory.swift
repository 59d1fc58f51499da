import CodeWords
import Foundation
import Hashing
import Intake
import Taxa
import Workspace

/// Where this machine's lexicons and the tables beside them lie, and what they hold.
///
/// Shape:  shipped lexicons, of each name the one in the folder of highest precedence; then the user's own; then those
///         named on the command line; the tables from the folder of lowest precedence to the highest; the taxon tables.
/// Cost:   reads every file once, some 3 MB.
/// Fails:  never; a file that cannot be read keeps its error.
struct LexiconInventory {
  /// One file.
  struct File {
    let path: String
    let role: CitedFile.Role
    let layer: CitedFile.Layer
    let content: Result<[UInt8], IntakeError>

    init(_ path: String, _ role: CitedFile.Role, _ layer: CitedFile.Layer) {
      (self.path, self.role, self.layer) = (path, role, layer)
      do throws(IntakeError) {
        content = .success(try SmallTable.content(path: path))
      } catch {
        content = .failure(error)
      }
    }
  }

  /// The optional tables of one folder of lexicons.
  struct Folder {
    let exclusions: File
    let sources: File
    let switches: File

    init(_ folder: String, _ layer: CitedFile.Layer) {
      exclusions = File(folder + "/" + ExclusionTable.file, .exclusions, layer)
      sources = File(folder + "/sources.csv", .lexiconSources, layer)
      switches = File(folder + "/switches.csv", .switches, layer)
    }
  }

  let shipped: [File]
  let own: [File]
  let named: [File]
  /// Lowest precedence first.
  let folders: [Folder]
  let taxa: TaxonFiles

  /// - Parameter files: lexicons named on the command line.
  init(
    folders: DataFolders = DataFolders(), configuration: String = XDG.config(ProcessInfo.processInfo.environment),
    files: [String] = []
  ) {
    let ownFolder = configuration + "/linsang"
    var seen: Set<String> = []
    var shipped: [File] = []
    for folder in folders.all where folder != ownFolder {
      for path in Self.lexicons(in: folder) where seen.insert(Lexicon.name(ofFile: path)).inserted {
        shipped.append(File(path, .lexicon, .shipped))
      }
    }
    self.shipped = shipped
    own = Self.lexicons(in: ownFolder).map { File($0, .lexicon, .own) }
    named = files.map { File($0, .lexicon, .named) }
    self.folders = folders.lexicons.map { Folder($0, $0 == ownFolder + "/Lexicons" ? .own : .shipped) }
    taxa = TaxonFiles(folders, own: ownFolder + "/Lexicons")
  }

  /// The lexicon files of a data folder, by name.
  private static func lexicons(in folder: String) -> [String] {
    let terms = folder + "/Lexicons/terms"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: terms)) ?? []
    return names.filter { $0.hasSuffix(".csv") && !$0.hasPrefix(".") }.sorted().map { terms + "/" + $0 }
  }

  /// Every file but the taxon tables.
  var lexiconFiles: [File] {
    shipped + own + named + folders.flatMap { [$0.exclusions, $0.sources, $0.switches] }
  }

  /// What everything that is read from these files depends on, a line for each: path, role, layer and digest.
  ///
  /// Fails:  nil where a file could not be read: what is then missing may come back.
  var fingerprint: String? {
    var lines: [String] = []
    for file in lexiconFiles {
      switch file.content {
      case .success(let bytes):
        lines.append("\(file.path)\t\(file.role.rawValue)\t\(file.layer.rawValue)\t\(SHA256Digest(of: bytes))")
      case .failure(.missing): lines.append("\(file.path)\tmissing")
      case .failure: return nil
      }
    }
    guard taxa.problems.isEmpty else { return nil }
    lines += taxa.cited.map { "\($0.path)\t\($0.file.role.rawValue)\t\($0.file.layer.rawValue)\t\($0.file.digest)" }
    return lines.joined(separator: "\n")
  }
}

/// This machine's taxon tables, as they were read.
struct TaxonFiles {
  let files: [TaxonFile]
  let problems: [TaxonProblem]
  /// The same files, cited by the bytes that were read.
  let cited: [(path: String, file: CitedFile)]

  /// - Parameter own: which of the folders is the user's own.
  init(_ folders: DataFolders, own: String? = nil) {
    (files, problems) = TaxonFolder.files(inLexicons: folders.lexicons)
    cited = files.map { file in
      let isOwn = own.map { file.path.hasPrefix($0 + "/") } ?? false
      return (file.path, CitedFile(file.bytes, of: file.path, .taxonTable, isOwn ? .own : .shipped))
    }
  }

  /// Reads the rows.
  var table: TaxonTable { TaxonTable(files: files, problems: problems) }
}

extension CitedFile {
  /// Cites a file by the bytes that were read from it.
  init(_ content: [UInt8], of path: String, _ role: Role, _ layer: Layer) {
    self.init(
      role: role, name: path.split(separator: "/").last.map(String.init) ?? path, layer: layer,
      digest: SHA256Digest(of: content), byteCount: content.count)
  }
}
