import Cues
import Intake
import Workspace

/// Reads `cues.csv` of each folder with tables: the words by which contact, payment and shipping are found.
///
/// Shape:  the rows of later folders are added to those of earlier ones.
/// Fails:  never; without any table only numbers, addresses and accounts are found, and a problem says so.
struct CueFiles {
  let words: CueWords
  /// A sentence for each file or row that could not be used.
  let problems: [String]

  private static let columns = ["kind", "name", "spelling", "note"]

  init(_ folders: DataFolders = DataFolders()) {
    var rows: [[String]] = []
    /// Where each row is.
    var places: [String] = []
    var problems: [String] = []
    for folder in folders.lexicons {
      let path = folder.hasSuffix("/") ? folder + "cues.csv" : "\(folder)/cues.csv"
      do {
        let table = try SmallTable.rows(path: path)
        guard table.first?.cells == Self.columns else {
          problems.append(
            "\(path), line 1: it does not begin with \(Self.columns.joined(separator: ",")); it is not used")
          continue
        }
        for row in table.dropFirst() {
          rows.append(row.cells)
          places.append("\(path), line \(row.line)")
        }
      } catch .missing {
        continue
      } catch {
        problems.append("\(path): \(error); it is not used")
      }
    }
    words = CueWords(rows: rows)
    self.problems =
      problems + words.problems.map { "\(places[$0.row - 1]): \($0.what); the row is not used" }
      + (rows.isEmpty
        ? ["cues.csv is in none of the folders; words for contact, payment and shipping are not found"] : [])
  }
}
