import CNcurses
import Glibc
import TerminalIO

/// What must be so before curses starts, since afterwards it would end the program with a message of its own.
enum TerminalPreflight {
  /// The descriptor that keys are read from: standard input, or the terminal itself where that is a file or pipe.
  static func keyboard() throws(TerminalError) -> Int32 {
    guard isatty(STDOUT_FILENO) == 1 else { throw .noTerminal }
    let keyboard =
      isatty(STDIN_FILENO) == 1 ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) : open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard keyboard >= 0 else { throw .noTerminal }
    return keyboard
  }

  /// The terminal type to start curses with: TERM, or a near relative where TERM is not described on this machine.
  static func terminalType() throws(TerminalError) -> String {
    let wanted = environment("TERM") ?? ""
    for name in [wanted] + relatives(of: wanted) where isSuitable(name) { return name }
    throw .unsuitable(term: wanted)
  }

  // Newer terminals send a TERM that an older server has no description of; what they share with xterm is enough.
  private static func relatives(of name: String) -> [String] {
    if name.hasPrefix("tmux") || name.hasPrefix("screen") { return ["screen-256color", "screen"] }
    let speakXterm = [
      "xterm", "alacritty", "foot", "kitty", "konsole", "wezterm", "ghostty", "vte", "gnome", "putty", "st-",
    ]
    return speakXterm.contains { name.hasPrefix($0) } ? ["xterm-256color", "xterm"] : []
  }

  private static func isSuitable(_ name: String) -> Bool {
    guard !name.isEmpty else { return false }
    var problem: Int32 = 0
    guard setupterm(name, STDOUT_FILENO, &problem) == 0 else { return false }
    return capability("cup") != nil && capability("clear") != nil
  }

  /// A string of the terminal's description; nil where it has none.
  static func capability(_ name: String) -> String? {
    guard let text = tigetstr(name), text != UnsafeMutablePointer(bitPattern: -1) else { return nil }
    return String(cString: text)
  }

  /// Sees that characters are UTF-8. A locale without a character set of its own (`C`, one that is not installed,
  /// as after ssh from another system) is quietly taken as UTF-8; one that names another is refused.
  ///
  /// Only LC_CTYPE is set: numbers must not change their decimal point.
  static func useUTF8() throws(TerminalError) {
    let known = setlocale(LC_CTYPE, "") != nil
    let charset = String(cString: lt_codeset())
    if charset == "UTF-8" { return }
    let name = environment("LC_ALL") ?? environment("LC_CTYPE") ?? environment("LANG") ?? "C"
    let named = name.split(separator: ".", maxSplits: 1).dropFirst().first.map { $0.prefix { $0 != "@" } }
    let saysUTF8 = named.map { ["utf8", "utf-8"].contains($0.lowercased()) } ?? false
    let saysNothing = name == "C" || name == "POSIX" || (!known && named == nil)
    if saysUTF8 || saysNothing {
      for standIn in ["C.UTF-8", "C.utf8", "en_US.UTF-8"] where setlocale(LC_CTYPE, standIn) != nil { return }
    }
    throw .notUTF8(charset: known ? charset : String(named ?? "unknown"))
  }

  /// A variable that is set and not empty.
  static func environment(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }
}
