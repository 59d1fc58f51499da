import CodeWords
import Foundation
import Hashing
import Intake
import Listings
import Synchronization
import Taxa
import Workspace

/// Reads this machine's lexicons and merges them.
///
/// Shape:  of shipped lexicons with the same name, the one in the folder of highest precedence counts. The user's own
///         (`$XDG_CONFIG_HOME/linsang/Lexicons/terms`) override the shipped ones, and files named on the command line
///         override both. Of exclusion groups with the same name, the one in the folder of highest precedence counts.
/// Fails:  never; what cannot be read is in `problems`.
struct LexiconLoader {
  let shipped: [Lexicon]
  let own: [Lexicon]
  let named: [Lexicon]
  let set: LexiconSet
  private let tables: TaxaOnDemand
  /// The files that were read, except for the taxon tables, with their paths.
  private let readFiles: [(path: String, file: CitedFile)]
  /// The files and rows that could not be read.
  let problems: [LexiconProblem]
  /// For each switched lexicon, the table whose switch counts.
  let switchedBy: [String: String]

  /// - Parameters:
  ///   - files: lexicons named on the command line.
  ///   - without: lexicons to leave out.
  ///   - switching: lexicons to switch on or off for this reading alone, whatever the tables say, to try a change.
  ///   - previous: what was read before; taxon tables are reused if their files have not changed.
  init(
    folders: DataFolders = DataFolders(), configuration: String = XDG.config(ProcessInfo.processInfo.environment),
    files: [String] = [], without: [String] = [], switching: [String: Bool] = [:],
    after previous: LoadedLexicons? = nil
  ) {
    var reading = Reading()
    let ownFolder = configuration + "/linsang"
    var seen: Set<String> = []
    var shipped: [Lexicon] = []
    for folder in folders.all where folder != ownFolder {
      for path in Self.files(in: folder) where seen.insert(Lexicon.name(ofFile: path)).inserted {
        shipped.append(reading.lexicon(path, .shipped))
      }
    }
    self.shipped = shipped
    own = Self.files(in: ownFolder).map { reading.lexicon($0, .own) }
    named = files.map { reading.lexicon($0, .named) }
    var sources: [String: LexiconSource] = [:]
    var isOn: [String: Bool] = [:]
    var switchedBy: [String: String] = [:]
    var exclusions: [String: ExclusionGroup] = [:]
    for folder in folders.lexicons {
      let layer: CitedFile.Layer = folder == ownFolder + "/Lexicons" ? .own : .shipped
      let table = folder + "/" + ExclusionTable.file
      if let rows = reading.table(table, .exclusions, layer) {
        let read = ExclusionTable.read(rows, file: table)
        reading.keep(read.problems)
        // A group replaces the whole group of that name in folders of lower precedence.
        exclusions.merge(read.groups) { $1 }
      }
      if let rows = reading.table(folder + "/sources.csv", .lexiconSources, layer) {
        let read = SourceTable.read(rows, file: folder + "/sources.csv")
        reading.keep(read.problems)
        sources.merge(read.sources) { $1 }
      }
      if let rows = reading.table(folder + "/switches.csv", .switches, layer) {
        let read = SwitchTable.read(rows, file: folder + "/switches.csv")
        reading.keep(read.problems)
        isOn.merge(read.isOn) { $1 }
        for name in read.isOn.keys { switchedBy[name] = folder + "/switches.csv" }
      }
    }
    for name in without { isOn[name] = false }
    isOn.merge(switching) { $1 }
    self.switchedBy = switchedBy
    set = LexiconSet(
      layers: [shipped, own, named], off: Set(isOn.filter { !$0.value }.keys), sources: sources,
      exclusions: exclusions)
    tables = TaxaOnDemand(folders, own: ownFolder + "/Lexicons", after: previous)
    problems = reading.problems + set.problems
    readFiles = reading.files
  }

  var taxa: TaxonTable { tables.table }

  /// Every file that was read, including the taxon tables, with its path.
  var files: [(path: String, file: CitedFile)] { readFiles + tables.files }

  /// The files that a packet made now would be read with: all but the lexicons that are off.
  var filesInForce: [CitedFile] {
    files.map(\.file).filter { $0.role != .lexicon || !set.off.contains(Lexicon.name(ofFile: $0.name)) }
  }

  /// The terms in force, ready for matching. This reads the taxon tables.
  func compiled() -> CompiledLexicons {
    CompiledLexicons(set, taxon: { [taxa] in taxa.taxon(named: $0) }, taxa: { [taxa] in taxa.taxa(named: $0) })
  }

  /// The lexicons, compiled and with their files for citation.
  ///
  /// - Parameter known: lexicons compiled earlier, which are reused if they hold the same terms.
  func loaded(reusing known: CompiledLexicons? = nil) -> LoadedLexicons {
    let terms = Array(set.terms.prefix(CompiledLexicons.maximumTerms))
    let compiled = known.flatMap { $0.terms == terms ? $0 : nil } ?? compiled()
    return LoadedLexicons(
      set, overview: overview(with: compiled.problems), compiled: compiled, taxa: taxa, files: files)
  }

  /// What the lexicon sheet lists.
  func overview(with more: [LexiconProblem] = []) -> LexiconOverview {
    LexiconOverview(
      set, layers: [(.shipped, shipped), (.yours, own), (.named, named)], switchedBy: switchedBy,
      problems: problems + more)
  }

  /// The lexicon files of a data folder, by name.
  private static func files(in folder: String) -> [String] {
    let terms = folder + "/Lexicons/terms"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: terms)) ?? []
    return names.filter { $0.hasSuffix(".csv") && !$0.hasPrefix(".") }.sorted().map { terms + "/" + $0 }
  }

  /// Reads tables, and keeps their problems and what to cite them by.
  private struct Reading {
    private(set) var problems: [LexiconProblem] = []
    private(set) var files: [(path: String, file: CitedFile)] = []

    mutating func lexicon(_ path: String, _ layer: CitedFile.Layer) -> Lexicon {
      do throws(IntakeError) {
        let (lexicon, problems) = LexiconFile.read(try rows(path, .lexicon, layer), file: path)
        self.problems += problems
        files[files.count - 1].file.rows = lexicon.terms.count
        return lexicon
      } catch {
        problems.append(LexiconProblem(file: path, what: .unreadable(why: error.description)))
        return Lexicon(name: Lexicon.name(ofFile: path), file: path, terms: [])
      }
    }

    /// The rows of an optional table; nil if it is missing.
    mutating func table(_ path: String, _ role: CitedFile.Role, _ layer: CitedFile.Layer) -> [TableRow]? {
      do throws(IntakeError) {
        return try rows(path, role, layer)
      } catch .missing {
        return nil
      } catch {
        problems.append(LexiconProblem(file: path, what: .unreadable(why: error.description)))
        return nil
      }
    }

    private mutating func rows(
      _ path: String, _ role: CitedFile.Role, _ layer: CitedFile.Layer
    ) throws(IntakeError) -> [TableRow] {
      let content = try SmallTable.content(path: path)
      let rows = try SmallTable.rows(in: content, of: path)
      files.append((path, CitedFile(content, of: path, role, layer)))
      return rows
    }

    mutating func keep(_ problems: [LexiconProblem]) { self.problems += problems }
  }
}

extension CitedFile {
  /// Cites a file by the bytes that were read from it.
  init(_ content: [UInt8], of path: String, _ role: Role, _ layer: Layer) {
    self.init(
      role: role, name: path.split(separator: "/").last.map(String.init) ?? path, layer: layer,
      digest: SHA256Digest(of: content), byteCount: content.count)
  }
}

/// This machine's taxon tables, read when first asked for: most commands never need them.
final class TaxaOnDemand: Sendable {
  private let folders: [String]
  private let own: String?
  private let previous: LoadedLexicons?
  private let known = Mutex<Read?>(nil)

  /// The tables with the files they came from.
  private struct Read {
    let table: TaxonTable
    let files: [(path: String, file: CitedFile)]
  }

  /// - Parameters:
  ///   - own: which of the folders is the user's own.
  ///   - previous: what was read before; its table is reused if the files have not changed.
  init(_ folders: DataFolders, own: String? = nil, after previous: LoadedLexicons? = nil) {
    self.folders = folders.lexicons
    self.own = own
    self.previous = previous
  }

  var table: TaxonTable { read.table }
  /// The files of the tables, cited by the bytes that were read.
  var files: [(path: String, file: CitedFile)] { read.files }

  private var read: Read {
    known.withLock { known in
      if let known { return known }
      let (files, problems) = TaxonFolder.files(inLexicons: folders)
      let cited = files.map { file in
        let isOwn = own.map { file.path.hasPrefix($0 + "/") } ?? false
        return (file.path, CitedFile(file.bytes, of: file.path, .taxonTable, isOwn ? .own : .shipped))
      }
      let read = Read(table: unchanged(cited) ?? TaxonTable(files: files, problems: problems), files: cited)
      known = read
      return read
    }
  }

  /// The table read before, if it was made from the same files.
  private func unchanged(_ files: [(path: String, file: CitedFile)]) -> TaxonTable? {
    guard let previous, !previous.taxa.isEmpty else { return nil }
    let before = previous.files.filter { $0.file.role == .taxonTable }
    return before.elementsEqual(files, by: ==) ? previous.taxa : nil
  }
}
