import Glibc

/// Wakes the loop from any thread.
package struct TerminalWake: Sendable {
  fileprivate let descriptor: Int32

  /// Makes `nextEvent` answer `.wake` once, however often this is called before it does.
  package func wake() {
    var byte: UInt8 = 0
    // A full pipe means that the loop will wake anyhow.
    _ = write(descriptor, &byte, 1)
  }
}

/// A pipe that never blocks: what signals and other threads write, the loop reads.
///
/// It is never closed. A thread may hold a `TerminalWake` longer than the terminal lives, and a closed descriptor
/// would by then be some other file.
struct WakePipe {
  let readEnd: Int32
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

  var wake: TerminalWake { TerminalWake(descriptor: writeEnd) }

  /// Everything that was written since the last time.
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
