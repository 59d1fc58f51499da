import Glibc
import Testing
import TextCells

@testable import Theming

private let themes = ThemeLoader(folders: [
  #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/Themes"
])

/// What people see who lack one kind of cone, simulated.
///
/// Source: Machado, Oliveira & Fernandes 2009, "A Physiologically-based Model for Simulation of Color Vision Deficiency",
///         table 1, severity 1.0; applied to linear light.
enum ColourVision: String, CaseIterable {
  case deuteranopia, protanopia, tritanopia

  var matrix: [[Double]] {
    switch self {
    case .protanopia:
      [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    case .deuteranopia:
      [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    case .tritanopia:
      [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    }
  }

  /// Linear light as they see it.
  func seen(_ colour: RGB) -> [Double] {
    let light = Self.linear(colour)
    return matrix.map { row in min(1, max(0, zip(row, light).map { $0 * $1 }.reduce(0, +))) }
  }

  static func linear(_ colour: RGB) -> [Double] {
    [colour.red, colour.green, colour.blue].map { channel in
      let share = Double(channel) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
  }

  /// Lightness and two opposed hues.
  ///
  /// Source: CIE 15:2004, 8.2.1 (CIELAB), with the white of D65; the matrix from sRGB is IEC 61966-2-1's.
  static func lab(_ light: [Double]) -> [Double] {
    let toXYZ = [
      [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041],
    ]
    let xyz = toXYZ.map { row in zip(row, light).map { $0 * $1 }.reduce(0, +) }
    let f = zip(xyz, [0.95047, 1, 1.08883]).map { value, white -> Double in
      let t = value / white
      return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116
    }
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
  }

  /// The distance at which they see two colours (ΔE*ab).
  func difference(_ a: RGB, _ b: RGB) -> Double {
    zip(Self.lab(seen(a)), Self.lab(seen(b))).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
  }
}

struct ColourVisionTests {
  /// Two colours side by side are told apart from about 2.3 on (Mahy, Van Eycken & Oosterlinck 1994), small marks apart from
  /// each other from about 6 to 12 (Stone, Szafir & Setlur 2014, marks of a third of a degree, about a letter). Colours that
  /// are named from memory, on a projector or a dimmed screen, need a margin above that.
  private static let needed = 20.0

  private static let roles: [Role] = [.confirmed, .falsePositive, .unsure, .facetExcluded, .facetChosen]

  @Test(arguments: [
    ("deuteranopia", ColourVision.deuteranopia), ("deuteranopia", .protanopia), ("tritanopia", .tritanopia),
  ])
  func verdictsAndChoicesDifferAsPeopleSeeThemForWhomAThemeIsMade(name: String, vision: ColourVision) throws {
    let theme = themes.load(name).theme
    for (index, role) in Self.roles.enumerated() {
      let own = try #require(theme.style(role, on: .plain).foreground?.knownRGB)
      for other in Self.roles[(index + 1)...] {
        let colour = try #require(theme.style(other, on: .plain).foreground?.knownRGB)
        let difference = vision.difference(own, colour)
        #expect(difference >= Self.needed, "\(role.rawValue) and \(other.rawValue): \(difference)")
      }
    }
  }

  /// The simulation is one: red and green of the same lightness become alike, white and black do not.
  @Test func theSimulationShowsWhatIsMissing() {
    let (red, green) = (RGB(178, 90, 90), RGB(114, 120, 60))
    #expect(ColourVision.deuteranopia.difference(red, green) < ColourVision.tritanopia.difference(red, green) / 2)
    for vision in ColourVision.allCases {
      #expect(abs(vision.difference(RGB(0, 0, 0), RGB(255, 255, 255)) - 100) < 1)
    }
    // The other theme would not do: what is told apart by red and green there is not here.
    let tritan = themes.load("tritanopia").theme
    let colours = [Role.facetExcluded, .confirmed].compactMap { tritan.style($0, on: .plain).foreground?.knownRGB }
    #expect(
      ColourVision.deuteranopia.difference(colours[0], colours[1])
        < ColourVision.tritanopia.difference(colours[0], colours[1]))
  }
}
