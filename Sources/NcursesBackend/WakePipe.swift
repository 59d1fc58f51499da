import Glibc

/// Wakes the event loop from any thread.
package struct TerminalWake: Sendable {
  fileprivate let descriptor: Int32

  /// Makes `nextEvent` return `.wake`. Calls that come before it does so are coalesced into one.
  package func wake() {
    var byte: UInt8 = 0
    // A full pipe means that the loop is about to wake anyway.
    _ = write(descriptor, &byte, 1)
  }
}

/// A non-blocking pipe from signal handlers and other threads to the event loop.
///
/// It is never closed. A thread may keep a `TerminalWake` after the terminal is gone, and a closed descriptor could by
/// then belong to another file.
///
/// Fails:  `init` returns nil if the process has no descriptors left.
struct WakePipe {
  /// To `poll` for input.
  let readEnd: Int32
  /// For writers; safe to use in a signal handler.
  let writeEnd: Int32

  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  /// The end that other threads get.
  var wake: TerminalWake { TerminalWake(descriptor: writeEnd) }

  /// Everything written since the last call.
  func takeAll() -> [UInt8] {
    var taken: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 256)
    while true {
      let got = read(readEnd, &chunk, chunk.count)
      if got <= 0 { return taken }
      taken += chunk.prefix(got)
    }
  }
}
