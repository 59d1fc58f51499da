import TextCells

/// Why there is no screen, or no longer one.
package enum TerminalError: Error, Equatable {
  /// Standard output or input is no terminal.
  case noTerminal
  /// TERM names a terminal without the abilities a screen needs.
  case unsuitable(term: String)
  /// The locale's character set is not UTF-8.
  case notUTF8(charset: String)
  /// The terminal went away.
  case gone
  /// The text is longer than terminals take from OSC 52; nothing was copied.
  case tooLongToCopy(bytes: Int, limit: Int)
}

extension TerminalError {
  /// The sentence for people: what happened, what is unharmed, what to do.
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
      The terminal type \(SafeText(term).text) (TERM) is unknown here or cannot place the cursor. Try \
      `TERM=xterm-256color linsang …`, or use `linsang stats`, which needs no screen.
      """
    case .notUTF8(let charset):
      """
      The locale's character set is \(SafeText(charset).text), and listings need UTF-8. Try \
      `LC_ALL=C.UTF-8 linsang …`, and see that the terminal itself is set to UTF-8.
      """
    case .gone:
      "The terminal went away. Every verdict that was shown as saved is in the casebook."
    case .tooLongToCopy(let bytes, let limit):
      "Nothing was copied: \(bytes) bytes are more than the \(limit) that terminals take. Export a packet instead."
    }
  }
}
