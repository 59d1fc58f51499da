import CodeWords
import Foundation
import Intake
import Listings
import Sentences

/// Remembers which column is which field, in `columns.csv` in the user's configuration folder.
///
/// Fails:  reading never does; an unreadable table is reported on standard error and counts as empty. Writing throws, and
///         then leaves the old table as it was.
struct ColumnMemoryFile {
  let path: String

  init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    path = XDG.config(environment) + "/linsang/columns.csv"
  }

  /// The remembered choices. Lines that cannot be read are reported.
  func assignments() -> [ColumnAssignment] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    do {
      let memory = ColumnMemory(text: try text())
      for (line, text) in memory.unreadable {
        Diagnostics.report(
          "\(path), line \(line): not a remembered column (header,columns,column,field); the line is kept but not used: "
            + "\(text.prefix(80))")
      }
      return memory.assignments
    } catch {
      Diagnostics.report(
        "\(path) could not be read: \(Self.why(error)). Columns are recognised by their names and values instead")
      return []
    }
  }

  /// Remembers choices. Each replaces an older one for the same header; what other programs have written since is kept.
  func remember(_ assignments: [ColumnAssignment]) throws(DurableFile.WriteError) {
    try DurableFile.withFolderLock(for: path, failing: { $0 }) { () throws(DurableFile.WriteError) in
      var memory = ColumnMemory(text: try knownText())
      for assignment in assignments { memory.remember(assignment) }
      try DurableFile.replace(path, with: Array(memory.text.utf8))
    }
  }

  /// The current text of the table; empty if there is none yet.
  private func knownText() throws(DurableFile.WriteError) -> String {
    guard FileManager.default.fileExists(atPath: path) else { return "" }
    do { return try text() } catch { throw DurableFile.WriteError(why: Self.why(error)) }
  }

  private func text() throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }

  static func why(_ error: any Error) -> String {
    (error as? DurableFile.WriteError)?.why ?? (error as NSError).localizedDescription
  }
}

/// The table of lexicons that the user switched on or off: `linsang/Lexicons/switches.csv` in the configuration folder.
///
/// Fails:  with a sentence. A file that is not such a table is never overwritten, and the old table stays until the new
///         one is on disk.
struct SwitchFile {
  let path: String

  init(configuration: String = XDG.config(ProcessInfo.processInfo.environment)) {
    path = configuration + "/linsang/Lexicons/switches.csv"
  }

  /// The table could not be changed.
  struct UpdateError: Error {
    let sentence: String
  }

  /// Switches lexicons on or off permanently. Rows about other lexicons, and all notes, are kept.
  func set(_ isOn: [String: Bool]) throws(UpdateError) {
    try DurableFile.withFolderLock(for: path, failing: updateError) { () throws(UpdateError) in
      let rows = try rows()
      do throws(DurableFile.WriteError) {
        try DurableFile.replace(path, with: Array(SwitchTable.text(of: rows, switching: isOn).utf8))
      } catch {
        throw updateError(error)
      }
    }
  }

  private func updateError(_ error: DurableFile.WriteError) -> UpdateError {
    UpdateError(
      sentence:
        localized(
          "\(path) could not be written: \(error.why). No lexicon was switched. Free some space or allow writing "
            + "there, then try again."))
  }

  private func rows() throws(UpdateError) -> [TableRow] {
    let rows: [TableRow]
    do throws(IntakeError) {
      rows = try SmallTable.rows(path: path)
    } catch .missing {
      return []
    } catch {
      throw UpdateError(
        sentence:
          localized(
            "\(path) could not be read: \(error.reason). No lexicon was switched, and the file is unchanged. Fix it or "
              + "move it away, then try again."))
    }
    if let problem = SwitchTable.headerProblem(rows, file: path), !rows.isEmpty {
      throw UpdateError(sentence: localized("\(problem.sentence). No lexicon was switched, and the file is unchanged."))
    }
    if let row = rows.first(where: { $0.cells.contains { $0.unicodeScalars.contains("\u{FFFD}") } }) {
      throw UpdateError(
        sentence:
          localized(
            "\(path):\(row.line): the row is not UTF-8. No lexicon was switched, and the file is unchanged. Save it "
              + "as UTF-8, then try again."))
    }
    return rows
  }
}

/// Replaces small files atomically and durably: after a crash a file is either the old one or the new one.
enum DurableFile {
  /// A file or folder could not be written.
  struct WriteError: Error {
    /// The system's message.
    let why: String
  }

  /// Replaces a file, creating its folder if needed. The bytes are on disk before the file gets its name.
  ///
  /// Links are followed, so a file kept elsewhere stays there. Permissions are kept.
  static func replace(_ path: String, with bytes: [UInt8]) throws(WriteError) {
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let folder = (target as NSString).deletingLastPathComponent
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw WriteError(why: ColumnMemoryFile.why(error))
    }
    var old = stat()
    let mode = stat(target, &old) == 0 ? old.st_mode & 0o777 : 0o644
    var beside = Array((target + ".XXXXXX").utf8CString)
    let file = mkstemp(&beside)
    guard file >= 0 else { throw systemError() }
    do throws(WriteError) {
      try put(bytes, into: file, mode: mode)
      guard rename(beside, target) == 0 else { throw systemError() }
    } catch {
      unlink(beside)
      throw error
    }
    try synchronise(folder)
  }

  /// Runs work that reads and rewrites a file while holding a lock on its folder, which is created if needed.
  ///
  /// The system releases the lock when the process ends.
  ///
  /// Fails:  if another program holds the lock for five seconds. Writing anyway would lose what one of the two wrote.
  static func withFolderLock<Failed: Error, Answer>(
    for path: String, failing: (WriteError) -> Failed, _ work: () throws(Failed) -> Answer
  ) throws(Failed) -> Answer {
    let folder = (path as NSString).deletingLastPathComponent
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw failing(WriteError(why: ColumnMemoryFile.why(error)))
    }
    let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { throw failing(systemError()) }
    defer { close(handle) }
    for _ in 0..<maximumAttempts {
      // On a file system without locks, work goes ahead.
      if flock(handle, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK && errno != EINTR { return try work() }
      usleep(pause)
    }
    throw failing(WriteError(why: "another program is writing there"))
  }

  /// Five seconds with the pauses in between.
  private static let maximumAttempts = 500
  /// In microseconds.
  private static let pause: useconds_t = 10_000

  private static func put(_ bytes: [UInt8], into file: Int32, mode: mode_t) throws(WriteError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { write(file, $0.baseAddress! + written, bytes.count - written) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let error = systemError()
        close(file)
        throw error
      }
      written += count
    }
    guard fchmod(file, mode) == 0, fsync(file) == 0 else {
      let error = systemError()
      close(file)
      throw error
    }
    guard close(file) == 0 else { throw systemError() }
  }

  /// Makes the new name durable too.
  private static func synchronise(_ folder: String) throws(WriteError) {
    let handle = open(folder, O_RDONLY | O_DIRECTORY)
    guard handle >= 0 else { throw systemError() }
    defer { close(handle) }
    // Some file systems cannot synchronise folders and report EINVAL.
    if fsync(handle) != 0, errno != EINVAL { throw systemError() }
  }

  /// The error in `errno`.
  private static func systemError() -> WriteError { WriteError(why: String(cString: strerror(errno))) }
}
