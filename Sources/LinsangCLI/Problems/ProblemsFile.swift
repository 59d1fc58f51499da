import Dashboard
import Glibc
import Intake
import TextCells
import Workspace

/// Writes problems into a new CSV file, under the first name that is free.
enum ProblemsFile {
  /// Why it could not be written; nothing of it is left.
  struct Refusal: Error {
    let path: String
    let code: Int32

    var sentence: String {
      "\(path) could not be written: \(String(cString: strerror(code))). Nothing of it was left; listings and casebook are "
        + "unharmed. Start linsang in a folder you may write to, or use: linsang problems FILE… --csv"
    }
  }

  /// `linsang-problems.csv`, then `linsang-problems-2.csv`, …; a file that is there is never touched.
  ///
  /// - Returns: the file's name, and how many problems stand in it.
  static func write(_ list: ProblemList, into folder: String = ".") throws(Refusal) -> (name: String, count: Int) {
    var number = 1
    while true {
      let name = number == 1 ? "linsang-problems.csv" : "linsang-problems-\(number).csv"
      let path = folder == "." ? name : "\(folder)/\(name)"
      let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      if file < 0, errno == EEXIST {
        number += 1
        continue
      }
      guard file >= 0 else { throw Refusal(path: path, code: errno) }
      return (name, try fill(file, path, list))
    }
  }

  private static func fill(_ file: Int32, _ path: String, _ list: ProblemList) throws(Refusal) -> Int {
    var text = SheetCell.line(ToldProblem.columns)
    var count = 0
    var fault = Int32(0)
    for group in list.groups where fault == 0 {
      for problem in group.problems where fault == 0 {
        text += ToldProblem(problem, of: group).sheetLine
        count += 1
        if text.utf8.count > 1 << 18 {
          fault = append(text, to: file)
          text = ""
        }
      }
    }
    if fault == 0 { fault = append(text, to: file) }
    // Errors of some network disks come only now.
    if close(file) != 0, fault == 0 { fault = errno }
    guard fault == 0 else {
      unlink(path)
      throw Refusal(path: path, code: fault)
    }
    return count
  }

  /// The system's error; 0 for none.
  private static func append(_ text: String, to file: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      var written = 0
      while written < bytes.count {
        let step = Glibc.write(file, bytes.baseAddress! + written, bytes.count - written)
        if step < 0, errno == EINTR { continue }
        if step < 0 { return errno }
        written += step
      }
      return 0
    }
  }

  /// What was written, in words.
  static func sentence(_ written: (name: String, count: Int), of list: ProblemList) -> String {
    let rest =
      written.count < list.count
      ? " of \(grouped(list.count)) (linsang problems FILE… --csv lists all)" : ""
    return "Wrote \(counted(written.count, "problem"))\(rest) into \(written.name)"
  }
}
