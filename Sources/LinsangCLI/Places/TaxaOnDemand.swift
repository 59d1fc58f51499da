import CodeWords
import Synchronization

/// The taxon tables of this machine, read when somebody first asks for them: most commands never do.
final class TaxaOnDemand: Sendable {
  private let folders: [String]
  private let known = Mutex<TaxonTable?>(nil)

  init(_ folders: DataFolders) { self.folders = folders.lexicons }

  var table: TaxonTable {
    known.withLock { known in
      let table = known ?? TaxonTable(lexicons: folders)
      known = table
      return table
    }
  }
}
