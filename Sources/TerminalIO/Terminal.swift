import Sentences
import TextCells

/// A screen with a keyboard. The event loop knows only this protocol; tests implement it with `MemoryTerminal`, the
/// program with `NcursesTerminal`.
///
/// It is deliberately not `Sendable`: curses may be called from one thread only, and the compiler checks that.
package protocol Terminal: AnyObject {
  var size: Size { get }
  /// How long `nextEvent` waits before it returns `.tick`; nil waits for ever.
  ///
  /// Units:  milliseconds.
  var tickAfter: Int? { get set }
  /// Blocks until the next event: a key, a paste, a resize, a wake from another thread, or a request to leave.
  ///
  /// Fails:  with `gone` once the terminal has been disconnected.
  func nextEvent() throws(TerminalError) -> TerminalEvent
  /// An event that has already arrived; nil if there is none. Never blocks.
  func pendingEvent() -> TerminalEvent?
  /// Shows `frame`, writing only what changed since the previous one.
  func present(_ frame: Frame) throws(TerminalError)
  /// Asks the terminal to copy text (OSC 52).
  func copyToClipboard(_ text: String) throws(TerminalError)
  /// Forgets what is on the screen, so that the next `present` redraws everything.
  func invalidateScreen()
  /// Hands the terminal back to the shell until the program is continued (Ctrl-Z).
  func suspend()
}

/// What arrives from the terminal.
package enum TerminalEvent: Equatable, Sendable {
  case key(Key)
  /// A bracketed paste: one piece of text, so that it can never act as commands.
  case paste(String)
  case mouse(MouseReport)
  case resized(Size)
  /// Another thread has put something into the mailbox.
  case wake
  /// SIGHUP or SIGTERM: the connection dropped or the machine is shutting down.
  case hangUp
  /// Nothing happened for `tickAfter` milliseconds.
  case tick
}

/// Why there is no screen, or why a request to the terminal failed.
package enum TerminalError: Error, Equatable {
  /// Standard output is not a terminal, or there is no terminal to read keys from.
  case noTerminal
  /// TERM names a terminal that cannot show a screen.
  case unsuitable(term: String)
  /// The terminal was disconnected.
  case gone
  /// The text exceeds what terminals accept through OSC 52; nothing was copied.
  case tooLongToCopy(bytes: Int, limit: Int)
  /// The terminal would print the request to copy.
  case cannotCopy(term: String)
}

extension TerminalError {
  /// What happened, what is unharmed, and what to do, in a sentence for people.
  package var sentence: String {
    switch self {
    case .noTerminal:
      """
      The dashboard needs a terminal, and there is none here. In a script or pipe use `linsang stats`, \
      `linsang query` or `linsang packet`; over ssh add -t.
      """
    case .unsuitable(term: ""):
      """
      The variable TERM is empty, so the dashboard cannot know this terminal. Try `TERM=xterm-256color linsang …`, \
      or use `linsang stats`, which needs no screen.
      """
    case .unsuitable(let term):
      """
      The terminal type \(SafeText(term).text) (TERM) is unknown here or cannot move the cursor. Try \
      `TERM=xterm-256color linsang …`, or use `linsang stats`, which needs no screen.
      """
    case .cannotCopy(let term):
      localized("Nothing was copied: terminals of the type \(SafeText(term).text) (TERM) have no clipboard.")
    case .gone:
      localized("The terminal went away. Every verdict that was shown as saved is in the casebook.")
    case .tooLongToCopy(let bytes, let limit):
      localized(
        "Nothing was copied: \(bytes) bytes are more than the \(limit) that terminals accept. Export a packet instead.")
    }
  }
}
