import CodeWords
import Synchronization
import Workspace
import Taxa

/// The taxon tables of this machine, read when somebody first asks for them: most commands never do.
final class TaxaOnDemand: Sendable {
  private let folders: [String]
  private let own: String?
  private let previous: LoadedLexicons?
  private let known = Mutex<Read?>(nil)

  private struct Read {
    let table: TaxonTable
    let files: [(path: String, file: CitedFile)]
  }

  /// - Parameters:
  ///   - own: the folder among them that is the user's own.
  ///   - previous: what was read before: where the files have not changed since, its table stays the same one.
  init(_ folders: DataFolders, own: String? = nil, after previous: LoadedLexicons? = nil) {
    self.folders = folders.lexicons
    self.own = own
    self.previous = previous
  }

  var table: TaxonTable { read.table }
  /// The files of the tables, by the very bytes that were read.
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

  /// The table read before, if it was made of these very files.
  private func unchanged(_ files: [(path: String, file: CitedFile)]) -> TaxonTable? {
    guard let previous, !previous.taxa.isEmpty else { return nil }
    let before = previous.files.filter { $0.file.role == .taxonTable }
    return before.elementsEqual(files, by: ==) ? previous.taxa : nil
  }
}
