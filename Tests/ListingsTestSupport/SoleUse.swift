import Glibc
import Synchronization

/// What a process has only once, so that one test at a time may use it.
package enum SoleUse {
  private static let terminalDescription = Mutex(())
  /// The C library counts the cells of characters by the process's locale. It is set before anything is painted, and the
  /// same by every test: one that is set while another test paints changes what that test sees.
  private static let showsAnyText = setlocale(LC_CTYPE, "C.UTF-8") != nil

  /// Runs `body` while no other test speaks to the library of terminal descriptions, which knows one terminal only.
  package static func ofTerminalDescription(_ body: () throws -> Void) rethrows {
    _ = showsAnyText
    try terminalDescription.withLock { _ in try body() }
  }
}
