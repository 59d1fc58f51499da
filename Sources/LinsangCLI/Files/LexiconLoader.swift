import CodeWords
import Dispatch
import Foundation
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
    self.init(
      LexiconInventory(folders: folders, configuration: configuration, files: files), without: without,
      switching: switching, after: previous)
  }

  /// Reads the rows of files whose bytes were read.
  init(
    _ inventory: LexiconInventory, without: [String] = [], switching: [String: Bool] = [:],
    after previous: LoadedLexicons? = nil
  ) {
    // Needed as soon as the lexicons are read.
    DispatchQueue.global(qos: .userInitiated).async { CompiledLexicons.prepare() }
    var reading = Reading()
    let files = inventory.shipped + inventory.own + inventory.named
    let read = Parallel.map(files.count) { ReadLexicon(files[$0]) }
    let lexicons = zip(files, read).map { reading.lexicon($0, $1) }
    shipped = Array(lexicons[..<inventory.shipped.count])
    own = Array(lexicons[inventory.shipped.count..<inventory.shipped.count + inventory.own.count])
    named = Array(lexicons[(inventory.shipped.count + inventory.own.count)...])
    var sources: [String: LexiconSource] = [:]
    var isOn: [String: Bool] = [:]
    var switchedBy: [String: String] = [:]
    var exclusions: [String: ExclusionGroup] = [:]
    for folder in inventory.folders {
      if let rows = reading.table(folder.exclusions) {
        let read = ExclusionTable.read(rows, file: folder.exclusions.path)
        reading.keep(read.problems)
        // A group replaces the whole group of that name in folders of lower precedence.
        exclusions.merge(read.groups) { $1 }
      }
      if let rows = reading.table(folder.sources) {
        let read = SourceTable.read(rows, file: folder.sources.path)
        reading.keep(read.problems)
        sources.merge(read.sources) { $1 }
      }
      if let rows = reading.table(folder.switches) {
        let read = SwitchTable.read(rows, file: folder.switches.path)
        reading.keep(read.problems)
        isOn.merge(read.isOn) { $1 }
        for name in read.isOn.keys { switchedBy[name] = folder.switches.path }
      }
    }
    for name in without { isOn[name] = false }
    isOn.merge(switching) { $1 }
    self.switchedBy = switchedBy
    set = LexiconSet(
      layers: [shipped, own, named], off: Set(isOn.filter { !$0.value }.keys), sources: sources,
      exclusions: exclusions)
    tables = TaxaOnDemand(inventory.taxa, after: previous)
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
    let taxa = TaxaInTime(tables)
    return CompiledLexicons(set, taxon: { taxa.table.taxon(named: $0) }, taxa: { taxa.table.taxa(named: $0) })
  }

  /// The lexicons, compiled and with their files for citation.
  ///
  /// - Parameter known: lexicons compiled earlier, which are reused if they hold the same terms.
  func loaded(reusing known: CompiledLexicons? = nil) -> LoadedLexicons {
    // Read while the terms are compiled, which ask for them at the end.
    DispatchQueue.global(qos: .userInitiated).async { [tables] in _ = tables.table }
    let terms = Array(set.terms.prefix(CompiledLexicons.maximumTerms))
    let compiled = known.flatMap { $0.terms == terms ? $0 : nil } ?? compiled()
    return LoadedLexicons(
      set, overview: overview(with: compiled.problems), compiled: compiled, taxa: taxa,
      cues: CueFiles().words, files: files)
  }

  /// What the lexicon sheet lists.
  func overview(with more: [LexiconProblem] = []) -> LexiconOverview {
    LexiconOverview(
      set, layers: [(.shipped, shipped), (.yours, own), (.named, named)], switchedBy: switchedBy,
      problems: problems + more)
  }

  /// Reads tables, and keeps their problems and what to cite them by.
  private struct Reading {
    private(set) var problems: [LexiconProblem] = []
    private(set) var files: [(path: String, file: CitedFile)] = []

    /// Takes a lexicon that was read.
    mutating func lexicon(_ file: LexiconInventory.File, _ read: ReadLexicon) -> Lexicon {
      switch read.outcome {
      case .success(let read):
        problems += read.problems
        files.append((file.path, read.cited))
        return read.lexicon
      case .failure(let error):
        problems.append(LexiconProblem(file: file.path, what: .unreadable(why: error.description)))
        return Lexicon(name: Lexicon.name(ofFile: file.path), file: file.path, terms: [])
      }
    }

    /// The rows of an optional table; nil if it is missing.
    mutating func table(_ file: LexiconInventory.File) -> [TableRow]? {
      do throws(IntakeError) {
        return try rows(file)
      } catch .missing {
        return nil
      } catch {
        problems.append(LexiconProblem(file: file.path, what: .unreadable(why: error.description)))
        return nil
      }
    }

    private mutating func rows(_ file: LexiconInventory.File) throws(IntakeError) -> [TableRow] {
      let content = try file.content.get()
      let rows = try SmallTable.rows(in: content, of: file.path)
      files.append((file.path, CitedFile(content, of: file.path, file.role, file.layer)))
      return rows
    }

    mutating func keep(_ problems: [LexiconProblem]) { self.problems += problems }
  }
}

/// The lexicon in one file.
private struct ReadLexicon: Sendable {
  let outcome: Result<(lexicon: Lexicon, problems: [LexiconProblem], cited: CitedFile), IntakeError>

  init(_ file: LexiconInventory.File) {
    do throws(IntakeError) {
      let content = try file.content.get()
      let (lexicon, problems) = LexiconFile.read(try SmallTable.rows(in: content, of: file.path), file: file.path)
      var cited = CitedFile(content, of: file.path, file.role, file.layer)
      cited.rows = lexicon.terms.count
      outcome = .success((lexicon, problems, cited))
    } catch {
      outcome = .failure(error)
    }
  }
}

/// A taxon table that is waited for where it is first used. The files from which it is read are not kept.
private final class TaxaInTime: Sendable {
  private enum State {
    case waiting(TaxaOnDemand)
    case read(TaxonTable)
  }

  private let state: Mutex<State>

  init(_ tables: TaxaOnDemand) { state = Mutex(.waiting(tables)) }

  var table: TaxonTable {
    state.withLock { state in
      if case .read(let table) = state { return table }
      guard case .waiting(let tables) = state else { return .empty }
      let table = tables.table
      state = .read(table)
      return table
    }
  }
}

/// The taxon tables of some files, their rows read when first asked for: most commands never need them.
final class TaxaOnDemand: Sendable {
  private let read: @Sendable () -> TaxonFiles
  private let previous: LoadedLexicons?
  private let known = Mutex<(table: TaxonTable, files: [(path: String, file: CitedFile)])?>(nil)

  /// - Parameter previous: what was read before; its table is reused if the files have not changed.
  init(_ files: TaxonFiles, after previous: LoadedLexicons? = nil) {
    read = { files }
    self.previous = previous
  }

  /// The tables of this machine; their files too are read when first asked for.
  init(_ folders: DataFolders) {
    read = { TaxonFiles(folders) }
    previous = nil
  }

  var table: TaxonTable { contents.table }
  /// The files of the tables, cited by the bytes that were read.
  var files: [(path: String, file: CitedFile)] { contents.files }

  private var contents: (table: TaxonTable, files: [(path: String, file: CitedFile)]) {
    known.withLock { known in
      if let known { return known }
      let files = read()
      let contents = (unchanged(files.cited) ?? files.table, files.cited)
      known = contents
      return contents
    }
  }

  /// The table read before, if it was made from the same files.
  private func unchanged(_ files: [(path: String, file: CitedFile)]) -> TaxonTable? {
    guard let previous, !previous.taxa.isEmpty else { return nil }
    let before = previous.files.filter { $0.file.role == .taxonTable }
    return before.elementsEqual(files, by: ==) ? previous.taxa : nil
  }
}
