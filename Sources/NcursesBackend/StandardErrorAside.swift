import Glibc

/// Keeps what is written to standard error away from the screen while the dashboard is up, and prints it afterwards.
struct StandardErrorAside {
  /// The real standard error, and the nameless file that stands in for it.
  let original: Int32
  let collected: Int32

  /// nil where no file can be made, or where standard error is not the terminal and disturbs nothing.
  init?() {
    guard isatty(STDERR_FILENO) == 1 else { return nil }
    var template = Array("/tmp/linsang-stderr-XXXXXX".utf8CString)
    if let folder = TerminalPreflight.environment("TMPDIR") {
      template = Array("\(folder)/linsang-stderr-XXXXXX".utf8CString)
    }
    collected = mkstemp(&template)
    guard collected >= 0 else { return nil }
    // Without a name it is gone when the program ends, however it ends.
    unlink(template)
    original = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    _ = fcntl(collected, F_SETFD, FD_CLOEXEC)
    // Appending, so that a child process and this one do not write over each other.
    _ = fcntl(collected, F_SETFL, O_APPEND)
    fflush(nil)
    dup2(collected, STDERR_FILENO)
  }

  /// Gives standard error back and prints what was collected.
  func end() {
    fflush(nil)
    dup2(original, STDERR_FILENO)
    lseek(collected, 0, SEEK_SET)
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let got = read(collected, &chunk, chunk.count)
      if got <= 0 { break }
      _ = write(STDERR_FILENO, chunk, got)
    }
    close(collected)
    close(original)
  }
}
