/// A key press, named as a person would name the key.
///
/// Shape:  layouts and modifiers are resolved by the terminal; Shift-C arrives as `.character("C")`.
package enum Key: Hashable, Sendable {
  case character(Unicode.Scalar)
  /// Ctrl with a lower-case letter: `^D` is `.control("d")`.
  case control(Unicode.Scalar)
  case enter, escape, tab, backTab, backspace, delete, insert
  case up, down, left, right, home, end, pageUp, pageDown
  case function(Int)
  /// A key or escape sequence that means nothing here, with its code. It must never act as a command.
  case unknown(Int)
}

extension Key {
  /// The key's name on screen and in the manual: `^D`, `Space`, `Enter`, `F1`, `c`.
  package var label: String {
    switch self {
    case .character(" "): "Space"
    case .character("\u{A0}"): "NoBreakSpace"
    case .character(let scalar): String(Character(scalar))
    case .control(" "): "^Space"
    case .control(let scalar): "^" + String(Character(scalar)).uppercased()
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .insert: "Ins"
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .function(let number): "F\(number)"
    case .unknown: "?"
    }
  }
}
