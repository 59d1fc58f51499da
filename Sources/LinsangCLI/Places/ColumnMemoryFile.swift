import Foundation
import Intake
import Listings

/// Where answers about columns are remembered: `columns.csv` in the user's configuration folder.
///
/// Fails:  reading never: a table that cannot be read is said on standard error, and counts as empty. Writing throws; the
///         old table is then whole, since a new one takes its place only when it is.
struct ColumnMemoryFile {
  let path: String

  init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    path = XDG.config(environment) + "/linsang/columns.csv"
  }

  func assignments() -> [ColumnAssignment] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    do {
      let memory = ColumnMemory(text: try text())
      for (line, text) in memory.unreadable {
        Failure.say(
          "\(path), line \(line): no remembered column (header,columns,column,field); it is left as it is, "
            + "the others are used: \(text.prefix(80))")
      }
      return memory.assignments
    } catch {
      Failure.say("\(path) could not be read: \(Self.why(error)). Columns are told by their names and values")
      return []
    }
  }

  /// Remembers answers, each in place of an older one for the same header; what others have remembered since stays.
  func remember(_ assignments: [ColumnAssignment]) throws(DurableFile.Failure) {
    try DurableFile.takingTurns(inFolderOf: path, refused: { $0 }) { () throws(DurableFile.Failure) in
      var memory = ColumnMemory(text: try knownText())
      for assignment in assignments { memory.remember(assignment) }
      try DurableFile.replace(path, with: Array(memory.text.utf8))
    }
  }

  /// The table as it is; empty where there is none yet.
  private func knownText() throws(DurableFile.Failure) -> String {
    guard FileManager.default.fileExists(atPath: path) else { return "" }
    do { return try text() } catch { throw DurableFile.Failure(why: Self.why(error)) }
  }

  private func text() throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }

  static func why(_ error: any Error) -> String {
    (error as? DurableFile.Failure)?.why ?? (error as NSError).localizedDescription
  }
}
