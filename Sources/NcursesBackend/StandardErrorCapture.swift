import Glibc

/// Keeps standard error off the screen while the dashboard is up, and prints it afterwards.
///
/// Shape:  standard error points to an unnamed temporary file until `end`.
/// Limits: what is captured is lost if the process is killed.
struct StandardErrorCapture {
  /// A duplicate of the real standard error.
  let original: Int32
  /// The unnamed file that replaces it.
  let captured: Int32

  /// Nil if standard error is not a terminal, and so disturbs nothing, or if no file can be made.
  init?() {
    guard isatty(STDERR_FILENO) == 1 else { return nil }
    var template = Array("/tmp/linsang-stderr-XXXXXX".utf8CString)
    if let folder = TerminalPreflight.environment("TMPDIR") {
      template = Array("\(folder)/linsang-stderr-XXXXXX".utf8CString)
    }
    captured = mkstemp(&template)
    guard captured >= 0 else { return nil }
    // An unnamed file disappears with the process, however that ends.
    unlink(template)
    original = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    _ = fcntl(captured, F_SETFD, FD_CLOEXEC)
    // Append mode, so that a child process and this one do not overwrite each other.
    _ = fcntl(captured, F_SETFL, O_APPEND)
    fflush(nil)
    dup2(captured, STDERR_FILENO)
  }

  /// Restores standard error and prints what was captured. To be called once.
  ///
  /// Cost:   one read and write per 4 KiB.
  func end() {
    fflush(nil)
    dup2(original, STDERR_FILENO)
    lseek(captured, 0, SEEK_SET)
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let got = read(captured, &chunk, chunk.count)
      if got <= 0 { break }
      _ = write(STDERR_FILENO, chunk, got)
    }
    close(captured)
    close(original)
  }
}
