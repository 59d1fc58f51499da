import CodeWords
import Foundation
import Intake
import Listings

/// The user's own switch table: `linsang/Lexicons/switches.csv` in the configuration folder.
///
/// Fails:  a table that cannot be read as one is not written over; the old one is whole until the new one is on disk.
struct SwitchFile {
  let path: String

  init(configuration: String = XDG.config(ProcessInfo.processInfo.environment)) {
    path = configuration + "/linsang/Lexicons/switches.csv"
  }

  struct Refusal: Error {
    let sentence: String
  }

  /// Switches lexicons on or off for good; rows about others, and all notes, stay as they are.
  func set(_ isOn: [String: Bool]) throws(Refusal) {
    let rows = try rows()
    do throws(DurableFile.Failure) {
      try DurableFile.replace(path, with: Array(SwitchTable.text(of: rows, switching: isOn).utf8))
    } catch {
      throw Refusal(
        sentence:
          "\(path) could not be written: \(error.why). No lexicon was switched. Free some room or allow writing "
          + "there, then try again.")
    }
  }

  private func rows() throws(Refusal) -> [TableRow] {
    let rows: [TableRow]
    do throws(IntakeError) {
      rows = try SmallTable.rows(path: path)
    } catch .missing {
      return []
    } catch {
      throw Refusal(
        sentence:
          "\(path) could not be read: \(error.reason). No lexicon was switched, and the file is as it was. Mend it or "
          + "move it away, then try again.")
    }
    if let problem = SwitchTable.headerProblem(rows, file: path), !rows.isEmpty {
      throw Refusal(sentence: "\(problem.sentence). No lexicon was switched, and the file is as it was.")
    }
    if let row = rows.first(where: { $0.cells.contains { $0.unicodeScalars.contains("\u{FFFD}") } }) {
      throw Refusal(
        sentence:
          "\(path):\(row.line): the row is not UTF-8. No lexicon was switched, and the file is as it was. Save it "
          + "as UTF-8, then try again.")
    }
    return rows
  }
}
