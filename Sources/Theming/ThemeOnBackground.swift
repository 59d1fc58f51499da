import TextCells

// A theme on a terminal: the colours that it has, and the background that is really there.

extension Contrast {
  /// Whether white can be read better on a colour than black.
  ///
  /// Source: WCAG 2.2, "relative luminance"; at 0.179 black and white have the same contrast.
  package static func isDark(_ colour: RGB) -> Bool {
    ratio(colour, RGB(255, 255, 255)) >= ratio(colour, RGB(0, 0, 0))
  }
}

extension RGB {
  /// A colour between this one and another.
  ///
  /// - Parameter share: of the other one, in sixteenths.
  package func mixed(with other: RGB, sixteenths share: Int) -> RGB {
    func mix(_ a: UInt8, _ b: UInt8) -> UInt8 { UInt8((Int(a) * (16 - share) + Int(b) * share) / 16) }
    return RGB(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
  }
}

/// The theme that is used where nobody has chosen one.
package enum UnchosenTheme {
  /// The name of the theme for a background; nil: it is not known.
  package static func name(on background: RGB?) -> String {
    background.map { Contrast.isDark($0) ? "dark" : "light" } ?? "dark"
  }
}

extension Theme {
  /// The least contrast by which a row that is set off by its background is seen to be.
  ///
  /// Units:  a ratio as in `Contrast`; the shipped themes have 1.2 and more on what they assume.
  static let leastSetOff = 1.15

  /// The theme on a terminal whose background is known: a row's background that would not be seen is moved away from it.
  /// Text is taken care of by `shown`, which knows the colours of the terminal.
  package func adapted(to background: RGB) -> Theme {
    var theme = self
    theme.assumedBackground = background
    let far = Contrast.isDark(background) ? RGB(255, 255, 255) : RGB(0, 0, 0)
    for (backdrop, style) in backdrops where backdrop != .plain && backdrop != .sheet {
      guard let own = style.background?.knownRGB, Contrast.ratio(own, background) < Self.leastSetOff else { continue }
      let moved = (1...16).lazy.map { own.mixed(with: far, sixteenths: $0) }
      let seen = moved.first { Contrast.ratio($0, background) >= Self.leastSetOff } ?? far
      theme.backdrops[backdrop]?.background = .rgb(seen)
    }
    return theme
  }

  /// How a role on a backdrop is shown in the colours of a terminal.
  ///
  /// Shape:  a text colour with too little contrast to what lies behind it is mixed with white or black until it can be
  ///         read; lines and bars need less (`Contrast`).
  /// Units:  colour numbers as in `ColourDepth.number(of:)`.
  /// Limits: the terminal's own text colour, and the sixteen colours that users choose, are taken as they are where the
  ///         terminal has more than sixteen. Without `assumedBackground` what lies behind is not known.
  package func shown(
    _ role: Role, on backdrop: Backdrop, at depth: ColourDepth
  ) -> (foreground: Int32, background: Int32, attributes: TextAttributes) {
    let style = style(role, on: backdrop)
    let plain = depth.numbers(of: style)
    guard let wanted = style.foreground, plain.background >= 0 || assumedBackground != nil,
      let colour = depth.looks(of: wanted)
    else { return plain }
    let background = depth.number(of: style.background)
    guard let behind = background >= 0 ? depth.looks(ofNumber: background) : assumedBackground else { return plain }
    let needed = role.isDrawing ? Contrast.neededForLines : Contrast.neededForText
    let number = depth.readable(colour, on: behind, needed: needed)
    return (number, background, style.attributes)
  }
}

extension ColourDepth {
  /// What a colour of a theme looks like; nil where the user has chosen that.
  fileprivate func looks(of colour: Colour) -> RGB? {
    if case .palette(let number) = colour, number < 16, self == .eight || self == .sixteen { return RGB.xterm(number) }
    return colour.knownRGB
  }

  /// What a colour number looks like, the first sixteen as in an xterm; nil for the terminal's own.
  package func looks(ofNumber number: Int32) -> RGB? {
    guard number >= 0 else { return nil }
    if number < 256, self != .direct || number < 8 { return RGB.xterm(UInt8(number)) }
    return RGB(UInt8(number >> 16 & 0xFF), UInt8(number >> 8 & 0xFF), UInt8(number & 0xFF))
  }

  /// The number of the colour nearest to one that can be read on a background; of few colours none may be both near
  /// and readable, so that it is lightened or darkened until one is.
  fileprivate func readable(_ colour: RGB, on background: RGB, needed: Double) -> Int32 {
    let far = Contrast.isDark(background) ? RGB(255, 255, 255) : RGB(0, 0, 0)
    for share in 0...16 {
      let number = number(of: .rgb(colour.mixed(with: far, sixteenths: share)))
      if let seen = looks(ofNumber: number), Contrast.ratio(seen, background) >= needed { return number }
    }
    // Where nothing is enough, what is most.
    let ends = [RGB(255, 255, 255), RGB(0, 0, 0)].map { number(of: .rgb($0)) }
    return ends.max { contrast($0, background) < contrast($1, background) } ?? number(of: .rgb(far))
  }

  private func contrast(_ number: Int32, _ background: RGB) -> Double {
    looks(ofNumber: number).map { Contrast.ratio($0, background) } ?? 1
  }
}
