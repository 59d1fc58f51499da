import Foundation
import TextCells

/// Why nothing more can be printed.
struct OutputError: Error {
  let code: Int32

  var sentence: String {
    "Standard output could not be written: \(String(cString: strerror(code))). What was printed is incomplete; the "
      + "listings and the casebook are unharmed. Make room, or send the output elsewhere."
  }
}

/// Standard output, written in large pieces, every write checked: a result that is cut short must not look whole.
///
/// A reader that has gone away (`| head`) ends the program as it ends any other: quietly, by SIGPIPE.
final class Output {
  private var waiting: [UInt8] = []
  private static let pieceSize = 1 << 16

  /// One line of words. Nothing in it acts on a terminal, wherever its parts come from.
  func line(_ text: String) throws(OutputError) {
    try put(VisibleForm.visible(text))
    try put("\n")
  }

  func lines(_ lines: [String]) throws(OutputError) { for text in lines { try line(text) } }

  /// Text of a form that is safe by itself: JSON, CSV.
  func put(_ text: String) throws(OutputError) {
    waiting.append(contentsOf: text.utf8)
    if waiting.count >= Self.pieceSize { try flush() }
  }

  func flush() throws(OutputError) {
    var start = 0
    defer { waiting.removeAll(keepingCapacity: true) }
    while start < waiting.count {
      let count = waiting.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress! + start, $0.count - start) }
      if count >= 0 {
        start += count
      } else if errno == EPIPE {
        endQuietly()
      } else if errno != EINTR {
        throw OutputError(code: errno)
      }
    }
  }

  /// Somebody had SIGPIPE ignored for us, as some launchers do.
  private func endQuietly() -> Never {
    signal(SIGPIPE, SIG_DFL)
    raise(SIGPIPE)
    exit(2)
  }
}
