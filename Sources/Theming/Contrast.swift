/// How well one colour can be read upon another, from 1 (not at all) to 21 (black on white).
///
/// Source: WCAG 2.2, "contrast ratio" and "relative luminance"; 4.5 for text is success criterion 1.4.3, 3 for
///         lines and bars is 1.4.11.
package enum Contrast {
  package static let neededForText = 4.5
  package static let neededForLines = 3.0

  package static func ratio(_ a: RGB, _ b: RGB) -> Double {
    let (first, second) = (luminance(a), luminance(b))
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  private static func luminance(_ colour: RGB) -> Double {
    0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue)
  }

  private static func linear(_ channel: UInt8) -> Double { linearLight[Int(channel)] }

  private static let linearLight: [Double] = (0...255).map { channel in
    let share = Double(channel) / 255
    return share <= 0.04045 ? share / 12.92 : raised((share + 0.055) / 1.055)
  }

  /// x to the 2.4: x² times the fifth root of x² (Newton's method), since the standard library has no `pow`.
  private static func raised(_ x: Double) -> Double {
    let square = x * x
    var root = 1.0
    for _ in 0..<40 { root -= (root * root * root * root * root - square) / (5 * root * root * root * root) }
    return square * root
  }
}
