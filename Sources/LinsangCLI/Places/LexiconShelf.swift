import CodeWords
import Foundation
import Hashing
import Intake
import Listings
import Workspace
import Taxa

/// The lexicons of this machine, read and laid over each other.
///
/// `switching` switches lexicons for this reading alone, whatever the tables say: to try what a change would do.
/// Order:  of lexicons that came with a copy of the program, of each name the one in the strongest folder; over them the
///         user's own of `$XDG_CONFIG_HOME/linsang/Lexicons/terms`; over those the files named on the command line. Of
///         groups of exclusions of one name that of the strongest folder.
struct LexiconShelf {
  let shipped: [Lexicon]
  let own: [Lexicon]
  let named: [Lexicon]
  let set: LexiconSet
  private let tables: TaxaOnDemand
  /// The files as they were read, by path, but for the taxon tables.
  private let read: [(path: String, file: CitedFile)]
  /// What could not be read of files and rows.
  let problems: [LexiconProblem]
  /// The table that switches a lexicon, of several the one that counts.
  let switchedBy: [String: String]

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
        // A group of a stronger folder takes the place of the whole group.
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
    read = reading.files
  }

  var taxa: TaxonTable { tables.table }

  /// Every file that was read, the taxon tables among them, by its path.
  var files: [(path: String, file: CitedFile)] { read + tables.files }

  /// What a packet made now would be read with: all files but the lexicons that are off.
  var filesInForce: [CitedFile] {
    files.map(\.file).filter { $0.role != .lexicon || !set.off.contains(Lexicon.name(ofFile: $0.name)) }
  }

  func compiled() -> CompiledLexicons {
    CompiledLexicons(set, taxon: { [taxa] in taxa.taxon(named: $0) }, taxa: { [taxa] in taxa.taxa(named: $0) })
  }

  /// Ready to read listings with, and to be cited.
  ///
  /// - Parameter known: lexicons compiled before; they are taken where they hold the same terms.
  func loaded(reusing known: CompiledLexicons? = nil) -> LoadedLexicons {
    let terms = Array(set.terms.prefix(CompiledLexicons.maximumTerms))
    let compiled = known.flatMap { $0.terms == terms ? $0 : nil } ?? compiled()
    return LoadedLexicons(
      set, overview: overview(with: compiled.problems), compiled: compiled, taxa: taxa, files: files)
  }

  /// What there is, for people.
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

  /// Reads tables, keeps what is wrong with them, and what they were.
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

    /// The rows of a table that may be missing.
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
  /// A file by the very bytes that were read of it.
  init(_ content: [UInt8], of path: String, _ role: Role, _ layer: Layer) {
    self.init(
      role: role, name: path.split(separator: "/").last.map(String.init) ?? path, layer: layer,
      digest: SHA256Digest(of: content), byteCount: content.count)
  }
}
