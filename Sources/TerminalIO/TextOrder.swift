/// Who puts text that runs from right to left into the order in which it is seen.
///
/// Source: ECMA-48 8.3.106, mode 8 (BDSM): reset, a terminal shows cells as they come; VTE and mintty know it. PuTTY, Konsole,
///         mlterm and Apple's terminal put whole rows in order and cannot be asked not to.
package enum TextOrder: String, CaseIterable, Sendable {
  /// The terminal if it is one that cannot be kept from it, else the program.
  case auto
  /// The program, within each cell of the table; the terminal shows cells as they come.
  case linsang
  /// The terminal, row by row, or nobody.
  case terminal

  /// Whether the program does it on a terminal of which this is known.
  ///
  /// - Parameter type: the second number of its secondary device attributes; nil if it has not said so.
  package func isOwn(on kind: TerminalKind, type: Int? = nil) -> Bool {
    switch self {
    case .linsang: true
    case .terminal: false
    case .auto: !kind.putsRowsInOrder && type.map { !Self.orderingTypes.contains($0) } ?? true
    }
  }

  /// What PuTTY and Konsole say they are.
  private static let orderingTypes: Set<Int> = [136, 115]

  /// What keeps a terminal from putting rows in order, and what leaves it to it again.
  package static let asTheyCome = "\u{1B}[8l"
  package static let byTerminal = "\u{1B}[8h"
}

extension TerminalKind {
  /// Whether it is known by its name to put rows in order without being asked to.
  package var putsRowsInOrder: Bool {
    tmux == nil && (["putty", "konsole", "mlterm"].contains { name.hasPrefix($0) } || program == "Apple_Terminal")
  }
}
