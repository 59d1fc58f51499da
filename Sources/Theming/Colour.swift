/// A colour as a theme states it.
package enum Colour: Hashable, Sendable {
  /// Whatever the person chose for their terminal.
  case terminalDefault
  /// A number in the terminal's palette. 0-15 are the person's own colours, 16-255 are the same everywhere.
  case palette(UInt8)
  case rgb(RGB)

  /// The light it makes, where that is known: not for the default and the person's own sixteen.
  package var knownRGB: RGB? {
    switch self {
    case .terminalDefault: nil
    case .palette(let number): number < 16 ? nil : RGB.xterm(number)
    case .rgb(let rgb): rgb
    }
  }
}

/// Red, green and blue, 0-255 each, in sRGB.
package struct RGB: Hashable, Sendable {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8

  package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// `#rrggbb`; nil for anything else.
  package init?(hex text: String) {
    let digits = text.utf8.dropFirst()
    guard text.utf8.first == UInt8(ascii: "#"), digits.count == 6,
      digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(text.dropFirst(), radix: 16)
    else { return nil }
    self.init(UInt8(value >> 16), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
  }

  /// The light of a palette number in an untouched xterm: 16 named colours, a 6x6x6 cube, 24 greys.
  ///
  /// Source: xterm's 256colres.pl and its default resources for 0-15.
  package static func xterm(_ number: UInt8) -> RGB {
    switch number {
    case 0..<16:
      return named[Int(number)]
    case 16..<232:
      let cube = Int(number) - 16
      return RGB(steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6])
    default:
      let grey = UInt8(8 + 10 * (Int(number) - 232))
      return RGB(grey, grey, grey)
    }
  }

  private static let steps: [UInt8] = [0, 95, 135, 175, 215, 255]
  private static let named: [RGB] = [
    RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0), RGB(0, 0, 238), RGB(205, 0, 205),
    RGB(0, 205, 205), RGB(229, 229, 229), RGB(127, 127, 127), RGB(255, 0, 0), RGB(0, 255, 0), RGB(255, 255, 0),
    RGB(92, 92, 255), RGB(255, 0, 255), RGB(0, 255, 255), RGB(255, 255, 255),
  ]

  /// The palette number, of `first...last`, whose light is nearest.
  ///
  /// Source: the weighted distance of Thiadmer Riemersma, "Colour metric" (compuphase.com/cmetric.htm).
  package func nearestPaletteNumber(from first: UInt8, through last: UInt8) -> UInt8 {
    var best = first
    var bestDistance = Int.max
    for number in first...last {
      let distance = distance(to: RGB.xterm(number))
      if distance < bestDistance { (best, bestDistance) = (number, distance) }
    }
    return best
  }

  private func distance(to other: RGB) -> Int {
    let meanRed = (Int(red) + Int(other.red)) / 2
    let red = Int(red) - Int(other.red)
    let green = Int(green) - Int(other.green)
    let blue = Int(blue) - Int(other.blue)
    return (512 + meanRed) * red * red / 256 + 4 * green * green + (767 - meanRed) * blue * blue / 256
  }
}
