/// How many colours a terminal has, and which of them comes nearest to what a theme asks for.
package enum ColourDepth: Equatable, Sendable {
  case none, eight, sixteen, palette256
  /// Colour numbers are red, green and blue themselves, but for the first eight.
  case direct

  package init(colours: Int, isDirect: Bool) {
    switch colours {
    case ..<8: self = .none
    case 8..<16: self = .eight
    case 16..<256: self = .sixteen
    default: self = isDirect && colours > 256 ? .direct : .palette256
    }
  }

  /// The number curses takes; -1 is the terminal's own default, and the answer to everything without colours.
  package func number(of colour: Colour?) -> Int32 {
    guard let colour, self != .none, colour != .terminalDefault else { return -1 }
    if case .palette(let number) = colour {
      switch self {
      case .palette256: return Int32(number)
      case .sixteen where number < 16: return Int32(number)
      case .eight where number < 16: return Int32(number % 8)
      case .direct where number < 8: return Int32(number)
      default: break
      }
    }
    let rgb: RGB
    switch colour {
    case .palette(let number): rgb = RGB.xterm(number)
    case .rgb(let exact): rgb = exact
    case .terminalDefault: return -1
    }
    switch self {
    case .none: return -1
    case .eight: return Int32(rgb.nearestPaletteNumber(from: 0, through: 7))
    case .sixteen: return Int32(rgb.nearestPaletteNumber(from: 0, through: 15))
    case .palette256: return Int32(rgb.nearestPaletteNumber(from: 16, through: 255))
    // Numbers below 8 mean the eight named colours, so the darkest blues become the next one.
    case .direct: return max(8, Int32(rgb.red) << 16 | Int32(rgb.green) << 8 | Int32(rgb.blue))
    }
  }

  /// The colours of a style as curses numbers. Where few colours make both the same, the style turns to reverse:
  /// what cannot be told apart by colour must not become invisible.
  package func numbers(of style: Style) -> (foreground: Int32, background: Int32, attributes: TextAttributes) {
    let foreground = number(of: style.foreground)
    let background = number(of: style.background)
    guard foreground >= 0, background >= 0, isTooNear(foreground, background) else {
      return (foreground, background, style.attributes)
    }
    return (-1, -1, style.attributes.union(.reverse))
  }

  // Eight and sixteen colours are few enough for two greys to fall upon each other or side by side.
  private func isTooNear(_ foreground: Int32, _ background: Int32) -> Bool {
    if foreground == background { return true }
    guard self == .eight || self == .sixteen else { return false }
    return Contrast.ratio(RGB.xterm(UInt8(foreground)), RGB.xterm(UInt8(background))) < Contrast.neededForLines
  }
}

extension Theme {
  /// The theme as a terminal of few colours can show it: eight or sixteen hold no two quiet backgrounds, so that the
  /// cursor's row would be black on black; the grounds are then those of `Theme.mono`.
  package func fitted(to depth: ColourDepth) -> Theme {
    switch depth {
    case .none: .mono
    case .eight, .sixteen:
      Theme(name: name, assumedBackground: assumedBackground, roles: roles, grounds: Theme.mono.grounds)
    case .palette256, .direct: self
    }
  }
}
