import TextCells

/// A screen with a keyboard. The loop knows only this; tests use `MemoryTerminal`, people `NcursesTerminal`.
///
/// Not `Sendable` on purpose: curses may be spoken to from one thread only, and the compiler checks it.
package protocol Terminal: AnyObject {
  var size: Size { get }
  /// Milliseconds without an event after which `nextEvent` answers `.tick`; nil waits for ever.
  var tickAfter: Int? { get set }
  /// Waits for the next event: a key, a paste, a resize, a wake from another thread, or a request to leave.
  func nextEvent() throws(TerminalError) -> TerminalEvent
  /// An event that has arrived already; nil where it would have to be waited for.
  func waitingEvent() -> TerminalEvent?
  /// Shows `frame`, writing only what changed since the last one.
  func present(_ frame: Frame) throws(TerminalError)
  /// Writes an OSC 52 copy request, the one escape sequence a person may ask for; `bytes` are the text to copy.
  func copyToClipboard(_ text: String) throws(TerminalError)
  /// Draws everything anew at the next `present`.
  func forgetScreen()
  /// Gives the terminal back to the shell until the program is continued (Ctrl-Z).
  func suspend()
}

/// What arrives from the terminal.
package enum TerminalEvent: Equatable, Sendable {
  case key(Key)
  /// Bracketed paste: text as one piece, so that it can never act as commands.
  case paste(String)
  case resized(Size)
  /// Another thread has put something into the mailbox.
  case wake
  /// SIGHUP or SIGTERM: the link dropped or the machine goes down.
  case hangUp
  /// Nothing happened for the time asked for.
  case tick
}
