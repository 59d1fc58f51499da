import CodeWords
import Foundation
import Intake
import Listings

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
  /// What could not be read of files and rows.
  let problems: [LexiconProblem]
  /// The table that switches a lexicon, of several the one that counts.
  let switchedBy: [String: String]

  init(
    folders: DataFolders = DataFolders(), configuration: String = XDG.config(ProcessInfo.processInfo.environment),
    files: [String] = [], without: [String] = [], switching: [String: Bool] = [:]
  ) {
    var reading = Reading()
    let ownFolder = configuration + "/linsang"
    var seen: Set<String> = []
    var shipped: [Lexicon] = []
    for folder in folders.all where folder != ownFolder {
      for path in Self.files(in: folder) where seen.insert(Lexicon.name(ofFile: path)).inserted {
        shipped.append(reading.lexicon(path))
      }
    }
    self.shipped = shipped
    own = Self.files(in: ownFolder).map { reading.lexicon($0) }
    named = files.map { reading.lexicon($0) }
    var sources: [String: LexiconSource] = [:]
    var isOn: [String: Bool] = [:]
    var switchedBy: [String: String] = [:]
    var exclusions: [String: ExclusionGroup] = [:]
    for folder in folders.lexicons {
      let table = folder + "/" + ExclusionTable.file
      if let rows = reading.table(table) {
        let read = ExclusionTable.read(rows, file: table)
        reading.keep(read.problems)
        // A group of a stronger folder takes the place of the whole group.
        exclusions.merge(read.groups) { $1 }
      }
      if let rows = reading.table(folder + "/sources.csv") {
        let read = SourceTable.read(rows, file: folder + "/sources.csv")
        reading.keep(read.problems)
        sources.merge(read.sources) { $1 }
      }
      if let rows = reading.table(folder + "/switches.csv") {
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
    tables = TaxaOnDemand(folders)
    problems = reading.problems + set.problems
  }

  var taxa: TaxonTable { tables.table }

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

  /// Reads tables and keeps what is wrong with them.
  private struct Reading {
    private(set) var problems: [LexiconProblem] = []

    mutating func lexicon(_ path: String) -> Lexicon {
      do throws(IntakeError) {
        let (lexicon, problems) = LexiconFile.read(try SmallTable.rows(path: path), file: path)
        self.problems += problems
        return lexicon
      } catch {
        problems.append(LexiconProblem(file: path, what: .unreadable(why: error.description)))
        return Lexicon(name: Lexicon.name(ofFile: path), file: path, terms: [])
      }
    }

    /// The rows of a table that may be missing.
    mutating func table(_ path: String) -> [TableRow]? {
      do throws(IntakeError) {
        return try SmallTable.rows(path: path)
      } catch .missing {
        return nil
      } catch {
        problems.append(LexiconProblem(file: path, what: .unreadable(why: error.description)))
        return nil
      }
    }

    mutating func keep(_ problems: [LexiconProblem]) { self.problems += problems }
  }
}
