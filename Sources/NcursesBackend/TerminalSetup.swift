import TerminalIO
import TextCells
import Theming

/// How the terminal is to be used.
package struct TerminalSetup {
  /// Which theme is shown.
  package enum Look {
    case chosen(Theme)
    /// By the terminal's background: dark until that is known.
    case byBackground(dark: Theme, light: () -> Theme)
  }

  package var look: Look
  /// Whether everything is shown in ASCII. Where the locale is not UTF-8 it is in any case.
  package var usesASCII = false
  package var reportsMouse = false
  /// Who puts text that runs from right to left in order.
  package var textOrder = TextOrder.auto
  /// The title of the window; nil: it stays as it is.
  package var title: String?

  package init(_ look: Look) { self.look = look }

  /// What begins the mouse, the title and the order of text where the terminal has them.
  func beginning(on kind: TerminalKind, usesASCII: Bool) -> String {
    let title = kind.hasTitle ? self.title : nil
    return (reportsMouse ? MouseReport.on : "") + (keepsOrder(on: kind) ? TextOrder.asTheyCome : "")
      + (title.map { WindowTitle.putAside + WindowTitle.sequence($0, usesASCII: usesASCII) } ?? "")
  }

  /// What ends them.
  func ending(on kind: TerminalKind) -> String {
    (reportsMouse ? MouseReport.off : "") + (keepsOrder(on: kind) ? TextOrder.byTerminal : "")
      + (title != nil && kind.hasTitle ? WindowTitle.takeBack : "")
  }

  /// Whether the terminal is asked to show cells as they come. Within tmux it would reach all of its windows.
  private func keepsOrder(on kind: TerminalKind) -> Bool {
    kind.isLikeXterm && kind.tmux == nil && textOrder.isOwn(on: kind)
  }

  /// Whether the terminal is to be asked for its background.
  var asksForBackground: Bool { if case .byBackground = look { true } else { false } }
}

extension TerminalSetup.Look {
  /// The theme for a background; nil: that is not known.
  package func theme(on background: RGB?) -> Theme {
    switch self {
    case .chosen(let theme): return background.map { theme.adapted(to: $0) } ?? theme
    case .byBackground(let dark, let light):
      guard let background else { return dark }
      return (UnchosenTheme.name(on: background) == "light" ? light() : dark).adapted(to: background)
    }
  }

  /// What each role looks like on a terminal.
  func paints(on background: RGB?, _ depth: ColourDepth, isPlain: Bool, usesASCII: Bool) -> PaintTable {
    PaintTable(
      isPlain ? .mono : theme(on: background).fitted(to: depth), depth,
      pictures: PictureColours(depth, isPlain: isPlain, colorterm: TerminalPreflight.environment("COLORTERM")),
      usesASCII: usesASCII)
  }
}
