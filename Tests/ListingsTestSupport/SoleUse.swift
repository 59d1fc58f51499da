import Synchronization

/// What a process has only once, so that one test at a time may use it.
package enum SoleUse {
  private static let terminalDescription = Mutex(())

  /// Runs `body` while no other test speaks to the library of terminal descriptions, which knows one terminal only.
  package static func ofTerminalDescription(_ body: () throws -> Void) rethrows {
    try terminalDescription.withLock { _ in try body() }
  }
}
