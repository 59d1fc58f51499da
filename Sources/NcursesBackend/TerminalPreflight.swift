import CNcurses
import Glibc
import TerminalIO

/// Checks to make before curses starts, which otherwise ends the program with a message of its own.
///
/// Shape:  none of the checks changes the terminal. The locale and the loaded terminal description are those of the
///         process, so they are set on the thread that will use curses.
enum TerminalPreflight {
  /// The descriptor to read keys from: standard input, or the terminal itself if that is a file or pipe.
  ///
  /// Fails:  `noTerminal` if output is not a terminal or keys cannot be read. The caller closes the descriptor.
  static func keyboard() throws(TerminalError) -> Int32 {
    guard isatty(STDOUT_FILENO) == 1 else { throw .noTerminal }
    let keyboard =
      isatty(STDIN_FILENO) == 1 ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) : open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard keyboard >= 0 else { throw .noTerminal }
    return keyboard
  }

  /// The terminal type to start curses with: TERM, or a close relative if this machine has no description of TERM.
  ///
  /// Fails:  `unsuitable` if neither can clear the screen and move the cursor.
  static func terminalType() throws(TerminalError) -> String {
    let wanted = environment("TERM") ?? ""
    for name in [wanted] + relatives(of: wanted) where isSuitable(name) { return name }
    throw .unsuitable(term: wanted)
  }

  /// Newer terminals set a TERM that older servers do not know. What they share with xterm or screen is enough.
  private static func relatives(of name: String) -> [String] {
    if name.hasPrefix("tmux") || name.hasPrefix("screen") { return ["screen-256color", "screen"] }
    let xtermRelatives = [
      "xterm", "alacritty", "foot", "kitty", "konsole", "wezterm", "ghostty", "vte", "gnome", "putty", "st-",
    ]
    return xtermRelatives.contains { name.hasPrefix($0) } ? ["xterm-256color", "xterm"] : []
  }

  /// Whether terminfo knows the terminal and it can clear the screen and move the cursor. Loads its description.
  private static func isSuitable(_ name: String) -> Bool {
    guard !name.isEmpty else { return false }
    var problem: Int32 = 0
    guard setupterm(name, STDOUT_FILENO, &problem) == 0 else { return false }
    return capability("cup") != nil && capability("clear") != nil
  }

  /// A string capability from the loaded terminal description; nil if it has none.
  static func capability(_ name: String) -> String? {
    guard let text = tigetstr(name), text != UnsafeMutablePointer(bitPattern: -1) else { return nil }
    return String(cString: text)
  }

  /// Sets the locale to UTF-8.
  ///
  /// A locale that names no character set (`C`, or one that is not installed, as after ssh from another system) is
  /// taken as UTF-8. Only LC_CTYPE is set, so that numbers keep their decimal point.
  ///
  /// - Returns: the character set that the locale names, where that is another one; nil where it is UTF-8 now.
  static func charsetWithoutUTF8() -> String? {
    let known = setlocale(LC_CTYPE, "") != nil
    let charset = String(cString: lt_codeset())
    if charset == "UTF-8" { return nil }
    let name = environment("LC_ALL") ?? environment("LC_CTYPE") ?? environment("LANG") ?? "C"
    let named = name.split(separator: ".", maxSplits: 1).dropFirst().first.map { $0.prefix { $0 != "@" } }
    let saysUTF8 = named.map { ["utf8", "utf-8"].contains($0.lowercased()) } ?? false
    let saysNothing = name == "C" || name == "POSIX" || (!known && named == nil)
    if saysUTF8 || saysNothing {
      for fallback in ["C.UTF-8", "C.utf8", "en_US.UTF-8"] where setlocale(LC_CTYPE, fallback) != nil { return nil }
    }
    return known ? charset : String(named ?? "unknown")
  }

  /// The value of an environment variable; nil if it is unset or empty.
  static func environment(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }
}
