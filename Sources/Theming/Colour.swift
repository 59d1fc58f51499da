/// A colour as a theme file writes it.
///
/// Shape:  `"default"`, a number, or `"#rrggbb"`. What a terminal shows instead is `ColourDepth.number(of:)`.
package enum Colour: Hashable, Sendable {
  /// The terminal's own colour, whatever the user chose.
  case terminalDefault
  /// A number in the terminal's palette. Users choose 0–15 themselves; 16–255 are the same everywhere.
  case palette(UInt8)
  case rgb(RGB)

  /// Its RGB value; nil for the default and for the sixteen colours that users choose.
  package var knownRGB: RGB? {
    switch self {
    case .terminalDefault: nil
    case .palette(let number): number < 16 ? nil : RGB.xterm(number)
    case .rgb(let rgb): rgb
    }
  }
}

/// A colour in sRGB.
///
/// Units:  0–255 per channel.
package struct RGB: Hashable, Sendable {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8

  package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// Reads `#rrggbb`, in capitals or not; nil for anything else.
  package init?(hex text: String) {
    let digits = text.utf8.dropFirst()
    guard text.utf8.first == UInt8(ascii: "#"), digits.count == 6,
      digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(text.dropFirst(), radix: 16)
    else { return nil }
    self.init(UInt8(value >> 16), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
  }

  /// A palette number in an xterm with default settings: 16 named colours, a 6×6×6 cube, 24 greys.
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

  /// The levels of each channel in the cube.
  private static let steps: [UInt8] = [0, 95, 135, 175, 215, 255]
  /// 0–15: black, red, green, yellow, blue, magenta, cyan, white; then the same bright.
  private static let named: [RGB] = [
    RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0), RGB(0, 0, 238), RGB(205, 0, 205),
    RGB(0, 205, 205), RGB(229, 229, 229), RGB(127, 127, 127), RGB(255, 0, 0), RGB(0, 255, 0), RGB(255, 255, 0),
    RGB(92, 92, 255), RGB(255, 0, 255), RGB(0, 255, 255), RGB(255, 255, 255),
  ]

  /// The palette number in `first...last` that looks nearest.
  ///
  /// Cost:   O(numbers); called once per colour of a theme.
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

  /// The square of the perceived distance, scaled.
  private func distance(to other: RGB) -> Int {
    let meanRed = (Int(red) + Int(other.red)) / 2
    let red = Int(red) - Int(other.red)
    let green = Int(green) - Int(other.green)
    let blue = Int(blue) - Int(other.blue)
    return (512 + meanRed) * red * red / 256 + 4 * green * green + (767 - meanRed) * blue * blue / 256
  }
}

/// How well one colour can be read on another.
///
/// Units:  a ratio from 1 (identical colours) to 21 (black on white).
/// Source: WCAG 2.2, "contrast ratio" and "relative luminance"; 4.5 for text is success criterion 1.4.3, 3 for
///         lines and bars is 1.4.11.
package enum Contrast {
  /// The minimum ratio for text.
  package static let neededForText = 4.5
  /// The minimum ratio for lines and bars.
  package static let neededForLines = 3.0

  /// The contrast of two colours; their order does not matter.
  package static func ratio(_ a: RGB, _ b: RGB) -> Double {
    let (first, second) = (luminance(a), luminance(b))
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  /// The relative luminance, 0 to 1.
  private static func luminance(_ colour: RGB) -> Double {
    0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue)
  }

  /// A channel without gamma, 0 to 1.
  private static func linear(_ channel: UInt8) -> Double { linearLight[Int(channel)] }

  private static let linearLight: [Double] = (0...255).map { channel in
    let share = Double(channel) / 255
    return share <= 0.04045 ? share / 12.92 : raised((share + 0.055) / 1.055)
  }

  /// x to the power of 2.4: x² times the fifth root of x².
  ///
  /// The root is found by Newton's method, since the standard library has no `pow`.
  private static func raised(_ x: Double) -> Double {
    let square = x * x
    var root = 1.0
    for _ in 0..<40 { root -= (root * root * root * root * root - square) / (5 * root * root * root * root) }
    return square * root
  }
}
