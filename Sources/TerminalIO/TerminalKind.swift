/// What is known of a terminal by its name and by what is around it, before it is asked anything.
///
/// Shape:  what is not known of a terminal is not sent to it, since old ones print what they do not understand.
/// Source: terminfo(5) for names; tmux(1), "TERM_PROGRAM"; screen(1), "STY".
package struct TerminalKind: Equatable, Sendable {
  package struct Version: Equatable, Comparable, Sendable {
    package let major: Int
    package let minor: Int

    package init(_ major: Int, _ minor: Int) { (self.major, self.minor) = (major, minor) }

    /// The first two numbers of `3.3a`, `next-3.6`; nil where there are none.
    package init?(_ text: String) {
      let digits = text.drop { !$0.isNumber }
      let numbers = digits.split(separator: ".", maxSplits: 2).prefix(2).map { Int($0.prefix { $0.isNumber }) }
      guard let major = numbers.first ?? nil else { return nil }
      self.init(major, numbers.count > 1 ? numbers[1] ?? 0 : 0)
    }

    package static func < (a: Version, b: Version) -> Bool { (a.major, a.minor) < (b.major, b.minor) }
  }

  /// TERM.
  package let name: String
  /// The version of the tmux that it is in; 0.0 where that does not say; nil outside of tmux.
  package let tmux: Version?
  /// Whether GNU screen is around it.
  package let isScreen: Bool
  let program: String

  /// - Parameter variable: an environment variable by its name; nil where it is not set.
  package init(_ variable: (String) -> String?) {
    name = variable("TERM") ?? ""
    program = variable("TERM_PROGRAM") ?? ""
    let isInTmux = variable("TMUX").map { !$0.isEmpty } ?? false
    let version = program == "tmux" ? variable("TERM_PROGRAM_VERSION").flatMap { Version($0) } : nil
    tmux = isInTmux ? version ?? Version(0, 0) : nil
    isScreen = !isInTmux && (name.hasPrefix("screen") || variable("STY").map { !$0.isEmpty } ?? false)
  }

  /// Terminals that understand, or skip, what xterm understands.
  private static let relativesOfXterm = [
    "xterm", "tmux", "foot", "alacritty", "kitty", "konsole", "wezterm", "ghostty", "vte", "gnome", "putty", "st-",
    "rxvt-unicode", "mintty", "contour", "rio", "iterm",
  ]

  /// Whether it understands, or skips, what xterm understands.
  package var isLikeXterm: Bool {
    tmux != nil || !isScreen && (name == "st" || Self.relativesOfXterm.contains { name.hasPrefix($0) })
  }

  /// Whether it may be asked about itself.
  package var answersQuestions: Bool { isLikeXterm }

  /// Whether it may be asked for modes: Apple's terminal prints the end of that question.
  package var isAskedForModes: Bool { tmux == nil && program != "Apple_Terminal" }

  /// Whether it understands, or skips, hyperlinks in text. tmux hands them on from 3.4, screen from 5.
  package var hasHyperlinks: Bool {
    if let tmux { return tmux >= Version(3, 4) }
    return isLikeXterm
  }

  /// Whether it may be sent emoji that are put together of several characters: it shows them whole, or their parts one after the
  /// other, from its cursor on. Consoles show parts as boxes, and screen counts them otherwise than what it runs in.
  package var joinsCharacters: Bool { isLikeXterm }

  /// Whether it has a window title that can be put aside and taken back.
  package var hasTitle: Bool { isLikeXterm }

  /// Whether a request to copy is understood, or skipped: consoles would print it.
  package var canBeAskedToCopy: Bool { isLikeXterm || isScreen }
}
