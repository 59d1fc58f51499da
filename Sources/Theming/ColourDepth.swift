/// How many colours a terminal has, and so which of them is nearest to a theme's.
///
/// Shape:  a depth has every colour of the smaller ones, except that `direct` has no palette beyond the first eight.
/// Source: terminfo(5), `colors` and `pairs`; user_caps(5), `RGB`.
package enum ColourDepth: Equatable, Sendable {
  /// Fewer than 8 colours, 8, 16, or 256.
  case none, eight, sixteen, palette256
  /// Colour numbers are RGB values, except for the first eight.
  case direct

  /// The depth of a terminal by its terminfo description.
  ///
  /// - Parameters:
  ///   - colours: `colors`; negative if there is none.
  ///   - isDirect: whether it has the flag `RGB`.
  package init(colours: Int, isDirect: Bool) {
    switch colours {
    case ..<8: self = .none
    case 8..<16: self = .eight
    case 16..<256: self = .sixteen
    default: self = isDirect && colours > 256 ? .direct : .palette256
    }
  }

  /// The nearest colour this terminal has.
  ///
  /// Units:  colour numbers as curses counts them; -1 is the terminal's default, and the answer if it has no colours.
  /// Cost:   O(palette) for RGB colours.
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
    // Numbers below 8 are the eight named colours, so the darkest blues are raised to 8.
    case .direct: return max(8, Int32(rgb.red) << 16 | Int32(rgb.green) << 8 | Int32(rgb.blue))
    }
  }

  /// A style in this terminal's colours.
  ///
  /// With few colours, text and background may become the same or too similar to read. The style is then drawn in
  /// reverse, so that nothing becomes invisible.
  ///
  /// Units:  colour numbers as in `number(of:)`.
  package func numbers(of style: Style) -> (foreground: Int32, background: Int32, attributes: TextAttributes) {
    let foreground = number(of: style.foreground)
    let background = number(of: style.background)
    guard foreground >= 0, background >= 0, isTooNear(foreground, background) else {
      return (foreground, background, style.attributes)
    }
    return (-1, -1, style.attributes.union(.reverse))
  }

  /// With eight or sixteen colours two greys may become the same or neighbours.
  private func isTooNear(_ foreground: Int32, _ background: Int32) -> Bool {
    if foreground == background { return true }
    guard self == .eight || self == .sixteen else { return false }
    return Contrast.ratio(RGB.xterm(UInt8(foreground)), RGB.xterm(UInt8(background))) < Contrast.neededForLines
  }
}

extension Theme {
  /// The theme as a terminal with few colours can show it.
  ///
  /// Eight or sixteen colours do not include two quiet backgrounds, and the cursor's row would be black on black. Such
  /// terminals get the backdrops of `Theme.mono`, which need no colour.
  package func fitted(to depth: ColourDepth) -> Theme {
    switch depth {
    case .none: .mono
    case .eight, .sixteen:
      // A theme that paints the whole screen goes on doing so.
      Theme(
        name: name, assumedBackground: assumedBackground, roles: roles,
        backdrops: Theme.mono.backdrops.mapValues { $0.over(backdrops[.plain] ?? Style()) })
    case .palette256, .direct: self
    }
  }
}
